"""A learner in the folder of an assignment that was fetched, where no engine answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from breakfix.content.catalog import Catalog
from breakfix.grading.course import Terms, add_assignment, create_course
from breakfix.messages import Language
from breakfix.model.assignment import Assignment
from breakfix.model.session import Mode
from breakfix.session.service import LocalLabService
from breakfix.wiring import images_folder
from tests.contract.fake_labs import LABS, fake_labs
from tests.contract.fake_runtime import FakeRuntime

COURSE, NAME, LAB, LEARNER = "helpdesk", "week-3", "tiny", "els"


@dataclass(frozen=True)
class Learner:
    """A learner in the folder of an assignment that was fetched."""

    folder: Path
    assignment: Assignment
    home: Path

    def validate(self) -> str:
        """What `nbgrader validate` prints."""
        # nbgrader's own limits are for a computer that has nothing else to do.
        limits = ("timeout=200", "iopub_timeout=60", "startup_timeout=200")
        patient = [f"--Execute.{limit}" for limit in limits]
        done = self.run("-m", "nbgrader", "validate", *patient, f"{NAME}.ipynb")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a Python program here."""
        environment = os.environ | {
            "HOME": str(self.home),
            "XDG_STATE_HOME": str(self.home / "state"),
            "DOCKER_HOST": f"unix://{self.home}/no-engine.sock",
            "BREAKFIX_LEARNER": LEARNER,
            "BREAKFIX_LANGUAGE": "en",
            "BREAKFIX_LABS": str(LABS),
        }
        return subprocess.run(
            [sys.executable, *words], env=environment | settings, cwd=self.folder, text=True,
            stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=240,
        )  # fmt: skip

    def hand_in(self, assignment: Assignment, learner: str = LEARNER) -> None:
        """Hand work in; which machines it was done on does not matter here."""
        labs: LocalLabService = fake_labs(self.home / "elsewhere", FakeRuntime())
        labs.start_assigned(assignment, learner)
        labs.hand_in(LAB, labs.after_restart(LAB).sha256)
        target = self.folder / "evidence" / f"{LAB}.breakfix.tar.zst"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(b"".join(labs.evidence(LAB)))
        shutil.rmtree(self.home / "elsewhere")

    @property
    def sessions(self) -> list[Path]:
        """The journals of all sessions of this learner."""
        return list(self.home.rglob("journal*.jsonl"))


class Releases:
    """Assignments as a teacher releases them: generated once for all tests of this run."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._made: dict[Mode, tuple[Path, Assignment]] = {}

    def fetch(self, root: Path, mode: Mode = Mode.EVALUATION) -> Learner:
        """A learner who fetched an assignment."""
        if mode not in self._made:
            self._made[mode] = self._release(self._root / mode.value, mode)
        release, assignment = self._made[mode]
        folder = root / NAME
        shutil.copytree(release, folder)
        (root / "home").mkdir()
        return Learner(folder, assignment, root / "home")

    def _release(self, root: Path, mode: Mode) -> tuple[Path, Assignment]:
        course = create_course(root, COURSE, Language.NL, images_folder())
        loaded = Catalog((LABS,)).load(LAB)
        terms = Terms(mode, ("note-missing",), attempts=1)
        planned = add_assignment(course, NAME, loaded, terms, lambda _: {})
        return course.release(NAME), planned.assignment
