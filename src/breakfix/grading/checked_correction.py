"""Corrections as a teacher makes them: each is checked before it is kept."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from nbgrader.api import MissingEntry

from breakfix.errors import CourseError
from breakfix.grading.correcting import apply_to_gradebook
from breakfix.grading.corrections import add_correction, read_corrections
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import gradebook
from breakfix.grading.roster import need_learner
from breakfix.model.course import Correction
from breakfix.model.session import Mode

_LONGEST = 1000


@dataclass(frozen=True)
class Place:
    """What is corrected: one grade cell of one learner's work."""

    assignment: str
    learner: str
    cell: str


def correct(
    folder: CourseFolder, place: Place, points: float, reason: str, by: str
) -> tuple[Correction, bool]:
    """Correct a cell: the correction as it is kept, and whether there was graded work to correct
    (if not, it holds from the moment that the work is graded). Raises CourseError."""
    made = new_correction(folder, place, points, reason, by)
    add_correction(folder, made)
    return made, apply_to_gradebook(folder, made)


def made_corrections(
    folder: CourseFolder, assignment: str | None = None, learner: str | None = None
) -> tuple[Correction, ...]:
    """Every correction, oldest first; of one assignment or learner where that is asked for.

    Raises CourseError.
    """
    return tuple(
        one
        for one in read_corrections(folder)
        if assignment in {None, one.assignment} and learner in {None, one.learner}
    )


def new_correction(
    folder: CourseFolder, place: Place, points: float, reason: str, by: str
) -> Correction:
    """The correction that `by` makes now. Raises CourseError when there is no such learner or
    cell, when the cell can't have so many points, or when there is no reason."""
    planned = folder.planned(place.assignment)
    need_learner(folder, place.learner)
    if not planned.is_for(place.learner):
        raise CourseError("correct.not-for", assignment=place.assignment, learner=place.learner)
    if planned.assignment.mode is Mode.PRACTICE:
        raise CourseError("correct.practice", assignment=place.assignment)
    most = _most(folder, place)
    if not math.isfinite(points) or not 0 <= points <= most:
        raise CourseError("correct.points", cell=place.cell, most=f"{most:g}")
    why = " ".join(reason.split())
    if not why or len(why) > _LONGEST or not why.isprintable():
        raise CourseError("correct.reason", most=_LONGEST)
    return Correction(
        place.learner, place.assignment, place.cell, points, why, by, round(time.time(), 3)
    )


def _most(folder: CourseFolder, place: Place) -> float:
    """What the cell can have, as nbgrader knows it."""
    with gradebook(folder) as opened:
        try:
            notebook = opened.find_notebook(place.assignment, place.assignment)
        except MissingEntry as error:
            name = place.assignment
            raise CourseError("correct.not-generated", assignment=name) from error
        cells = {cell.name: float(cell.max_score) for cell in notebook.grade_cells}
    if place.cell not in cells:
        raise CourseError("correct.no-cell", cell=place.cell, known=", ".join(sorted(cells)))
    return cells[place.cell]
