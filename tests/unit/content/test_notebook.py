from __future__ import annotations

import json
from pathlib import Path

import pytest

from breakfix.content import notebook, read_lab
from breakfix.content.notebook import shared_cells
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


def test_the_cell_that_opens_the_lab_shows_the_panel(lab_folder: Path) -> None:
    """Exactly one code cell names the lab for the panel, also in the notebook of an assignment."""
    loaded = read_lab(lab_folder)
    for cells in (notebook(loaded, Language.NL, {})["cells"], shared_cells(loaded, Language.NL)):
        marked = [cell for cell in cells if "breakfix" in cell["metadata"]]
        assert [cell["metadata"]["breakfix"] for cell in marked] == [{"panel": "no-note"}]
        assert marked[0]["metadata"]["jupyter"] == {"source_hidden": True}
        assert "lab = breakfix." in marked[0]["source"]


def test_the_panel_comes_first(lab_folder: Path) -> None:
    """Whoever opens the notebook sees the panel at once, whatever the lab's text begins with."""
    loaded = read_lab(lab_folder)
    for cells in (notebook(loaded, Language.NL, {})["cells"], shared_cells(loaded, Language.NL)):
        assert "breakfix" in cells[0]["metadata"]
        assert len(cells) > 1


def test_the_ticket_is_quoted_where_it_is_asked(lab_folder: Path) -> None:
    """`$TICKET` becomes the customer's words."""
    cells = notebook(read_lab(lab_folder), Language.EN, {})["cells"]
    assert [cell["source"].startswith("> Hello, the note") for cell in cells].count(True) == 1


def test_the_ticket_is_left_to_the_panel_when_nobody_asks(lab_folder: Path) -> None:
    """A lab.md without `$TICKET` does not repeat what the panel shows."""
    path = lab_folder / "student" / "lab.md"
    path.write_text(path.read_text("utf-8").replace("$TICKET", "-"), "utf-8")
    cells = notebook(read_lab(lab_folder), Language.EN, {})["cells"]
    assert not any("Hello, the note" in cell["source"] for cell in cells)


def test_names_are_filled(lab_folder: Path) -> None:
    """A parameter in the text becomes its value."""
    path = lab_folder / "student" / "ticket.md"
    path.write_text(path.read_text("utf-8").replace("Els", "$PC_NAME"), "utf-8")
    made = notebook(read_lab(lab_folder), Language.NL, {"PC_NAME": "pc-winkel"})
    assert "pc-winkel" in "".join(cell["source"] for cell in made["cells"])


def test_it_is_a_valid_notebook_with_fixed_ids(lab_folder: Path) -> None:
    """Nbformat accepts it, and making it twice gives the same bytes."""
    loaded = read_lab(lab_folder)
    made = notebook(loaded, Language.NL, {})
    nbformat.validate(nbformat.from_dict(made))
    assert [cell["id"] for cell in made["cells"]] == ["no-note-1", "no-note-2", "no-note-3"]
    assert made["metadata"]["kernelspec"]["name"] == "python3"
    assert json.dumps(made) == json.dumps(notebook(loaded, Language.NL, {}))
