"""The learner's side by clicks alone: JupyterLab's *Assignment List*, an evaluation in the panel,
*Validate*, and feedback."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from breakfix.content import read_lab
from breakfix.wiring import checkout
from tests.engine.browsing import CHROMIUM, browser_page, keep_picture
from tests.engine.classroom import possible
from tests.engine.journeys.panel import Panel
from tests.engine.school import DIAGNOSIS, EXPECTED, LAB, NAME, School, opened, screen_port

pytestmark = [
    pytest.mark.engine,
    pytest.mark.browser,
    pytest.mark.skipif(not possible(), reason="needs root, unshare and setpriv"),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
ELS = "els"
#: What stands in a question nobody answered.
UNANSWERED = "Schrijf hier je antwoord."


@pytest.fixture
def school() -> Iterator[School]:
    """A released assignment, and learners who have not seen it yet."""
    with tempfile.TemporaryDirectory(prefix="breakfix-list-") as folder:
        Path(folder).chmod(0o755)
        made = opened(Path(folder))
        try:
            yield made
        finally:
            made.learners[ELS].run("breakfix", "clean", "--yes")


@contextmanager
def jupyterlab(school: School) -> Iterator[Page]:
    """JupyterLab as that learner has it, in the learner's own home, on the Assignment List."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port = asking.getsockname()[1]
    person = school.learners[ELS]
    options = ("--no-browser", f"--port={port}", "--IdentityProvider.token=mine")
    server = person.start(sys.executable, "-P", "-m", "jupyterlab", *options)
    try:
        _wait_for(server)
        # A server whose words nobody reads stops at some point.
        threading.Thread(target=_read_on, args=[server], daemon=True).start()
        with browser_page(1400, 950) as page:
            page.goto(f"http://127.0.0.1:{port}/lab?token=mine")
            page.get_by_role("menuitem", name="Nbgrader").click()
            page.get_by_role("menuitem", name="Assignment List").click()
            yield page
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        _ended(server)


def _wait_for(server: subprocess.Popen[str]) -> None:
    assert server.stdout is not None
    for line in server.stdout:
        if "is running at" in line:
            return
    pytest.fail("JupyterLab ended before it answered")


def _read_on(server: subprocess.Popen[str]) -> None:
    assert server.stdout is not None
    with server.stdout as words:
        for _ in words:
            pass


def _ended(server: subprocess.Popen[str]) -> None:
    try:
        server.wait(60)
    except subprocess.TimeoutExpired:
        # Now and then JupyterLab has closed everything and waits for a thread that nobody ends.
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _listed(page: Page, where: str) -> Locator:
    """The assignment in one of the three lists: released, fetched or submitted."""
    row = page.locator(f"#{where}_assignments_list > .list_item", has_text=NAME)
    row.first.wait_for(timeout=120_000)
    return row.first


def _validated(page: Page) -> str:
    """What *Validate* says of the notebook."""
    row = _listed(page, "fetched")
    button = row.get_by_role("button", name="Validate")
    if not button.is_visible():
        row.get_by_text(NAME).first.click()
    button.click()
    dialog = page.locator(".jp-Dialog-content")
    dialog.wait_for(timeout=120_000)
    told = dialog.inner_text()
    right = "Success" in told
    keep_picture(page, f"validate-{'passed' if right else 'failed'}")
    dialog.get_by_role("button").last.click()
    dialog.wait_for(state="detached")
    return told


