"""The prover on deliberately defective labs: each is caught where it should be, and not before."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from breakfix.content import lint
from tests.engine.conftest import Environment, Run, runner
from tests.engine.defects import DEFECTS, STAGES, Defect, make

#: One of each kind of look at machines; all others are in the slow run.
QUICK = {
    "unknown-key", "check-reads-a-file-of-the-observer", "fault-where-evidence-does-not-look",
    "check-leaves-its-mark-once",
}  # fmt: skip


def test_each_stage_has_two_defects_of_its_own() -> None:
    """No stage of the proof is without two labs that it alone must catch first."""
    stages = Counter(defect.stage for defect in DEFECTS)

    assert set(stages) == set(STAGES)
    assert min(stages.values()) >= 2
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: str(defect.name))
def test_lint_sees_only_its_own_defects(defect: Defect, tmp_path: Path) -> None:
    """A defective lab is well-formed, unless its defect is one of form."""
    found = str(lint(make(defect, tmp_path)))

    assert bool(found) == (defect.stage == "lint")
    assert defect.stage != "lint" or defect.trouble in found


@pytest.mark.engine
@pytest.mark.parametrize(
    "defect",
    [
        pytest.param(one, id=one.name, marks=() if one.name in QUICK else pytest.mark.slow)
        for one in DEFECTS
    ],
)
@pytest.mark.usefixtures("breakfix")
def test_defect_is_caught_by_its_stage(
    defect: Defect, environment: Environment, tmp_path: Path
) -> None:
    """The stage that a defect belongs to is red and says why; those before it are green."""
    make(defect, tmp_path)
    run: Run = runner(environment | {"BREAKFIX_LABS": str(tmp_path)})
    found = run("prove", defect.name, "--fail-fast", "--jobs", "1", "--settle", "4", "--json")

    assert (found.returncode, found.stderr) == (1, "")
    stages = json.loads(found.stdout)["stages"]
    red = [stage for stage in stages if stage["trouble"]]
    assert [(one["stage"], one["way"]) for one in red] == [(defect.stage, defect.way)], red
    assert any(defect.trouble in line for line in red[0]["trouble"]), red
    assert red[0] == stages[-1]
