"""`breakfix course grade`: verdicts and grades in one go, and nobody stops the others."""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from breakfix.cli import grading
from breakfix.cli.main import breakfix
from breakfix.errors import BreakfixError
from breakfix.grading import judged
from breakfix.grading.folder import CourseFolder
from breakfix.grading.judging import judge
from breakfix.grading.keeping import keeping
from breakfix.grading.kept import kept_verdict
from breakfix.grading.pool import Pool, environment_of
from breakfix.grading.saving import SavePoints
from breakfix.model.grading import Decision, Verdict
from tests.grading.replaying_child import TROUBLE
from tests.grading.school import EVIDENCE, NAME, School, answered
from tests.grading.verdicts import HALF, REPAIRED

# SQLAlchemy warns of nbgrader's own tables.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
COMMAND = (sys.executable, "-m", "tests.grading.replaying_child")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Grading:
    """A teacher who grades."""

    school: School
    log: Path

    def run(self, *words: str) -> Result:
        """Give the command."""
        root = str(self.school.folder.root)
        return CliRunner().invoke(
            breakfix, ["course", "grade", NAME, "--course", root, "--jobs", "2", *words]
        )

    def told(self, *words: str) -> tuple[int, dict[str, dict[str, Any]]]:
        """The exit status, and what each learner got."""
        done = self.run("--json", *words)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, {one["learner"]: one for one in json.loads(done.stdout)}

    def asked(self) -> list[str]:
        """Whose evidence was replayed."""
        return sorted(self.log.read_text("utf-8").split()) if self.log.exists() else []


