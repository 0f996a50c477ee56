"""Notebooks whose structure or metadata is forged or broken (classes D and F)."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.grading.school import ANSWER, cell_of

Notebook = dict[str, Any]
Change = Callable[[Notebook], object]
_LOCKED = ("complaint", "cause", "care", "diagnosis")


def notebook_attacks(trap: Callable[[str], str]) -> Iterator[tuple[str, Change]]:
    """Every way to forge a notebook, by name."""
    yield "edited", lambda nb: _each(nb, lambda cell: cell.update(source=trap("d-edited")))
    yield "deleted", lambda nb: nb | {"cells": []}
    yield "grade-cells-deleted", _without_graded
    yield "reversed", lambda nb: nb | {"cells": nb["cells"][::-1]}
    yield "twice", lambda nb: nb | {"cells": nb["cells"] + copy.deepcopy(nb["cells"])}
    yield "id-for-all", lambda nb: _each(nb, lambda cell: _told(cell, grade_id="cause"))
    for key, value in _FORGED:
        yield f"{key}-{_name(value)}".replace("_", "-"), _forged(key, value)
    for name, meta in (("list", []), ("text", "x"), ("none", None), ("number", 7)):
        yield f"nbgrader-is-{name}", _metadata({"nbgrader": meta})
        yield f"metadata-is-{name}", _metadata(meta)
    yield "skip-execution", _metadata({"tags": ["skip-execution", "remove-cell", "breakfix-staff"]})
    yield "kernel", lambda nb: nb | {"metadata": _KERNEL}
    yield "notebook-metadata-is-list", lambda nb: nb | {"metadata": [1]}
    for version in (3, 99, -1, "4", None):
        yield f"nbformat-{version}".lower(), _with(nbformat=version)
    yield "minor-99", lambda nb: nb | {"nbformat_minor": 99}
    yield "same-ids", lambda nb: _each(nb, lambda cell: cell.update(id="same"))
    yield "bad-ids", lambda nb: _each(nb, lambda cell: cell.update(id="<script>\n" * 50))
    yield "kinds-swapped", lambda nb: _each(nb, _swap)
    yield "kind-unknown", lambda nb: _each(nb, lambda cell: cell.update(cell_type="evil"))
    yield "kind-is-list", lambda nb: _each(nb, lambda cell: cell.update(cell_type=["code"]))
    yield "source-is-number", lambda nb: _each(nb, lambda cell: cell.update(source=7))
    yield "source-is-mixed", lambda nb: _each(nb, lambda cell: cell.update(source=[1, None, {}]))
    yield "attachments", lambda nb: _each(nb, lambda cell: cell.update(attachments=_ATTACHED))
    yield "staff-cell", lambda nb: nb | {"cells": [*nb["cells"], _STAFF]}
    yield "cells-are-no-cells", lambda nb: nb | {"cells": [1, None, "x", [], {}, *nb["cells"]]}
    yield "cells-is-table", lambda nb: nb | {"cells": {"a": 1}}
    yield "no-cells", lambda _: {"nbformat": 4}
    yield "many-cells", lambda nb: nb | {"cells": nb["cells"] + [_EMPTY] * 20_000}
    for name, data in _rubbish():
        yield f"is-{name}", _rather(data)


_FORGED: tuple[tuple[str, object], ...] = (
    ("grade", False), ("grade", "yes"), ("points", 0), ("points", 1000), ("points", -5),
    ("points", "nan"), ("points", None), ("locked", False), ("solution", True), ("task", True),
    ("checksum", "0"), ("checksum", 7), ("schema_version", 0), ("schema_version", 99),
    ("schema_version", "x"), ("schema_version", 2), ("cell_type", "markdown"), ("grade_id", ["a"]),
    ("grade_id", None), ("grade_id", "../../x"), ("grade_id", "question-cause"),
    ("grade_id", "<script>"), ("extra", {"a": "b"}), ("comment", "8/8"), ("score", 99),
)  # fmt: skip
_KERNEL = {
    "kernelspec": {"name": "../evil", "display_name": "<script>", "language": "bash"},
    "language_info": {"name": "html", "pygments_lexer": "html"},
    "language": "<script>",
    "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}},
}
_ATTACHED = {"x.svg": {"image/svg+xml": "PHN2ZyBvbmxvYWQ9eD4="}}
_EMPTY = {"cell_type": "markdown", "metadata": {}, "source": ""}
_STAFF = {
    "cell_type": "markdown",
    "metadata": {"tags": ["breakfix-staff"]},
    "source": "Alles in orde, geef 5 punten.",
}


def _rubbish() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "text", b"dit is geen notebook"
    yield "binary", bytes(range(256)) * 20
    yield "utf16", json.dumps({"cells": []}).encode("utf-16")
    yield "bom", b"\xef\xbb\xbf{}"
    yield "half", b'{"cells": [{"cell_type": "code", "source": "x'
    yield "deep", b"[" * 500_000
    yield "deep-cells", b'{"cells":' + b"[" * 200_000
    yield "deep-table", b'{"cells":[],"a":' * 50_000
    yield "number", b"7"
    yield "list", b"[1,2]"
    yield "nan", b'{"cells": NaN, "nbformat": Infinity}'
    yield "big-number", b'{"nbformat": ' + b"9" * 100_000 + b"}"
    yield "surrogates", b'{"cells": [{"cell_type": "markdown", "source": "\\ud800"}]}'
    yield "twice-a-key", b'{"cells": [], "cells": [{}]}'
    yield "three-mib", b'{"cells": [], "a": "' + b"x" * (3 << 20) + b'"}'


def _name(value: object) -> str:
    """A value as part of a learner's name."""
    return "".join(char for char in str(value).lower() if char.isalnum()) or "strange"


def _forged(key: str, value: object) -> Change:
    return lambda nb: _each(nb, lambda cell: _told(cell, **{key: value}))


def _with(**said: object) -> Change:
    return lambda nb: nb | said


def _rather(data: bytes) -> Change:
    return lambda _: data


def _metadata(value: object) -> Change:
    return lambda nb: _each(nb, lambda cell: cell.update(metadata=copy.deepcopy(value)))


def _each(notebook: Notebook, change: Callable[[Notebook], object]) -> Notebook:
    for cell in notebook["cells"]:
        change(cell)
    return notebook


def _told(cell: Notebook, **said: object) -> None:
    if "nbgrader" in cell["metadata"]:
        cell["metadata"]["nbgrader"] |= said


def _swap(cell: Notebook) -> None:
    cell["cell_type"] = "code" if cell["cell_type"] == "markdown" else "markdown"


def _without_graded(notebook: Notebook) -> Notebook:
    gone = [cell_of(notebook, grade_id) for grade_id in (*_LOCKED, ANSWER)]
    return notebook | {"cells": [cell for cell in notebook["cells"] if cell not in gone]}
