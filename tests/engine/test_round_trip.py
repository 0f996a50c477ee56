"""From repaired machine to grade: six learners and a teacher, each a user of their own, through
nbgrader's own commands, through formgrader's buttons, and through a learning platform's files..
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tests.engine.browsing import CHROMIUM, browser_page, keep_picture
from tests.engine.classroom import possible
from tests.engine.school import (
    ABSENT,
    EXPECTED,
    NAME,
    NAMES,
    WORK,
    School,
    fetch,
    opened,
    set_tripwires,
)

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(not possible(), reason="needs root, unshare and setpriv"),
]


@pytest.fixture(scope="module")
def school() -> Iterator[School]:
    """Six learners have done what they do, and submitted it with nbgrader."""
    with tempfile.TemporaryDirectory(prefix="breakfix-school-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        made = opened(root)
        try:
            for name, does in WORK.items():
                fetch(made, name)
                does(made, name)
                set_tripwires(made, name)
                made.learners[name].must("nbgrader", "submit", NAME)
            yield made
        finally:
            for person in made.learners.values():
                person.run("breakfix", "clean", "--yes")


def exported(school: School) -> dict[str, dict[str, str]]:
    """What `nbgrader export` says, by learner."""
    school.teach("nbgrader", "export", "--to", "grades.csv")
    text = (school.course / "grades.csv").read_text("utf-8-sig")
    return {row["student_id"]: row for row in csv.DictReader(text.splitlines())}


def assert_as_expected(school: School) -> None:
    """Everybody has the points that were written down, and nobody's code ran."""
    rows = exported(school)
    assert {name: rows[name]["score"] for name in EXPECTED} == {
        name: str(points) for name, points in EXPECTED.items()
    }
    assert rows[ABSENT]["score"] == ""
    assert {row["max_score"] for row in rows.values()} == {"63.0"}
    assert list(school.tripwires.iterdir()) == []


def forget_grades(school: School) -> None:
    """As before anything was graded."""
    for folder in ("submitted", "autograded", "feedback", "verdicts", "dossiers"):
        shutil.rmtree(school.course / folder, ignore_errors=True)
    database = school.course / "gradebook.db"
    shutil.copyfile(school.course / "gradebook.before", database)


@pytest.fixture
def ungraded(school: School) -> School:
    """The school, with nothing collected and nothing graded."""
    before = school.course / "gradebook.before"
    if not before.exists():
        shutil.copyfile(school.course / "gradebook.db", before)
    forget_grades(school)
    return school


def test_by_the_commands_of_nbgrader(ungraded: School) -> None:
    """Collect, grade, feedback and export by commands give everybody what was expected."""
    school = ungraded
    school.teach("nbgrader", "collect", NAME)
    school.teach("breakfix", "course", "grade", NAME)
    assert_as_expected(school)
    school.teach("nbgrader", "generate_feedback", NAME)
    school.teach("nbgrader", "release_feedback", NAME)
    for name in EXPECTED:
        learner = school.learners[name]
        learner.must("nbgrader", "fetch_feedback", NAME)
        pages = list((school.work_of(name) / "feedback").rglob("*.html"))
        assert len(pages) == 1
        text = pages[0].read_text("utf-8")
        assert 'lang="nl"' in text
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text)


def test_autograde_alone_replays_what_is_missing(ungraded: School) -> None:
    """Stock `nbgrader autograde` gives the same, with no command of ours before it."""
    school = ungraded
    school.teach("nbgrader", "collect", NAME)
    school.teach("nbgrader", "autograde", NAME)
    assert_as_expected(school)


