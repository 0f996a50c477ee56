"""Commands that may cost something ask first, on machines in memory."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from breakfix.cli import asking
from breakfix.errors import HintCosts
from breakfix.model.assignment import Assignment, HintPolicy
from breakfix.session.service import LocalLabService
from tests.contract.fake_labs import fake_labs
from tests.contract.fake_runtime import FakeRuntime

LAB = "tiny"
PRICED = Assignment(
    1, "helpdesk/week-3", LAB, "0.1.0", "5eed", ("note-missing",),
    hints=HintPolicy.PRICED, hint_price=2,
)  # fmt: skip


@pytest.fixture
def labs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalLabService:
    """The labs that the commands work on."""
    made = fake_labs(tmp_path, FakeRuntime())
    monkeypatch.setattr(asking, "lab_service", lambda: made)
    monkeypatch.setenv("BREAKFIX_LANGUAGE", "en")
    return made


def give(command: click.Command, *words: str, typed: str = "") -> Result:
    """Give a command, and type an answer."""
    return CliRunner().invoke(command, words, input=typed)


def test_a_hint_that_costs_asks(labs: LocalLabService) -> None:
    """The price is told and a yes is asked; with a no nothing is shown and nothing counts."""
    labs.start_assigned(PRICED, "els")
    no = give(asking.hint, LAB, typed="n\n")
    assert (no.exit_code, labs.status(LAB).hints_shown) == (0, 0)
    assert "takes points off: 2" in no.output
    assert "no points are gone" in no.output

    yes = give(asking.hint, LAB, typed="y\n")

    assert labs.status(LAB).hints_shown == 1
    assert "Hint 1 of" in yes.output


def test_a_yes_may_be_given_at_once(labs: LocalLabService) -> None:
    """With `--yes` nothing is asked."""
    labs.start_assigned(PRICED, "els")
    given = give(asking.hint, LAB, "--yes", "--json")

    assert json.loads(given.output)["number"] == 1


def test_a_program_is_never_asked(labs: LocalLabService) -> None:
    """With `--json` and no yes, the price is an error and nothing is shown."""
    labs.start_assigned(PRICED, "els")
    refused = give(asking.hint, LAB, "--json", typed="y\n")

    assert isinstance(refused.exception, HintCosts)
    assert labs.status(LAB).hints_shown == 0


def test_a_free_hint_asks_nothing(labs: LocalLabService) -> None:
    """Where hints are free, the hint simply comes."""
    labs.start_assigned(replace(PRICED, hints=HintPolicy.FREE), "els")

    assert give(asking.hint, LAB).output.startswith("Hint 1 of")


def test_ending_an_evaluation_for_nothing_asks(labs: LocalLabService) -> None:
    """When nothing was handed in, ending asks first, and a no leaves everything."""
    labs.start_assigned(PRICED, "els")
    no = give(asking.finish, LAB, typed="n\n")
    assert "attempt is used up" in no.output
    assert labs.status(LAB).attempt == 1

    give(asking.finish, LAB, "--yes")

    assert labs.runtime.sessions() == ()


def test_ending_practice_asks_nothing(labs: LocalLabService) -> None:
    """Practice may end at any time."""
    labs.start(LAB)
    done = give(asking.finish, LAB)

    assert done.exit_code == 0
    assert labs.runtime.sessions() == ()
