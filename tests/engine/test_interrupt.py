"""Ctrl-C at any moment: it is told, and the next command carries on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from breakfix.machines import engine
from breakfix.machines.cleaning import leftovers
from tests.engine.conftest import Environment, Run, interrupted, launch, loading

pytestmark = pytest.mark.engine
LAB = "tiny"
SAID = "Stopped. Nothing is lost"


@pytest.fixture
def tidy(breakfix: Run) -> Iterator[Run]:
    """The command line, with the session ended also where a test failed."""
    yield breakfix
    breakfix("lab", "finish", LAB)


def press(environment: Environment, seconds: float, *words: str) -> None:
    """Ctrl-C some time after it began to load; a command that was quicker knows of nothing."""
    process = launch(environment, *words)
    loading(process)
    time.sleep(seconds)
    ended = process.poll() is not None
    status, errors = interrupted(process)
    assert ended or status in (0, 1) or (status == 130 and errors.strip().startswith(SAID)), errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("verb", ["start", "check", "reset"])
@pytest.mark.parametrize("seconds", [0, 0.4])
def test_next_command_carries_on(
    tidy: Run, environment: Environment, verb: str, seconds: float
) -> None:
    """Whatever was interrupted at whatever moment, the next commands reach the end."""
    if verb != "start":
        assert tidy("lab", "start", LAB).returncode == 0

    press(environment, seconds, "lab", verb, LAB)

    if tidy("lab", "status", LAB).returncode == 2:
        assert tidy("lab", "start", LAB).returncode == 0
    found = tidy("lab", "check", LAB, "--json")
    assert found.returncode == 1, found.stderr
    assert all(line["result"] != "error" for line in json.loads(found.stdout)["lines"])


def test_interrupted_command_has_its_own_status(environment: Environment, tidy: Run) -> None:
    """A start that is interrupted halfway ends with 130 and the sentence."""
    process = launch(environment, "lab", "start", LAB)
    loading(process)
    time.sleep(0.3)
    status, errors = interrupted(process)

    assert status == 130
    assert errors.strip().startswith(SAID)
    assert len(errors.strip().splitlines()) == 1
    assert tidy("lab", "start", LAB).returncode == 0


@pytest.mark.usefixtures("breakfix")
@pytest.mark.parametrize("seconds", [0.2, 1.5, 4])
def test_interrupted_proof_leaves_no_machines(environment: Environment, seconds: float) -> None:
    """A proof that is interrupted ends, and removes every container that it made."""
    client, installation = engine.connect(), environment["BREAKFIX_INSTALLATION"]
    before = leftovers(client, installation)["containers"]
    process = launch(environment, "prove", LAB)
    loading(process)
    time.sleep(seconds)
    status, errors = interrupted(process)

    assert (status, errors.strip().startswith(SAID)) == (130, True), errors
    assert leftovers(client, installation)["containers"] == before
