"""Points go to the gradebook; what a person gave is looked at again only when there is a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import SaveAutoGrades

from breakfix.grading.handed import cells_in, read_data
from breakfix.grading.keeping import kept_folder
from breakfix.grading.rebuild import course_of


class SavePoints(SaveAutoGrades):
    """nbgrader's own step marks every cell that a person gave points for review, each time. Here
    that happens when the answer is another one, or when the points that a person changed are."""

    def preprocess(
        self,
        nb: NotebookNode,
        resources: Any,  # noqa: ANN401
    ) -> tuple[NotebookNode, Any]:
        """Save the points of every graded cell."""
        told = resources["nbgrader"]
        kept = kept_folder(course_of(self), told["assignment"], told["student"])
        self._before = _texts(kept / f"{told['notebook']}.ipynb")
        saved: tuple[NotebookNode, Any] = super().preprocess(nb, resources)
        return saved

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:  # noqa: ANN401
        grade_id = cell.metadata["nbgrader"]["grade_id"]
        grade = self.gradebook.find_grade(
            grade_id, self.notebook_id, self.assignment_id, self.student_id
        )
        waited, points = grade.needs_manual_grade, grade.auto_score
        super()._add_score(cell, resources)
        if grade.manual_score is not None:
            same = (
                self._before.get(grade_id) == cell.source
                if utils.is_solution(cell)
                else points in (None, grade.auto_score)
            )
            grade.needs_manual_grade = waited or not same
            self.gradebook.db.commit()


def _texts(notebook: Path) -> dict[str, str]:
    """The texts that were graded before, by grade id; nothing where nothing was."""
    if not notebook.is_file():
        return {}
    with notebook.open("rb") as stream:
        return {cell.grade_id: cell.source for cell in cells_in(read_data(stream))}
