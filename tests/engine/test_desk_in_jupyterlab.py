"""The panel in a real JupyterLab, with a real lab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.engine.browsing import CHROMIUM, keep_picture
from tests.engine.conftest import Environment, Run, tiny_desk
from tests.engine.jupyter import Jupyter
from tests.panel_browser import TOKEN

pytestmark = [
    pytest.mark.engine,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: `make browser`"),
]
LAB = "tiny"


@pytest.fixture
def jupyterlab(breakfix: Run, environment: Environment, tmp_path: Path) -> Iterator[Jupyter]:
    """A JupyterLab with the notebook of a lab, before anything was started."""
    root = tiny_desk(tmp_path)
    # What was open before is kept in Jupyter's folder, so each test has one of its own.
    own = {"JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter")}
    server = Jupyter(root, tmp_path / "jupyter.log", environment | own, "jupyterlab")
    server.start()
    yield server
    server.stop()
    breakfix("lab", "finish", LAB)


def test_a_lab_is_worked_on_without_running_a_cell(jupyterlab: Jupyter, page: Page) -> None:
    """The panel stands in the notebook at once, leaves it unchanged, starts the lab, checks it, and
    after a reload it is the same shell."""
    page.goto(f"http://127.0.0.1:{jupyterlab.port}/lab/tree/{LAB}.ipynb?token={TOKEN}")
    panel = page.locator(".bf-desk")
    expect(panel.get_by_role("heading", name="The note is gone")).to_be_visible(timeout=60_000)
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    # It is called otherwise where somebody finished the lab before.
    panel.locator(".bf-head .bf-primary").click()
    rows = panel.locator(".xterm-rows")
    expect(rows).to_contain_text("$", timeout=90_000)
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    panel.locator(".bf-machine").click()
    page.keyboard.type("MINE=ye; echo $MINE-s | tr a-z A-Z\n")
    expect(rows).to_contain_text("YE-S")
    panel.get_by_role("tab", name="Result").click()
    panel.get_by_role("button", name="Check").click()
    expect(panel.get_by_text("The note does not show the code yet.")).to_be_visible(timeout=60_000)
    keep_picture(page, "jupyterlab-failed-check")

    page.reload()
    expect(rows).to_contain_text("YE-S", timeout=60_000)
    panel.locator(".bf-machine").click()
    page.keyboard.type("echo still-$MINE\n")
    expect(rows).to_contain_text("still-ye")


def test_jupyterlab_opens_on_the_labs(jupyterlab: Jupyter, page: Page) -> None:
    """Without a notebook in the address there is the landing page; its button opens the lab."""
    page.goto(f"http://127.0.0.1:{jupyterlab.port}/lab?token={TOKEN}")
    home = page.locator(".bf-home")
    expect(home.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    keep_picture(page, "jupyterlab-home")
    home.get_by_role("article", name="The note is gone").get_by_role("button").click()
    expect(page.locator(".bf-desk")).to_be_visible(timeout=30_000)
    expect(page.locator(".jp-NotebookPanel")).to_have_count(1)
