"""A machine that fills the disk is paused, and the learner can go on."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.conftest import Environment, Run, runner

pytestmark = pytest.mark.engine
LAB = "tiny"
MOST = 64 << 20
FILL = "sudo dd if=/dev/zero of=/root/full bs=1M count={} status=none"


@pytest.fixture
def small(environment: Environment, tmp_path: Path) -> Iterator[Run]:
    """An installation of its own whose machines may write little, with a session that runs."""
    run = runner(
        environment
        | {
            "BREAKFIX_INSTALLATION": f"test{secrets.token_hex(3)}",
            "BREAKFIX_MOST_DISK": str(MOST),
            "XDG_STATE_HOME": str(tmp_path),
        }
    )
    assert run("lab", "start", LAB).returncode == 0
    yield run
    assert run("clean", "--yes").returncode == 0


def power(run: Run) -> str:
    """What the one machine is doing."""
    machines = json.loads(run("lab", "status", LAB, "--json").stdout)["machines"]
    return str(machines[0]["power"])


def paused(run: Run, count: int) -> bool:
    """Fill the disk with MiBs, and wait until the watcher has seen it."""
    run("lab", "shell", LAB, "pc", "--", FILL.format(count))
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if power(run) == "paused":
            return True
        time.sleep(0.3)
    return False


def test_full_machine_is_paused_and_goes_on(small: Run) -> None:
    """Every verb answers at once and says why; a start gives room to clean up."""
    assert paused(small, 80)
    began = time.monotonic()
    status, check = small("lab", "status", LAB), small("lab", "check", LAB)
    shell = small("lab", "shell", LAB, "pc", "--", "true")

    assert time.monotonic() - began < 15
    assert "its disk is full" in " ".join(status.stdout.split())
    assert (check.returncode, shell.returncode) == (2, 2)
    assert "its disk is full" in " ".join(check.stdout.split())
    assert "its disk is full" in shell.stderr

    assert small("lab", "start", LAB).returncode == 0
    time.sleep(2.5)
    assert power(small) == "running"
    assert small("lab", "shell", LAB, "pc", "--", "sudo rm /root/full").returncode == 0
    assert small("lab", "check", LAB).returncode == 1


def test_filling_it_again_pauses_again(small: Run) -> None:
    """The room to clean up has an end too."""
    assert paused(small, 80)
    assert small("lab", "start", LAB).returncode == 0

    assert paused(small, 120)


@pytest.mark.parametrize("verb", ["reset", "finish"])
def test_paused_machine_can_be_left(small: Run, verb: str) -> None:
    """A reset gives a fresh machine with the usual room, and a finish removes it."""
    assert paused(small, 80)

    assert small("lab", verb, LAB).returncode == 0

    if verb == "reset":
        assert power(small) == "running"
        assert small("lab", "check", LAB).returncode == 1
