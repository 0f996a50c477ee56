"""What a session asks of the engine."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from breakfix.model.evidence import ImageIdentity
from breakfix.model.session import Power
from breakfix.model.topology import Cable
from breakfix.ports.shell import CommandResult, Observer


@dataclass(frozen=True)
class MachineKey:
    """Which machine of which session."""

    session: str
    machine: str


@dataclass(frozen=True)
class MachineSpec:
    """Everything needed to create one machine.

    `image` is the published image's name (`pc`), `snapshot` the full name of a snapshot of it to
    start from; `nics` maps interface to network; `scripts` run in order before the machine boots
    for the first time, with `environment`; `memory` is in MiB; `generation` counts the resets of
    the session. For a replay `restore` is a sanitised archive that is laid over the image, and
    `deleted` are the paths that go, before anything of the machine runs.
    """

    key: MachineKey
    image: str
    hostname: str
    nics: Mapping[str, str]
    generation: int = 1
    memory: int = 512
    scripts: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    snapshot: str | None = None
    restore: Path | None = None
    deleted: Sequence[str] = ()


@dataclass(frozen=True)
class MachineStatus:
    """A machine as the engine sees it now; `since` tells one start of it from the next."""

    key: MachineKey
    power: Power
    generation: int
    exit_code: int = 0
    since: str = ""


@dataclass(frozen=True)
class Captured:
    """Which image a machine was made of, and which paths of it are gone."""

    image: ImageIdentity
    deleted: tuple[str, ...]


AddMember = Callable[[tarfile.TarInfo, IO[bytes] | None], None]


class Runtime(Protocol):
    """Practice machines on an engine. Every call has a time limit and raises EngineError."""

    def create(self, specs: Sequence[MachineSpec]) -> None:
        """Create machines, not yet started; one that exists already is made anew."""

    def start(self, session: str, machines: Sequence[str], cables: Sequence[Cable]) -> None:
        """Start machines side by side and plug their cables; `cables` holds what is not normal.
        Raises BootFailed for one that ends before it is plugged."""

    def wait_booted(self, keys: Sequence[MachineKey], seconds: float = 60.0) -> None:
        """Wait until each machine is up. Raises BootFailed."""

    def stop(self, session: str) -> None:
        """Shut the session's machines down; their disks stay."""

    def remove(self, session: str, before_generation: int | None = None) -> None:
        """Remove the session's machines, observers and wires (only older generations if given)."""

    def sessions(self) -> tuple[str, ...]:
        """Every session that has machines."""

    def list(self, session: str) -> tuple[MachineStatus, ...]:
        """Every machine of the session that exists."""

    def set_cable(self, session: str, cable: Cable) -> None:
        """Put one cable in the state given."""

    def run(
        self, key: MachineKey, script: str, environment: Mapping[str, str], seconds: float = 60.0
    ) -> CommandResult:
        """Run a script as root inside a machine (for repairs in proofs, never for checks)."""

    def observer(self, key: MachineKey) -> Observer:
        """The observer of a machine, started when it is not there yet."""

    def snapshot(self, key: MachineKey, name: str) -> str:
        """Keep the machine's disk as a local image; returns the image's full name."""

    def find_snapshot(self, name: str) -> str | None:
        """The full name of a snapshot that exists."""

    def pause_greedy(self, session: str, most: int) -> tuple[str, ...]:
        """Pause every machine whose disk holds more than `most` bytes of its own; their names."""

    def unpause(self, session: str) -> tuple[str, ...]:
        """Let every paused machine of the session go on; their names."""

    def changes(self, key: MachineKey) -> tuple[str, ...]:
        """Paths that differ from the machine's image."""

    def prepare(self, spec: MachineSpec) -> None:
        """Create a machine and run its set-up scripts, without booting it. Raises BootFailed."""

    def capture(self, key: MachineKey, add: AddMember, most: int) -> Captured:
        """Give `add` every path that differs from the machine's published image, in any order.

        Works on a machine that runs, is off or was only prepared; one that runs stands still
        meanwhile. Raises MachineError when that is more than `most` bytes, DiskFull, ImageMissing.
        """

    def identify(self, image: str) -> ImageIdentity:
        """The published image of this name that the engine has. Raises ImageMissing."""

    def export(self, image: str) -> AbstractContextManager[IO[bytes]]:
        """Everything in a published image, as a tar stream."""

    def read_file(self, image: str, path: str, most: int) -> bytes | None:
        """The content of one file of a published image; None when it is absent, no regular file,
        or larger than `most` bytes."""
