"""`breakfix assignment submit`, through nbgrader's exchange as it is set up for learners."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.grading.fetched import COURSE, LAB, LEARNER, NAME, Learner, Releases

EVIDENCE = f"evidence/{LAB}.breakfix.tar.zst"


@dataclass(frozen=True)
class Class:
    """A learner, and the exchange folder of the class."""

    learner: Learner
    exchange: Path

    def set_up(self, course: str) -> None:
        """Write nbgrader's configuration of the learner."""
        lines = [
            "c = get_config()",
            f"c.CourseDirectory.course_id = {course!r}",
            f"c.Exchange.root = {str(self.exchange)!r}",
            f"c.Exchange.cache = {str(self.learner.home / 'cache')!r}",
        ]
        settings = self.learner.home / ".jupyter"
        settings.mkdir(exist_ok=True)
        (settings / "nbgrader_config.py").write_text("\n".join(lines) + "\n", "utf-8")

    def submit(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Give the command, in the assignment's folder."""
        settings = {"JUPYTER_CONFIG_DIR": str(self.learner.home / ".jupyter")}
        return self.learner.run("-m", "breakfix", "assignment", "submit", *words, **settings)

    def refused(self, *words: str) -> str:
        """The key of the error that the command ended with; nothing arrived."""
        done = self.submit(*words, "--json")
        assert done.returncode == 2, done.stdout + done.stderr
        assert self.arrived == []
        key: str = json.loads(done.stdout)["error"]["key"]
        return key

    @property
    def arrived(self) -> list[Path]:
        """What lies in the exchange."""
        return sorted((self.exchange / COURSE / "inbound").iterdir())


@pytest.fixture
def school(releases: Releases, tmp_path: Path) -> Class:
    """A class with an assignment that was released and fetched."""
    learner = releases.fetch(tmp_path)
    exchange = tmp_path / "exchange"
    (exchange / COURSE / "inbound").mkdir(parents=True)
    shutil.copytree(learner.folder, exchange / COURSE / "outbound" / NAME)
    made = Class(learner, exchange)
    made.set_up(COURSE)
    return made


def test_work_arrives_as_the_learner(school: Class) -> None:
    """Notebook and evidence lie in the exchange, under the learner's own id."""
    school.learner.hand_in(school.learner.assignment)
    done = school.submit("--json")

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert (told["course"], told["assignment"], told["learner"], told["evidence"]) == (
        COURSE, NAME, LEARNER, True,
    )  # fmt: skip
    (inbound,) = school.arrived
    assert inbound.name.split("+")[:2] == [LEARNER, NAME]
    assert (inbound / "timestamp.txt").exists()
    for name in (EVIDENCE, f"{NAME}.ipynb"):
        assert (inbound / name).read_bytes() == (school.learner.folder / name).read_bytes()


def test_a_notebook_alone_is_submitted_with_a_warning(school: Class) -> None:
    """Where nothing was handed in of the machines, that is said."""
    done = school.submit()

    assert done.returncode == 0, done.stderr
    assert "only your notebook was submitted" in done.stderr
    assert len(school.arrived) == 1


def test_work_of_somebody_else_is_not_submitted(school: Class) -> None:
    """A classmate's evidence is refused before anything is copied."""
    school.learner.hand_in(school.learner.assignment, "noor")

    assert school.refused() == "assignment.other-learner"


def test_an_exchange_that_is_not_there_is_one_sentence(school: Class) -> None:
    """Without the class's folder nothing is submitted, and the zip is offered."""
    school.exchange.rename(school.exchange.with_name("away"))
    done = school.submit()

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "breakfix assignment pack" in done.stderr


def test_another_course_is_refused(school: Class) -> None:
    """An assignment goes to its own course only."""
    school.set_up("network")

    assert school.refused() == "submit.other-course"


def test_without_a_course_in_the_settings_it_is_the_assignments(school: Class) -> None:
    """The assignment itself names its course."""
    school.set_up("")

    assert school.submit().returncode == 0
    assert len(school.arrived) == 1


def test_without_nbgrader_the_zip_is_offered(school: Class) -> None:
    """Where nbgrader is not installed, the error says how else to hand in."""
    hidden = school.learner.home / "hidden"
    (hidden / "nbgrader").mkdir(parents=True)
    (hidden / "nbgrader" / "__init__.py").write_text("raise ImportError('not here')", "utf-8")
    path = os.pathsep.join([str(hidden), os.environ.get("PYTHONPATH", "")])
    done = school.learner.run("-m", "breakfix", "assignment", "submit", "--json", PYTHONPATH=path)

    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["key"] == "submit.no-nbgrader"
