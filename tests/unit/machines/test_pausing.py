"""Holding a machine still, also one that is too busy at first."""

from __future__ import annotations

from typing import cast

import pytest
from docker.errors import APIError
from docker.models.containers import Container

from breakfix.machines.pausing import standing_still

BUSY = "OCI runtime pause failed: unable to freeze: unknown"


class Machine:
    """A machine that refuses to be paused a few times, with these words."""

    def __init__(self, refusals: int, words: str = BUSY, status: str = "running") -> None:
        self.refusals, self.words, self.status = refusals, words, status
        self.done: list[str] = []

    def reload(self) -> None:
        """Nothing new."""

    def pause(self) -> None:
        """Refuse, or stand still."""
        self.done.append("pause")
        if len(self.done) <= self.refusals:
            raise APIError(self.words)

    def unpause(self) -> None:
        """Go on."""
        self.done.append("unpause")


def held(machine: Machine) -> list[str]:
    """What is done to a machine that is held still once."""
    with standing_still(cast("Container", machine)):
        pass
    return machine.done


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time does not pass."""
    monkeypatch.setattr("breakfix.machines.pausing._PAUSE", 0.0)


def test_a_busy_machine_is_asked_again() -> None:
    """The kernel's "unable to freeze" is no last word."""
    assert held(Machine(2)) == ["pause", "pause", "pause", "unpause"]


@pytest.mark.parametrize("machine", [Machine(99), Machine(1, words="no such container")])
def test_what_does_not_pass_is_told(machine: Machine) -> None:
    """A machine that stays busy, or another refusal, is an error."""
    with pytest.raises(APIError):
        held(machine)


def test_a_machine_that_is_off_is_left_alone() -> None:
    """Only what runs is paused, and let go afterwards."""
    assert held(Machine(0, status="exited")) == []


def test_a_machine_that_just_went_off_is_left_alone() -> None:
    """A machine that goes off at that very moment stands still already."""
    assert held(Machine(1, words="409: Container pc is not running")) == ["pause"]
