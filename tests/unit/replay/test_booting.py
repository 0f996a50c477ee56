"""How replayed machines come up is asked of each by one shell, which nothing can keep open."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass, field

import pytest
from tests.contract.fake_runtime import FakeRuntime

from breakfix.errors import MachineError, NotObservable
from breakfix.model.replay import Boot
from breakfix.ports.runtime import MachineKey
from breakfix.ports.shell import CommandResult
from breakfix.replay.booting import Booting

OFF = NotObservable("observe.machine-off", machine="pc")
GONE = NotObservable("observe.shell-gone", reason="it ended")


@dataclass
class Saying(FakeRuntime):
    """Machines whose systemd says these words one after the other, the last one for ever; an error
    is raised in the place of an answer."""

    words: dict[str, list[str | Exception]] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    removed: threading.Event = field(default_factory=threading.Event)
    gone: NotObservable = GONE

    def observer(self, key: MachineKey) -> SayingObserver:  # type: ignore[override]
        """A new observer of one machine."""
        if self.removed.is_set() and self.gone is GONE:
            raise MachineError("machine.missing", machine=key.machine)
        if self.words[key.machine][0] is OFF:
            raise OFF
        self.opened.append(key.machine)
        shell = SayingShell(self, key.machine)
        return SayingObserver(shell, shell)

    def remove(self, session: str, before_generation: int | None = None) -> None:
        """Remember that all is gone."""
        del session, before_generation
        self.removed.set()


@dataclass(frozen=True)
class SayingShell:
    """The shell through which one of them is asked."""

    runtime: Saying
    machine: str

    def run(self, command: str, seconds: float = 10.0) -> CommandResult:
        """The next word."""
        assert "systemctl is-system-running" in command
        assert seconds > 0
        if self.runtime.removed.is_set():
            raise self.runtime.gone
        said = self.runtime.words[self.machine]
        word = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(word, Exception):
            raise word
        return CommandResult(0, f"{word}\n", "")

    def close(self) -> None:
        """Remember that it was closed."""
        self.runtime.closed.append(self.machine)


@dataclass(frozen=True)
class SayingObserver:
    """An observer of which only the tools are used."""

    tools: SayingShell
    root: SayingShell


def boots(seconds: float = 5.0, **words: list[str | Exception]) -> tuple[dict[str, Boot], Saying]:
    """How machines come up that say these words."""
    runtime = Saying(words=words)
    return Booting(runtime, "replay").wait(list(words), seconds), runtime


def test_each_machine_says_how_it_came_up() -> None:
    """Running and degraded are the words of a machine's own systemd, whatever came before."""
    found, _ = boots(pc=["", "starting", "running"], router=["offline", "degraded"])
    assert found == {"pc": Boot.RUNNING, "router": Boot.DEGRADED}


def test_one_shell_asks_for_a_whole_boot() -> None:
    """However often a machine is asked, one shell is opened, and closed afterwards."""
    _, runtime = boots(pc=["", "starting", "starting", "running"])
    assert (runtime.opened, runtime.closed) == (["pc"], ["pc"])


def test_a_machine_that_ends_is_off() -> None:
    """Where the shell goes because the machine ended, it is off; the others come up."""
    found, _ = boots(pc=["starting", GONE, OFF], router=["running"])
    assert found == {"pc": Boot.OFF, "router": Boot.RUNNING}


def test_a_shell_that_goes_is_opened_again() -> None:
    """Losing a shell says nothing about the machine."""
    found, runtime = boots(pc=["starting", GONE, "running"])
    assert found == {"pc": Boot.RUNNING}
    assert runtime.opened == runtime.closed == ["pc", "pc"]


def test_a_machine_that_never_comes_up_is_still_starting() -> None:
    """Waiting has an end."""
    began = time.monotonic()
    found, _ = boots(0.3, pc=["starting"], router=["maintenance"])
    assert found == {"pc": Boot.STARTING, "router": Boot.STARTING}
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("gone", [GONE, NotObservable("observe.timed-out")])
def test_waiting_can_be_interrupted(gone: NotObservable) -> None:
    """Whoever waits for machines that will never come up can stop it at once, also where the engine
    does not tell that they are gone; they are removed."""
    runtime = Saying(words={"pc": ["starting"], "router": ["starting"]}, gone=gone)
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    began = time.monotonic()

    def interrupted() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        Booting(runtime, "replay").wait(["pc", "router"], 60)

    try:
        with pytest.raises(KeyboardInterrupt):
            interrupted()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    assert runtime.removed.is_set()
    assert time.monotonic() - began < 30


def test_a_look_now_does_not_wait() -> None:
    """How machines are at this moment is asked once each."""
    runtime = Saying(words={"pc": ["starting", "running"], "router": [OFF]})
    found = Booting(runtime, "replay").now(["pc", "router"])
    assert found == {"pc": Boot.STARTING, "router": Boot.OFF}
