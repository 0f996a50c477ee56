"""Evidence explained to a teacher: what changed against the image, with differences of texts."""

from __future__ import annotations

import difflib
import tarfile
from collections.abc import Callable, Iterator, Sequence

from breakfix.evidence.opened import Part
from breakfix.evidence.refusal import visible
from breakfix.evidence.states import state_of
from breakfix.model.evidence import Change, ChangeKind, FileIndex, Member, MemberKind

#: The content of a file of the image; None when there is none.
Base = Callable[[str], bytes | None]

_TEXT_BYTES = 64 << 10
_TEXT_LINES = 2000
_DIFF_LINES = 400
_LINE_CHARS = 300
_CONTEXT = 3


def changes(part: Part, image: FileIndex, base: Base) -> tuple[Change, ...]:
    """Every difference of a part from the image, by path.

    `image` must know the paths of the part (`index_of` with those as wanted); `base` is asked only
    for files whose content changed. A folder that is there only because something in it changed
    is no difference.
    """
    found = [*_deleted(part, image), *_members(part, image, base)]
    return tuple(sorted(found, key=lambda change: change.path))


def _deleted(part: Part, image: FileIndex) -> Iterator[Change]:
    for path in part.entry.deleted:
        yield Change(path, ChangeKind.DELETED, image.members.get(path), None)


def _members(part: Part, image: FileIndex, base: Base) -> Iterator[Change]:
    after = {member.path: member for member in part.members}
    with tarfile.open(part.tar, "r") as archive:
        for info in archive:
            path = f"/{info.name}"
            before = image.members.get(path)
            if before and state_of(after, path) == state_of(image.members, path):
                continue
            kind = ChangeKind.CHANGED if before else ChangeKind.ADDED
            content = archive.extractfile(info) if info.isreg() else None
            new = content.read(_TEXT_BYTES + 1) if content else None
            diff = _difference(before, after[path], base, new)
            yield Change(path, kind, before, after[path], diff)


def _difference(
    before: Member | None, after: Member, base: Base, new: bytes | None
) -> tuple[str, ...]:
    if after.kind is MemberKind.LINK:
        old = [before.content] if before and before.kind is MemberKind.LINK else []
        return _unified(old, [after.content])
    if new is None or (before and before.content == after.content):
        return ()
    known = base(after.path) if before and before.kind is MemberKind.FILE else b""
    old_lines, new_lines = _lines(known), _lines(new)
    if old_lines is None or new_lines is None:
        return ()
    return _unified(old_lines, new_lines)


def _lines(content: bytes | None) -> list[str] | None:
    """The lines of a text; None when it is no text, or too long to compare."""
    if content is None or len(content) > _TEXT_BYTES or b"\0" in content:
        return None
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return None
    if lines[-1] == "":
        lines.pop()
    return lines if len(lines) <= _TEXT_LINES else None


def _unified(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    lines = list(difflib.unified_diff(old, new, n=_CONTEXT, lineterm=""))[2:]
    shown = [_shown(line) for line in lines[:_DIFF_LINES]]
    return tuple(shown if len(lines) <= _DIFF_LINES else [*shown, "…"])


def _shown(line: str) -> str:
    """A line that a terminal only prints; tabs may stay."""
    return "\t".join(visible(piece, _LINE_CHARS) for piece in line.split("\t"))
