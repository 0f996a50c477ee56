from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory

from breakfix.grading.export import COLUMNS, HonestExport
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import gradebook
from breakfix.model.course import Correction, Counting, SecondChance
from breakfix.model.grading import Decision, Verdict
from tests.grading.pages.teaching import (
    AFTER,
    AGAIN,
    BEFORE,
    EXAM,
    PRACTICE,
    REPAIRED,
    UNTOUCHED,
    autograde,
    correct,
    graded,
    judge_answer,
    keep,
    planned_anew,
    refused,
    submit,
)

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

NONE = ("", "", "")
POINTS = ("raw_score", "late_submission_penalty", "score")
Row = dict[str, str]


def exported(folder: CourseFolder, **asked: object) -> dict[tuple[str, str], Row]:
    """What the exporter writes, by assignment and learner."""
    target = folder.root / "out.csv"
    application = NbGrader()
    application.coursedir = CourseDirectory(root=str(folder.root))
    with gradebook(folder) as book:
        HonestExport(parent=application, to=str(target), **asked).export(book)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        assert tuple(reader.fieldnames or ()) == COLUMNS
        return {(row["assignment"], row["student_id"]): row for row in reader}


def points(row: Row) -> tuple[str, ...]:
    """The three columns of points."""
    return tuple(row[name] for name in POINTS)


def test_absent_is_not_zero(course: CourseFolder) -> None:
    """Who handed nothing in has empty points, and what there was to earn."""
    row = exported(course)[EXAM, "els"]
    assert points(row) == NONE
    assert (row["state"], row["max_score"], row["timestamp"]) == ("not-started", "60.0", "")


def test_work_that_was_graded_has_its_points(course: CourseFolder) -> None:
    """Graded work has nbgrader's points, with a point for the comma."""
    graded(course, EXAM, "els")
    judge_answer(course, EXAM, "els", 3.5)
    row = exported(course)[EXAM, "els"]
    assert points(row) == ("58.5", "0.0", "58.5")
    assert (row["state"], row["counts"]) == ("graded", "yes")
    assert row["timestamp"] == "2026-11-29 22:53:20"
    assert row["duedate"] == "2026-11-30 00:53:20"


def test_a_zero_that_was_earned_is_a_zero(course: CourseFolder) -> None:
    """Untouched machines and a judged empty answer are 0.0, which somebody gave."""
    graded(course, EXAM, "els", UNTOUCHED)
    judge_answer(course, EXAM, "els", 0.0)
    assert points(exported(course)[EXAM, "els"]) == ("0.0", "0.0", "0.0")


def test_what_waits_for_a_person_has_no_score_yet(course: CourseFolder) -> None:
    """An answer that nobody judged leaves the score empty; the points so far are told apart."""
    graded(course, EXAM, "els")
    row = exported(course)[EXAM, "els"]
    assert points(row) == ("55.0", "0.0", "")
    assert row["state"] == "to-judge"


def test_handed_in_is_not_zero(course: CourseFolder) -> None:
    """What is not graded yet has empty points, and so has a newer submission."""
    submit(course, EXAM, "els", b"x")
    graded(course, EXAM, "noe")
    judge_answer(course, EXAM, "noe", 5.0)
    submit(course, EXAM, "noe", b"newer", at=BEFORE + 60)
    rows = exported(course)
    for who in ("els", "noe"):
        assert points(rows[EXAM, who]) == NONE
        assert rows[EXAM, who]["state"] == "handed-in"
    assert rows[EXAM, "noe"]["timestamp"] == "2026-11-29 22:54:20"


def test_refused_work_has_the_zero_of_its_verdict(course: CourseFolder) -> None:
    """Refused work has 0.0 once that was written and the answers were judged, and nothing of an
    older grade before."""
    graded(course, EXAM, "els")
    judge_answer(course, EXAM, "els", 5.0)
    submit(course, EXAM, "els", b"rubbish", at=BEFORE + 60)
    keep(course, EXAM, "els", refused(b"rubbish"))
    row = exported(course)[EXAM, "els"]
    assert (row["state"], *points(row)) == ("refused", *NONE)
    machines = dict.fromkeys(("complaint", "cause", "care", "diagnosis"), 0.0)
    autograde(course, EXAM, "els", machines, at=BEFORE + 60)
    judge_answer(course, EXAM, "els", 0.0)
    row = exported(course)[EXAM, "els"]
    assert (row["state"], *points(row)) == ("refused", "0.0", "0.0", "0.0")


def test_trouble_on_our_side_gives_no_points(course: CourseFolder) -> None:
    """Work that could not be graded by our own trouble has empty points, whatever stood there."""
    graded(course, EXAM, "els")
    judge_answer(course, EXAM, "els", 5.0)
    keep(course, EXAM, "els", Verdict("k", Decision.TO_GRADE, "", AFTER))
    row = exported(course)[EXAM, "els"]
    assert (row["state"], *points(row)) == ("to-grade", *NONE)


def test_late_work_that_waits_is_told(course: CourseFolder) -> None:
    """Late and not graded yet is a state of its own."""
    submit(course, EXAM, "els", b"x", at=AFTER)
    assert exported(course)[EXAM, "els"]["state"] == "late"


