"""nbformat's own functions, which have no types, with types."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

_from_dict: Any = nbformat.from_dict
_read: Any = nbformat.read
_writes: Any = nbformat.writes


def node(data: Mapping[str, object]) -> NotebookNode:
    """A notebook, a cell or an output of plain data."""
    made: NotebookNode = _from_dict(dict(data))
    return made


def read_notebook(file: Path) -> NotebookNode:
    """A notebook of ours or of a teacher. Raises OSError and ValueError (of which nbformat's and
    jsonschema's errors are not all)."""
    found: NotebookNode = _read(file, as_version=4)
    return found


def notebook_text(nb: NotebookNode) -> str:
    """A notebook as it stands in a file."""
    return str(_writes(nb)) + "\n"
