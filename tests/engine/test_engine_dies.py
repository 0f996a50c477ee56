"""The engine dies under a command: a clear sentence, and the next command carries on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from tests.engine.conftest import Environment, Run, launch
from tests.engine.second_engine import SecondEngine

pytestmark = pytest.mark.engine
LAB = "tiny"
#: What a verb says of it; a check may also have begun, and then it could not observe.
GONE = ("went away", "No container engine answers", "not observable")


@pytest.fixture
def tidy(second: Run) -> Iterator[Run]:
    """The command line, with the session ended also where a test failed."""
    yield second
    second("lab", "finish", LAB)


def died_during(
    second_engine: SecondEngine, second_environment: Environment, verb: str, seconds: float
) -> tuple[int, str]:
    """Kill the engine in the middle of a verb, and start it again afterwards."""
    process = launch(second_environment, "lab", verb, LAB)
    time.sleep(seconds)
    second_engine.kill()
    told = "".join(process.communicate(timeout=120))
    second_engine.start()
    return process.returncode, told


def goes_on(run: Run) -> None:
    """The session answers, whatever was left of it, and can be ended."""
    if run("lab", "status", LAB).returncode == 2:
        run("lab", "start", LAB)
    found = run("lab", "check", LAB, "--json")
    assert found.returncode == 1, found.stdout + found.stderr
    assert all(line["result"] != "error" for line in json.loads(found.stdout)["lines"])
    assert run("lab", "finish", LAB).returncode == 0


@pytest.mark.parametrize("verb", ["start", "check", "reset"])
@pytest.mark.parametrize("seconds", [0.35, 0.6])
def test_next_command_carries_on(
    tidy: Run,
    second_engine: SecondEngine,
    second_environment: Environment,
    verb: str,
    seconds: float,
) -> None:
    """Wherever the engine died, the verb told it in a sentence and the next one reaches the end."""
    if verb != "start":
        assert tidy("lab", "start", LAB).returncode == 0

    status, told = died_during(second_engine, second_environment, verb, seconds)

    assert "Traceback" not in told
    # A verb that was quick enough knows of nothing.
    assert status in (0, 1) or (status == 2 and any(words in told for words in GONE)), told
    goes_on(tidy)


def test_what_the_learner_did_survives(tidy: Run, second_engine: SecondEngine) -> None:
    """Files on a machine are still there after the engine died and came back."""
    tidy("lab", "start", LAB)
    tidy("lab", "shell", LAB, "pc", "--", "sudo touch /root/mine; sync")
    second_engine.kill()
    second_engine.start()

    found = tidy("lab", "shell", LAB, "pc", "--", "sudo ls /root/mine")

    assert found.stdout.strip() == "/root/mine", found.stderr
