"""Whatever was killed, `clean` leaves nothing; another installation's lab goes on."""

from __future__ import annotations

import secrets
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakfix.machines import engine
from breakfix.machines.cleaning import leftovers
from breakfix.wiring import checkout
from tests.engine.conftest import Environment, launch, runner

pytestmark = pytest.mark.engine
LAB = "tiny"


@pytest.fixture
def environments(environment: Environment, tmp_path: Path) -> Iterator[list[Environment]]:
    """Two installations; both are cleaned at the end."""
    found = [
        environment
        | {
            "BREAKFIX_INSTALLATION": f"test{secrets.token_hex(3)}",
            "XDG_STATE_HOME": str(tmp_path / name),
        }
        for name in ("one", "other")
    ]
    yield found
    for one in found:
        runner(one)("clean", "--yes")
    # The desk wrote the notebook of the test's lab, which is no learner's.
    (checkout() / "workspace" / f"{LAB}.ipynb").unlink(missing_ok=True)


def processes_of(environment: Environment) -> list[str]:
    """The command lines of every process that belongs to an installation."""
    wanted = f"BREAKFIX_INSTALLATION={environment['BREAKFIX_INSTALLATION']}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def killed(environment: Environment, seconds: float, *words: str) -> None:
    """Let a command run for some time, and kill it as hard as can be."""
    process = launch(environment, *words)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def runs(environment: Environment, wanted: str, seconds: float = 60.0) -> str:
    """What runs of an installation once `wanted` does, after some patience."""
    end = time.monotonic() + seconds
    while wanted not in (found := " ".join(processes_of(environment))) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def gone(environment: Environment, seconds: float = 60.0) -> list[str]:
    """What still runs of an installation after some patience."""
    end = time.monotonic() + seconds
    while (found := processes_of(environment)) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def test_clean_leaves_nothing(environments: list[Environment]) -> None:
    """After kills of a check, a proof and the desk, `clean` leaves no container, snapshot or
    process, and the other installation's lab still runs and is checked."""
    mine, other = environments
    client = engine.connect()
    assert runner(other)("lab", "start", LAB).returncode == 0
    assert runner(mine)("lab", "start", LAB).returncode == 0
    killed(mine, 0.4, "lab", "check", LAB)
    killed(mine, 1.5, "prove", LAB)
    desk = launch(mine, "desk", "--port", "0", "--no-browser", LAB)
    running = runs(mine, "jupyterlab")
    desk.send_signal(signal.SIGKILL)
    desk.communicate()
    assert "entry.watcher" in running
    assert "jupyterlab" in running
    # What the killed proof left, the watcher may have removed already.
    assert leftovers(client, mine["BREAKFIX_INSTALLATION"])["containers"] >= 1

    cleaned = runner(mine)("clean", "--yes")

    assert cleaned.returncode == 0, cleaned.stderr
    assert gone(mine) == []
    assert set(leftovers(client, mine["BREAKFIX_INSTALLATION"]).values()) == {0}
    assert not (Path(mine["XDG_STATE_HOME"]) / "breakfix" / mine["BREAKFIX_INSTALLATION"]).exists()
    assert "entry.watcher" in " ".join(processes_of(other))
    assert runner(other)("lab", "check", LAB).returncode == 1
    assert runner(other)("lab", "finish", LAB).returncode == 0


def test_clean_asks(environments: list[Environment]) -> None:
    """Without an answer nothing is removed."""
    run = runner(environments[0])
    assert run("lab", "start", LAB).returncode == 0

    asked = run("clean")

    assert asked.returncode == 130
    assert run("lab", "check", LAB).returncode == 1
