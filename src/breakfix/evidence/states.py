"""What stands at a path, in a form that can be compared, and what was expected there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from breakfix.model.evidence import Baseline, FileIndex, Member, MemberKind

#: Kind, permissions, owner, group, content, capability. None: nothing stands there.
State = tuple[MemberKind, int, int, int, str, bool] | None


def state_of(members: Mapping[str, Member], path: str) -> State:
    """What stands at `path`; a hard link is the file that it shares."""
    member = members.get(path)
    if member is not None and member.kind is MemberKind.HARD_LINK:
        member = members.get(member.content)
    if member is None:
        return None
    # The permissions of a symbolic link mean nothing, and differ between engines.
    mode = 0 if member.kind is MemberKind.LINK else member.mode
    return (member.kind, mode, member.uid, member.gid, member.content, member.capability)


class Paths:
    """Paths in order, to find those below one quickly."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._sorted = sorted(paths)

    def within(self, path: str) -> list[str]:
        """`path` itself, if it is one of them, and all below it."""
        here = bisect_left(self._sorted, path)
        found = self._sorted[here : here + 1] if path in self._sorted[here : here + 1] else []
        # "0" is the character after "/".
        first, last = (bisect_left(self._sorted, f"{path}{end}") for end in "/0")
        return found + self._sorted[first:last]


class Expected:
    """The image and the baseline: between them they say what may stand where."""

    def __init__(self, image: FileIndex, baseline: Baseline) -> None:
        self._image = image.members
        self._baseline = baseline.index.members
        self._deleted = frozenset(baseline.deleted)
        self._known = Paths({*self._image, *self._baseline})
        self._changed = Paths({*self._baseline, *self._deleted})

    def knows(self, path: str) -> bool:
        """Whether the image or the baseline has something there."""
        return path in self._image or path in self._baseline

    def allows(self, path: str, state: State) -> bool:
        """Whether `state` is how the image or the baseline has it."""
        known = (state_of(self._image, path), state_of(self._baseline, path))
        return state is not None and state in known

    def gone(self, path: str) -> bool:
        """Whether the baseline deleted `path`, or a folder above it."""
        steps = path.split("/")
        return any("/".join(steps[:end]) in self._deleted for end in range(2, len(steps) + 1))

    def is_folder(self, path: str) -> bool:
        """Whether a folder stands there when the path is put back."""
        state = state_of(self._baseline, path) or state_of(self._image, path)
        return path not in self._deleted and state is not None and state[0] is MemberKind.FOLDER

    def known_within(self, path: str) -> list[str]:
        """What image or baseline have at and below `path`."""
        return self._known.within(path)

    def changed_within(self, path: str) -> list[str]:
        """What the baseline has otherwise than the image, at and below `path`."""
        return self._changed.within(path)
