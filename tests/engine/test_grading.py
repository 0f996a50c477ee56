"""Judging real evidence: replayed in kept children with what the course has pinned, and nothing of
it stays on the engine whatever happens."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from breakfix.content.digest import digest
from breakfix.grading.folder import CourseFolder
from breakfix.grading.judging import Judging, judge_all
from breakfix.grading.pinning import pin_images
from breakfix.grading.pool import Pool
from breakfix.machines import engine
from breakfix.machines.cleaning import leftovers
from breakfix.messages import Language
from breakfix.model.course import FORMAT, Course, Planned
from breakfix.model.grading import Decision, Verdict
from breakfix.model.replaying import ReplayAnswer
from breakfix.wiring import checkout, image_tag
from tests.engine.conftest import Environment, Process, Run, interrupted, launch
from tests.engine.handed_in import (
    ASSIGNMENT,
    FOLDER,
    LAB,
    LEARNER,
    HandedIn,
    good,
    hand_in,
    learner_runs,
    rewritten,
)

pytestmark = pytest.mark.engine
NAME = "week-3"
COMMAND = (sys.executable, "-m", "breakfix.entry.replay_process")
SWITCHES_OFF = """[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
ExecStart=/usr/bin/systemctl --force --force poweroff
[Install]
WantedBy=sysinit.target
"""


@dataclass
class Teacher:
    """A course with one assignment, and what is heard of its replays; `before` is how many
    containers there were."""

    folder: CourseFolder
    environment: Environment
    steps: list[tuple[str, str]] = field(default_factory=list)
    before: int = 0

    def submit(self, learner: str, file: Path) -> Path:
        """What a learner hands in."""
        place = self.folder.submitted(learner, NAME)
        (place / "evidence").mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place / "evidence" / f"{LAB}.breakfix.tar.zst")
        return place

    def pool(self) -> Pool:
        """Children of this course."""
        own = {
            "BREAKFIX_LABS": str(self.folder.labs),
            "BREAKFIX_IMAGES": str(self.folder.images),
            "BREAKFIX_AUTHOR": "0",
        }
        return Pool(COMMAND, self.environment | own, 120.0)

    def judging(self, pool: Pool) -> Judging:
        """Judging with these children; every step is heard."""
        return Judging(
            self.folder, NAME, self.folder.planned(NAME), pool, tell=self._hear
        )  # fmt: skip

    def judged(self, learner: str) -> Verdict:
        """The verdict about what a learner handed in."""
        with self.pool() as pool:
            return self.judging(pool).verdict(learner, self.folder.submitted(learner, NAME))

    def replayed(self, learner: str) -> int:
        """How many replays of a learner's evidence began."""
        return self.steps.count((learner, "evidence"))

    def change(self, **what: object) -> None:
        """Change what is planned."""
        planned = replace(self.folder.planned(NAME), **what)  # type: ignore[arg-type]
        self.folder.write(replace(self.folder.read(), assignments={NAME: planned}))

    def containers(self) -> int:
        """How many containers of this installation there are."""
        installation = self.environment["BREAKFIX_INSTALLATION"]
        return leftovers(engine.connect(), installation)["containers"]

    def wait_for_machines(self, before: int) -> None:
        """Wait until a replay has machines on the engine."""
        end = time.monotonic() + 60
        while self.containers() <= before:
            assert time.monotonic() < end, "no machine came"
            time.sleep(0.05)

    def wait_for_nothing(self, before: int) -> None:
        """Wait until every machine is gone again."""
        end = time.monotonic() + 60
        while self.containers() != before:
            assert time.monotonic() < end, "machines stay behind"
            time.sleep(0.2)

    def _hear(self, learner: str, answer: ReplayAnswer) -> None:
        self.steps.append((learner, answer.step))


@pytest.fixture
def teacher(breakfix: Run, environment: Environment, tmp_path: Path) -> Teacher:
    """A teacher whose course has its own copy of a small lab."""
    assert breakfix("lab", "list").returncode == 0
    folder = CourseFolder(tmp_path / "course")
    copy = folder.labs / FOLDER.parent.name / LAB
    shutil.copytree(FOLDER, copy)
    pin_images(folder, checkout() / "images")
    planned = Planned(ASSIGNMENT, digest(copy), {"pc": image_tag("pc")})
    folder.write(Course(FORMAT, "net", Language.EN, "0", 0.0, {NAME: planned}))
    return Teacher(folder, environment)


@pytest.fixture(scope="module")
def switched_off(
    breakfix: Run, handed_in: HandedIn, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Work of somebody whose machine switches itself off at every start."""
    target = tmp_path_factory.mktemp("off") / "off.tar.zst"
    words = ("--assignment", str(handed_in.assignment), "--learner", "ada")
    good(breakfix("lab", "start", LAB, *words))
    learner_runs(breakfix, f"""printf "{SWITCHES_OFF}" >/etc/systemd/system/off.service""")
    learner_runs(breakfix, "systemctl enable -q off.service")
    hand_in(breakfix, target, status=2)
    good(breakfix("lab", "finish", LAB))
    return target


def test_evidence_is_judged_once(teacher: Teacher, handed_in: HandedIn) -> None:
    """Work that is right is scored; the second time nothing is replayed, and nothing is left."""
    teacher.submit(LEARNER, handed_in.graded)
    before = teacher.containers()
    first = teacher.judged(LEARNER)

    assert first.decision is Decision.SCORED
    assert first.report is not None
    assert first.report.score.passed
    assert first.reason is None
    assert teacher.judged(LEARNER) == first
    assert teacher.replayed(LEARNER) == 1
    assert teacher.containers() == before


def test_side_by_side_is_as_one_by_one(teacher: Teacher, handed_in: HandedIn) -> None:
    """Several at a time get each their own verdict: right work, somebody else's, practice, rubbish
    and none."""
    teacher.submit(LEARNER, handed_in.graded)
    teacher.submit("ada", handed_in.graded)
    teacher.submit("rik", handed_in.right)
    rubbish = teacher.submit("zoe", handed_in.right) / "evidence" / f"{LAB}.breakfix.tar.zst"
    rubbish.write_bytes(os.urandom(10_000))
    teacher.folder.submitted("noe", NAME).mkdir(parents=True)
    learners = (LEARNER, "ada", "rik", "zoe", "noe")
    submissions = {one: teacher.folder.submitted(one, NAME) for one in learners}

    found = dict(judge_all(teacher.judging(teacher.pool()), submissions, 2))

    assert {one: verdict.decision for one, verdict in found.items()} == {
        LEARNER: Decision.SCORED,
        "ada": Decision.REFUSED,
        "rik": Decision.REFUSED,
        "zoe": Decision.REFUSED,
        "noe": Decision.NOTHING,
    }
    reasons = {one: verdict.reason.en for one, verdict in found.items() if verdict.reason}
    assert "the work of els, not of ada" in reasons["ada"]
    assert reasons["rik"].startswith("This is practice")
    assert "is damaged" in reasons["zoe"]


def test_the_pinned_lab_decides(teacher: Teacher, handed_in: HandedIn) -> None:
    """Points are those of the course's own copy of the lab, whatever the lab became elsewhere."""
    copy = teacher.folder.labs / FOLDER.parent.name / LAB
    manifest = copy / "lab.toml"
    dearer = re.sub(r"(?m)^points = \d+", "points = 100", manifest.read_text("utf-8"))
    manifest.write_text(dearer, "utf-8")
    teacher.change(lab_digest=digest(copy))
    teacher.submit(LEARNER, handed_in.graded)
    found = teacher.judged(LEARNER)

    assert found.report is not None
    assert found.report.lab_changed
    assert found.report.score.repair >= 100


@pytest.mark.parametrize("what", ["lab", "images"])
def test_anything_else_is_not_replayed(teacher: Teacher, handed_in: HandedIn, what: str) -> None:
    """With a lab or an image that is not the pinned one, the work stays to be graded."""
    if what == "lab":
        checks = teacher.folder.labs / FOLDER.parent.name / LAB / "staff" / "checks.py"
        checks.write_text(checks.read_text("utf-8") + "\n# newer\n", "utf-8")
    else:
        teacher.change(images={"pc": "breakfix/pc:older"})
    teacher.submit(LEARNER, handed_in.graded)
    found = teacher.judged(LEARNER)

    assert (found.decision, found.report) == (Decision.TO_GRADE, None)
    assert found.reason is not None
    assert teacher.replayed(LEARNER) == 0


def test_another_image_leaves_work_to_grade(
    teacher: Teacher, handed_in: HandedIn, tmp_path: Path
) -> None:
    """Work that was made with an image that this computer lacks costs nobody points."""

    def change(manifest: dict[str, object]) -> None:
        parts = manifest["parts"]
        assert isinstance(parts, list)
        parts[0]["image"] |= {"recipe": "0" * 12, "layers": "a" * 64, "packages": "b" * 64}

    teacher.submit(LEARNER, rewritten(handed_in.graded, tmp_path / "other", change))
    found = teacher.judged(LEARNER)

    assert found.decision is Decision.TO_GRADE
    assert found.reason is not None
    assert "breakfix image load" in found.reason.en


def test_a_machine_that_stays_off_is_replayed_twice(
    teacher: Teacher, handed_in: HandedIn, switched_off: Path
) -> None:
    """Evidence that switches its machine off is scored as it is once that happened twice: what
    nobody could see earned nothing, and the teacher reads which machine."""
    assert handed_in.graded.exists()
    teacher.submit("ada", switched_off)
    found = teacher.judged("ada")

    assert found.decision is Decision.SCORED
    assert found.report is not None
    assert (found.report.score.repair, found.report.score.passed) == (0, False)
    assert found.reason is not None
    assert "(pc)" in found.reason.en
    assert teacher.replayed("ada") == 2
    assert teacher.judged("ada") == found


def test_a_child_that_is_killed_is_replaced(teacher: Teacher, handed_in: HandedIn) -> None:
    """When a child is killed in the middle of a replay, the work is replayed once more, and the
    machines of both are gone."""
    place, before = teacher.submit(LEARNER, handed_in.graded), teacher.containers()
    found: list[Verdict] = []

    def judge() -> None:
        with teacher.pool() as pool:
            found.append(teacher.judging(pool).verdict(LEARNER, place))

    judging = threading.Thread(target=judge)
    judging.start()
    teacher.wait_for_machines(before)
    (child,) = children(os.getpid())
    os.kill(child, signal.SIGKILL)
    judging.join(120)

    assert found[0].decision is Decision.SCORED
    assert teacher.replayed(LEARNER) == 2
    assert teacher.containers() == before


def children(parent: int) -> list[int]:
    """The processes that replay for `parent`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            status = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if COMMAND[-1].encode() in words and int(status[1]) == parent:
            found.append(int(folder.name))
    return found


@pytest.fixture
def grading(teacher: Teacher, handed_in: HandedIn) -> Iterator[Process]:
    """The command that grades, in the middle of a replay."""
    teacher.submit(LEARNER, handed_in.graded)
    teacher.before = teacher.containers()
    words = ("course", "grade", NAME, "--course", str(teacher.folder.root))
    process = launch(teacher.environment, *words)
    teacher.wait_for_machines(teacher.before)
    yield process
    process.kill()
    process.communicate()


def test_ctrl_c_removes_the_machines(teacher: Teacher, grading: Process) -> None:
    """Ctrl-C in the middle of a replay ends it in one sentence, and no machine stays."""
    status, errors = interrupted(grading)

    assert (status, errors.strip().startswith("Stopped. Nothing is lost")) == (130, True), errors
    assert len(errors.strip().splitlines()) == 1
    assert teacher.containers() == teacher.before
    assert not teacher.folder.verdict(LEARNER, NAME).exists()


def test_who_grades_may_be_killed(teacher: Teacher, grading: Process) -> None:
    """Where the command itself is killed, its children notice, and no machine stays."""
    replaying = children(grading.pid)
    grading.kill()
    grading.communicate()
    teacher.wait_for_nothing(teacher.before)
    end = time.monotonic() + 60
    while left := {one: doing for one in replaying if (doing := doing_of(one))}:
        assert time.monotonic() < end, f"children stay behind: {left}"
        time.sleep(0.1)


def doing_of(process: int) -> str:
    """What a process is doing, and where in the kernel; nothing where it has ended, also when
    nobody took note of that yet."""
    folder = Path(f"/proc/{process}")
    try:
        state = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()[0]
        places = {(one / "wchan").read_text("utf-8") for one in (folder / "task").iterdir()}
    except OSError:
        return ""
    return "" if state in "ZX" else f"{state} in {', '.join(sorted(places))}"
