"""Handing in at a bad moment: machines that are off, a command that is killed, a full disk."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from breakfix.machines import engine, labels
from breakfix.machines.pausing import pause
from tests.engine.conftest import Environment, Run, launch, runner
from tests.engine.handed_in import (
    FAULT,
    LAB,
    SEED,
    HandedIn,
    error_of,
    good,
    hand_in,
    learner_runs,
    repair,
)

pytestmark = pytest.mark.engine
SLOW = pytest.mark.slow


@pytest.fixture
def working(breakfix: Run, environment: Environment) -> Iterator[Environment]:
    """The variables of a learner who repaired the lab."""
    good(breakfix("lab", "start", LAB, "--fault", FAULT, "--seed", SEED))
    repair(breakfix, SEED)
    yield environment
    breakfix("lab", "finish", LAB)


def sessions(environment: Environment) -> dict[str, list[str]]:
    """The names of the sessions that have machines, each with the states of its machines."""
    wanted = labels.filters(environment["BREAKFIX_INSTALLATION"], role=labels.ROLE_MACHINE)
    found: dict[str, list[str]] = {}
    for one in engine.connect().api.containers(all=True, filters=wanted):
        found.setdefault(one["Labels"][labels.SESSION], []).append(one["State"])
    return found


def scratch(environment: Environment) -> list[Path]:
    """Scratch folders that are there now."""
    return list(Path(environment["XDG_STATE_HOME"]).rglob("scratch-*"))


def evidence(environment: Environment) -> Path:
    """What was handed in last, as the session keeps it."""
    return next(Path(environment["XDG_STATE_HOME"]).rglob(f"{LAB}/evidence.breakfix.tar.zst"))


#: A second later, for it stops the shell too.
HANG = 'setsid sh -c "sleep 1; kill -STOP -1" >/dev/null 2>&1 &'


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("poweroff", id="off"),
        pytest.param("reboot", id="rebooting"),
        pytest.param(HANG, id="hung", marks=SLOW),
    ],
)
def test_machine_that_does_not_run(working: Environment, tmp_path: Path, script: str) -> None:
    """A machine that is off comes up, one that hangs is copied as it is: the work is handed in."""
    run = runner(working)
    # The machine may be gone before the shell is.
    run("lab", "shell", LAB, "pc", "--", f"sudo {script}")
    time.sleep(1.5 if script == HANG else 0)

    handed = hand_in(run, tmp_path / "mine.tar.zst")

    assert handed["seen"]["later"]["score"]["passed"]
    assert set(sessions(working)) == {LAB}


def test_machine_that_stands_still(working: Environment, tmp_path: Path) -> None:
    """A machine that a capture left paused goes on, and the work is handed in."""
    wanted = labels.filters(working["BREAKFIX_INSTALLATION"], role=labels.ROLE_MACHINE)
    (machine,) = engine.connect().containers.list(filters=wanted, ignore_removed=True)
    assert pause(machine)

    handed = hand_in(runner(working), tmp_path / "mine.tar.zst")

    assert handed["seen"]["later"]["score"]["passed"]
    assert sessions(working) == {LAB: ["running"]}


def captures(environment: Environment) -> bool:
    """A machine of the learner stands still."""
    return "paused" in sessions(environment).get(LAB, [])


def reads(environment: Environment) -> bool:
    """Evidence is being laid out for a replay."""
    folder = Path(environment["XDG_STATE_HOME"]) / "breakfix" / environment["BREAKFIX_INSTALLATION"]
    return any((folder / "scratch").glob("scratch-*"))


def replays(environment: Environment) -> bool:
    """Machines of a replay are there."""
    return any(name.startswith("replay-") for name in sessions(environment))


def checks_replay(environment: Environment) -> bool:
    """Machines of a replay run."""
    return any(
        name.startswith("replay-") and "running" in states
        for name, states in sessions(environment).items()
    )


def kill_when(environment: Environment, moment: Callable[[Environment], bool], *words: str) -> None:
    """Start a command and kill it, as hard as can be, when a moment has come."""
    process = launch(environment, *words)
    while not moment(environment):
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize(
    "moment",
    [captures, *(pytest.param(one, marks=SLOW) for one in (reads, replays)), checks_replay],
)
def test_killed_hand_in(
    working: Environment, tmp_path: Path, moment: Callable[[Environment], bool]
) -> None:
    """The last good hand-in stays, the next command works, and nothing is left in the end."""
    run, target = runner(working), tmp_path / "mine.tar.zst"
    hand_in(run, target)
    kept, before = evidence(working).read_bytes(), target.read_bytes()
    learner_runs(run, "rm /srv/nota.txt")
    words = ("lab", "hand-in", LAB, "--yes", "--json", "--output", str(target))
    kill_when(working, moment, *words)

    assert (evidence(working).read_bytes(), target.read_bytes()) == (kept, before)
    good_or_not = run("lab", "check", LAB)
    assert good_or_not.returncode == 1, good_or_not.stderr
    hand_in(run, target, 1)
    assert target.read_bytes() == evidence(working).read_bytes() != kept
    assert sessions(working) == {LAB: ["running"]}
    assert scratch(working) == []
    good(run("lab", "finish", LAB))
    assert sessions(working) == {}
    assert list(evidence(working).parent.glob("*candidate*")) == []


def test_watcher_removes_what_was_killed(working: Environment, tmp_path: Path) -> None:
    """While a session runs, machines of a replay that was killed are gone within seconds."""
    words = ("lab", "hand-in", LAB, "--yes", "--json", "--output", str(tmp_path / "mine.tar.zst"))
    kill_when(working, checks_replay, *words)
    end = time.monotonic() + 120
    while set(sessions(working)) != {LAB} or scratch(working):
        assert time.monotonic() < end, sessions(working)
        time.sleep(0.2)


@pytest.mark.parametrize(
    "moment", [*(pytest.param(one, marks=SLOW) for one in (reads, replays)), checks_replay]
)
def test_killed_replay(
    environment: Environment,
    handed_in: HandedIn,
    moment: Callable[[Environment], bool],
) -> None:
    """A teacher's replay that was killed leaves nothing that the next one does not remove."""
    words = ("evidence", "replay", str(handed_in.right), "--json")
    kill_when(environment, moment, *words)
    good(runner(environment)(*words))

    assert sessions(environment) == {}
    assert scratch(environment) == []


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A folder for state on a disk of its own, of two MiB."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "test", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, left: int) -> Path:
    """A file that takes the room of a disk, up to `left` bytes."""
    filler = folder / "filler"
    with filler.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, shutil.disk_usage(folder).free - left)
    return filler


