"""A learner's computer for each journey; nothing of it stays."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page

from tests.engine.browsing import CHROMIUM, browser_page
from tests.engine.conftest import Environment, Run, runner
from tests.engine.journeys.home import LEARNER, NO_INTERNET, TILL, Home
from tests.engine.jupyter import Jupyter


@pytest.fixture(scope="package")
def own(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Variables of a Dutch learner with the checkout's labs, in an installation of their own."""
    mine = {
        "BREAKFIX_INSTALLATION": f"test{secrets.token_hex(3)}",
        "BREAKFIX_LANGUAGE": "nl",
        "BREAKFIX_LEARNER": LEARNER,
        "BREAKFIX_AUTHOR": "1",
        "XDG_STATE_HOME": str(tmp_path_factory.mktemp("journeys")),
    }
    return {key: value for key, value in environment.items() if key != "BREAKFIX_LABS"} | mine


@pytest.fixture(scope="package")
def command(own: Environment) -> Iterator[Run]:
    """That learner's command line; everything that was made is removed at the end."""
    run = runner(own)
    yield run
    cleaned = run("clean", "--yes")
    assert cleaned.returncode == 0, cleaned.stderr


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of a fresh browser; a mistake in our part of it fails the test."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium: `make browser`")
    mistakes: list[str] = []

    def look(error: Error) -> None:
        if "/breakfix" in (error.stack or ""):
            mistakes.append(error.stack or "")

    with browser_page(1400, 1000) as made:
        made.on("pageerror", look)
        yield made
    assert mistakes == []


@pytest.fixture(scope="package")
def server(own: Environment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jupyter]:
    """One JupyterLab for all journeys: what it takes to start would be most of their time."""
    folder = tmp_path_factory.mktemp("jupyter")
    (folder / "desk").mkdir()
    settings = {"JUPYTER_CONFIG_DIR": str(folder / "config")}
    made = Jupyter(folder / "desk", folder / "jupyter.log", own | settings, "jupyterlab")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def home(own: Environment, command: Run, server: Jupyter, page: Page) -> Iterator[Home]:
    """JupyterLab on an empty folder with nothing open, in Dutch, and no session."""
    yield Home(server, command, server.root, page)
    page.close()
    assert server.ask("PUT", "api/language", {"language": "nl"})[0] == 204
    for kernel in server.ask("GET", "kernels", under="api/")[1]:
        server.ask("DELETE", f"kernels/{kernel['id']}", under="api/")
    # JupyterLab would open again what was open.
    config = Path(server.environment["JUPYTER_CONFIG_DIR"])
    shutil.rmtree(config / "lab" / "workspaces", ignore_errors=True)
    shutil.rmtree(config / "lab" / "user-settings", ignore_errors=True)
    for left in server.root.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    _finish_all(command, Path(own["XDG_STATE_HOME"]))


def _finish_all(command: Run, state: Path) -> None:
    """End the sessions that there are."""
    for slug in (TILL, NO_INTERNET):
        if any(state.glob(f"breakfix/*/sessions/{slug}/journal.jsonl")):
            command("lab", "finish", slug, "--yes")
