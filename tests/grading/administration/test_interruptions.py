"""An import that is stopped leaves what was done, and nothing half."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from breakfix.errors import DiskFull
from breakfix.grading.folder import CourseFolder
from breakfix.grading.incoming import placing, trees
from breakfix.model.incoming import Arrival
from tests.grading.administration.bringing import (
    SUBMISSION,
    brought,
    evidence,
    names,
)
from tests.grading.administration.packing import (
    EVIDENCE,
    HOUR,
    NOON,
    pack,
)


class _Interrupted(Exception):
    """Somebody pressed Ctrl-C."""


def test_an_interrupted_import_leaves_what_was_done_and_nothing_half(
    folder: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it is stopped in the second of two, the first is there whole and the second not at
    all; given again, both are."""
    copy, count = trees.copy_out, 0
    both = {"1.zip": pack("els"), "2.zip": pack("noe")}

    def stopped(*given: object) -> None:
        nonlocal count
        count += 1
        if count == 4:
            raise _Interrupted
        copy(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("breakfix.grading.incoming.staging.copy_out", stopped)
    with pytest.raises(_Interrupted):
        brought(folder, both)
    assert names(folder.submitted("els", "week-1")) == SUBMISSION
    assert not folder.submitted("noe", "week-1").exists()
    assert not (folder.root / ".incoming").exists()

    monkeypatch.undo()
    assert [row.arrival for row in brought(folder, both).rows] == [Arrival.SAME, Arrival.NEW]


def test_a_full_disk_stops_the_import_and_keeps_what_was_there(
    folder: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk is full, what counted before still counts."""
    brought(folder, {"a.zip": pack("els", work="one")})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("breakfix.grading.incoming.staging.write_stamps", full)
    with pytest.raises(DiskFull):
        brought(folder, {"a.zip": pack("els", work="two", time=NOON + HOUR)})
    assert evidence(folder, "els") == b"evidence of one"
    assert not (folder.root / "submitted-before").exists()


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_stop_between_two_names_puts_the_older_one_back(
    step: int, folder: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped while the newer one takes the place of the older, one of them always stands
    there whole."""
    brought(folder, {"a.zip": pack("els", work="one")})
    rename, count = Path.rename, 0

    def stopped(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == step:
            raise _Interrupted
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(_Interrupted):
        brought(folder, {"a.zip": pack("els", work="two", time=NOON + HOUR)})
    monkeypatch.undo()

    assert evidence(folder, "els") == b"evidence of one"
    report = brought(folder, {"a.zip": pack("els", work="two", time=NOON + HOUR)})
    assert [row.arrival for row in report.rows] == [Arrival.NEWER]
    assert evidence(folder, "els") == b"evidence of two"


def test_an_import_that_was_killed_at_the_last_step_is_finished(
    folder: CourseFolder,
) -> None:
    """Killed between its last two steps, it is finished by the next import, which says so."""
    brought(folder, {"a.zip": pack("els", work="one")})
    place = folder.submitted("els", "week-1")
    incoming = placing.Incoming(folder)
    staged = incoming.root / "staged-0"
    staged.parent.mkdir()
    shutil.copytree(place, staged)
    (staged / EVIDENCE).write_bytes(b"evidence of two")
    ready = incoming.root / "ready+els+week-1"
    staged.rename(ready)
    kept = placing.kept_before(folder, "els", "week-1")
    kept.mkdir(parents=True)
    place.rename(kept / "2026-11-20T12-00-00Z")

    report = brought(folder, {"a.zip": pack("noe")})

    assert report.finished == ("els/week-1",)
    assert evidence(folder, "els") == b"evidence of two"
    assert not incoming.root.exists()