def test_by_files_of_a_learning_platform(ungraded: School) -> None:
    """The same work as zip files, in folders with a platform's names, gives the same grades."""
    school = ungraded
    incoming = school.teacher.home / "incoming"
    incoming.mkdir(exist_ok=True)
    for number, name in enumerate(EXPECTED, 4711):
        work = school.work_of(name)
        pack: tuple[str, ...] = ("breakfix", "assignment", "pack")
        if name == "zoe":
            # Rubbish is refused while a learner can still mend it; who insists may pack it.
            assert school.learners[name].run(*pack, where=work).returncode != 0
            pack = (*pack, "--anyway")
        packed = school.learners[name].run(*pack, where=work)
        assert packed.returncode == 0, packed.stderr
        first, last = NAMES[name]
        folder = incoming / f"{last} {first}_{number}_assignsubmission_file_"
        folder.mkdir(exist_ok=True)
        for made in work.glob("*.zip"):
            shutil.copy(made, folder / made.name)
    school.teach("breakfix", "course", "import", str(incoming))
    school.teach("breakfix", "course", "grade", NAME)
    assert_as_expected(school)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_by_the_buttons_of_formgrader(ungraded: School) -> None:
    """Collect, autograde, feedback and release in the browser give everybody what was expected,
    and the page answers while a replay runs."""
    school = ungraded
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port = str(asking.getsockname()[1])
    server = school.teacher.start(
        "breakfix", "course", "open", "--port", port, "--no-browser", where=school.course
    )
    try:
        address = _address_of(server)
        with browser_page() as page:
            page.goto(address)
            press(page, _row(page, NAME), "collect")
            page.goto(address.replace("/formgrader?", f"/formgrader/manage_submissions/{NAME}?"))
            for name in EXPECTED:
                press(page, _row(page, name), "autograde", answers=True)
            press(page, _row(page, "els"), "generate-feedback")
            press(page, _row(page, "els"), "release-feedback")
            keep_picture(page, "formgrader-submissions")
            page.goto(address.replace("/formgrader?", f"/formgrader/gradebook/{NAME}/{NAME}?"))
            page.locator("tbody a").first.click()
            page.locator("text=lab.graded").first.wait_for()
            keep_picture(page, "formgrader-submission")
            page.goto((school.course / "feedback" / "els" / NAME / f"{NAME}.html").as_uri())
            keep_picture(page, "feedback")
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)
    assert_as_expected(school)
    assert (school.course / "feedback" / "els" / NAME / f"{NAME}.html").exists()


def _address_of(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://\S+", line):
            return found[0]
    pytest.fail("the server ended before it answered")


def _row(page: Page, name: str) -> Locator:
    """The row of an assignment or of a learner."""
    row = page.locator("tbody tr", has=page.locator("td", has_text=name)).first
    row.wait_for()
    return row


def press(page: Page, row: Locator, button: str, *, answers: bool = False) -> None:
    """Press one of formgrader's icons, wait until it says that it succeeded, and close that."""
    row.locator(f".{button} a").click()
    if answers:
        # The server is asked for something else while the step runs.
        assert page.request.get(page.url.split("/formgrader")[0] + "/api/status").ok
    page.locator(".modal.in .modal-title").wait_for(timeout=120_000)
    told = page.locator(".modal.in").inner_text()
    assert "Success" in told.splitlines()[1:3] or "Success" in told[:40], told
    page.locator(".modal.in .modal-footer button").click()
    page.locator(".modal").wait_for(state="detached")


def test_a_second_run_comes_from_what_is_kept(ungraded: School) -> None:
    """Grading again replays nothing, and gives the same."""
    school = ungraded
    school.teach("nbgrader", "collect", NAME)
    school.teach("breakfix", "course", "grade", NAME)
    kept = {file: file.stat().st_mtime_ns for file in school.course.glob("verdicts/*/*.json")}
    assert len(kept) == len(EXPECTED)
    school.teach("breakfix", "course", "grade", NAME)
    assert {file: file.stat().st_mtime_ns for file in kept} == kept
    assert_as_expected(school)


def test_an_interrupted_run_goes_on(ungraded: School) -> None:
    """Ctrl-C in the middle loses no verdict; the next run does the rest."""
    school = ungraded
    school.teach("nbgrader", "collect", NAME)
    grading = school.teacher.start(
        "breakfix", "course", "grade", NAME, "--jobs", "1", where=school.course
    )
    end = time.monotonic() + 300
    while not list(school.course.glob(f"verdicts/{NAME}/els.json")) and time.monotonic() < end:
        time.sleep(0.1)
    # The process that was started is the door into the namespace; the command has its session.
    os.killpg(grading.pid, signal.SIGINT)
    output, _ = grading.communicate(timeout=300)
    assert grading.returncode == 130, output
    kept = len(list(school.course.glob(f"verdicts/{NAME}/*.json")))
    assert 1 <= kept < len(EXPECTED), "it was over before it could be interrupted"
    school.teach("breakfix", "course", "grade", NAME)
    assert_as_expected(school)


def test_a_correction_survives_grading_again(ungraded: School) -> None:
    """A teacher's points with a reason stay when everything is graded anew."""
    school = ungraded
    school.teach("nbgrader", "collect", NAME)
    school.teach("breakfix", "course", "grade", NAME)
    school.teach(
        "breakfix", "course", "correct", NAME, "noe", "complaint", "4", "--reason", "stroompanne"
    )
    assert exported(school)["noe"]["score"] == "4.0"
    school.teach("breakfix", "course", "grade", NAME, "--anew")
    assert exported(school)["noe"]["score"] == "4.0"
    assert exported(school)["els"]["score"] == "55.0"
    school.teach("nbgrader", "autograde", NAME, "--force")
    assert exported(school)["noe"]["score"] == "4.0"
