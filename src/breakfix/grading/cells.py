"""Cells of a notebook that nobody runs: ours for staff, and what a learner wrote, made inert."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nbformat import NotebookNode

from breakfix.grading.handed import HandedCell
from breakfix.grading.inert import printed, readable, verbatim
from breakfix.grading.nodes import node

#: The tag of cells for staff: formgrader shows them, and no page for a learner does.
STAFF = "breakfix-staff"
_MOST_OTHERS = 50
_MOST_TEXT = 8_000


def plain_notebook(cells: Iterable[HandedCell]) -> NotebookNode:
    """A valid notebook of a learner's cells, with their texts, what was printed, and grade ids."""
    return notebook([_plain(cell, number) for number, cell in enumerate(cells, 1)], {})


def notebook(cells: Iterable[NotebookNode], metadata: Any) -> NotebookNode:  # noqa: ANN401
    """A notebook of nbformat 4.5."""
    made = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}
    return node(made)


def markdown_cell(source: str, name: str, **metadata: object) -> NotebookNode:
    """A Markdown cell."""
    made = {"cell_type": "markdown", "id": name, "metadata": metadata, "source": source}
    return node(made)


def code_cell(
    source: str, name: str, outputs: Iterable[Any] = (), **metadata: object
) -> NotebookNode:
    """A code cell that was not run."""
    made = {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "source": source,
        "outputs": list(outputs),
        "execution_count": None,
    }
    return node(made)


def staff_cell(source: str, name: str) -> NotebookNode:
    """A Markdown cell that only staff sees."""
    return markdown_cell(source, name, tags=[STAFF])


def other_cells(cells: Iterable[HandedCell], heading: str) -> list[NotebookNode]:
    """What else a learner wrote, to read and not to run: shown as it is, under `heading`.

    As code it would wait for the teacher who opens the notebook and runs all of it.
    """
    found = list(cells)
    if not found:
        return []
    shown = [
        markdown_cell(_shown(cell), f"learner-{number}")
        for number, cell in enumerate(found[:_MOST_OTHERS], 1)
    ]
    left = len(found) - len(shown)
    more = [markdown_cell(f"[… {left}]", "learner-more")] if left else []
    return [markdown_cell(heading, "learner-others"), *shown, *more]


def _shown(cell: HandedCell) -> str:
    texts = (readable(cell.source, _MOST_TEXT), printed(cell.output, _MOST_TEXT))
    return "\n\n".join(verbatim(text) for text in texts if text.strip())


def _plain(cell: HandedCell, number: int) -> NotebookNode:
    told = {"nbgrader": {"grade_id": cell.grade_id}} if cell.grade_id else {}
    if cell.kind != "code":
        made = markdown_cell(cell.source, f"handed-{number}", **told)
        made.cell_type = cell.kind if cell.kind in ("markdown", "raw") else "raw"
        return made
    output = {"output_type": "stream", "name": "stdout", "text": cell.output}
    return code_cell(cell.source, f"handed-{number}", [output] if cell.output else [], **told)