def test_a_correction_is_in_the_points(course: CourseFolder) -> None:
    """What a teacher corrected in the gradebook is what is exported."""
    graded(course, EXAM, "els", UNTOUCHED)
    judge_answer(course, EXAM, "els", 0.0)
    correct(course, Correction("els", EXAM, "complaint", 4.0, "stroompanne", "an", AFTER))
    assert points(exported(course)[EXAM, "els"])[2] == "4.0"


def test_practice_never_counts(course: CourseFolder) -> None:
    """Practice has a row, which says that it does not count."""
    graded(course, PRACTICE, "els")
    row = exported(course)[PRACTICE, "els"]
    assert (row["counts"], row["max_score"]) == ("no", "0.0")


@pytest.mark.parametrize(
    ("rule", "first", "second", "counts"),
    [
        (Counting.BEST, REPAIRED, UNTOUCHED, EXAM),
        (Counting.BEST, UNTOUCHED, REPAIRED, AGAIN),
        (Counting.BEST, REPAIRED, REPAIRED, EXAM),
        (Counting.BEST, REPAIRED, None, EXAM),
        (Counting.BEST, None, UNTOUCHED, AGAIN),
        (Counting.FIRST, UNTOUCHED, REPAIRED, EXAM),
        (Counting.SECOND, REPAIRED, UNTOUCHED, AGAIN),
        (Counting.SECOND, REPAIRED, None, AGAIN),
    ],
)
def test_of_two_chances_exactly_one_counts(
    course: CourseFolder, rule: Counting, first: object, second: object, counts: str
) -> None:
    """Of both rows of a learner with two chances exactly one counts, by the teacher's rule."""
    planned_anew(course, AGAIN, second_chance=SecondChance(EXAM, ("els",), rule))
    for name, done in ((EXAM, first), (AGAIN, second)):
        if done is not None:
            graded(course, name, "els", done)  # type: ignore[arg-type]
            judge_answer(course, name, "els", 1.0)
    rows = exported(course)
    told = {name for name in (EXAM, AGAIN) if rows[name, "els"]["counts"] == "yes"}
    assert told == {counts}
    assert rows[EXAM, "noe"]["counts"] == "yes"
    assert (AGAIN, "noe") not in rows


def test_names_are_quoted_and_no_spreadsheet_works_them_out(course: CourseFolder) -> None:
    """Commas, quotes, line ends and letters of real names come back as they were; what would be a
    formula begins with an apostrophe."""
    people = {
        "a": ("Noë", 'Van den "Grote" Broeck, jr.'),
        "b": ("=HYPERLINK(1)", "+32"),
        "c": ("@SUM(A1)", "-1"),
        "d": ("\t=1", "＝1"),  # noqa: RUF001
        "e": ("twee\nregels", "Yıldız-Ngoma"),
        "=f": ("", ""),
    }
    with gradebook(course) as book:
        for who, (first, last) in people.items():
            book.update_or_create_student(who, first_name=first, last_name=last, email="a@b.c")
    rows = exported(course)
    told = {
        who: (row["first_name"], row["last_name"])
        for (name, who), row in rows.items()
        if name == EXAM
    }
    assert told["a"] == people["a"]
    assert told["e"] == people["e"]
    assert told["b"] == ("'=HYPERLINK(1)", "'+32")
    assert told["c"] == ("'@SUM(A1)", "'-1")
    assert told["d"] == ("'\t=1", "'＝1")  # noqa: RUF001
    assert "'=f" in told


def test_the_file_says_that_it_is_utf_8(course: CourseFolder) -> None:
    """A spreadsheet sees by the first bytes how names are written."""
    exported(course)
    data = (course.root / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfassignment,duedate,")
    assert "Noë".encode() in data


def test_whoever_handed_in_is_there(course: CourseFolder) -> None:
    """Work of somebody who is not on the roster yet is not lost from sight."""
    submit(course, EXAM, "zoe", b"x")
    row = exported(course)[EXAM, "zoe"]
    assert (row["state"], row["last_name"], *points(row)) == ("handed-in", "", *NONE)


def test_one_can_ask_for_some(course: CourseFolder) -> None:
    """Nbgrader's own choices of assignments and learners hold."""
    assert set(exported(course, assignment=[EXAM], student=["noe"])) == {(EXAM, "noe")}


def test_nbgrader_uses_it_by_its_name(course: CourseFolder) -> None:
    """`nbgrader export`, configured by name, writes our file in the folder of the course."""
    graded(course, EXAM, "els")
    judge_answer(course, EXAM, "els", 5.0)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as stream:
        stream.write('\nc.ExportApp.plugin_class = "breakfix.grading.export.HonestExport"\n')
    beside = Path(sys.executable).parent
    done = subprocess.run(
        [beside / "nbgrader", "export"],
        cwd=course.root, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = (course.root / "grades.csv").read_text("utf-8-sig")
    rows = {
        (row["assignment"], row["student_id"]): row for row in csv.DictReader(text.splitlines())
    }
    assert rows[EXAM, "els"]["score"] == "60.0"
    assert rows[EXAM, "noe"]["score"] == ""
