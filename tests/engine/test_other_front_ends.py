"""The same panel in Notebook 7 and in Voila, with a real lab."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from breakfix.content.notebook import metadata
from breakfix.wiring import checkout
from tests.engine.browsing import CHROMIUM, keep_picture
from tests.engine.conftest import Environment, Run, tiny_desk
from tests.engine.jupyter import OURS, Jupyter
from tests.panel_browser import TOKEN

pytestmark = [
    pytest.mark.engine,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: `make browser`"),
]
LAB = "tiny"
VOILA = checkout() / ".venv.voila" / "bin" / "python"
Serve = Callable[..., Jupyter]


@pytest.fixture
def serve(breakfix: Run, environment: Environment, tmp_path: Path) -> Iterator[Serve]:
    """Start a server on a folder with the lab's notebook, before anything was started."""
    root = tiny_desk(tmp_path)
    own = {"JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter")}
    started: list[Jupyter] = []

    def serving(module: str, **more: object) -> Jupyter:
        log = tmp_path / "jupyter.log"
        server = Jupyter(root, log, environment | own, module, **more)  # type: ignore[arg-type]
        server.start()
        started.append(server)
        return server

    yield serving
    for server in started:
        server.stop()
    breakfix("lab", "finish", LAB)


def work(panel: Locator, page: Page) -> None:
    """Start the lab, type in its terminal, and check."""
    expect(panel.get_by_role("heading", name="The note is gone")).to_be_visible(timeout=60_000)
    # It is called otherwise where somebody finished the lab before.
    panel.locator(".bf-head .bf-primary").click()
    rows = panel.locator(".xterm-rows")
    expect(rows).to_contain_text("$", timeout=90_000)
    panel.locator(".bf-machine").click()
    # A front end's own keys (`a` and `b` make cells) must stay away from a terminal.
    page.keyboard.type("echo a-b-dd | tr a-z A-Z\n")
    expect(rows).to_contain_text("A-B-DD")
    panel.get_by_role("tab", name="Result").click()
    panel.get_by_role("button", name="Check").click()
    expect(panel.get_by_text("The note does not show the code yet.")).to_be_visible(timeout=60_000)


def test_notebook_shows_the_panel_without_running_a_cell(serve: Serve, page: Page) -> None:
    """In Notebook 7 the lab is worked on in its notebook, which offers no tab of its own."""
    server = serve("notebook")
    page.goto(f"http://127.0.0.1:{server.port}/notebooks/{LAB}.ipynb?token={TOKEN}")
    panel = page.locator(".bf-desk")
    work(panel, page)
    keep_picture(page, "notebook-failed-check")
    panel.get_by_role("button", name="More").click()
    expect(panel.get_by_role("button", name="Nederlands")).to_be_visible()
    expect(panel.get_by_role("button", name="In a tab of its own")).to_have_count(0)


def test_notebook_has_the_labs_beside_the_files(serve: Serve, page: Page) -> None:
    """Notebook's start page has a tab with the labs; its button opens the lab's notebook."""
    server = serve("notebook")
    page.goto(f"http://127.0.0.1:{server.port}/tree?token={TOKEN}")
    page.get_by_role("tab", name="Labs").click(timeout=60_000)
    home = page.locator(".bf-home")
    expect(home.get_by_role("heading", level=1)).to_be_visible()
    keep_picture(page, "notebook-labs")
    with page.context.expect_page() as opened:
        home.get_by_role("article", name="The note is gone").get_by_role("button").click()
    expect(opened.value.locator(".bf-desk")).to_be_visible(timeout=60_000)


@pytest.mark.slow
@pytest.mark.skipif(not VOILA.exists(), reason="Voila is not here: `make voila`")
@pytest.mark.parametrize("with_ours", [True, False])
def test_voila_shows_the_panel_as_a_widget(serve: Serve, page: Page, *, with_ours: bool) -> None:
    """In Voila `breakfix.panel()` is the panel alone, whether or not our extension of JupyterLab is
    loaded, and the lab is worked on in it."""
    only = () if with_ours else ("--VoilaConfiguration.extension_denylist=['breakfix']",)
    server = serve(
        "jupyter_server", python=str(VOILA), extensions=(*OURS, "voila.server_extension"),
        options=only,
    )  # fmt: skip
    _dashboard(server.root / "mine.ipynb")
    page.goto(f"http://127.0.0.1:{server.port}/voila/render/mine.ipynb?token={TOKEN}")
    panel = page.locator(".bf-desk")
    work(panel, page)
    expect(page.locator(".bf-root")).to_have_count(1)
    expect(page.get_by_role("heading", name="My own page")).to_be_visible()
    keep_picture(page, "voila-failed-check")


def _dashboard(file: Path) -> None:
    """A page of somebody's own, with a panel on it."""
    source = f'import breakfix\n\nbreakfix.panel("{LAB}")'
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# My own page"},
        {"cell_type": "code", "id": "b", "metadata": {}, "source": source,
         "execution_count": None, "outputs": []},
    ]  # fmt: skip
    book = {"cells": cells, "metadata": metadata(), "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(book), "utf-8")
