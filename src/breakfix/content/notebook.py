"""student/lab.md to a notebook in one language."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from breakfix.content.loaded import LoadedLab
from breakfix.messages import Language
from breakfix.model.parameter import fill

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TAG = "lang-"
_TICKET = "TICKET"
_KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def notebook(loaded: LoadedLab, language: Language, values: Mapping[str, str]) -> dict[str, Any]:
    """The notebook of a lab as nbformat 4 data, ready for `json.dump`.

    It keeps the cells of `language` and the untagged ones, fills `$NAME`s with `values`, and puts
    the ticket where `$TICKET` stands, else after the first cell. The same input always gives
    the same notebook, so that two learners' files differ only in what they wrote.
    """
    cells = list(_with_ticket(_cells_of(loaded, language), loaded.ticket.in_(language)))
    for number, cell in enumerate(cells, 1):
        cell["id"] = _id(loaded.slug, number)
        cell["source"] = fill(cell["source"], values)
    return {"cells": cells, "metadata": _metadata(), "nbformat": 4, "nbformat_minor": 5}


def _cells_of(loaded: LoadedLab, language: Language) -> Iterator[dict[str, Any]]:
    for cell in _parsed(loaded).cells:
        tags = [tag for tag in cell.metadata.get("tags", ()) if tag.startswith(_TAG)]
        if not tags or f"{_TAG}{language}" in tags:
            yield _clean(cell)


def _parsed(loaded: LoadedLab) -> NotebookNode:
    # Only authors and teachers build notebooks, and importing this takes long.
    import jupytext  # noqa: PLC0415

    text = (loaded.root / "student" / "lab.md").read_text("utf-8")
    parsed: NotebookNode = jupytext.reads(text, fmt="md:myst")
    return parsed


def _clean(cell: NotebookNode) -> dict[str, Any]:
    """The cell as plain data, without language tags."""
    metadata = dict(cell.metadata)
    tags = [tag for tag in metadata.pop("tags", ()) if not tag.startswith(_TAG)]
    if tags:
        metadata["tags"] = tags
    return _cell(cell.cell_type, cell.source, metadata)


def _cell(kind: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "id": "", "metadata": metadata, "source": source}
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    return made


def _with_ticket(cells: Iterable[dict[str, Any]], ticket: str) -> Iterator[dict[str, Any]]:
    quoted = "\n".join(f"> {line}".rstrip() for line in ticket.splitlines())
    every = list(cells)
    placed = any(f"${_TICKET}" in cell["source"] for cell in every)
    for number, cell in enumerate(every):
        cell["source"] = cell["source"].replace(f"${_TICKET}", quoted)
        yield cell
        if number == 0 and not placed:
            yield _cell("markdown", quoted, {})


def _id(slug: str, number: int) -> str:
    """`<slug>-<n>`; nbformat allows 64 characters."""
    return f"{slug[:58]}-{number}"


def _metadata() -> dict[str, Any]:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {
        "kernelspec": dict(_KERNEL),
        "language_info": {
            "codemirror_mode": {"name": "ipython", "version": 3},
            "file_extension": ".py",
            "mimetype": "text/x-python",
            "name": "python",
            "nbconvert_exporter": "python",
            "pygments_lexer": "ipython3",
            "version": version,
        },
    }
