"""Which paths evidence may hold; capture and reader share these rules."""

from __future__ import annotations

import re
import unicodedata

from breakfix.evidence.limits import LIMITS
from breakfix.evidence.refusal import Reason, Refused
from breakfix.model.evidence import left_out

#: Links of every machine into its system folders. Replacing one would move the whole system.
BASE_LINKS = frozenset(
    {"bin", "sbin", "lib", "lib32", "lib64", "libx32", "var/run", "var/lock"},
)
#: What must be a folder where evidence names it.
BASE_FOLDERS = frozenset(
    {"boot", "etc", "home", "media", "mnt", "opt", "root", "srv", "usr", "var", "var/lib"}
    | {f"usr/{name}" for name in ("bin", "sbin", "libexec", "local", "share")}
    | {f"usr/{name}" for name in ("lib", "lib32", "lib64", "libx32")},
)
#: What no machine can do without: a replay would not boot without it.
_ESSENTIAL = (
    BASE_LINKS | BASE_FOLDERS - {"boot", "home", "media", "mnt", "opt", "srv", "usr/local"}
) - {"lib32", "libx32", "usr/lib32", "usr/libx32"}
_PART_NAME = re.compile("[a-z0-9][a-z0-9-]{0,62}")
_UNSEEN = {"Cc", "Cs"}


def member_name(name: str) -> str:
    """`name` of a member, which must be relative and plain. Raises Refused."""
    if not holdable(name):
        raise Refused(Reason.PATH, name)
    if left_out(f"/{name}"):
        raise Refused(Reason.LEFT_OUT, name)
    return name


def deleted_path(path: str) -> str:
    """`path` of something that was deleted, absolute and plain. Raises Refused."""
    if not path.startswith("/"):
        raise Refused(Reason.PATH, path)
    name = member_name(path[1:])
    # Behind a link it would be something of the system that goes, unseen by the comparison.
    if name in _ESSENTIAL or BASE_LINKS.intersection(folders_above(name)):
        raise Refused(Reason.BASE, path)
    return path


def folders_above(name: str) -> list[str]:
    """Every folder that the relative path `name` lies in."""
    pieces = name.split("/")
    return ["/".join(pieces[:count]) for count in range(1, len(pieces))]


def part_name(name: str) -> str:
    """`name` of a part, which is a machine's: small letters, digits and hyphens. Raises Refused."""
    if not _PART_NAME.fullmatch(name):
        raise Refused(Reason.MANIFEST, name)
    return name


def plain_text(text: str) -> str:
    """A short text without control characters. Raises Refused."""
    if len(text) > LIMITS.text_chars or has_unseen(text):
        raise Refused(Reason.MANIFEST, text)
    return text


def holdable(name: str) -> bool:
    """Whether the format can hold the relative path `name`."""
    pieces = name.split("/")
    return (
        not has_unseen(name)
        and len(name.encode()) <= LIMITS.path_bytes
        and len(pieces) <= LIMITS.depth
        and all(
            piece not in {"", ".", ".."} and len(piece.encode()) <= LIMITS.name_bytes
            for piece in pieces
        )
    )


def has_unseen(text: str) -> bool:
    """Whether `text` holds a control character, or a byte that is no UTF-8."""
    return any(unicodedata.category(char) in _UNSEEN for char in text)
