"""A learner's session on real machines, through the command line."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.engine.conftest import Run

pytestmark = pytest.mark.engine
LAB = "tiny"


@pytest.fixture
def started(breakfix: Run) -> Iterator[Run]:
    """A session that was started, and is finished after the test."""
    found = breakfix("lab", "start", LAB, "--json")
    assert found.returncode == 0, found.stderr
    yield breakfix
    breakfix("lab", "finish", LAB)


def test_broken_machine_fails(started: Run) -> None:
    """An untouched machine does not pass, scores nothing, and its causes stay folded."""
    found = started("lab", "check", LAB, "--json")
    report = json.loads(found.stdout)

    assert found.returncode == 1
    assert report["score"]["repair"] == 0
    assert [line["check"] for line in report["lines"]][-1] == "cause"


def test_start_twice_offers_to_resume(started: Run) -> None:
    """A lab that runs is not started again, and nothing is lost."""
    found = started("lab", "start", LAB)

    assert found.returncode == 2
    assert "already runs" in found.stderr


def test_what_systemd_says_is_not_cut(started: Run) -> None:
    """In a terminal systemd's pager folds lines and ends by itself: its options chop nothing."""
    told = started("lab", "shell", LAB, "pc", "--", "echo options-$SYSTEMD_LESS").stdout
    assert "options-F" in told
    assert "S" not in told.partition("options-")[2].strip()


def test_reboot_inside_comes_back(started: Run) -> None:
    """A machine that reboots comes back by itself, with what was written on its disk."""
    started("lab", "shell", LAB, "pc", "--", "sudo touch /root/mine /run/before; sudo reboot")
    end = time.monotonic() + 120
    while time.monotonic() < end:
        time.sleep(1)
        found = started(
            "lab", "shell", LAB, "pc", "--", "sudo ls /root/mine /run/before 2>/dev/null"
        )
        if found.stdout.strip() == "/root/mine":
            return
    pytest.fail(found.stdout + found.stderr)


def test_reset_undoes_everything(started: Run) -> None:
    """A reset brings the first state back."""
    started("lab", "shell", LAB, "pc", "--", "sudo touch /root/mine")
    assert started("lab", "reset", LAB, "--json").returncode == 0

    found = started("lab", "shell", LAB, "pc", "--", "sudo ls -A /root/mine")
    assert found.returncode != 0


def test_unknown_names_are_refused(breakfix: Run) -> None:
    """An unknown lab gets the nearest names, and exit status 2."""
    found = breakfix("lab", "start", "tinny")

    assert found.returncode == 2
    assert "tiny" in found.stderr


@pytest.mark.parametrize("verb", ["start", "check", "reset"])
@pytest.mark.parametrize("seconds", [0.4, 0.8])
def test_killed_process_leaves_a_session_that_goes_on(
    breakfix: Run, environment: dict[str, str], verb: str, seconds: float
) -> None:
    """Whatever process dies at whatever moment, the next command carries on."""
    if verb != "start":
        breakfix("lab", "start", LAB)
    command = [sys.executable, "-m", "breakfix", "lab", verb, LAB]
    killed = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)  # fmt: skip
    time.sleep(seconds)
    killed.send_signal(signal.SIGKILL)
    killed.wait()

    if verb == "start" and breakfix("lab", "status", LAB).returncode == 2:
        breakfix("lab", "start", LAB)
    found = breakfix("lab", "check", LAB, "--json")
    assert found.returncode == 1, found.stderr
    assert all(line["result"] != "error" for line in json.loads(found.stdout)["lines"])
    assert breakfix("lab", "finish", LAB).returncode == 0
