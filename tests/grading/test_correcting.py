from __future__ import annotations

import errno
import os
from dataclasses import replace

import pytest

from breakfix.errors import CourseBusy, CourseError, DiskFull
from breakfix.grading.correcting import add_correction, apply_to_gradebook, read_corrections
from breakfix.model.course import Correction
from tests.grading.school import ANSWER, NAME, School, answered, cell_of
from tests.grading.verdicts import REPAIRED

# SQLAlchemy warns of nbgrader's own tables.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
ONE = Correction("anna", NAME, "cause", 6.0, "De herstelling was ook goed: é & <b>", "juf", 1.0)
POINTS = {"complaint": 4, "cause": 0, "care": 0, "diagnosis": 2, ANSWER: 0}
LATER = "2026-11-21 10:00:00.000000 UTC"


@pytest.fixture
def graded(school: School) -> School:
    """A course with the graded work of anna and bart."""
    for learner in ("anna", "bart"):
        school.hand_in(learner, answered(school.notebook(), "Met ls."))
    school.collect()
    assert school.autograde()["success"]
    return school


def told(school: School, cell: str = "cause") -> list[str]:
    """The corrections that stand below a cell."""
    outputs = cell_of(school.graded("anna"), cell)["outputs"]
    return [
        "".join(one["data"]["text/plain"])
        for one in outputs
        if one["output_type"] == "display_data"
    ]


def test_a_correction_holds_at_once(graded: School) -> None:
    """Applied to the gradebook, a correction is the score, and the notebook says by whom and why;
    others keep theirs."""
    add_correction(graded.folder, ONE)
    assert apply_to_gradebook(graded.folder, ONE)
    assert graded.points("anna") == {
        "complaint": 4,
        "cause": 6,
        "care": 0,
        "diagnosis": 2,
        ANSWER: 0,
    }
    assert told(graded) == [f"Verbeterd door een leerkracht (juf): 6 punten. {ONE.reason}"]
    assert "<b>" not in graded.page("anna")
    assert graded.points("bart") == POINTS


def test_a_correction_survives_grading_again(graded: School) -> None:
    """Graded again by force, and after a newer hand-in, the correction is still the score."""
    add_correction(graded.folder, ONE)
    assert apply_to_gradebook(graded.folder, ONE)
    assert graded.autograde(force=True)["success"]
    found = graded.grade("anna", "cause")
    assert (found["manual_score"], found["needs_manual_grade"]) == (6.0, False)
    assert len(told(graded)) == 1
    graded.hand_in("anna", holds=REPAIRED, when=LATER)
    graded.collect()
    assert graded.autograde()["success"]
    points = graded.points("anna")
    assert points is not None
    assert points["cause"] == 6.0
    assert graded.grade("anna", "cause")["auto_score"] == 8.0


def test_the_last_correction_of_a_cell_holds(graded: School) -> None:
    """A second correction takes the place of the first, in the gradebook and in the notebook."""
    second = replace(ONE, points=7.5, reason="Toch meer.", time=2.0)
    for one in (ONE, second):
        add_correction(graded.folder, one)
        assert apply_to_gradebook(graded.folder, one)
    assert read_corrections(graded.folder) == (ONE, second)
    assert [text.partition(". ")[2] for text in told(graded)] == ["Toch meer."]
    assert graded.autograde(force=True)["success"]
    assert graded.grade("anna", "cause")["manual_score"] == 7.5
    assert [text.partition(". ")[2] for text in told(graded)] == ["Toch meer."]


def test_a_correction_waits_for_work_that_is_not_graded(school: School) -> None:
    """A correction of work that nobody graded yet is kept and applied with the grading."""
    add_correction(school.folder, ONE)
    assert not apply_to_gradebook(school.folder, ONE)
    school.hand_in("anna")
    school.collect()
    assert school.autograde()["success"]
    assert school.grade("anna", "cause")["manual_score"] == 6.0
    assert not school.grade("anna", "cause")["needs_manual_grade"]


def test_the_reason_is_a_comment_beside_that_of_a_person(graded: School) -> None:
    """Where a cell has comments, the reason is added to what a teacher wrote, once."""
    with graded.gradebook() as book:
        book.find_comment(ANSWER, NAME, NAME, "anna").manual_comment = "Mooi."
        book.db.commit()
    one = replace(ONE, cell=ANSWER, points=5.0, reason="Ook dit telt.")
    add_correction(graded.folder, one)
    assert apply_to_gradebook(graded.folder, one)
    assert graded.autograde(force=True)["success"]
    with graded.gradebook() as book:
        found = book.find_comment(ANSWER, NAME, NAME, "anna").manual_comment
    assert found == "Mooi.\n\nOok dit telt."
    assert graded.grade("anna", ANSWER)["manual_score"] == 5.0


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (replace(ONE, cell="nowhere"), "corrected.no-cell"),
        (replace(ONE, assignment="nowhere"), "corrected.no-cell"),
        (replace(ONE, points=9.0), "corrected.too-many"),
    ],
)
def test_a_correction_that_fits_nowhere_is_refused(
    graded: School, wrong: Correction, key: str
) -> None:
    """An unknown cell, or more points than it holds, changes nothing."""
    before = graded.points("anna")
    with pytest.raises(CourseError) as error:
        apply_to_gradebook(graded.folder, wrong)
    assert error.value.key == key
    assert graded.points("anna") == before


@pytest.mark.parametrize("points", [-1.0, float("nan"), float("inf")])
def test_what_is_no_number_of_points_is_not_kept(school: School, points: float) -> None:
    """A correction without sensible points is refused before anything is written."""
    with pytest.raises(CourseError) as error:
        add_correction(school.folder, replace(ONE, points=points))
    assert error.value.key == "corrected.no-points"
    assert not school.folder.corrections.exists()


def test_corrections_are_only_added(school: School) -> None:
    """Each correction is one more line; those before stay as they are, also when somebody edited
    the file and left its end open."""
    add_correction(school.folder, ONE)
    first = school.folder.corrections.read_bytes()
    school.folder.corrections.write_bytes(first.rstrip(b"\n"))
    add_correction(school.folder, replace(ONE, learner="bart"))
    assert school.folder.corrections.read_bytes().startswith(first)
    assert [one.learner for one in read_corrections(school.folder)] == ["anna", "bart"]


def test_a_line_that_cannot_be_read_is_told_not_skipped(graded: School) -> None:
    """A damaged line is an error with its number, and leaves the grades as they were."""
    add_correction(graded.folder, ONE)
    with graded.folder.corrections.open("ab") as stream:
        stream.write(b'{"learner": "anna"}\n')
    with pytest.raises(CourseError) as error:
        read_corrections(graded.folder)
    assert (error.value.key, error.value.values["line"]) == ("corrected.unreadable", 2)
    before = graded.points("anna")
    assert not graded.autograde(force=True)["success"]
    assert graded.points("anna") == before


def test_a_full_disk_leaves_whole_lines(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """When there is no room for a correction, nothing of it stays, and that is told."""
    add_correction(school.folder, ONE)
    before = school.folder.corrections.read_bytes()
    real = os.write

    def full(opened: int, data: bytes) -> int:
        real(opened, data[:5])
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(DiskFull):
        add_correction(school.folder, replace(ONE, points=1.0))
    monkeypatch.undo()
    assert school.folder.corrections.read_bytes() == before


def test_a_busy_course_takes_no_correction(school: School) -> None:
    """While another command works on the course, a correction is refused as a whole."""
    with school.folder.locked(), pytest.raises(CourseBusy):
        add_correction(school.folder, ONE)
    assert not school.folder.corrections.exists()
