"""Grades for the administration, as nbgrader exports them, without a zero that nobody gave."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from breakfix.errors import disk_errors
from breakfix.grading.arrivals import handed_in_at
from breakfix.grading.chances import counts
from breakfix.grading.folder import CourseFolder
from breakfix.grading.marks import Marks, marks_in, written
from breakfix.grading.states import State, is_graded, state_of
from breakfix.model.course import Course

#: nbgrader's own columns, and ours behind them.
COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score", "state", "counts",
)  # fmt: skip
#: A spreadsheet takes a cell that begins so for a formula, and works it out.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 (wide letters work as well)
#: States in which everything that is worth points got some.
_FINAL = (State.GRADED, State.REFUSED)
#: States in which there are points, be they not all.
_SOME = (*_FINAL, State.TO_JUDGE)


class HonestExport(ExportPlugin):  # type: ignore[misc]
    """nbgrader's exporter of grades (`c.ExportApp.plugin_class`).

    `score` is empty where nobody gave one yet: absent is not zero. `raw_score` holds the points so
    far. `state` says where the learner stands, and `counts` whether this row counts: of two
    chances only one does.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the file that `--to` names (`grades.csv`), whole or not at all."""
        target = Path(self.to or "grades.csv")
        table = _Table(CourseFolder(Path(self.parent.coursedir.root)), gradebook, time.time())
        assignments = [str(one) for one in self.assignment]
        text = as_csv(table.rows(assignments, [str(one) for one in self.student]))
        part = target.with_name(target.name + ".part")
        with disk_errors():
            # With a mark that says UTF-8: without it a spreadsheet shows Noë as NoÃ«. Programs read
            # the file as "utf-8-sig".
            part.write_text(text, "utf-8-sig", newline="")
            part.replace(target)
        self.log.info("Exported grades to %s", target)


def as_csv(rows: Iterable[dict[str, str]]) -> str:
    """Rows as CSV (RFC 4180)."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _harmless(value) for name, value in row.items()})
    return stream.getvalue()


@dataclass(frozen=True)
class _Table:
    """The rows of a course at one moment."""

    folder: CourseFolder
    book: Gradebook
    now: float

    def rows(self, assignments: list[str], learners: list[str]) -> Iterator[dict[str, str]]:
        """One for each assignment and each learner whom it is for; empty lists mean all."""
        course = self.folder.read()
        for assignment in self.book.assignments:
            name = assignment.name
            if assignments and name not in assignments:
                continue
            for learner in self._learners(name):
                asked = not learners or learner in learners
                if asked and self._belongs(course, name, learner):
                    yield self._row(course, assignment, learner)

    def _learners(self, name: str) -> list[str]:
        """The gradebook's, in its order, and whoever handed in without being there yet."""
        known = [student.id for student in self.book.students]
        handed = {path.parent.name for path in (self.folder.root / "submitted").glob(f"*/{name}")}
        return [*known, *sorted(handed.difference(known))]

    def _belongs(self, course: Course, name: str, learner: str) -> bool:
        planned = course.assignments.get(name)
        return (
            planned is None
            or planned.is_for(learner)
            or self.folder.submitted(learner, name).exists()
        )

    def _row(self, course: Course, assignment: Any, learner: str) -> dict[str, str]:  # noqa: ANN401
        name = assignment.name
        stand = self._stand(course, name, learner)
        return {
            "assignment": name,
            "duedate": str(assignment.duedate or ""),
            "timestamp": written(self._handed_in(name, learner)),
            "student_id": learner,
            **self._person(learner),
            "raw_score": _number(stand.so_far),
            "late_submission_penalty": _number(stand.penalty),
            "score": _number(stand.final),
            "max_score": _number(float(assignment.max_score)),
            "state": stand.state.value,
            "counts": "yes" if self._counts(course, name, learner) else "no",
        }

    def _counts(self, course: Course, name: str, learner: str) -> bool:
        def points(one: str) -> float | None:
            return self._stand(course, one, learner).final

        # An assignment that is nbgrader's alone has no chances: it counts.
        return name not in course.assignments or counts(course.assignments, name, learner, points)

    def _stand(self, course: Course, name: str, learner: str) -> _Stand:
        """Where a learner stands, with the points that were given for what was handed in last."""
        marks, planned = marks_in(self.book, name, learner), course.assignments.get(name)
        if planned is None:
            return _stand_of(_plain_state(marks), marks)
        state = state_of(
            self.folder, planned, name, learner, self.now, partial(marks_in, self.book)
        )
        graded = is_graded(self.folder, name, learner, marks)
        return _stand_of(state, marks if graded else None)

    def _handed_in(self, name: str, learner: str) -> float | None:
        last = handed_in_at(self.folder.submitted(learner, name))
        marks = marks_in(self.book, name, learner) if last is None else None
        return marks.handed_in if marks is not None else last

    def _person(self, learner: str) -> dict[str, str]:
        try:
            found = self.book.find_student(learner)
        except MissingEntry:
            return dict.fromkeys(("last_name", "first_name", "email"), "")
        return {
            name: str(getattr(found, name) or "") for name in ("last_name", "first_name", "email")
        }


@dataclass(frozen=True)
class _Stand:
    """Where a learner stands: the points so far before any penalty, the penalty, and the final
    points, each where somebody gave them."""

    state: State
    so_far: float | None = None
    penalty: float | None = None
    final: float | None = None


def _stand_of(state: State, marks: Marks | None) -> _Stand:
    if marks is None or state not in _SOME:
        return _Stand(state)
    so_far = sum(mark.points for mark in marks.marks)
    final = state in _FINAL and marks.given and not marks.waits
    return _Stand(state, so_far, marks.penalty, marks.points if final else None)


def _plain_state(marks: Marks | None) -> State:
    """Where a learner stands with an assignment that is nbgrader's alone."""
    if marks is None:
        return State.NOT_STARTED
    return State.TO_JUDGE if marks.waits else State.GRADED


def _number(value: float | None) -> str:
    return "" if value is None else str(value)


def _harmless(text: str) -> str:
    """`text` as a cell that no spreadsheet works out. Numbers of ours are never below zero."""
    worked_out = text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if worked_out else text
