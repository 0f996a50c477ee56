"""Cells that were copied elsewhere or damaged, in a real JupyterLab without an engine."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from breakfix.content import read_lab
from breakfix.content.desk import lab_notebook
from breakfix.messages import Language
from tests.engine.conftest import LABS
from tests.engine.jupyter import Jupyter
from tests.panel_browser import TOKEN

pytestmark = pytest.mark.browser
LAB = "tiny"
DAMAGED = "Deze cel is beschadigd"
#: Metadata that names no lab, however it came about.
WRONG: dict[str, Any] = {
    "number": {"panel": 7},
    "nothing": {"panel": None},
    "empty": {},
    "list": ["tiny"],
    "huge": {"panel": "a" * 100_000},
    "path": {"panel": "../../api/kernels"},
    "markup": {"panel": "<img src=x onerror=alert(1)>"},
    "deep": {"panel": {"panel": {"panel": "tiny"}}},
}


def write(root: Path, name: str, cells: list[Any]) -> None:
    """A notebook whose code cells have this metadata; a cell's output, where there is one, is what
    another notebook had saved."""
    made = json.loads((root / f"{LAB}.ipynb").read_text("utf-8"))
    code = next(cell for cell in made["cells"] if cell["cell_type"] == "code")
    made["cells"] = [
        code | {"id": f"cell-{number}", "metadata": {"breakfix": metadata}}
        for number, metadata in enumerate(cells)
    ]
    (root / name).write_text(json.dumps(made), "utf-8")


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jupyter]:
    """A JupyterLab with the notebook of a lab; no engine answers it."""
    folder = tmp_path_factory.mktemp("lab")
    root = folder / "desk"
    root.mkdir()
    lab = read_lab(LABS / "m021-network" / LAB)
    lab_notebook(root, lab, Language.NL, {"PC_NAME": "pc-x", "CODE": "1234"})
    own = {
        "BREAKFIX_LABS": str(LABS),
        "BREAKFIX_LANGUAGE": "nl",
        "DOCKER_HOST": f"unix://{folder}/none.sock",
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
        "XDG_STATE_HOME": str(folder / "state"),
    }
    server = Jupyter(root, folder / "log", os.environ | own, "jupyterlab")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page on which no mistake may happen."""
    # What the page itself says goes by the language of the browser.
    made = chromium.new_page(locale="nl-BE")
    mistakes: list[str] = []
    made.on("pageerror", lambda error: mistakes.append(str(error)))
    yield made
    made.close()
    assert [one for one in mistakes if "breakfix" in one] == []


def opened(page: Page, jupyterlab: Jupyter, name: str) -> None:
    """Open a notebook, and no other: JupyterLab keeps what was open, and would open that again."""
    page.goto(f"http://127.0.0.1:{jupyterlab.port}/lab/tree/{name}?token={TOKEN}&reset")
    expect(page.locator(".jp-NotebookPanel .jp-CodeCell").first).to_be_visible(timeout=90_000)


def test_damaged_cells_say_so(jupyterlab: Jupyter, page: Page) -> None:
    """A cell whose metadata names no lab says that it is damaged, and what to do; it asks the
    server for nothing, and the notebook stays as saved as it was."""
    asked: list[str] = []
    page.on("websocket", lambda socket: asked.append(socket.url))
    write(jupyterlab.root, "damaged.ipynb", list(WRONG.values()))
    opened(page, jupyterlab, "damaged.ipynb")
    expect(page.get_by_text(DAMAGED)).to_have_count(len(WRONG))
    expect(page.locator(".bf-root img")).to_have_count(0)
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    assert [url for url in asked if "/breakfix/" in url] == []


def test_a_cell_of_something_else_is_left_alone(jupyterlab: Jupyter, page: Page) -> None:
    """A cell with metadata of ours that is about no panel, or with none, shows nothing."""
    write(jupyterlab.root, "other.ipynb", [{"question": 1}, {"panel": LAB}])
    opened(page, jupyterlab, "other.ipynb")
    expect(page.locator(".jp-NotebookPanel .bf-root")).to_have_count(1)
    expect(page.get_by_text(DAMAGED)).to_have_count(0)


def test_a_copied_cell_works_where_it_is(jupyterlab: Jupyter, page: Page) -> None:
    """A cell that was copied to another notebook is a panel of that notebook's folder; one that
    names a lab that is not there says so and names what is like it."""
    (jupyterlab.root / "elsewhere").mkdir()
    asked: list[str] = []
    page.on("websocket", lambda socket: asked.append(socket.url))
    write(jupyterlab.root, "elsewhere/mine.ipynb", [{"panel": LAB}])
    opened(page, jupyterlab, "elsewhere/mine.ipynb")
    said = page.locator(".bf-panel").get_by_text("Docker, dat de toestellen laat lopen")
    expect(said).to_be_visible()
    place = next(url.partition("notebook=")[2] for url in asked if "/breakfix/panel/tiny" in url)
    assert place == "elsewhere%2Fmine.ipynb"
