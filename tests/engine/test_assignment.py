"""An assignment on real machines, as a learner does it by commands."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from breakfix.codec import to_json
from breakfix.model.assignment import Assignment, HintPolicy, variant
from breakfix.model.session import Mode
from tests.engine.conftest import Environment, Run, runner
from tests.engine.handed_in import FAULT, LAB, error_of, repair

pytestmark = pytest.mark.engine
LEARNER = "els.vdb"
GIVEN = Assignment(
    1, "helpdesk/week-3", LAB, "0.1.0", "5eed", (FAULT,), 1,
    hints=HintPolicy.PRICED, hint_price=2,
)  # fmt: skip
Fetched = Callable[[Assignment], Path]


@pytest.fixture
def as_learner(breakfix: Run, environment: Environment) -> Iterator[Run]:
    """The command line of a learner whose name is a setting; the session ends after the test."""
    yield runner(environment | {"BREAKFIX_LEARNER": LEARNER})
    breakfix("lab", "finish", LAB, "--yes")


@pytest.fixture
def fetched(tmp_path: Path) -> Fetched:
    """Puts an assignment into a folder, with a notebook."""

    def fetch(assignment: Assignment) -> Path:
        folder = tmp_path / assignment.name
        folder.mkdir(exist_ok=True)
        (folder / "assignment.json").write_text(to_json(assignment), "utf-8")
        (folder / f"{assignment.name}.ipynb").write_text('{"cells": []}', "utf-8")
        return folder

    return fetch


def test_an_evaluation_from_start_to_zip(as_learner: Run, fetched: Fetched) -> None:
    """The variant is the learner's own; checks show the complaint alone, with its status; hints
    tell their price; and the zip holds what a replay for the grade finds right."""
    folder = fetched(GIVEN)
    view = json.loads(as_learner("assignment", "start", str(folder), "--json").stdout)
    broken = as_learner("lab", "check", LAB, "--json")
    asked = as_learner("lab", "hint", LAB, "--json")
    repair(as_learner, variant(GIVEN, LEARNER, 1).seed)
    repaired = as_learner("lab", "check", LAB)
    again = as_learner("assignment", "start", str(folder), "--json")

    assert (view["mode"], view["learner"], view["attempt"]) == ("evaluation", LEARNER, 1)
    report = json.loads(broken.stdout)
    assert (broken.returncode, report["score"]) == (1, None)
    assert [line["aspect"] for line in report["lines"]] == ["symptom"]
    assert error_of(asked)["key"] == "hint.costs"
    assert repaired.returncode == 0
    assert "what the customer would notice" in repaired.stdout
    assert json.loads(again.stdout)["attempt"] == 1

    evidence = folder / "evidence" / f"{LAB}.breakfix.tar.zst"
    handed = as_learner("lab", "hand-in", LAB, "--yes", "--json", "--output", str(evidence))
    assert handed.returncode == 0, handed.stderr
    assert json.loads(handed.stdout)["seen"]["later"]["score"] is None
    target = folder / "mine.zip"
    packed = as_learner("assignment", "pack", str(folder), "--output", str(target))
    assert packed.returncode == 0, packed.stderr
    with zipfile.ZipFile(target) as archive:
        taken = Path(archive.extract(f"evidence/{evidence.name}", folder / "teacher"))
    words = ("--assignment", str(folder / "assignment.json"), "--learner", LEARNER, "--json")
    graded = json.loads(as_learner("evidence", "replay", str(taken), *words).stdout)
    assert graded["score"]["passed"]
    assert {line["check"] for line in graded["lines"]} == {"note-readable", "note-kept"}
    assert (graded["assignment"], graded["history"]["hints"]) == (GIVEN.id, 0)


def test_practice_of_an_assignment(as_learner: Run, fetched: Fetched) -> None:
    """A practice assignment may be done again, with other values, and tells everything."""
    given = replace(GIVEN, id="helpdesk/try-it", mode=Mode.PRACTICE, attempts=0)
    file = str(fetched(given) / "assignment.json")
    attempts = []
    for _ in range(2):
        as_learner("lab", "finish", LAB)
        found = as_learner("lab", "start", LAB, "--assignment", file, "--json")
        attempts.append(json.loads(found.stdout)["attempt"])
    repair(as_learner, variant(given, LEARNER, 2).seed)
    report = json.loads(as_learner("lab", "check", LAB, "--json").stdout)

    assert attempts == [1, 2]
    assert report["score"]["passed"]
    assert len(report["lines"]) == 2


def test_outside_its_times_nothing_starts(as_learner: Run, fetched: Fetched) -> None:
    """An assignment that closed is refused with the time, and no machine is made."""
    folder = fetched(replace(GIVEN, closes=1_700_000_000.0))
    refused = as_learner("assignment", "start", str(folder))

    assert refused.returncode == 2
    assert "14/11/2023" in refused.stderr
    assert as_learner("lab", "status", LAB).returncode == 2
