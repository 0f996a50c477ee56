from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import gradebook
from breakfix.grading.marks import opened_marks
from breakfix.grading.states import State, is_late, state_of
from breakfix.model.grading import Decision, Verdict
from breakfix.model.value import Text
from tests.grading.pages.teaching import (
    AFTER,
    BEFORE,
    CLOSES,
    EXAM,
    PRACTICE,
    REPAIRED,
    autograde,
    graded,
    judge_answer,
    keep,
    planned_anew,
    refused,
    stamp,
    submit,
)

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

MACHINES = ("complaint", "cause", "care", "diagnosis")


def state(folder: CourseFolder, name: str = EXAM, now: float = CLOSES - 60) -> State:
    """Where els stands."""
    return state_of(folder, folder.planned(name), name, "els", now)


def to_grade(evidence: bytes) -> Verdict:
    """The verdict when the trouble was ours."""
    return replace(
        refused(evidence), decision=Decision.TO_GRADE, reason=Text("Schijf vol.", "Full.")
    )


def test_nothing_handed_in_is_not_started(course: CourseFolder) -> None:
    """Who handed nothing in did not start, also after the closing time and without gradebook."""
    assert state(course) is State.NOT_STARTED
    assert state(course, now=AFTER) is State.NOT_STARTED
    (course.root / "gradebook.db").unlink()
    assert state(course) is State.NOT_STARTED
    assert not (course.root / "gradebook.db").exists()


def test_a_notebook_without_evidence_is_busy_while_there_is_time(course: CourseFolder) -> None:
    """A notebook alone means busy until the closing time, which may be the learner's own."""
    submit(course, EXAM, "els", None)
    assert state(course) is State.BUSY
    assert state(course, now=CLOSES + 1) is State.HANDED_IN
    planned_anew(course, EXAM, extra_time={"els": AFTER})
    assert state(course, now=CLOSES + 1) is State.BUSY


def test_a_file_with_evidence_is_handed_in(course: CourseFolder) -> None:
    """Evidence makes it handed in, be it more than one file."""
    submit(course, EXAM, "els", b"x")
    assert state(course) is State.HANDED_IN
    extra = course.submitted("els", EXAM) / "evidence" / "other.breakfix.tar.zst"
    extra.write_bytes(b"y")
    assert state(course) is State.HANDED_IN
    keep(course, EXAM, "els", refused(b"x"))
    assert state(course) is State.REFUSED


def test_a_verdict_without_a_look_at_a_file_is_known_by_its_time(course: CourseFolder) -> None:
    """What was refused before any file was read is refused, until something newer comes."""
    submit(course, EXAM, "els", b"x")
    verdict = replace(refused(b"x"), sha256="", replayed=time.time() + 1)
    keep(course, EXAM, "els", verdict)
    assert state(course) is State.REFUSED
    keep(course, EXAM, "els", replace(verdict, replayed=time.time() - 60))
    assert state(course) is State.HANDED_IN


def test_work_after_the_closing_time_is_late(course: CourseFolder) -> None:
    """What came after the learner's own closing time is late, and stays so when it is graded."""
    planned = course.planned(EXAM)
    submit(course, EXAM, "els", b"x", at=CLOSES + 1)
    assert state(course, now=AFTER) is State.LATE
    assert is_late(course, planned, EXAM, "els")
    graded(course, EXAM, "els", REPAIRED, at=CLOSES + 1)
    judge_answer(course, EXAM, "els", 1.0)
    assert state(course, now=AFTER) is State.GRADED
    assert is_late(course, planned, EXAM, "els")
    planned_anew(course, EXAM, extra_time={"els": AFTER})
    assert not is_late(course, course.planned(EXAM), EXAM, "els")


def test_at_the_closing_time_is_in_time(course: CourseFolder) -> None:
    """The closing moment itself still counts as in time."""
    submit(course, EXAM, "els", b"x", at=CLOSES)
    assert not is_late(course, course.planned(EXAM), EXAM, "els")


def test_an_answer_that_waits_is_to_judge(course: CourseFolder) -> None:
    """Graded work with an answer that nobody judged is to judge; after that it is graded."""
    graded(course, EXAM, "els")
    assert state(course) is State.TO_JUDGE
    judge_answer(course, EXAM, "els", 0.0)
    assert state(course) is State.GRADED


def test_practice_waits_for_nobody(course: CourseFolder) -> None:
    """An answer in practice is worth nothing, so nobody must judge it."""
    graded(course, PRACTICE, "els")
    assert state(course, PRACTICE) is State.GRADED


