from __future__ import annotations

import json
from pathlib import Path

import pytest

from breakfix.content import notebook, read_lab
from breakfix.messages import Language

pytest.importorskip("jupytext")
nbformat = pytest.importorskip("nbformat")


def test_one_language_and_the_code_stay(lab_folder: Path) -> None:
    """The Dutch notebook has no English cells, and keeps the code."""
    cells = notebook(read_lab(lab_folder), Language.NL, {})["cells"]
    text = "\n".join(cell["source"] for cell in cells)
    assert "De nota is weg" in text
    assert "The note is gone" not in text
    assert 'breakfix.lab("no-note")' in text


def test_the_ticket_is_quoted_where_it_is_asked(lab_folder: Path) -> None:
    """`$TICKET` becomes the customer's words."""
    cells = notebook(read_lab(lab_folder), Language.EN, {})["cells"]
    assert cells[1]["source"].startswith("> Hello, the note")


def test_the_ticket_follows_the_first_cell_when_nobody_asks(lab_folder: Path) -> None:
    """A lab.md without `$TICKET` still shows it."""
    path = lab_folder / "student" / "lab.md"
    path.write_text(path.read_text("utf-8").replace("$TICKET", "-"), "utf-8")
    cells = notebook(read_lab(lab_folder), Language.EN, {})["cells"]
    assert cells[1]["source"].startswith("> Hello, the note")


def test_names_are_filled(lab_folder: Path) -> None:
    """A parameter in the text becomes its value."""
    path = lab_folder / "student" / "ticket.md"
    path.write_text(path.read_text("utf-8").replace("Els", "$PC_NAME"), "utf-8")
    made = notebook(read_lab(lab_folder), Language.NL, {"PC_NAME": "pc-winkel"})
    assert "pc-winkel" in made["cells"][1]["source"]


def test_it_is_a_valid_notebook_with_fixed_ids(lab_folder: Path) -> None:
    """Nbformat accepts it, and making it twice gives the same bytes."""
    loaded = read_lab(lab_folder)
    made = notebook(loaded, Language.NL, {})
    nbformat.validate(nbformat.from_dict(made))
    assert [cell["id"] for cell in made["cells"]] == ["no-note-1", "no-note-2", "no-note-3"]
    assert made["metadata"]["kernelspec"]["name"] == "python3"
    assert json.dumps(made) == json.dumps(notebook(loaded, Language.NL, {}))
