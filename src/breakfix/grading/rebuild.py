"""The first step of grading: a new notebook from the teacher's copy, with the learner's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from breakfix.grading.cells import code_cell, markdown_cell, notebook, other_cells, staff_cell
from breakfix.grading.folder import CourseFolder
from breakfix.grading.handed import HandedCell, cells_in
from breakfix.grading.inert import inert, readable
from breakfix.grading.nodes import node
from breakfix.grading.pinning import pinned_lab
from breakfix.grading.source import SourceRow, source_rows, teachers_notebook
from breakfix.messages import Language, say
from breakfix.model.value import Text

_QUESTION = "question-"


class TrustedRebuild(NbGraderPreprocessor):
    """A notebook in which nothing is the learner's but the texts of known answers. What else they
    wrote stands at the end, to read; nothing of their metadata, outputs or attachments is kept."""

    def preprocess(
        self,
        nb: NotebookNode,
        resources: Any,  # noqa: ANN401
    ) -> tuple[NotebookNode, Any]:
        """The notebook that is graded. Raises CourseError."""
        folder = course_of(self)
        name = resources["nbgrader"]["assignment"]
        return rebuilt(folder, name, cells_in(nb)), resources


def course_of(step: Any) -> CourseFolder:  # noqa: ANN401
    """The course that a step of grading works for."""
    return CourseFolder(Path(step.parent.parent.coursedir.root))


def rebuilt(folder: CourseFolder, name: str, handed: Sequence[HandedCell]) -> NotebookNode:
    """The notebook of an assignment with the answers that are in `handed`. Raises CourseError."""
    language = folder.read().language
    teachers, rows = teachers_notebook(folder, name), source_rows(folder, name)
    answers = _answers(handed, rows)
    rubrics = pinned_lab(folder, folder.planned(name).assignment.lab).rubrics
    cells: list[NotebookNode] = []
    for number, cell in enumerate(teachers.cells, 1):
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in rows:
            row = rows[grade_id]
            if row.points is not None and not row.locked:
                cells += _rubric(rubrics, grade_id, language)
            cells.append(_graded(cell, grade_id, row, answers.get(grade_id)))
        else:
            cells.append(_copy(cell, number))
    own = {one.source.strip() for one in (*teachers.cells, *rows.values())}
    others = [cell for cell in handed if _is_other(cell, own, answers)]
    cells += other_cells(others, say("fill.others", language))
    return notebook(cells, {key: teachers.metadata[key] for key in teachers.metadata})


def _answers(handed: Sequence[HandedCell], rows: Mapping[str, SourceRow]) -> dict[str, HandedCell]:
    """The learner's answers by grade id: unlocked cells of the right kind, the first of each."""
    found: dict[str, HandedCell] = {}
    for cell in handed:
        row = rows.get(cell.grade_id)
        if row is not None and not row.locked and cell.kind == row.kind:
            found.setdefault(cell.grade_id, cell)
    return found


def _graded(
    cell: NotebookNode, grade_id: str, row: SourceRow, answer: HandedCell | None
) -> NotebookNode:
    """One of nbgrader's cells, with the gradebook's text, points and checksum."""
    told = dict(cell.metadata["nbgrader"]) | {"cell_type": row.kind, "checksum": row.checksum}
    if row.points is not None:
        told["points"] = row.points
    make = code_cell if row.kind == "code" else markdown_cell
    made = make(_source(row, answer), str(cell.get("id", grade_id)), nbgrader=told)
    if row.locked and "attachments" in cell:
        made.attachments = cell.attachments
    return made


def _source(row: SourceRow, answer: HandedCell | None) -> str:
    """The text of a cell. What was not answered is as it was released, so that nbgrader sees it."""
    if row.locked or answer is None or answer.source.strip() in ("", row.source.strip()):
        return row.source
    return readable(answer.source) if row.kind == "code" else inert(answer.source)


def _copy(cell: NotebookNode, number: int) -> NotebookNode:
    """One of the teacher's own cells."""
    made = node(dict(cell) | {"id": str(cell.get("id", f"teacher-{number}")), "metadata": {}})
    if made.cell_type == "code":
        made.outputs, made.execution_count = [], None
    return made


def _is_other(cell: HandedCell, own: set[str], answers: Mapping[str, HandedCell]) -> bool:
    """Whether this is something that the learner wrote besides the answers."""
    if answers.get(cell.grade_id) is cell:
        return False
    return bool(cell.source.strip()) and cell.source.strip() not in own


def _rubric(
    rubrics: Mapping[str, Text], grade_id: str, language: Language
) -> Iterator[NotebookNode]:
    """What a good answer is, for who judges this cell; where the lab says it."""
    name = grade_id.removeprefix(_QUESTION)
    if name != grade_id and name in rubrics:
        heading, text = say("fill.rubric", language), rubrics[name].in_(language)
        yield staff_cell(f"**{heading}**\n\n{text}", f"rubric-{name}"[:64])
