"""Evidence that can't be used: one clear sentence, and nothing is left on the engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from breakfix.codec import to_json
from breakfix.machines import engine
from breakfix.machines.cleaning import leftovers
from tests.engine.conftest import Environment, Run
from tests.engine.handed_in import ASSIGNMENT, LAB, LEARNER, HandedIn, error_of, rewritten

pytestmark = pytest.mark.engine
GRADED = ("--assignment", "{assignment}", "--learner", LEARNER)
Make = Callable[[HandedIn, Path], Path]


@dataclass(frozen=True)
class Case:
    """A file, the words that follow it, and the key of what is said of it."""

    name: str
    key: str
    make: Make
    words: tuple[str, ...] = ()


def bytes_of(change: Callable[[bytes], bytes]) -> Make:
    """A file of other bytes."""

    def make(handed_in: HandedIn, target: Path) -> Path:
        target.write_bytes(change(handed_in.right.read_bytes()))
        return target

    return make


def saying(graded: bool = False, **values: object) -> Make:  # noqa: FBT001, FBT002 (reads well)
    """A file whose manifest says something else, with hashes that are right."""

    def make(handed_in: HandedIn, target: Path) -> Path:
        file = handed_in.graded if graded else handed_in.right
        return rewritten(file, target, lambda manifest: manifest.update(values))

    return make


def of_other_image(handed_in: HandedIn, target: Path) -> Path:
    """A file of a machine that was made of another image."""

    def change(manifest: dict[str, Any]) -> None:
        other = {"recipe": "0" * 12, "layers": "a" * 64, "packages": "b" * 64}
        manifest["parts"][0]["image"].update(other)

    return rewritten(handed_in.right, target, change)


def with_journal(handed_in: HandedIn, target: Path) -> Path:
    """A file whose journal makes no sense."""
    return rewritten(handed_in.right, target, lambda _: None, b'{"event": "starting"}\n')


CASES = [
    Case("truncated", "evidence.damaged", bytes_of(lambda data: data[:-40])),
    Case("empty", "evidence.damaged", bytes_of(lambda _: b"")),
    Case("no archive", "evidence.damaged", bytes_of(lambda _: b"Dear teacher,\n" * 99)),
    Case("not there", "evidence.not-found", lambda _, target: target),
    Case("format of the future", "evidence.other-version", saying(format=2)),
    Case("no such lab", "content.lab-not-found", saying(lab="tinny")),
    Case("version of the lab", "evidence.other-lab-version", saying(lab_version="9.0.0")),
    Case("unknown fault", "evidence.unknown-fault", saying(fault="gremlins")),
    Case("journal", "evidence.journal-wrong", with_journal),
    Case("other image", "evidence.other-image", of_other_image),
    Case("practice", "evidence.practice", saying(), GRADED),
    Case("called no practice", "evidence.other-assignment", saying(mode="evaluation"), GRADED),
    Case("of another lab", "evidence.other-lab", saying(graded=True, lab="bad-checks"), GRADED),
    Case("of another learner", "evidence.other-learner", saying(graded=True), (*GRADED[:3], "ada")),
    Case("of another attempt", "evidence.other-attempt", saying(graded=True, attempt=2), GRADED),
    Case("of another seed", "evidence.other-variant", saying(graded=True, seed="7"), GRADED),
    Case("no assignment", "assignment.unreadable", saying(graded=True),
         ("--assignment", "/dev/null", "--learner", LEARNER)),
    Case("no learner", "cli.usage", saying(graded=True), GRADED[:2]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_evidence_is_told(
    breakfix: Run, environment: Environment, handed_in: HandedIn, tmp_path: Path, case: Case
) -> None:
    """What can't be used is told as JSON with its key and one sentence; nothing stays behind."""
    file = case.make(handed_in, tmp_path / "evidence.tar.zst")
    words = [word.format(assignment=handed_in.assignment) for word in case.words]
    before = leftovers(engine.connect(), environment["BREAKFIX_INSTALLATION"])

    error = error_of(breakfix("evidence", "replay", str(file), *words, "--json"))

    assert error["key"] == case.key, error
    assert "\n" not in error["text"]
    assert leftovers(engine.connect(), environment["BREAKFIX_INSTALLATION"]) == before
    assert list(Path(environment["XDG_STATE_HOME"]).rglob("scratch-*")) == []


def test_people_read_a_sentence(breakfix: Run, tmp_path: Path) -> None:
    """Without `--json` the sentence stands on standard error, alone."""
    (tmp_path / "mine.tar.zst").write_text("Dear teacher")

    told = breakfix("evidence", "show", str(tmp_path / "mine.tar.zst"))

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("The evidence mine.tar.zst is damaged")
    assert told.stderr.count("\n") == 1


def test_granted_attempt_is_accepted(breakfix: Run, handed_in: HandedIn) -> None:
    """Work for an assignment is replayed for its learner, and says whose and what it is."""
    words = [word.format(assignment=handed_in.assignment) for word in GRADED]

    done = breakfix("evidence", "replay", str(handed_in.graded), *words, "--json")

    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert (found["learner"], found["assignment"], found["attempt"]) == (LEARNER, "week-3", 1)
    assert (found["mode"], found["score"]["passed"]) == ("evaluation", True)


def test_no_attempt_is_left(breakfix: Run, handed_in: HandedIn) -> None:
    """An attempt that was used up is not given again, and nothing is started."""
    words = ("lab", "start", LAB, "--assignment", str(handed_in.assignment), "--learner", LEARNER)

    assert error_of(breakfix(*words, "--json"))["key"] == "session.no-attempts"
    assert error_of(breakfix("lab", "status", LAB, "--json"))["key"] == "session.missing"


def test_variant_of_another_assignment_is_refused(
    breakfix: Run, handed_in: HandedIn, tmp_path: Path
) -> None:
    """An assignment with a seed of its own does not take work that was made for another seed."""
    other = tmp_path / "week-3.json"
    other.write_text(to_json(replace(ASSIGNMENT, seed="another")), "utf-8")
    words = ("--assignment", str(other), "--learner", LEARNER, "--json")

    error = error_of(breakfix("evidence", "replay", str(handed_in.graded), *words))

    assert error["key"] == "evidence.other-variant"


@pytest.mark.slow
def test_ten_replays_are_equal(breakfix: Run, handed_in: HandedIn) -> None:
    """The same evidence gives the same report each time; only times differ."""
    told = [breakfix("evidence", "replay", str(handed_in.right), "--json") for _ in range(10)]

    assert {done.returncode for done in told} == {0}
    assert len({without_times(done.stdout) for done in told}) == 1


def without_times(text: str) -> str:
    """A report without how long it took."""
    found = json.loads(text)
    found.pop("seconds")
    found["report"].pop("seconds")
    return json.dumps(found, sort_keys=True)