@pytest.mark.parametrize(
    "left",
    [
        pytest.param(0, id="nothing"),
        pytest.param(300 << 10, id="some", marks=SLOW),
        pytest.param(700 << 10, id="much", marks=SLOW),
    ],
)
def test_hand_in_on_a_full_disk(
    environment: Environment, small: Path, tmp_path: Path, left: int
) -> None:
    """Work that finds no room is told as a full disk; the last hand-in stays, and room helps."""
    target = tmp_path / "mine.tar.zst"
    run = runner(environment | {"XDG_STATE_HOME": str(small), "TMPDIR": str(small)})
    good(run("lab", "start", LAB, "--fault", FAULT, "--seed", SEED))
    try:
        repair(run, SEED)
        hand_in(run, target)
        kept = evidence({"XDG_STATE_HOME": str(small)}).read_bytes()
        learner_runs(run, "head -c 400000 /dev/urandom >/srv/photo.jpg")
        filler = fill(small, left)
        words = ("lab", "hand-in", LAB, "--yes", "--json", "--output", str(target))
        error = error_of(run(*words))
        after = evidence({"XDG_STATE_HOME": str(small)}).read_bytes()
        filler.unlink()
        again = hand_in(run, target)
    finally:
        run("lab", "finish", LAB)

    assert error["key"] == "engine.disk-full"
    assert after == kept
    assert again["handed_in"]["size"] > 400000
    assert list(small.rglob("scratch-*")) == []


def test_replay_on_a_full_disk(environment: Environment, handed_in: HandedIn, small: Path) -> None:
    """A replay that finds no room is told as a full disk, and leaves no machine."""
    teacher = environment | {"XDG_STATE_HOME": str(small), "TMPDIR": str(small)}
    before = sessions(environment)
    filler = fill(small, 0)
    error = error_of(runner(teacher)("evidence", "replay", str(handed_in.right), "--json"))
    filler.unlink()

    assert error["key"] == "engine.disk-full"
    assert sessions(environment) == before
    good(runner(teacher)("evidence", "replay", str(handed_in.right), "--json"))
