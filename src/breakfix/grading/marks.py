"""What the gradebook says of one learner's work: the official points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import gradebook
from breakfix.model.value import Value

#: What nbgrader's autograder writes by itself under an answer that was left as it was.
_NO_RESPONSE = "No response."


@dataclass(frozen=True)
class Mark(Value):
    """The points of one grade cell: `points` out of `of`, as nbgrader counts them.

    `auto` came from grading, `manual` and `extra` from a person; where neither `auto` nor `manual`
    was given, 0 points say nothing. `waits` says that a person must still look. `comment` is a
    person's; `blank` says that there was no answer.
    """

    cell: str
    points: float
    of: float
    auto: float | None = None
    manual: float | None = None
    extra: float | None = None
    waits: bool = False
    comment: str = ""
    blank: bool = False

    @property
    def given(self) -> bool:
        """Whether a verdict or a person gave these points."""
        return self.auto is not None or self.manual is not None


@dataclass(frozen=True)
class Marks(Value):
    """All points of one learner's work, with what was taken off for lateness (`penalty`) and when
    the graded work was handed in (seconds since 1970, UTC)."""

    marks: tuple[Mark, ...]
    penalty: float = 0.0
    handed_in: float | None = None

    @property
    def points(self) -> float:
        """The points so far."""
        return max(0.0, sum(mark.points for mark in self.marks) - self.penalty)

    @property
    def of(self) -> float:
        """The most that there are."""
        return sum(mark.of for mark in self.marks)

    @property
    def waits(self) -> bool:
        """Whether a person must still look at something that is worth points."""
        return any(mark.waits and mark.of > 0 for mark in self.marks)

    @property
    def given(self) -> bool:
        """Whether everything that is worth points got some, be it 0, by a verdict or a person."""
        return all(mark.given or mark.of == 0 for mark in self.marks)


#: The marks of an assignment and a learner; None when nothing was graded.
MarksOf = Callable[[str, str], Marks | None]


@contextmanager
def opened_marks(folder: CourseFolder) -> Iterator[MarksOf]:
    """A reader of the course's gradebook; no gradebook is made where there is none."""
    if not (folder.root / "gradebook.db").exists():
        yield lambda _name, _learner: None
        return
    with gradebook(folder) as book:
        yield lambda name, learner: marks_in(book, name, learner)


def marks_in(book: Gradebook, name: str, learner: str) -> Marks | None:
    """The marks in an open gradebook; None when nothing was graded."""
    try:
        row = book.find_submission(name, learner)
    except MissingEntry:
        return None
    comments = {one.name: one for notebook in row.notebooks for one in notebook.comments}
    marks = [
        _mark(grade, comments.get(grade.name))
        for notebook in row.notebooks
        for grade in notebook.grades
    ]
    handed = row.timestamp.replace(tzinfo=UTC).timestamp() if row.timestamp else None
    penalty = float(row.late_submission_penalty or 0.0)
    return Marks(tuple(sorted(marks, key=lambda mark: mark.cell)), penalty, handed)


def person_in(book: Gradebook, learner: str) -> str:
    """A learner's name as the gradebook has it, else their id."""
    try:
        student = book.find_student(learner)
    except MissingEntry:
        return learner
    return " ".join(part for part in (student.first_name, student.last_name) if part) or learner


def written(seconds: float | None) -> str:
    """A moment as nbgrader writes it: UTC, without a zone."""
    if seconds is None:
        return ""
    return str(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None))


def _mark(grade: Any, comment: Any) -> Mark:  # noqa: ANN401 (nbgrader's rows have no types)
    auto = (comment.auto_comment or "") if comment else ""
    said = (comment.manual_comment or "") if comment else ""
    return Mark(
        grade.name,
        float(grade.score),
        float(grade.max_score),
        grade.auto_score,
        grade.manual_score,
        grade.extra_credit,
        bool(grade.needs_manual_grade),
        said or ("" if auto == _NO_RESPONSE else auto),
        blank=auto == _NO_RESPONSE,
    )
