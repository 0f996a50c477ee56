"""The desk: a page in the browser, and machines that are shut down but intact when it stops."""

from __future__ import annotations

import json
import re
import signal
import socket
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from breakfix.wiring import checkout
from tests.engine.browsing import CHROMIUM, browser_page, keep_picture
from tests.engine.conftest import Environment, Process, Run, launch

pytestmark = pytest.mark.engine
LAB = "tiny"


def free_port() -> str:
    """A port that nobody uses."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return str(asking.getsockname()[1])


@pytest.fixture
def notebook() -> Iterator[Path]:
    """The notebook of the test's lab in the workspace; it is no learner's, so it goes again."""
    page = checkout() / "workspace" / f"{LAB}.ipynb"
    yield page
    page.unlink(missing_ok=True)


@pytest.fixture
def desk(breakfix: Run, environment: Environment, notebook: Path) -> Iterator[Process]:
    """A desk on one lab, on a free port."""
    assert breakfix("lab", "start", LAB).returncode == 0
    process = launch(environment, "desk", LAB, "--port", free_port(), "--no-browser")
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=180)
    assert notebook.exists()
    breakfix("lab", "finish", LAB)


def address_of(desk: Process) -> tuple[str, list[str]]:
    """The address that the desk prints, and every line up to it."""
    assert desk.stdout is not None
    lines: list[str] = []
    too_late = threading.Timer(180, desk.kill)
    too_late.start()
    for line in desk.stdout:
        lines.append(line)
        if found := re.search(r"http://\S+", line):
            too_late.cancel()
            return found[0], lines
    pytest.fail("".join(lines))


def news(address: str) -> str:
    """What JupyterLab does about news of its makers: `none` would ask the learner."""
    place, token = address.partition("/lab/tree/")[0], address.partition("token=")[2]
    setting = "@jupyterlab/apputils-extension:notification"
    where = f"{place}/lab/api/settings/{setting}?token={token}"
    with urllib.request.urlopen(where, timeout=30) as answer:  # noqa: S310 (http, see address_of)
        return str(json.load(answer)["schema"]["properties"]["fetchNews"]["default"])


def test_desk_opens_and_stops(desk: Process, breakfix: Run) -> None:
    """The page answers; Ctrl-C stops server and machines; a start goes on where the learner was."""
    breakfix("lab", "shell", LAB, "pc", "--", "sudo touch /root/mine; sync")
    address, lines = address_of(desk)
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 (http, see address_of)
        page = answer.read().decode()
        assert answer.status == 200
    assert news(address) == "false"
    desk.send_signal(signal.SIGINT)
    rest, errors = desk.communicate(timeout=180)

    # One line about the browser and one with the address: nothing of Jupyter's own.
    assert len(lines) == 2
    assert "JupyterLab" in page
    assert (desk.returncode, errors) == (0, "")
    assert len(rest.splitlines()) == 1
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=5)  # noqa: S310 (the same)
    stopped = json.loads(breakfix("lab", "status", LAB, "--json").stdout)
    assert stopped["state"] == "stopped"
    assert [machine["power"] for machine in stopped["machines"]] == ["off"]
    assert breakfix("lab", "start", LAB).returncode == 0
    assert breakfix("lab", "shell", LAB, "pc", "--", "sudo ls /root/mine").returncode == 0


@pytest.fixture
def dutch_desk(environment: Environment, tmp_path: Path, notebook: Path) -> Iterator[Process]:
    """A desk without a lab, of somebody who speaks Dutch; what was open before is kept in Jupyter's
    folder, so it has one of its own."""
    own = {
        "BREAKFIX_LANGUAGE": "nl",
        "JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    process = launch(environment | own, "desk", "--port", free_port(), "--no-browser")
    yield process
    process.send_signal(signal.SIGINT)
    # JupyterLab first ends the kernel of the notebook that was opened.
    process.communicate(timeout=180)
    assert notebook.exists()


def home(page: Page, heading: str) -> None:
    """Wait for the landing page, in front of everything else."""
    expect(page.locator(".bf-home").get_by_role("heading", level=1, name=heading)).to_be_visible(
        timeout=60_000
    )


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: `make browser`")
def test_desk_begins_with_the_labs_in_the_learner_s_language(dutch_desk: Process) -> None:
    """Without a lab the desk is the list of labs, and JupyterLab speaks the learner's language; it
    follows another one from a reload on. A reload stays where one was, a new visit begins anew."""
    address, _ = address_of(dutch_desk)
    assert "/lab?token=" in address
    menu = "#jp-MainMenu"
    with browser_page(1400, 950) as page:
        page.goto(address)
        home(page, "Welkom op de werktafel")
        expect(page.locator(menu)).to_contain_text("Bestand")
        keep_picture(page, "desk-home-nl")
        page.get_by_role("button", name="English").click()
        home(page, "Welcome to your desk")
        page.get_by_role("button", name="Reload now").click()
        expect(page.locator(menu)).to_contain_text("File", timeout=60_000)
        home(page, "Welcome to your desk")

        page.locator(".bf-home").get_by_role("article", name="The note is gone").get_by_role(
            "button"
        ).click()
        expect(page.locator(".bf-desk")).to_be_visible(timeout=60_000)
        # What is open is kept a moment after it changed.
        page.wait_for_timeout(6000)
        page.reload()
        expect(page.locator(".bf-desk")).to_be_visible(timeout=60_000)
        expect(page.locator(".bf-home")).not_to_be_visible()

        # A tab of the browser that knows of no earlier visit.
        page.evaluate("sessionStorage.clear()")
        page.goto(address)
        home(page, "Welcome to your desk")
        expect(page.locator(".jp-NotebookPanel")).to_have_count(1)
