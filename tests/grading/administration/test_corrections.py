"""What a teacher may correct, and what was corrected."""

from __future__ import annotations

import time

import pytest
from nbgrader.api import Gradebook

from breakfix.errors import CourseError
from breakfix.grading.checked_correction import Place, correct, made_corrections, new_correction
from breakfix.grading.folder import CourseFolder
from breakfix.grading.second_chance import grant
from breakfix.model.course import Correction, Counting, SecondChance

#: nbgrader's own way to make a submission.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

CAUSE = Place("week-1", "els", "cause")


def most(folder: CourseFolder, cell: str) -> float:
    """The most points of a cell."""
    with Gradebook(folder.database, "net") as opened:
        return float(opened.find_grade_cell(cell, "week-1", "week-1").max_score)


@pytest.mark.parametrize("cell", ["complaint", "cause", "care", "diagnosis"])
def test_every_cell_can_be_corrected_within_its_points(cell: str, folder: CourseFolder) -> None:
    """From 0 to the most that the cell can have; who, when and why are kept along."""
    place = Place("week-1", "els", cell)
    highest = most(folder, cell)
    for points in (0.0, highest / 2, highest):
        made = new_correction(folder, place, points, "  told  on\nthe phone ", "teacher")
        assert abs(made.time - time.time()) < 60
        assert made == Correction(
            "els", "week-1", cell, points, "told on the phone", "teacher", made.time
        )


@pytest.mark.parametrize(
    ("place", "points", "reason", "key"),
    [
        (Place("week-9", "els", "cause"), 1.0, "why", "course.no-assignment"),
        (Place("week-1", "jan", "cause"), 1.0, "why", "roster.unknown"),
        (Place("week-1-2", "noe", "cause"), 1.0, "why", "correct.not-for"),
        (Place("home", "els", "cause"), 0.0, "why", "correct.practice"),
        (Place("week-1", "els", "looks"), 1.0, "why", "correct.no-cell"),
        (Place("week-1", "els", "question-9"), 1.0, "why", "correct.no-cell"),
        (CAUSE, -0.5, "why", "correct.points"),
        (CAUSE, 1000.0, "why", "correct.points"),
        (CAUSE, float("nan"), "why", "correct.points"),
        (CAUSE, float("inf"), "why", "correct.points"),
        (CAUSE, 1.0, " \n ", "correct.reason"),
        (CAUSE, 1.0, "x" * 1001, "correct.reason"),
        (CAUSE, 1.0, "\x1b[31mred", "correct.reason"),
    ],
)
def test_a_correction_that_makes_no_sense_is_told(
    place: Place, points: float, reason: str, key: str, folder: CourseFolder
) -> None:
    """Nothing is kept of a correction of nobody, of nothing, out of bounds or without a reason."""
    grant(folder, SecondChance("week-1", ("els",), Counting.BEST))
    with pytest.raises(CourseError) as raised:
        new_correction(folder, place, points, reason, "teacher")
    assert raised.value.key == key
    assert made_corrections(folder) == ()


def test_corrections_are_listed_oldest_first(folder: CourseFolder) -> None:
    """All of them stay readable, also those that a later one replaced; asked for one assignment
    or learner, only those."""
    made = [
        correct(folder, Place("week-1", learner, "cause"), points, "why", "teacher")[0]
        for learner, points in (("els", 1.0), ("noe", 0.0), ("els", 0.5))
    ]

    assert made_corrections(folder) == tuple(made)
    assert made_corrections(folder, "week-1", "els") == (made[0], made[2])
    assert made_corrections(folder, "exam") == ()


def test_a_correction_reaches_the_gradebook_now_or_later(folder: CourseFolder) -> None:
    """Where there is graded work its points change at once; where there is none yet, that is
    told."""
    assert correct(folder, CAUSE, 1.0, "why", "teacher")[1] is False
    with Gradebook(folder.database, "net") as opened:
        opened.update_or_create_submission("week-1", "els")

    assert correct(folder, CAUSE, 0.5, "why", "teacher")[1] is True
    with Gradebook(folder.database, "net") as opened:
        assert opened.find_grade("cause", "week-1", "week-1", "els").score == 0.5
