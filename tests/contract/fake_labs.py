"""The labs of this computer on machines in memory: everything real but the engine."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from breakfix.content.catalog import Catalog
from breakfix.content.digest import digest
from breakfix.content.loaded import LoadedLab
from breakfix.evidence.process import open_evidence
from breakfix.model.check import Check
from breakfix.model.outcome import Outcome
from breakfix.model.replay import ReplayReport
from breakfix.model.screen import Look, Screen, Shown, Trouble
from breakfix.observe.host import ObservedHost
from breakfix.observe.round import load_checks, run_check
from breakfix.ports.runtime import MachineKey
from breakfix.ports.shell import CommandResult, Observer
from breakfix.ports.ssh import SshWay
from breakfix.replay.expected import Expectations
from breakfix.replay.replayer import Replayer
from breakfix.replay.scratch import Scratch
from breakfix.replay.settling import Until, all_pass
from breakfix.session.service import LocalLabService
from breakfix.session.store import SessionStore
from tests.contract.fake_disk import FakeDisk
from tests.contract.fake_runtime import FakeRuntime

_READER = [sys.executable, "-m", "breakfix.entry.evidence_process"]
LABS = Path(__file__).parents[1] / "data" / "labs"


@dataclass(frozen=True)
class FakeFile:
    """A file as a check asks about it."""

    disk: FakeDisk
    path: str

    @property
    def exists(self) -> bool:
        """Whether there is a file here."""
        return self.disk.read(self.path) is not None

    is_file = exists

    @property
    def is_symlink(self) -> bool:
        """Whether it is a link."""
        return self.path in self.disk.links

    @property
    def content_string(self) -> str:
        """Its text."""
        return self.disk.read(self.path) or ""

    @property
    def size(self) -> int:
        """How long it is."""
        return len(self.content_string)


@dataclass(frozen=True)
class FakeHost:
    """A machine as a check holds it."""

    disk: FakeDisk

    def file(self, path: str) -> FakeFile:
        """A file of the machine."""
        return FakeFile(self.disk, path)


@dataclass(frozen=True)
class FakeLooker:
    """Runs a lab's own checks on machines in memory; see `breakfix.replay.checking.Looker`."""

    runtime: FakeRuntime

    def __call__(
        self,
        loaded: LoadedLab,
        checks: Sequence[Check],
        observers: Mapping[str, str],
        values: Mapping[str, str],
    ) -> Iterable[Outcome]:
        """One outcome for each check."""
        hosts = {
            name: cast("ObservedHost", FakeHost(self.runtime.machine(_key(place)).disk))
            for name, place in observers.items()
        }
        functions = load_checks(loaded.checks_file)
        return [
            run_check(check.id, functions.get(check.function), hosts, values) for check in checks
        ]


@dataclass
class FakeTerminal:
    """A shell that has run one command, or that says back what was typed."""

    answer: CommandResult
    waiting: list[bytes]
    size: tuple[int, int] = (0, 0)

    def read(self) -> bytes:
        """What the machine printed; empty when the shell has ended."""
        return self.waiting.pop(0) if self.waiting else b""

    def write(self, data: bytes) -> None:
        """Type `data`."""
        self.waiting.append(data)

    def resize(self, rows: int, columns: int) -> None:
        """Remember how large the screen is."""
        self.size = (rows, columns)

    def close(self) -> int:
        """Hang up."""
        return self.answer.status


class FakeEyes:
    """Sees files of machines in memory; nothing answers on their network."""

    def settle(self, observer: Observer) -> None:
        """There is nothing to prepare."""

    def see(self, observer: Observer, screen: Screen, at: float) -> Look:
        """What `screen` shows."""
        done = observer.root.run(f"cat {screen.file}" if screen.file else "false")
        if done.status:
            trouble = Trouble.NOT_THERE if screen.file else Trouble.REFUSED
            return Look(screen.id, at, trouble=trouble, address=screen.url)
        return Look(screen.id, at, Shown(text=done.output))


def fake_labs(folder: Path, runtime: FakeRuntime) -> LocalLabService:
    """The labs of the tests' data, with sessions in `folder`."""

    def find_observer(key: MachineKey) -> str:
        runtime.observer(key)
        return f"{key.session}/{key.machine}"

    def open_terminal(key: MachineKey, command: Sequence[str]) -> FakeTerminal:
        answer = runtime.run(key, " ".join(command), {})
        return FakeTerminal(answer, [answer.output.encode()] if answer.output else [])

    def open_ssh(way: SshWay, command: Sequence[str]) -> FakeTerminal:
        return open_terminal(way.target, command)

    scratch = Scratch(folder / "scratch")
    return LocalLabService(
        Catalog((LABS,)),
        SessionStore(folder),
        runtime,
        find_observer,
        FakeLooker(runtime),
        open_terminal,
        open_ssh,
        lambda name: f"fake/{name}:1",
        _Impatient(
            runtime,
            find_observer,
            FakeLooker(runtime),
            lambda file, into: open_evidence(file, into, _READER),
            Expectations(runtime, folder / "expected", scratch),
            lambda loaded: digest(loaded.root),
            scratch,
        ),
        FakeEyes(),
    )


class _Impatient(Replayer):
    """Machines in memory change nothing by themselves, so nobody waits whether they still will."""

    def replay(self, *given: Any, **more: Any) -> ReplayReport:  # noqa: ANN401 (as it is there)
        """Replay, with a short look."""
        return super().replay(*given, **more, until=Until(all_pass, seconds=10.0, patience=0.0))


def _key(place: str) -> MachineKey:
    session, _, machine = place.partition("/")
    return MachineKey(session, machine)
