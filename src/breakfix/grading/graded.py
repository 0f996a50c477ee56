"""One learner's graded work, gathered from where it is kept: what the pages about it tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from pydantic import ValidationError

from breakfix.codec import from_json
from breakfix.content.loaded import LoadedLab
from breakfix.errors import CourseError
from breakfix.grading.arrivals import handed_in_at, sha256_of
from breakfix.grading.chances import counting
from breakfix.grading.folder import CourseFolder
from breakfix.grading.inert import written
from breakfix.grading.kept import kept_verdict
from breakfix.grading.marks import Mark, Marks, marks_in, person_in
from breakfix.grading.pinning import pinned_lab
from breakfix.grading.states import is_graded
from breakfix.model.assignment import Variant, variant
from breakfix.model.course import Correction, Course, Planned
from breakfix.model.grading import Cell, Decision, Verdict
from breakfix.model.parameter import draw_all
from breakfix.model.replay import ReplayReport
from breakfix.model.session import Mode

#: How the grade id of an answer begins.
QUESTION = "question-"
#: Cells for staff; nothing of them reaches a learner.
_STAFF = "breakfix-staff"


@dataclass(frozen=True)
class Work:
    """The graded work of `learner` on the assignment `name`.

    `person` is the learner's name, `answers` what they wrote by grade id, `corrections` every one
    of this work, oldest first. `handed_in` is when it came by the learner's clock, and `counting`
    the name of the assignment whose points count.
    """

    course: Course
    name: str
    planned: Planned
    loaded: LoadedLab
    learner: str
    person: str
    verdict: Verdict
    marks: Marks
    answers: Mapping[str, str]
    corrections: tuple[Correction, ...]
    handed_in: float | None
    counting: str

    @property
    def report(self) -> ReplayReport | None:
        """What the replay came to, if there was one."""
        return self.verdict.report

    @property
    def practice(self) -> bool:
        """Whether nothing counts."""
        return self.planned.assignment.mode is Mode.PRACTICE

    @property
    def late(self) -> bool:
        """Whether it came after the learner's own closing time."""
        closes = self.planned.closes_for(self.learner)
        return closes is not None and self.handed_in is not None and self.handed_in > closes

    @property
    def variant(self) -> Variant:
        """The fault and the seed: of what was handed in, else of the first attempt."""
        if self.report is not None:
            return Variant(self.report.fault, self.report.seed)
        return variant(self.planned.assignment, self.learner, 1)

    @cached_property
    def values(self) -> dict[str, str]:
        """The addresses and names that this learner had."""
        return draw_all(self.loaded.lab.parameters, self.variant.seed)

    @property
    def ordered(self) -> tuple[Mark, ...]:
        """The marks as pages list them: machines, diagnosis, questions, and whatever else."""
        asked = [f"{QUESTION}{question.id}" for question in self.loaded.lab.questions]
        order = {name: place for place, name in enumerate([*(cell.value for cell in Cell), *asked])}
        return tuple(
            sorted(self.marks.marks, key=lambda mark: (order.get(mark.cell, len(order)), mark.cell))
        )

    def correction(self, mark: Mark) -> Correction | None:
        """The correction that gave a cell its points, if one did."""
        own = [one for one in self.corrections if one.cell == mark.cell]
        return own[-1] if own and own[-1].points == mark.points else None


def read_work(
    folder: CourseFolder,
    book: Gradebook,
    name: str,
    learner: str,
    notebook: Any = None,  # noqa: ANN401 (nbformat's nodes have no types)
) -> Work:
    """Gather the graded work of one learner; `notebook` is the graded one, where it was read
    already. Raises CourseError where there is none, or where it does not fit together."""
    course, planned = folder.read(), folder.planned(name)
    marks = marks_in(book, name, learner)
    if marks is None or not is_graded(folder, name, learner, marks):
        raise CourseError("graded.not-yet", learner=learner, assignment=name)
    nodes = notebook if notebook is not None else _notebook(folder, name, learner)
    return Work(
        course,
        name,
        planned,
        pinned_lab(folder, planned.assignment.lab),
        learner,
        person_in(book, learner),
        _verdict(folder, name, learner, planned.assignment.lab),
        marks,
        answers_in(nodes),
        tuple(
            one
            for one in corrections_of(folder)
            if (one.assignment, one.learner) == (name, learner)
        ),
        handed_in_at(folder.autograded(learner, name)) or marks.handed_in,
        counting(course.assignments, name, learner, lambda one: _points(book, one, learner)),
    )


def answers_in(notebook: Any) -> dict[str, str]:  # noqa: ANN401
    """What a learner wrote, by grade id, in a graded notebook."""
    found: dict[str, str] = {}
    for cell in notebook.cells:
        told = cell.metadata.get("nbgrader", {})
        if told.get("solution") and _STAFF not in cell.metadata.get("tags", ()):
            found[str(told.get("grade_id", ""))] = written(str(cell.source))
    return found


def corrections_of(folder: CourseFolder) -> list[Correction]:
    """Every correction of the course, oldest first. Raises CourseError."""
    if not folder.corrections.exists():
        return []
    lines = folder.corrections.read_text("utf-8").splitlines()
    try:
        return [from_json(Correction, line) for line in lines if line.strip()]
    except ValidationError as error:
        reason = str(error.errors()[0]["type"])
        raise CourseError("course.damaged", file=folder.corrections, reason=reason) from error


def _verdict(folder: CourseFolder, name: str, learner: str, lab: str) -> Verdict:
    """The kept verdict, if it speaks about what was graded. Raises CourseError."""
    kept = kept_verdict(folder, name, learner)
    if kept is None or kept.decision is Decision.TO_GRADE:
        raise CourseError("graded.not-yet", learner=learner, assignment=name)
    places = (folder.autograded(learner, name), folder.submitted(learner, name))
    graded = sha256_of(places[0], lab) or sha256_of(places[1], lab)
    without = kept.decision is Decision.NOTHING
    if graded and kept.sha256 != graded and (kept.sha256 or without):
        raise CourseError("graded.other-work", learner=learner, assignment=name)
    return kept


def _notebook(folder: CourseFolder, name: str, learner: str) -> Any:  # noqa: ANN401
    """The graded notebook: rebuilt by us, so it is read as any file of ours."""
    file: Path = next(folder.autograded(learner, name).glob("*.ipynb"))
    read: Callable[..., Any] = nbformat.read
    return read(file, as_version=4)


def _points(book: Gradebook, name: str, learner: str) -> float | None:
    marks = marks_in(book, name, learner)
    final = marks is not None and marks.given and not marks.waits
    return marks.points if marks is not None and final else None
