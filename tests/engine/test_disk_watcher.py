"""A machine that fills the disk is paused, and the learner can go on."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.conftest import Environment, Run, launch, runner

pytestmark = pytest.mark.engine
LAB = "tiny"
MOST = 64 << 20
FILL = "sudo dd if=/dev/zero of=/root/full bs=1M count={} status=none"


@pytest.fixture
def own(environment: Environment, tmp_path: Path) -> Environment:
    """An installation of its own whose machines may write little."""
    return environment | {
        "BREAKFIX_INSTALLATION": f"test{secrets.token_hex(3)}",
        "BREAKFIX_MOST_DISK": str(MOST),
        "XDG_STATE_HOME": str(tmp_path),
    }


@pytest.fixture
def small(own: Environment) -> Iterator[Run]:
    """Its command line, with a session that runs."""
    run = runner(own)
    assert run("lab", "start", LAB).returncode == 0
    yield run
    assert run("clean", "--yes").returncode == 0


def power(run: Run) -> str:
    """What the one machine is doing."""
    machines = json.loads(run("lab", "status", LAB, "--json").stdout)["machines"]
    return str(machines[0]["power"])


def paused(own: Environment, count: int) -> bool:
    """Fill the disk with MiBs, and wait until the watcher has seen it."""
    # The machine may be paused before the command in it ends.
    filling = launch(own, "lab", "shell", LAB, "pc", "--", FILL.format(count))
    end = time.monotonic() + 60
    while (found := power(runner(own))) != "paused" and time.monotonic() < end:
        time.sleep(0.3)
    filling.kill()
    filling.communicate()
    return found == "paused"


def test_full_machine_is_paused_and_goes_on(own: Environment, small: Run) -> None:
    """Every verb answers and says why; a start gives room to clean up."""
    assert paused(own, 80)
    status, check = small("lab", "status", LAB), small("lab", "check", LAB)
    shell = small("lab", "shell", LAB, "pc", "--", "true")

    assert "its disk is full" in " ".join(status.stdout.split())
    assert (check.returncode, shell.returncode) == (2, 2)
    assert "its disk is full" in " ".join(check.stdout.split())
    assert "its disk is full" in shell.stderr

    assert small("lab", "start", LAB).returncode == 0
    time.sleep(2.5)
    assert power(small) == "running"
    assert small("lab", "shell", LAB, "pc", "--", "sudo rm /root/full").returncode == 0
    assert small("lab", "check", LAB).returncode == 1


def test_filling_it_again_pauses_again(own: Environment, small: Run) -> None:
    """The room to clean up has an end too."""
    assert paused(own, 80)
    assert small("lab", "start", LAB).returncode == 0

    assert paused(own, 120)


@pytest.mark.parametrize("verb", ["reset", "finish"])
def test_paused_machine_can_be_left(own: Environment, small: Run, verb: str) -> None:
    """A reset gives a fresh machine with the usual room, and a finish removes it."""
    assert paused(own, 80)

    assert small("lab", verb, LAB).returncode == 0

    if verb == "reset":
        assert power(small) == "running"
        assert small("lab", "check", LAB).returncode == 1