def test_a_learner_needs_only_the_assignment_list(school: School) -> None:
    """Fetch, repair, answer, validate, submit and fetch feedback by buttons: what is missing is
    named, the grade is the expected one, and the feedback is there."""
    work = school.work_of(ELS)
    with jupyterlab(school) as page:
        _listed(page, "released").get_by_role("button", name="Fetch").click()
        _listed(page, "fetched")
        assert (work / "assignment.json").exists()
        assert "er is nog niets ingediend" in _validated(page)
        page.locator("#fetched_assignments_list").get_by_role("link", name=NAME).last.click()
        panel = Panel(page, LAB)
        _repair(school, panel)
        _turn_to(page, "Assignments")
        told = _validated(page)
        assert "er is nog niets ingediend" not in told
        assert told.count(UNANSWERED) == 2  # the reply and the work note
        _turn_to(page, f"{NAME}.ipynb")
        _answer(panel)
        _turn_to(page, "Assignments")
        assert "Success" in _validated(page)
        _listed(page, "fetched").get_by_role("button", name="Submit").click()
        _listed(page, "submitted")
        keep_picture(page, "assignment-list")
        _graded(school)
        page.locator("#refresh_assignments_list").click()
        button = _listed(page, "submitted").get_by_role("button", name="Fetch Feedback")
        button.click(timeout=120_000)
        expect(page.get_by_text("view feedback").first).to_be_visible(timeout=120_000)
    assert len(list((work / "feedback").rglob("*.html"))) == 1


def _turn_to(page: Page, tab: str) -> None:
    page.locator(".lm-TabBar-tab", has_text=tab).first.click()


def _repair(school: School, panel: Panel) -> None:
    """In the panel: agree with recordings, diagnose, repair, look at a recording, and hand in."""
    panel.press("Labo starten")
    panel.says("Voor je een terminal opent")
    panel.press("Begrepen, ga verder")
    panel.prompted()
    panel.says("Opname staat aan")
    _diagnose(panel)
    person, work = school.learners[ELS], school.work_of(ELS)
    status = person.must("breakfix", "lab", "status", LAB, "--json", where=work)
    port = screen_port(json.loads(status))
    panel.type(f"sudo sed -i 's/^POORT=.*/POORT={port}/' /etc/default/prijsscherm")
    panel.type("sudo systemctl restart prijsscherm kassa")
    panel.turn_to("Indienen")
    panel.press("Nakijken na herstart")
    panel.says("Ook na een herstart zou de klant niets meer merken.")
    watch = re.compile("^Opname 1 van .* bekijken$")
    panel.root.get_by_role("button", name=watch).click()
    panel.root.locator(".bf-player-bar").first.wait_for()
    keep_picture(panel.page, "recording-before-hand-in")
    panel.page.keyboard.press("Escape")
    panel.press("Dit indienen")
    panel.says("Ingediend op")


def _diagnose(panel: Panel) -> None:
    """The right diagnosis, as the lab's form words it."""
    form = read_lab(checkout() / "labs" / "m020-os" / LAB).form
    place, cause, _, proof = DIAGNOSIS
    test, result = proof.split("=")
    where = next(one for one in form.places if one.id == place)
    what = next(one for one in where.causes if one.id == cause)
    asked = next(one for one in form.tests if one.id == test)
    panel.turn_to("Diagnose")
    paper = panel.form("Diagnose bewaren")
    for label in (where.label.nl, what.label.nl):
        paper.get_by_label(label, exact=True).check()
    paper.get_by_label(asked.label.nl, exact=True).select_option(result)
    panel.press("Diagnose bewaren")
    panel.says("Je diagnose")


def _answer(panel: Panel) -> None:
    """A reply and a work note, each in the notebook's own cell, to which a button leads."""
    page = panel.page
    for button in panel.root.get_by_role("button", name="Naar de cel voor je antwoord").all():
        button.click()
        page.locator(".jp-mod-editMode .jp-Cell.jp-mod-active").get_by_text(UNANSWERED).wait_for()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("De poort van de kassa was bezet.")
    page.keyboard.press("Control+s")
    page.locator(".jp-mod-dirty").wait_for(state="detached")


def _graded(school: School) -> None:
    """The teacher grades, and gives feedback."""
    school.teach("nbgrader", "collect", NAME)
    graded = school.teach("breakfix", "course", "grade", NAME)
    assert f"{EXPECTED[ELS]:g} / 63" in graded
    school.teach("nbgrader", "generate_feedback", NAME)
    school.teach("nbgrader", "release_feedback", NAME)
