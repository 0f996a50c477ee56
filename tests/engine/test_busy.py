"""Two commands at once on one session: one works, the other waits a little and says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.engine.conftest import Environment, Run, launch

pytestmark = pytest.mark.engine
LAB = "tiny"


@pytest.fixture
def lock(breakfix: Run, environment: Environment) -> Iterator[Path]:
    """The lock of a session that runs."""
    assert breakfix("lab", "start", LAB).returncode == 0
    yield next(Path(environment["XDG_STATE_HOME"]).rglob(f"{LAB}/lock"))
    breakfix("lab", "finish", LAB)


@pytest.mark.parametrize("verb", ["check", "reset", "start", "finish", "hint"])
def test_second_command_says_busy(breakfix: Run, lock: Path, verb: str) -> None:
    """While one command holds the session another says that it is busy, and changes nothing."""
    journal = lock.with_name("journal.jsonl")
    before = journal.read_bytes()
    with FileLock(lock):
        found = breakfix("lab", verb, LAB)

    assert found.returncode == 2
    assert found.stderr.startswith("Another command is working on the lab tiny")
    assert journal.read_bytes() == before


def test_looking_needs_no_turn(breakfix: Run, lock: Path) -> None:
    """The status is shown also while another command works."""
    with FileLock(lock):
        assert breakfix("lab", "status", LAB).returncode == 0


def test_two_at_once_lose_nothing(breakfix: Run, environment: Environment, lock: Path) -> None:
    """A reset and a check that start together both end well or say busy; the session goes on."""
    assert lock.exists()
    together = [launch(environment, "lab", verb, LAB, "--json") for verb in ("reset", "check")]
    told = [process.communicate(timeout=60) for process in together]

    for process, (words, errors) in zip(together, told, strict=True):
        assert process.returncode in (0, 1) or '"session.busy"' in words, words + errors
    found = breakfix("lab", "check", LAB, "--json")
    assert found.returncode == 1
    assert all(line["result"] == "fail" for line in json.loads(found.stdout)["lines"])
