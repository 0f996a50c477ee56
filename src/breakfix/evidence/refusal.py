"""Why evidence is not read: one reason, of four groups that each have a sentence."""

from __future__ import annotations

from enum import StrEnum

from breakfix.errors import EvidenceUnreadable

_LONGEST = 120


class Reason(StrEnum):
    """A reason's value is told to people in brackets and explained in docs/evidence-format.md."""

    # The file is damaged, or never was evidence.
    NOT_FOUND = "not-found"
    NOT_ZSTD = "not-zstd"
    TRUNCATED = "truncated"
    TRAILING = "trailing"
    HEADER = "header"
    MANIFEST = "manifest"
    JOURNAL = "journal"
    HASH = "hash"
    # It was written by another version.
    FORMAT = "format"
    PART_KIND = "part-kind"
    # It is bigger than evidence may be.
    ARCHIVE_SIZE = "archive-size"
    UNPACKED_SIZE = "unpacked-size"
    FILE_SIZE = "file-size"
    HEADER_SIZE = "header-size"
    MEMBERS = "members"
    DELETED = "deleted"
    # It holds what evidence never holds.
    PATH = "path"
    LEFT_OUT = "left-out"
    DUPLICATE = "duplicate"
    PARENT = "parent"
    TYPE = "type"
    BASE = "base"
    LINK = "link"
    HARD_LINK = "hard-link"
    CAPABILITY = "capability"
    # Reading it went wrong.
    MEMORY = "memory"
    TIME = "time"
    DIED = "died"
    DISK = "disk"
    UNEXPECTED = "unexpected"


_DAMAGED = "evidence.damaged"
_TOO_LARGE = "evidence.too-large"
_UNSAFE = "evidence.unsafe"
_VERSION = "evidence.other-version"
_STOPPED = "evidence.reading-stopped"

_SENTENCES = {
    Reason.NOT_FOUND: "evidence.not-found",
    **dict.fromkeys((Reason.FORMAT, Reason.PART_KIND), _VERSION),
    **dict.fromkeys(
        (
            Reason.ARCHIVE_SIZE,
            Reason.UNPACKED_SIZE,
            Reason.FILE_SIZE,
            Reason.HEADER_SIZE,
            Reason.MEMBERS,
            Reason.DELETED,
        ),
        _TOO_LARGE,
    ),
    **dict.fromkeys(
        (
            Reason.PATH,
            Reason.LEFT_OUT,
            Reason.DUPLICATE,
            Reason.PARENT,
            Reason.TYPE,
            Reason.BASE,
            Reason.LINK,
            Reason.HARD_LINK,
            Reason.CAPABILITY,
        ),
        _UNSAFE,
    ),
    **dict.fromkeys((Reason.MEMORY, Reason.TIME, Reason.DIED, Reason.UNEXPECTED), _STOPPED),
}


class Refused(Exception):
    """Inside the reader: the reason, and the path or word that it is about."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = visible(detail)


def unreadable(reason: Reason, file: str, detail: str = "") -> EvidenceUnreadable:
    """The error that tells people why `file` is not read."""
    shown = f"{reason.value}: {visible(detail)}" if detail else reason.value
    return EvidenceUnreadable(_SENTENCES.get(reason, _DAMAGED), file=visible(file), reason=shown)


def visible(text: str, longest: int = _LONGEST) -> str:
    """`text` without anything that a terminal would act on, and not too long to read."""
    short = text if len(text) <= longest else text[:longest] + "…"
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode()
        for char in short
    )
