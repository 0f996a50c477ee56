"""The desk in a real JupyterLab, before there is an engine and when it comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from breakfix.machines.engine import address
from tests.engine.browsing import CHROMIUM, browser_page, keep_picture
from tests.engine.conftest import Environment
from tests.engine.jupyter import Jupyter
from tests.panel_browser import TOKEN

pytestmark = [
    pytest.mark.engine,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: `make browser`"),
    pytest.mark.skipif(not address().startswith("unix://"), reason="the engine has no socket"),
]
AWAY = "Docker, which runs the machines, does not answer."


@pytest.fixture
def engine_socket(tmp_path: Path) -> Path:
    """Where the engine will answer, and nobody does yet."""
    return tmp_path / "engine"


@pytest.fixture
def jupyterlab(environment: Environment, engine_socket: Path, tmp_path: Path) -> Iterator[Jupyter]:
    """A JupyterLab that knows no engine."""
    root = tmp_path / "desk"
    root.mkdir()
    own = {
        "JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter"),
        "DOCKER_HOST": f"unix://{engine_socket}",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    server = Jupyter(root, tmp_path / "jupyter.log", environment | own, "jupyterlab")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of a fresh browser."""
    with browser_page(1400, 950) as made:
        yield made


def test_the_desk_waits_for_the_engine(
    jupyterlab: Jupyter, engine_socket: Path, page: Page
) -> None:
    """The labs are listed under one note, their own pages and a notebook open, and when the engine
    comes the note goes and the panel goes on, both by themselves."""
    page.goto(f"http://127.0.0.1:{jupyterlab.port}/lab?token={TOKEN}")
    home = page.locator(".bf-home")
    tabs = page.get_by_role("main").get_by_role("tablist").first
    expect(home.locator(".bf-engine")).to_contain_text(AWAY, timeout=60_000)
    expect(home.get_by_role("article", name="The note is gone")).to_be_visible()
    keep_picture(page, "no-engine-home")
    for name in ("My progress", "My logbook"):
        tabs.get_by_role("tab", name="Labs").click()
        home.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible(timeout=30_000)
    tabs.get_by_role("tab", name="Labs").click()
    card = home.get_by_role("article", name="The note is gone")
    card.get_by_role("button", name="Open").click()
    expect(page.locator(".jp-Notebook .bf-unreachable")).to_contain_text(AWAY, timeout=60_000)
    keep_picture(page, "no-engine-panel")

    engine_socket.symlink_to(address().removeprefix("unix://"))
    expect(page.locator(".bf-desk")).to_be_visible(timeout=60_000)
    tabs.get_by_role("tab", name="Labs").click()
    expect(page.get_by_text(AWAY)).to_have_count(0, timeout=60_000)