def test_refused_is_told_before_and_after_autograde(course: CourseFolder) -> None:
    """The verdict says refused as soon as it is there, and still when points were written."""
    submit(course, EXAM, "els", b"rubbish")
    keep(course, EXAM, "els", refused(b"rubbish"))
    assert state(course) is State.REFUSED
    autograde(course, EXAM, "els", dict.fromkeys(MACHINES, 0.0))
    assert state(course) is State.REFUSED


def test_trouble_on_our_side_is_to_grade(course: CourseFolder) -> None:
    """Our own trouble is neither refused nor graded, with and without older points."""
    submit(course, EXAM, "els", b"x")
    keep(course, EXAM, "els", to_grade(b"x"))
    assert state(course) is State.TO_GRADE
    autograde(course, EXAM, "els", dict.fromkeys(MACHINES, 0.0))
    assert state(course) is State.TO_GRADE


def test_a_newer_submission_is_handed_in_again(course: CourseFolder) -> None:
    """Older points and an older verdict say nothing of what came since."""
    graded(course, EXAM, "els")
    submit(course, EXAM, "els", b"newer", at=BEFORE + 60)
    assert state(course) is State.HANDED_IN
    keep(course, EXAM, "els", refused(b"older"))
    assert state(course) is State.HANDED_IN
    keep(course, EXAM, "els", refused(b"newer"))
    assert state(course) is State.REFUSED


def test_a_row_without_a_graded_notebook_is_not_graded(course: CourseFolder) -> None:
    """Nbgrader makes the row before it grades; what failed half-way is still handed in."""
    graded(course, EXAM, "els")
    (course.autograded("els", EXAM) / f"{EXAM}.ipynb").unlink()
    assert state(course) is State.HANDED_IN


def test_points_that_nobody_gave_are_not_graded(course: CourseFolder) -> None:
    """A graded notebook whose cells got no points, not even 0, is to be graded."""
    graded(course, EXAM, "els")
    judge_answer(course, EXAM, "els", 5.0)
    assert state(course) is State.GRADED
    with gradebook(course) as book:
        book.find_grade("care", EXAM, EXAM, "els").auto_score = None
        book.db.commit()
    assert state(course) is State.TO_GRADE


def test_damaged_files_hide_nobody(course: CourseFolder) -> None:
    """A moment or a verdict that can't be read is no error: the submission is still there."""
    submit(course, EXAM, "els", b"x")
    target = course.submitted("els", EXAM) / "timestamp.txt"
    for text in ("", "later", "9" * 400, "2026-13-45 99:99:99 UTC", "\x00\xff"):
        target.write_text(text, "utf-8")
        assert state(course) is State.HANDED_IN
    keep(course, EXAM, "els", refused(b"x"))
    course.verdict("els", EXAM).write_text(json.dumps({"key": 3}), "utf-8")
    assert state(course) is State.HANDED_IN


def test_one_open_gradebook_serves_many(course: CourseFolder) -> None:
    """With the gradebook passed on, everybody's state is the same as without."""
    graded(course, EXAM, "els")
    submit(course, EXAM, "noe", b"x")
    planned = course.planned(EXAM)
    with opened_marks(course) as marks_of:
        found = {
            who: state_of(course, planned, EXAM, who, BEFORE, marks_of) for who in ("els", "noe")
        }
    assert found == {"els": State.TO_JUDGE, "noe": State.HANDED_IN}


def test_a_link_is_never_followed(course: CourseFolder, tmp_path: Path) -> None:
    """Evidence is an ordinary file: what a link points to is nobody's work."""
    submit(course, EXAM, "els", None)
    folder = course.submitted("els", EXAM) / "evidence"
    folder.mkdir()
    (tmp_path / "secret").write_bytes(b"x")
    (folder / "no-internet.breakfix.tar.zst").symlink_to(tmp_path / "secret")
    keep(course, EXAM, "els", refused(b"x"))
    assert state(course) is State.HANDED_IN


@pytest.mark.parametrize("at", [BEFORE, AFTER])
def test_a_moment_is_read_as_nbgrader_wrote_it(course: CourseFolder, at: float) -> None:
    """The moment of handing in comes back as it was written, in any zone that it names."""
    submit(course, EXAM, "els", b"x", at=at)
    late = at > CLOSES
    assert is_late(course, course.planned(EXAM), EXAM, "els") is late
    file = course.submitted("els", EXAM) / "timestamp.txt"
    file.write_text(stamp(at + 3600).replace("UTC", "+0100"), "utf-8")
    assert is_late(course, course.planned(EXAM), EXAM, "els") is late
