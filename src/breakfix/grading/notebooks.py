"""The notebook of an assignment: the lab's shared text, and the cells that nbgrader grades."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from breakfix.content.loaded import LoadedLab
from breakfix.content.notebook import metadata, shared_cells
from breakfix.messages import Language, say
from breakfix.model.assignment import Assignment
from breakfix.model.grading import Cell, most_points
from breakfix.model.lab import Question
from breakfix.model.session import Mode

#: nbgrader's version of the metadata of a cell.
_SCHEMA = 3
_CODE, _MARKDOWN = "code", "markdown"


def assignment_notebook(
    loaded: LoadedLab, assignment: Assignment, name: str, language: Language
) -> dict[str, Any]:
    """The teacher's copy (nbgrader's `source`) as nbformat 4 data; the same input always gives the
    same notebook."""
    cells = [*shared_cells(loaded, language), *_own_cells(loaded, assignment, language)]
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"{name[:58]}-{number}"
    return {"cells": cells, "metadata": metadata(), "nbformat": 4, "nbformat_minor": 5}


def question_id(question: Question) -> str:
    """The grade id of the cell that answers a question."""
    return f"question-{question.id}"


def _own_cells(
    loaded: LoadedLab, assignment: Assignment, language: Language
) -> Iterator[dict[str, Any]]:
    yield _text(say("handout.diagnosis", language))
    yield _code("lab.diagnose()")
    if loaded.lab.questions:
        yield _text(say("handout.questions", language))
    for question in loaded.lab.questions:
        yield from _asked(question, assignment.mode, language)
    yield _text(say("handout.hand-in", language))
    yield _code("lab.hand_in()")
    yield _text(_grading_words(assignment.mode, language))
    most = most_points(loaded.lab, min(assignment.faults), assignment.mode)
    for cell, points in most.items():
        yield _graded(cell, points)


def _grading_words(mode: Mode, language: Language) -> str:
    return say(f"handout.grading-{mode.value}", language)


def _asked(question: Question, mode: Mode, language: Language) -> Iterator[dict[str, Any]]:
    """A question, and the cell for its answer, which a person judges."""
    asked = _text(question.text.in_(language))
    asked["metadata"] = _nbgrader(f"{question_id(question)}-text", locked=True)
    points = 0 if mode is Mode.PRACTICE else question.points
    answer = _text("")
    answer["metadata"] = _nbgrader(
        question_id(question), grade=True, solution=True, points=float(points)
    )
    yield asked
    yield answer


def _graded(cell: Cell, points: int) -> dict[str, Any]:
    """A cell that is never executed: grading writes what a replay came to below it."""
    made = _code(f'lab.graded("{cell.value}")')
    made["metadata"] = _nbgrader(cell.value, grade=True, locked=True, points=float(points))
    return made


def _text(source: str) -> dict[str, Any]:
    return {"cell_type": _MARKDOWN, "id": "", "metadata": {}, "source": source}


def _code(source: str) -> dict[str, Any]:
    return {
        "cell_type": _CODE,
        "id": "",
        "metadata": {},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }


def _nbgrader(grade_id: str, **said: object) -> dict[str, Any]:
    told = {
        "schema_version": _SCHEMA,
        "grade_id": grade_id,
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
    }
    return {"nbgrader": told | said}
