"""A learner's notebook, read without trust in its form: nothing in it is an error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

#: Bytes of a notebook, and how much of one is looked at.
MOST_BYTES = 2 << 20
_MOST_CELLS = 2_000
_MOST_OUTPUTS = 200


@dataclass(frozen=True)
class HandedCell:
    """What is left of one cell: its kind and grade id as the learner's file says, its text, and
    what was printed below it. None of it was tried on anything."""

    kind: str
    grade_id: str
    source: str
    output: str = ""


def read_data(stream: BinaryIO) -> object | None:
    """The JSON in a file, or None when there is none, or more than a notebook may have."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return None
    try:
        found: object = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found


def is_notebook(data: object) -> bool:
    """Whether this is a notebook with cells, however strange they are."""
    return isinstance(data, dict) and isinstance(data.get("cells"), list)


def cells_in(data: object) -> tuple[HandedCell, ...]:
    """The cells of a notebook; what is no cell is left out."""
    listed = data.get("cells") if isinstance(data, dict) else None
    found = listed[:_MOST_CELLS] if isinstance(listed, list) else []
    return tuple(_cell(cell) for cell in found if isinstance(cell, dict))


def _cell(cell: dict[Any, Any]) -> HandedCell:
    metadata = _table(cell.get("metadata"))
    grade_id = _table(metadata.get("nbgrader")).get("grade_id")
    kind = cell.get("cell_type")
    return HandedCell(
        kind if isinstance(kind, str) else "",
        grade_id if isinstance(grade_id, str) else "",
        _text(cell.get("source")),
        "".join(_printed(cell.get("outputs"))),
    )


def _printed(outputs: object) -> Iterator[str]:
    """Plain text alone: rich outputs are programs for a browser."""
    for output in outputs[:_MOST_OUTPUTS] if isinstance(outputs, list) else []:
        told = _table(output)
        yield _text(told.get("text")) or _text(_table(told.get("data")).get("text/plain"))


def _table(value: object) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    """A text of a notebook: one string, or a list of lines."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""
