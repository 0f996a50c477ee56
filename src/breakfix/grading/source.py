"""The teacher's side of a notebook: its order from `source/`, its locked texts and points from the
gradebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from breakfix.errors import CourseError
from breakfix.grading.folder import CourseFolder
from breakfix.grading.nodes import read_notebook


@dataclass(frozen=True)
class SourceRow:
    """One of nbgrader's cells as it was released. `points` is what the gradebook says, None where
    the cell is not graded."""

    source: str
    kind: str
    locked: bool
    checksum: str
    points: float | None


def teachers_notebook(folder: CourseFolder, name: str) -> NotebookNode:
    """The teacher's copy of an assignment. Raises CourseError."""
    file = folder.source(name) / f"{name}.ipynb"
    try:
        return read_notebook(file)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        reason = type(error).__name__
        raise CourseError("course.damaged", file=file, reason=reason) from error


def source_rows(folder: CourseFolder, name: str) -> Mapping[str, SourceRow]:
    """Nbgrader's cells of an assignment by grade id. Raises CourseError."""
    with Gradebook(folder.database, folder.read().id) as book:
        try:
            notebook = book.find_notebook(name, name)
        except MissingEntry as error:
            raise CourseError("fill.not-generated", assignment=name) from error
        points = {cell.name: float(cell.max_score) for cell in notebook.grade_cells}
        return {
            cell.name: SourceRow(
                cell.source or "",
                cell.cell_type,
                bool(cell.locked),
                cell.checksum or "",
                points.get(cell.name),
            )
            for cell in notebook.source_cells
        }
