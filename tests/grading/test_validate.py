"""nbgrader's own *Validate* on a notebook as learners get it, where no engine answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from breakfix.messages import Language, say
from breakfix.model.grading import Cell
from breakfix.model.session import Mode
from tests.grading.fetched import LAB, LEARNER, NAME, Learner, Releases


@pytest.fixture(params=[Mode.EVALUATION])
def learner(request: pytest.FixtureRequest, releases: Releases, tmp_path: Path) -> Learner:
    """A learner who fetched an assignment."""
    return releases.fetch(tmp_path, request.param)


def told(key: str, **values: object) -> str:
    """The first sentence of one of our messages, as Validate shows it."""
    return say(key, Language.EN, **values).partition(".")[0]


def test_validate_fails_before_and_passes_after_handing_in(learner: Learner) -> None:
    """Before, each grade cell says to hand in first, without a traceback; after, Validate passes;
    and neither starts anything nor needs an engine."""
    before = learner.validate()
    learner.hand_in(learner.assignment)
    after = learner.validate()

    assert f"VALIDATION FAILED ON {len(Cell)} CELL(S)" in before
    assert before.count(told("assignment.nothing-handed-in", lab=LAB)) == len(Cell)
    assert "Traceback" not in before
    assert "..." not in before
    assert "Success! Your notebook passes all the tests." in after
    assert learner.sessions == []


@pytest.mark.parametrize("learner", [Mode.PRACTICE], indirect=True)
def test_validate_speaks_of_practice_too(learner: Learner) -> None:
    """In practice the cells count for nothing, and still fail until something was handed in."""
    assert told("assignment.nothing-handed-in", lab=LAB) in learner.validate()


def test_validate_refuses_what_is_not_yours(learner: Learner) -> None:
    """The work of a classmate fails, and is told to be theirs."""
    learner.hand_in(learner.assignment, "noor")
    found = learner.validate()

    file = f"evidence/{LAB}.breakfix.tar.zst"
    assert f"The file {file} is the work of noor, not of {LEARNER}." in " ".join(found.split())
    assert f"VALIDATION FAILED ON {len(Cell)} CELL(S)" in found


def test_autograde_by_running_cells_gives_nothing(learner: Learner) -> None:
    """Where somebody grades by running the cells, each of them is an error: no points."""
    learner.hand_in(learner.assignment)
    script = (
        "import breakfix\nlab = breakfix.assignment()\n"
        f"for cell in {[cell.value for cell in Cell]!r}:\n"
        "    try:\n        print(lab.graded(cell))\n"
        "    except Exception as error:\n        print('ERROR', error)\n"
    )
    done = learner.run("-c", script, NBGRADER_EXECUTION="autograde")

    lines = done.stdout.splitlines()
    assert len(lines) == len(Cell), done.stderr
    assert all(line.startswith(f"ERROR {told('assignment.never-run')}") for line in lines)


def test_every_cell_of_ours_keeps_still(learner: Learner) -> None:
    """While nbgrader validates, no code cell of the notebook ends in an error of its own."""
    learner.hand_in(learner.assignment)
    notebook = json.loads((learner.folder / f"{NAME}.ipynb").read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    source = "\n".join("".join(cell["source"]) for cell in code)
    done = learner.run("-c", source, NBGRADER_EXECUTION="validate", NBGRADER_VALIDATING="1")

    assert "breakfix.assignment()" in source
    assert done.returncode == 0, done.stderr
    assert learner.sessions == []
