"""Of two hand-ins the newer counts, and nothing is lost."""

from __future__ import annotations

import time

import pytest

from breakfix.grading.folder import CourseFolder
from breakfix.grading.incoming.stamps import read_timestamp
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
    files,
    pack,
    real_evidence,
)
from tests.unit.grading.zipping import zipped


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_hand_ins_the_newer_counts(first: int, folder: CourseFolder) -> None:
    """Whichever comes first, the newer one counts, the older one is kept, and both are told."""
    packs = [pack("els", work="early"), pack("els", work="late", time=NOON + HOUR)]
    brought(folder, {"a.zip": packs[first]})
    report = brought(folder, {"a.zip": packs[1 - first]})

    assert [row.arrival for row in report.rows] == [[Arrival.NEWER, Arrival.OLDER][first]]
    assert evidence(folder, "els") == b"evidence of late"
    kept = folder.root / "submitted-before/els/week-1/2026-11-20T12-00-00Z"
    assert (kept / EVIDENCE).read_bytes() == b"evidence of early"
    assert "submitted-before/els/week-1/2026-11-20T12-00-00Z" in report.rows[0].notes[0].nl
    assert names(kept) == SUBMISSION


def test_two_hand_ins_in_one_import_are_told_too(folder: CourseFolder) -> None:
    """Two packs of one learner on one stick are the same as two that come after each other."""
    report = brought(
        folder, {"1.zip": pack("els", work="b", time=NOON + HOUR), "2.zip": pack("els", work="a")}
    )
    assert [row.arrival for row in report.rows] == [Arrival.NEW, Arrival.OLDER]
    assert evidence(folder, "els") == b"evidence of b"


def test_of_two_at_the_same_moment_the_first_stays(folder: CourseFolder) -> None:
    """Equal times are not newer; nothing is lost by it."""
    brought(folder, {"a.zip": pack("els", work="one")})
    report = brought(folder, {"a.zip": pack("els", work="two")})

    assert [row.arrival for row in report.rows] == [Arrival.OLDER]
    assert evidence(folder, "els") == b"evidence of one"
    again = brought(folder, {"a.zip": pack("els", work="three")})
    assert again.rows[0].notes
    assert names(folder.root / "submitted-before/els/week-1") == [
        "2026-11-20T12-00-00Z",
        "2026-11-20T12-00-00Z-2",
    ]


def test_what_is_there_already_is_no_second_hand_in(folder: CourseFolder) -> None:
    """Importing the same files again changes nothing: neither what counts nor what is kept."""
    both = {
        "1.zip": pack("els", work="early"),
        "2.zip": pack("els", work="late", time=NOON + HOUR),
        "3.breakfix.tar.zst": real_evidence("noe"),
    }
    brought(folder, both)
    report = brought(folder, both)

    assert [row.arrival for row in report.rows] == [Arrival.SAME] * 3
    assert [row.notes for row in report.rows if row.learner == "els"] == [(), ()]
    assert names(folder.root / "submitted-before/els/week-1") == ["2026-11-20T12-00-00Z"]


def test_the_same_secret_does_not_make_other_work_the_same(folder: CourseFolder) -> None:
    """Whoever copies the secret of an earlier hand-in still hands in something new."""
    brought(folder, {"a.zip": pack("els")})
    other = files("els") | {EVIDENCE: b"more", "handed-in.json": files(
        "els", time=NOON + HOUR)["handed-in.json"]}  # fmt: skip
    report = brought(folder, {"a.zip": zipped(other)})

    assert [row.arrival for row in report.rows] == [Arrival.NEWER]
    assert evidence(folder, "els") == b"more"


def test_the_teacher_may_say_when_it_was_received(folder: CourseFolder) -> None:
    """With a time of the teacher's the learner's clock says nothing, also for what is there."""
    packs = {"a.zip": pack("els", time=NOON + 100 * HOUR)}
    brought(folder, packs)
    report = brought(folder, packs, received=NOON + HOUR)

    assert [(row.arrival, row.time) for row in report.rows] == [(Arrival.RETIMED, NOON + HOUR)]
    assert read_timestamp(folder.submitted("els", "week-1")) == NOON + HOUR
    assert [row.arrival for row in brought(folder, packs, received=NOON + HOUR).rows] == [
        Arrival.SAME
    ]
    assert [row.arrival for row in brought(folder, packs).rows] == [Arrival.SAME]


def test_a_clock_that_is_ahead_does_not_win_for_ever(folder: CourseFolder) -> None:
    """A moment in the future becomes now, and is told."""
    report = brought(folder, {"a.zip": pack("els", time=time.time() + 10_000_000)})

    assert report.rows[0].time is not None
    assert abs(report.rows[0].time - time.time()) < 60
    assert len(report.rows[0].notes) == 1
