"""No engine: one clear sentence, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.conftest import Environment, Run, runner

pytestmark = pytest.mark.engine
LAB = "tiny"


@pytest.fixture
def absent(environment: Environment, tmp_path: Path) -> Run:
    """The command line, where nobody serves the engine's socket."""
    return runner(environment | {"DOCKER_HOST": f"unix://{tmp_path}/nobody"})


@pytest.fixture(scope="module")
def started(breakfix: Run) -> Iterator[Run]:
    """A session that was started when the engine was still there."""
    found = breakfix("lab", "start", LAB)
    assert found.returncode == 0, found.stderr
    yield breakfix
    breakfix("lab", "finish", LAB)


@pytest.mark.parametrize("verb", ["start", "status", "check", "hint", "reset", "finish", "shell"])
def test_absent_engine_is_told(absent: Run, verb: str) -> None:
    """Every verb says in one sentence that no engine answers, and exits with 2."""
    words = {"shell": (LAB, "pc")}.get(verb, (LAB,))

    found = absent("lab", verb, *words)

    assert found.returncode == 2
    assert found.stdout == ""
    assert found.stderr.startswith("No container engine answers")
    assert len(found.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [("lab", "list"), ("progress",), ("logbook",)])
def test_what_stands_in_files_is_told(absent: Run, words: tuple[str, ...]) -> None:
    """What needs no machine is answered as ever."""
    found = absent(*words)

    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout


@pytest.mark.parametrize("words", [("image", "list"), ("prove", LAB), ("clean", "--yes")])
def test_other_commands_tell_it_too(absent: Run, words: tuple[str, ...]) -> None:
    """Commands that are not about one session say the same sentence."""
    found = absent(*words)

    assert found.returncode == 2
    assert found.stderr.startswith("No container engine answers")


def test_doctor_tells_it_as_a_finding(absent: Run) -> None:
    """The doctor lists the missing engine with what to do, and exits with 1."""
    found = absent("doctor")

    assert found.returncode == 1
    assert "breakfix setup" in found.stdout
    assert "Traceback" not in found.stderr


def test_nothing_is_lost(started: Run, absent: Run) -> None:
    """A session that runs goes on when the engine answers again, whatever was tried meanwhile."""
    started("lab", "shell", LAB, "pc", "--", "sudo touch /root/mine")
    for verb in ("check", "reset", "finish"):
        absent("lab", verb, LAB)

    found = started("lab", "shell", LAB, "pc", "--", "sudo ls /root/mine")

    assert found.stdout.strip() == "/root/mine"
    assert started("lab", "finish", LAB).returncode == 0
