"""The first repair of somebody who only gave `make lab`."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from breakfix.wiring import checkout
from tests.engine.browsing import keep_picture
from tests.engine.conftest import Environment, Run, launch
from tests.engine.journeys.home import TILL, repair_of_what_was_drawn, told_by
from tests.engine.journeys.panel import LONG, Panel
from tests.engine.test_desk import address_of

pytestmark = [pytest.mark.engine, pytest.mark.browser]
TITLE = "De kassa start niet"


@dataclass
class Desk:
    """What `make lab` brought."""

    address: str
    run: Run
    state: Path


@pytest.fixture
def no_notebooks_left() -> Iterator[None]:
    """What the test adds to the workspace goes again; what a learner has there stays."""
    folder = checkout() / "workspace"
    before = set(folder.rglob("*"))
    yield
    for made in sorted(set(folder.rglob("*")) - before, reverse=True):
        made.rmdir() if made.is_dir() else made.unlink()


@pytest.fixture
def desk(own: Environment, command: Run, tmp_path: Path) -> Iterator[Desk]:
    """The command that `make lab` gives, on a free port."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port = asking.getsockname()[1]
    settings = {"JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter")}
    process = launch(own | settings, "desk", "--port", str(port), "--no-browser")
    try:
        yield Desk(address_of(process)[0], command, Path(own["XDG_STATE_HOME"]))
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
        command("lab", "finish", TILL)


@pytest.mark.usefixtures("no_notebooks_left")
def test_the_first_repair_of_a_newcomer(desk: Desk, page: Page) -> None:
    """From the desk's first page: choose the lab, start it, read the ticket, repair what was drawn
    by typing, and check that it is right; the engine agrees."""
    page.goto(desk.address)
    choice = page.locator(".bf-home").get_by_role("button", name=f"Openen: {TITLE}")
    expect(choice).to_be_visible(timeout=LONG)
    keep_picture(page, "first-page")
    choice.click()
    panel = Panel(page, TILL)
    keep_picture(page, "not-started")
    panel.start()
    expect(panel.root.get_by_role("article", name="Bericht van de klant")).to_contain_text("kassa")
    for line in repair_of_what_was_drawn(desk.state, TILL, "till"):
        panel.type(f"sudo {line}")
    panel.check("Alles is in orde.")
    found = told_by(desk.run, "lab", "check", TILL)
    assert {line["result"] for line in found["lines"]} == {"pass"}
