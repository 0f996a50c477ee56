"""The grading itself, without a kernel: each locked cell gets what the verdict says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from breakfix.errors import CourseError
from breakfix.grading.cells import staff_cell
from breakfix.grading.folder import CourseFolder
from breakfix.grading.inert import printed, verbatim
from breakfix.grading.judged import judged
from breakfix.grading.nodes import node
from breakfix.grading.notes import read_notes
from breakfix.grading.pinning import pinned_lab
from breakfix.grading.rebuild import course_of
from breakfix.grading.shown import Shown
from breakfix.messages import say
from breakfix.model.grading import Cell, Verdict


class FillFromVerdict(NbGraderPreprocessor):
    """Takes the place of nbgrader's Execute: nothing of the notebook is run."""

    def preprocess(
        self,
        nb: NotebookNode,
        resources: Any,  # noqa: ANN401
    ) -> tuple[NotebookNode, Any]:
        """The notebook with its outputs. Raises CourseError where there is no verdict: then
        nbgrader leaves this learner ungraded."""
        told = resources["nbgrader"]
        folder, name, learner = course_of(self), told["assignment"], told["student"]
        given: Verdict | None = getattr(self.parent, "verdict", None)
        verdict = given or judged(folder, name, learner)
        fill(nb, shown(folder, name, verdict), folder.submitted(learner, name))
        return nb, resources


def shown(folder: CourseFolder, name: str, verdict: Verdict) -> Shown:
    """How a verdict of this course is told. Raises CourseError, NotFound and LabInvalid."""
    assignment = folder.planned(name).assignment
    lab = pinned_lab(folder, assignment.lab).lab
    return Shown(lab, assignment, verdict, folder.read().language)


def fill(nb: NotebookNode, words: Shown, submission: Path) -> None:
    """Fill every cell that a replay fills, and put what staff must know before the first.

    Raises CourseError when a cell can't hold what was earned.
    """
    graded = [number for number, cell in enumerate(nb.cells) if _cell_of(cell) is not None]
    for count, number in enumerate(graded, 1):
        _fill(nb.cells[number], words, count)
    text = printed(words.for_staff(read_notes(submission)))
    heading = say("fill.staff", words.language)
    where = graded[0] if graded else len(nb.cells)
    nb.cells.insert(where, staff_cell(f"**{heading}**\n\n{verbatim(text)}", "staff-verdict"))


def _cell_of(cell: NotebookNode) -> Cell | None:
    """Which of our cells this is."""
    told = cell.metadata.get("nbgrader", {})
    ours = cell.cell_type == "code" and told.get("grade") and not told.get("solution")
    grade_id = told.get("grade_id")
    return Cell(grade_id) if ours and grade_id in set(Cell) else None


def _fill(target: NotebookNode, words: Shown, count: int) -> None:
    cell, most = Cell(target.metadata.nbgrader.grade_id), float(target.metadata.nbgrader.points)
    points = words.points(cell)
    if not 0 <= points <= most:
        # nbgrader takes what it can't use for full marks, or stops.
        raise CourseError("fill.other-points", cell=cell.value, points=points, most=most)
    text = printed(words.words(cell)) + "\n"
    target.execution_count = count
    target.outputs = [
        node({"output_type": "stream", "name": "stdout", "text": text}),
        node(
            {
                "output_type": "execute_result",
                "data": {"text/plain": repr(points)},
                "metadata": {},
                "execution_count": count,
            }
        ),
    ]
