"""student/lab.md to a notebook in one language."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from breakfix.content.loaded import LoadedLab
from breakfix.content.sheet import TICKET, is_own, without_ticket
from breakfix.messages import Language
from breakfix.model.parameter import fill

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TAG = "lang-"
_OPENS = re.compile(r"breakfix\.lab\([^)]*\)")
#: What graded cells speak to.
_AS_LAB = re.compile(r"^lab = breakfix\.assignment\(\)", re.MULTILINE)
#: The cell in whose place JupyterLab shows the panel; elsewhere it is run.
_SHOWS = re.compile(r"breakfix\.(?:lab|assignment)\(")
_OPENING = "import breakfix\n\nlab = breakfix.assignment()\nlab.start()"
_KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def notebook(loaded: LoadedLab, language: Language, values: Mapping[str, str]) -> dict[str, Any]:
    """The notebook of a lab as nbformat 4 data, ready for `json.dump`.

    It keeps the cells of `language` and the untagged ones, fills `$NAME`s with `values`, puts the
    ticket where `$TICKET` stands, and begins with the panel. The same input always gives the same
    notebook, so that two learners' files differ only in what they wrote.
    """
    placed = _with_ticket(_cells_of(loaded, language), loaded.ticket.in_(language))
    cells = _with_panel(list(placed), loaded.slug)
    for number, cell in enumerate(cells, 1):
        cell["id"] = _id(loaded.slug, number)
        cell["source"] = fill(cell["source"], values)
    return {"cells": cells, "metadata": metadata(), "nbformat": 4, "nbformat_minor": 5}


def shared_cells(loaded: LoadedLab, language: Language) -> list[dict[str, Any]]:
    """The cells of a lab's notebook that are the same for every learner of an assignment, as
    nbformat 4 data; the lab is opened as an assignment. The ticket and what holds parameters are
    shown by `start`, with the learner's own values."""
    found = []
    for cell in _cells_of(loaded, language):
        if cell["cell_type"] == "code":
            cell["source"] = _OPENS.sub("breakfix.assignment()", cell["source"])
        else:
            cell["source"] = without_ticket(cell["source"])
        if cell["source"] and not is_own(cell["source"], loaded.lab.parameters):
            found.append(cell)
    return _with_panel(_opened(found), loaded.slug)


def _with_panel(cells: list[dict[str, Any]], slug: str) -> list[dict[str, Any]]:
    """The cell that opens the lab comes first and is marked: our extension draws the panel there,
    without running it, and a learner who opens the notebook sees it without scrolling."""
    for number, cell in enumerate(cells):
        if cell["cell_type"] == "code" and _SHOWS.search(cell["source"]):
            cell["metadata"]["breakfix"] = {"panel": slug}
            cell["metadata"].setdefault("jupyter", {})["source_hidden"] = True
            return [cell, *cells[:number], *cells[number + 1 :]]
    return cells


def _opened(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells, with one that opens the assignment as `lab` where none of them does."""
    code = [number for number, cell in enumerate(cells) if cell["cell_type"] == "code"]
    if any(_AS_LAB.search(cells[number]["source"]) for number in code):
        return cells
    first = min(code, default=len(cells))
    return [*cells[:first], _cell("code", _OPENING, {}), *cells[first:]]


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
    for cell in cells:
        cell["source"] = cell["source"].replace(f"${TICKET}", quoted)
        yield cell


def _id(slug: str, number: int) -> str:
    """`<slug>-<n>`; nbformat allows 64 characters."""
    return f"{slug[:58]}-{number}"


def metadata() -> dict[str, Any]:
    """What every notebook of ours says of itself: word for word what the kernel of this Python will
    say, for else JupyterLab shows a notebook as changed that nobody touched."""
    return {
        "kernelspec": dict(_KERNEL),
        "language_info": {
            "codemirror_mode": {"name": "ipython", "version": 3},
            "file_extension": ".py",
            "mimetype": "text/x-python",
            "name": "python",
            "nbconvert_exporter": "python",
            "pygments_lexer": "ipython3",
            "version": platform.python_version(),
        },
    }
