"""The prover on real machines: a good lab is green."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.engine.conftest import LABS, Run

pytestmark = pytest.mark.engine


def test_good_lab_is_green(breakfix: Run) -> None:
    """A small sound lab passes every stage, and its summary counts them."""
    found = breakfix("prove", "tiny", "--json")
    report = json.loads(found.stdout)

    red = [stage for stage in report["stages"] if stage["trouble"]]
    assert red == []
    assert report["summary"]["faults"] == 1
    assert report["summary"]["rejected"] == 2


def test_a_green_lab_is_locked_until_it_changes(
    breakfix: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    """Only `--lock` writes the lock; a change in the lab makes it unproven for learners again."""
    lab, lock = tmp_path / "m021-network" / "tiny", tmp_path / "proven.lock"
    shutil.copytree(LABS / "m021-network" / "tiny", lab)
    learner = {"BREAKFIX_LABS": str(tmp_path), "BREAKFIX_AUTHOR": "0"}
    environment |= learner
    try:
        refused = breakfix("lab", "start", "tiny")
        assert "not proven" in refused.stderr
        assert breakfix("prove", "tiny", "--fault", "note-missing", "--lock").returncode == 2
        assert not lock.exists()

        proof = json.loads(breakfix("prove", "tiny", "--lock", "--json").stdout)
        assert (proof["locked"], list(tomllib.loads(lock.read_text()))) == (["tiny"], ["tiny"])
        assert breakfix("lab", "start", "tiny").returncode == 0
        assert breakfix("lab", "finish", "tiny").returncode == 0

        with (lab / "staff" / "checks.py").open("a") as stream:
            stream.write("# A change.\n")
        shown = json.loads(breakfix("lab", "list", "--all", "--json").stdout)
        assert [one["proven"] for one in shown if one["slug"] == "tiny"] == [False]
        assert breakfix("lab", "start", "tiny").returncode == 2
    finally:
        environment["BREAKFIX_LABS"] = str(LABS)
        del environment["BREAKFIX_AUTHOR"]


def test_a_lab_that_cannot_be_read_is_red_at_lint(breakfix: Run) -> None:
    """What lint says of it stands among the stages, like that of any other lab."""
    found = breakfix("prove", "five-mistakes", "--json")

    report = json.loads(found.stdout)
    assert (found.returncode, found.stderr) == (1, "")
    assert [(one["stage"], one["way"]) for one in report["stages"]] == [("lint", "")]
    assert report["summary"]["failed"] == 1


def test_an_unknown_fault_is_told(breakfix: Run) -> None:
    """Nothing is tried on machines for a fault that the lab has not; those it has are named."""
    found = breakfix("prove", "tiny", "--fault", "note-lost")

    assert found.returncode == 2
    assert "note-missing" in found.stderr
