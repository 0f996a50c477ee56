"""A teacher's corrections in the gradebook: they hold however often work is graded again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import NbGraderPreprocessor

from breakfix.errors import CourseError, disk_errors
from breakfix.grading.corrections import add_correction, held, read_corrections
from breakfix.grading.folder import CourseFolder
from breakfix.grading.inert import readable
from breakfix.grading.nodes import node, notebook_text, read_notebook
from breakfix.grading.rebuild import course_of
from breakfix.messages import Language, say
from breakfix.model.course import Correction

__all__ = ["ApplyCorrections", "add_correction", "apply_to_gradebook", "read_corrections"]

#: The mark of an output that tells a correction.
_MARK = "breakfix-correction"


class ApplyCorrections(NbGraderPreprocessor):
    """The step after nbgrader has saved its points: what a teacher corrected takes their place."""

    def preprocess(
        self,
        nb: NotebookNode,
        resources: Any,  # noqa: ANN401
    ) -> tuple[NotebookNode, Any]:
        """Correct the points of this learner's work. Raises CourseError."""
        told = resources["nbgrader"]
        folder, name, learner = course_of(self), told["assignment"], told["student"]
        found = held(folder, name, learner).values()
        if found:
            with Gradebook(told["db_url"], folder.read().id) as book:
                for one in found:
                    _correct(book, one)
            _tell(nb, found, folder.read().language)
        return nb, resources


def apply_to_gradebook(folder: CourseFolder, correction: Correction) -> bool:
    """Put a correction into the gradebook and the graded notebook now; whether there was work to
    correct. If not, it is applied when the work is graded.

    Raises CourseError when the assignment has no such cell, or the points are more than it holds.
    """
    with Gradebook(folder.database, folder.read().id) as book:
        _need_cell(book, correction)
        if not _correct(book, correction):
            return False
    name = correction.assignment
    file = folder.autograded(correction.learner, name) / f"{name}.ipynb"
    if file.is_file():
        nb = read_notebook(file)
        _tell(nb, [correction], folder.read().language)
        part = file.with_name(f".{file.name}.part")
        with disk_errors():
            part.write_text(notebook_text(nb), "utf-8")
            part.chmod(file.stat().st_mode & 0o777)
            part.replace(file)
    return True


def _need_cell(book: Any, correction: Correction) -> None:  # noqa: ANN401
    name = correction.assignment
    try:
        most = float(book.find_grade_cell(correction.cell, name, name).max_score)
    except MissingEntry as error:
        raise CourseError("corrected.no-cell", cell=correction.cell, assignment=name) from error
    if not 0 <= correction.points <= most:
        raise CourseError("corrected.too-many", cell=correction.cell, most=f"{most:g}")


def _correct(book: Any, correction: Correction) -> bool:  # noqa: ANN401
    """Write a correction over what is there; False when the cell is not there for this learner."""
    where = correction.cell, correction.assignment, correction.assignment, correction.learner
    try:
        grade = book.find_grade(*where)
    except MissingEntry:
        return False
    if grade.manual_score != correction.points:
        grade.manual_score = correction.points
        grade.needs_manual_grade = False
    _comment(book, where, correction.reason)
    book.db.commit()
    return True


def _comment(book: Any, where: tuple[str, ...], reason: str) -> None:  # noqa: ANN401
    """The reason as a comment, after what a teacher wrote there. Locked cells have no comments:
    the notebook tells it there."""
    try:
        comment = book.find_comment(*where)
    except MissingEntry:
        return
    written = comment.manual_comment or ""
    if reason not in written:
        comment.manual_comment = f"{written}\n\n{reason}".strip()


def _tell(nb: NotebookNode, corrections: Iterable[Correction], language: Language) -> None:
    """Say below each corrected cell what was corrected, by whom and why."""
    found = {one.cell: one for one in corrections}
    for cell in nb.cells:
        one = found.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if one is not None and cell.cell_type == "code":
            kept = [output for output in cell.outputs if _MARK not in output.get("metadata", {})]
            cell.outputs = [*kept, _output(one, language)]


def _output(one: Correction, language: Language) -> NotebookNode:
    text = say("corrected.told", language, points=f"{one.points:g}", by=one.by, reason=one.reason)
    made = {
        "output_type": "display_data",
        "data": {"text/plain": readable(text)},
        "metadata": {_MARK: True},
    }
    return node(made)
