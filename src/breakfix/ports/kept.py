"""What was worked out from a folder, kept for as long as nothing in the folder changes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from time import time
from typing import Generic, TypeVar

T = TypeVar("T")
#: A file system's clock is coarse: a file may change twice at one moment of it. What changed less
#: than this many seconds ago is therefore worked out again.
_SETTLED = 2.0
#: Folders of which something is kept; the one that was worked out first goes first.
_MOST = 1000
Stamp = tuple[tuple[str, int, int, int, int, int], ...]


class Kept(Generic[T]):
    """The results of `work`, by folder. What it raises is not kept."""

    def __init__(self, work: Callable[[Path], T]) -> None:
        self._work = work
        self._found: dict[Path, tuple[Stamp, T]] = {}

    def of(self, folder: Path) -> T:
        """What `work` makes of the folder as it is now."""
        stamp = stamp_of(folder)
        kept = self._found.get(folder)
        if kept is not None and kept[0] == stamp:
            return kept[1]
        made = self._work(folder)
        if _settled(stamp):
            self._found.pop(folder, None)
            self._found[folder] = (stamp, made)
            while len(self._found) > _MOST:
                self._found.pop(next(iter(self._found)), None)
        return made


def stamp_of(folder: Path) -> Stamp:
    """What differs when anything in the folder was written, renamed, added or removed."""
    return tuple(sorted(_stamps(str(folder))))


def _stamps(folder: str) -> list[tuple[str, int, int, int, int, int]]:
    found = []
    for top, _, files in os.walk(folder):
        for path in (os.path.join(top, name) for name in files):  # noqa: PTH118 (many of them)
            try:
                is_now = os.stat(path)  # noqa: PTH116
            except OSError:
                continue
            times = (is_now.st_mtime_ns, is_now.st_ctime_ns)
            found.append((path, is_now.st_size, is_now.st_ino, is_now.st_mode, *times))
    return found


def _settled(stamp: Stamp) -> bool:
    return time() - max((one[-1] for one in stamp), default=0) / 1e9 > _SETTLED
