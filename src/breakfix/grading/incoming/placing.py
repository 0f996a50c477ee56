"""Putting a submission in its place, whole or not at all; what was there before is never lost."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from breakfix.errors import disk_errors
from breakfix.grading.folder import CourseFolder
from breakfix.grading.incoming.finding import TIMESTAMP
from breakfix.grading.incoming.stamps import read_secret, read_timestamp, write_timestamp
from breakfix.model.incoming import Arrival

_READY = "ready"


def kept_before(folder: CourseFolder, learner: str, name: str) -> Path:
    """Where hand-ins are kept that do not count, because a newer one came."""
    return folder.root / "submitted-before" / learner / name


class Incoming:
    """The folder of a course where hand-ins are made ready, on the disk where they will stay."""

    def __init__(self, folder: CourseFolder) -> None:
        self._folder = folder
        self.root = folder.root / ".incoming"

    def recover(self) -> tuple[str, ...]:
        """Finish what an import that was killed had begun to put in place, and remove the rest;
        the places that were finished."""
        finished = []
        for ready in sorted(self.root.glob(f"{_READY}+*+*")):
            _, learner, name = ready.name.split("+")
            place = self._folder.submitted(learner, name)
            if not place.exists() and kept_before(self._folder, learner, name).exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                ready.rename(place)
                finished.append(f"{learner}/{name}")
        shutil.rmtree(self.root, ignore_errors=True)
        return tuple(finished)

    def place(
        self, staged: Path, learner: str, name: str, *, retime: bool = False
    ) -> tuple[Arrival, Path | None]:
        """Put the finished submission `staged` in its place; what became of it, and where the one
        is kept that does not count, if there are two.

        `retime`: its time is the teacher's word, also for one that is there already.
        """
        place = self._folder.submitted(learner, name)
        with disk_errors():
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                staged.rename(place)
                return Arrival.NEW, None
            if _same(place, staged):
                return self._again(place, staged, retime=retime), None
            before = kept_before(self._folder, learner, name)
            if any(_same(kept, staged) for kept in _kept(before)):
                return Arrival.SAME, None
            return self._second(place, staged, before)

    def _again(self, place: Path, staged: Path, *, retime: bool) -> Arrival:
        moment = read_timestamp(staged)
        if not retime or moment is None or moment == read_timestamp(place):
            return Arrival.SAME
        write_timestamp(place, moment)
        return Arrival.RETIMED

    def _second(self, place: Path, staged: Path, before: Path) -> tuple[Arrival, Path]:
        """The newer of two counts."""
        there, comes = read_timestamp(place), read_timestamp(staged)
        before.mkdir(parents=True, exist_ok=True)
        if there is not None and (comes is None or comes <= there):
            kept = _free(before, comes)
            staged.rename(kept)
            return Arrival.OLDER, kept
        kept = _free(before, there)
        self._swap(place, staged, kept)
        return Arrival.NEWER, kept

    def _swap(self, place: Path, staged: Path, kept: Path) -> None:
        """Two steps; one that is killed between them is finished by `recover`."""
        ready = self.root / f"{_READY}+{place.parent.name}+{place.name}"
        staged.rename(ready)
        try:
            place.rename(kept)
            ready.rename(place)
        except BaseException:
            if not place.exists() and kept.exists():
                kept.rename(place)
            raise


def _same(one: Path, other: Path) -> bool:
    """Whether two submissions are one and the same; their time may be the teacher's word."""
    if read_secret(one) != read_secret(other):
        return False
    names = _names(one)
    return names == _names(other) and all(
        filecmp.cmp(one / name, other / name, shallow=False) for name in names
    )


def _names(folder: Path) -> set[Path]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != TIMESTAMP)
    return {path.relative_to(folder) for path in found}


def _kept(before: Path) -> Iterator[Path]:
    return before.iterdir() if before.is_dir() else iter(())


def _free(before: Path, moment: float | None) -> Path:
    """A new folder's path, named after the time of handing in."""
    told = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H-%M-%SZ") if moment else "?"
    number, path = 1, before / told
    while path.exists():
        number += 1
        path = before / f"{told}-{number}"
    return path