@pytest.fixture
def given(school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grading:
    """Five learners handed in: all right, half right, nothing, rubbish, and what brings trouble."""
    log = tmp_path / "asked"

    def pool_of(folder: CourseFolder) -> Pool:
        more = {"ASKED": str(log), "PYTHONPATH": str(ROOT)}
        return Pool(COMMAND, environment_of(folder) | more, seconds=120.0)

    def ask(folder: CourseFolder, name: str, learner: str) -> Verdict:
        return judge(folder, name, learner, folder.submitted(learner, name))

    monkeypatch.setattr(grading, "pool_of", pool_of)
    monkeypatch.setattr(judged, "ask", ask)
    school.hand_in("anna", answered(school.notebook(), "Met ls."), holds=REPAIRED)
    school.hand_in("bram", holds=HALF)
    school.hand_in("cas", holds=None)
    school.hand_in("dirk", holds=None, files={EVIDENCE: b"rubbish"})
    school.hand_in("eva", holds=None, files={EVIDENCE: TROUBLE})
    assert school.collect()["success"]
    return Grading(school, log)


def test_everybody_gets_what_was_seen(given: Grading) -> None:
    """Each gets their own points in the gradebook; trouble of ours leaves one ungraded, and the
    exit status says so."""
    status, found = given.told()

    assert status == 1
    assert {name: (one["decision"], one["points"], one["left"]) for name, one in found.items()} == {
        "anna": ("scored", 17.0, False),
        "bram": ("scored", 6.0, False),
        "cas": ("nothing", 0.0, False),
        "dirk": ("refused", 0.0, False),
        "eva": ("to-grade", None, True),
    }
    assert found["anna"]["most"] == 24.0
    assert {name for name, one in found.items() if one["reason"]} == {"dirk", "eva"}
    points = given.school.points("anna")
    assert points is not None
    assert sum(points.values()) == 17.0
    assert given.school.points("eva") is None


def test_a_second_run_replays_nothing_again(given: Grading) -> None:
    """What was replayed is kept; only what brought trouble is tried again."""
    _, first = given.told()
    assert given.asked() == ["anna", "bram", "dirk", "eva", "eva"]
    given.log.unlink()
    _, second = given.told()

    assert second == first
    assert given.asked() == ["eva", "eva"]


def test_an_interrupted_run_goes_on(given: Grading, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops a run keeps the verdicts that were there: the next run replays none of those
    again, and everybody has what a whole run gives."""
    graded = grading._Work.graded

    def pressed(self: grading._Work, learner: str, verdict: Verdict) -> grading.Graded:
        graded(self, learner, verdict)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(grading._Work, "graded", pressed)
        assert given.run().exit_code != 0
    verdicts = {
        name: kept_verdict(given.school.folder, NAME, name)
        for name in ("anna", "bram", "cas", "dirk", "eva")
    }
    kept = {
        name
        for name, one in verdicts.items()
        if one is not None and one.sha256 and one.decision is not Decision.TO_GRADE
    }
    assert any(one is not None for one in verdicts.values())
    given.log.unlink(missing_ok=True)
    _, found = given.told()
    assert kept.isdisjoint(given.asked())
    assert {name: (one["decision"], one["points"]) for name, one in found.items()} == {
        "anna": ("scored", 17.0),
        "bram": ("scored", 6.0),
        "cas": ("nothing", 0.0),
        "dirk": ("refused", 0.0),
        "eva": ("to-grade", None),
    }


def test_refused_work_with_an_answer_says_both(
    given: Grading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the machines' part was refused and an answer waits for a person, the table of a run
    and the status tell both."""
    monkeypatch.setenv("COLUMNS", "200")
    answer = answered(given.school.notebook(), "Met ls.")
    given.school.hand_in("finn", answer, holds=None, files={EVIDENCE: b"rubbish"})
    assert given.school.collect()["success"]
    (line,) = (one for one in given.run("--learner", "finn").stdout.splitlines() if "finn" in one)
    assert "lees de reden, antwoorden beoordelen in formgrader" in line
    words = ["course", "status", NAME, "--course", str(given.school.folder.root)]
    told = CliRunner().invoke(breakfix, words).stdout
    lines = [one for one in told.splitlines() if "finn" in one]
    assert any("niet aanvaard, te beoordelen" in one for one in lines)


def test_one_learner_can_be_graded_anew(given: Grading) -> None:
    """Who is named is replayed again, and nobody else is touched."""
    status, found = given.told("--learner", "anna", "--anew")

    assert (status, list(found)) == (0, ["anna"])
    assert given.told("--learner", "anna", "--anew")[0] == 0
    assert given.asked() == ["anna", "anna"]
    assert given.school.points("bram") is None


def test_people_read_a_table(given: Grading) -> None:
    """People get a line for each learner, what is left to do, and a sentence for each trouble."""
    done = given.run()

    assert done.exit_code == 1
    lines = {line.split()[0]: line for line in done.stdout.splitlines() if line.strip()}
    assert "17 / 24" in lines["anna"]
    assert "formgrader" in lines["anna"]
    assert "6 / 24" in lines["bram"]
    assert "/" not in lines["eva"]
    troubles = [line.partition(":")[0] for line in done.stderr.splitlines()]
    assert sorted(troubles) == ["dirk", "eva"]


def test_who_is_in_no_class_list_is_named(given: Grading) -> None:
    """Whoever was graded and is in no class list is named, for people and for programs."""
    with given.school.gradebook() as book:
        book.update_or_create_student("anna", first_name="Anna", last_name="Maes")
    words = ("--learner", "anna", "--learner", "cas")
    assert "klaslijst, vraag na wie dat is: cas" in given.run(*words).stdout
    _, found = given.told(*words)
    assert {name: one["listed"] for name, one in found.items()} == {"anna": True, "cas": False}


def test_what_nbgrader_cannot_write_is_told(given: Grading) -> None:
    """Where a grade can't be written, the reason is told, that learner is left, and the others have
    their grades."""
    with keeping(given.school.folder, NAME, "anna"):
        status, found = given.told()

    assert status == 1
    assert (found["anna"]["left"], found["anna"]["points"]) == (True, None)
    assert "het werk van anna" in found["anna"]["reason"]
    assert found["bram"]["points"] == 6.0


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["--learner", "nobody"], "grading.no-submission"),
        (["--learner", "../anna"], "grading.no-submission"),
    ],
)
def test_who_handed_in_nothing_is_told(given: Grading, words: list[str], key: str) -> None:
    """A name without a submission is an error, before anything is replayed."""
    done = given.run(*words)

    assert isinstance(done.exception, BreakfixError)
    assert done.exception.key == key
    assert given.asked() == []


def test_an_empty_course_is_told(school: School) -> None:
    """Where nobody handed in anything, the sentence says how to collect."""
    done = Grading(school, school.root / "asked").run()

    assert isinstance(done.exception, BreakfixError)
    assert done.exception.key == "grading.no-submissions"


def test_two_at_once_are_refused(given: Grading) -> None:
    """While another command works on the course, nothing is graded."""
    with given.school.folder.locked():
        done = given.run()

    assert isinstance(done.exception, BreakfixError)
    assert done.exception.key == "course.busy"
    assert given.asked() == []


def test_ctrl_c_while_points_are_written_leaves_them_whole(
    given: Grading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is being written is written to the end; nobody after that, until the next run."""
    written = SavePoints.preprocess

    def pressed(self: SavePoints, *words: Any) -> Any:  # noqa: ANN401
        signal.raise_signal(signal.SIGINT)
        return written(self, *words)

    with monkeypatch.context() as patched:
        patched.setattr(SavePoints, "preprocess", pressed)
        assert given.run().exit_code != 0
    points = [given.school.points(name) for name in ("anna", "bram", "cas", "dirk")]
    assert [sum(one.values()) for one in points if one] in ([17.0], [6.0], [0.0])
    assert len([one for one in points if one is not None]) == 1
    given.told()
    assert sum((given.school.points("bram") or {}).values()) == 6.0
