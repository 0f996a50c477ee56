"""Practice machines in memory: the adapter of the `Runtime` port for tests without an engine."""

from __future__ import annotations

import builtins
import contextlib
import hashlib
import io
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from breakfix.errors import (
    BootFailed,
    EngineError,
    ImageMissing,
    MachineError,
    NotObservable,
)
from breakfix.model.evidence import ImageIdentity
from breakfix.model.session import Power
from breakfix.model.topology import Cable
from breakfix.ports.runtime import AddMember, Captured, MachineKey, MachineSpec, MachineStatus
from breakfix.ports.shell import CommandResult
from tests.contract.fake_disk import FakeDisk, run

_PUBLISHED = {name: {"/etc/debian_version": "12.11\n"} for name in ("pc", "router", "server")}


@dataclass
class FakeMachine:
    """One machine. `scripts` are those that still wait for the first start."""

    spec: MachineSpec
    disk: FakeDisk
    scripts: list[str]
    power: Power = Power.OFF
    exit_code: int = 0
    trouble: str = ""
    boots: int = 0
    cables: dict[str, Cable] = field(default_factory=dict)

    def run(self, script: str, environment: Mapping[str, str]) -> CommandResult:
        """Run a script, with the state of the cables where the kernel shows it."""
        seen = self.disk.copy()
        for nic in self.spec.nics:
            connected = self.cables.get(nic, Cable("", nic)).connected
            seen.files[f"/sys/class/net/{nic}/carrier"] = f"{int(connected)}\n"
        done = run(seen, script, environment)
        self.disk.files = {
            path: text for path, text in seen.files.items() if not path.startswith("/sys/")
        }
        self.disk.links = seen.links
        return done


@dataclass(frozen=True)
class FakeShell:
    """Both shells of an observer: what the machine would say, unless it is off."""

    machine: FakeMachine

    def run(self, command: str, seconds: float = 10.0) -> CommandResult:
        """Run `command`."""
        del seconds
        if self.machine.power is not Power.RUNNING:
            raise NotObservable("observe.machine-off", machine=self.machine.spec.key.machine)
        return self.machine.run(command, {})

    def close(self) -> None:
        """Nothing to close."""


@dataclass(frozen=True)
class FakeObserver:
    """Our tools and the machine's root: in memory both see the same disk."""

    tools: FakeShell
    root: FakeShell


@dataclass
class FakeRuntime:
    """Machines, snapshots, and every script that ran (`ran`), oldest first.

    `broken` is raised by the next call that makes or starts machines, and then forgotten: an engine
    that dies halfway.
    """

    machines: dict[tuple[str, str, int], FakeMachine] = field(default_factory=dict)
    snapshots: dict[str, FakeDisk] = field(default_factory=dict)
    ran: builtins.list[tuple[str, str]] = field(default_factory=list)
    broken: EngineError | None = None

    def create(self, specs: Sequence[MachineSpec]) -> None:
        """Create machines, not yet started; one that exists already is made anew."""
        self._engine()
        for spec in specs:
            place = (spec.key.session, spec.key.machine, spec.generation)
            self.machines[place] = FakeMachine(spec, self._disk(spec), [*spec.scripts])

    def start(self, session: str, machines: Sequence[str], cables: Sequence[Cable]) -> None:
        """Start machines and plug their cables."""
        self._engine()
        for name in machines:
            machine = self.machine(MachineKey(session, name))
            machine.cables = {cable.nic: cable for cable in cables if cable.machine == name}
            machine.disk.restart()
            self._boot(machine)

    def wait_booted(self, keys: Sequence[MachineKey], seconds: float = 60.0) -> None:
        """Machines boot at once, or never."""
        del seconds
        for key in keys:
            machine = self.machine(key)
            if machine.power is not Power.RUNNING:
                raise BootFailed("machine.boot-failed", machine=key.machine, reason=machine.trouble)

    def stop(self, session: str) -> None:
        """Shut the session's machines down; their disks stay."""
        for machine in self._of(session):
            machine.power = Power.OFF

    def remove(self, session: str, before_generation: int | None = None) -> None:
        """Remove the session's machines (only older generations if given)."""
        for place in [place for place in list(self.machines) if place[0] == session]:
            if before_generation is None or place[2] < before_generation:
                del self.machines[place]

    def sessions(self) -> tuple[str, ...]:
        """Every session that has machines."""
        return tuple(sorted({place[0] for place in list(self.machines)}))

    def list(self, session: str) -> tuple[MachineStatus, ...]:
        """Every machine of the session, the newest generation of each last."""
        return tuple(
            MachineStatus(
                one.spec.key, one.power, one.spec.generation, one.exit_code, f"{one.boots}"
            )
            for one in self._of(session)
        )

    def set_cable(self, session: str, cable: Cable) -> None:
        """Put one cable in the state given."""
        self.machine(MachineKey(session, cable.machine)).cables[cable.nic] = cable

    def run(
        self, key: MachineKey, script: str, environment: Mapping[str, str], seconds: float = 60.0
    ) -> CommandResult:
        """Run a script as root inside a machine."""
        del seconds
        machine = self.machine(key)
        if machine.power is not Power.RUNNING:
            raise EngineError("engine.refused", reason="the machine is not running")
        self.ran.append((key.machine, script))
        return machine.run(script, environment)

    def observer(self, key: MachineKey) -> FakeObserver:
        """The observer of a machine. Raises NotObservable when the machine is off."""
        machine = self.machine(key)
        if machine.power is not Power.RUNNING:
            raise NotObservable("observe.machine-off", machine=key.machine)
        return FakeObserver(FakeShell(machine), FakeShell(machine))

    def snapshot(self, key: MachineKey, name: str) -> str:
        """Keep the machine's disk."""
        self.snapshots[f"fake/snapshot:{name}"] = self.machine(key).disk.copy()
        return f"fake/snapshot:{name}"

    def find_snapshot(self, name: str) -> str | None:
        """The full name of a snapshot that exists."""
        full = f"fake/snapshot:{name}"
        return full if full in self.snapshots else None

    def pause_greedy(self, session: str, most: int) -> tuple[str, ...]:
        """Pause every machine whose disk holds more than `most` characters; their names."""
        greedy = [
            machine
            for machine in self._of(session)
            if machine.power is Power.RUNNING and sum(map(len, machine.disk.files.values())) > most
        ]
        for machine in greedy:
            machine.power = Power.PAUSED
        return tuple(machine.spec.key.machine for machine in greedy)

    def unpause(self, session: str) -> tuple[str, ...]:
        """Let every paused machine of the session go on; their names."""
        paused = [one for one in self._of(session) if one.power is Power.PAUSED]
        for machine in paused:
            machine.power = Power.RUNNING
        return tuple(machine.spec.key.machine for machine in paused)

    def changes(self, key: MachineKey) -> tuple[str, ...]:
        """Paths that differ from what the machine was made of."""
        machine = self.machine(key)
        return machine.disk.differences(self._disk(machine.spec))

    def prepare(self, spec: MachineSpec) -> None:
        """Create a machine and run its set-up scripts, without booting it."""
        self.create([spec])
        machine = self.machine(spec.key)
        self._boot(machine)
        self.wait_booted([spec.key])
        machine.power = Power.OFF

    def capture(self, key: MachineKey, add: AddMember, most: int) -> Captured:
        """Give `add` every path that differs from the machine's published image."""
        machine = self.machine(key)
        files, links = machine.disk.files, machine.disk.links
        different = machine.disk.differences(self._published(machine.spec.image))
        if sum(len(files.get(path, "")) for path in different) > most:
            raise MachineError("evidence.machine-too-large", most=most >> 20)
        for folder in sorted(
            {str(one) for path in different for one in PurePosixPath(path).parents}
        ):
            if folder != "/":
                info = tarfile.TarInfo(folder.lstrip("/"))
                info.type, info.mode = tarfile.DIRTYPE, 0o755
                add(info, None)
        for path in different:
            info = tarfile.TarInfo(path.lstrip("/"))
            if path in links:
                info.type, info.linkname = tarfile.SYMTYPE, links[path]
                add(info, None)
            elif path in files:
                info.size = len(files[path].encode())
                add(info, io.BytesIO(files[path].encode()))
        gone = tuple(path for path in different if path not in {*files, *links})
        return Captured(self.identify(machine.spec.image), gone)

    def identify(self, image: str) -> ImageIdentity:
        """The published image of this name. Raises ImageMissing."""
        digest = hashlib.sha256(repr(self._published(image)).encode()).hexdigest()
        return ImageIdentity(image, digest[:12], digest, digest)

    @contextlib.contextmanager
    def export(self, image: str) -> Iterator[IO[bytes]]:
        """Everything in a published image, as a tar stream."""
        target = io.BytesIO()
        with tarfile.open(fileobj=target, mode="w") as archive:
            for path, text in self._published(image).files.items():
                member = tarfile.TarInfo(path.lstrip("/"))
                member.size = len(text.encode())
                archive.addfile(member, io.BytesIO(text.encode()))
        target.seek(0)
        yield target

    def read_file(self, image: str, path: str, most: int) -> bytes | None:
        """The content of one file of a published image."""
        data = (self._published(image).read(path) or "").encode()
        return data if path in self._published(image).files and len(data) <= most else None

    def machine(self, key: MachineKey) -> FakeMachine:
        """The newest machine of this name. Raises MachineError when there is none."""
        found = [one for one in self._of(key.session) if one.spec.key == key]
        if not found:
            raise MachineError("machine.missing", machine=key.machine)
        return found[-1]

    def _of(self, session: str) -> builtins.list[FakeMachine]:
        # A copy: a server looks in one thread while a test changes machines in another.
        machines = list(self.machines.items())
        found = [machine for place, machine in machines if place[0] == session]
        return sorted(found, key=lambda machine: machine.spec.generation)

    def _boot(self, machine: FakeMachine) -> None:
        machine.boots += 1
        for script in machine.scripts:
            self.ran.append((machine.spec.key.machine, script))
            done = machine.run(script, machine.spec.environment)
            if done.status:
                machine.exit_code, machine.trouble = done.status, done.errors
                return
        machine.scripts.clear()
        machine.power = Power.RUNNING

    def _disk(self, spec: MachineSpec) -> FakeDisk:
        if spec.snapshot is not None:
            return self.snapshots[spec.snapshot].copy()
        disk = self._published(spec.image)
        for path in spec.deleted:
            disk.remove(path)
        if spec.restore is not None:
            _restore(disk, spec.restore)
        return disk

    def _published(self, image: str) -> FakeDisk:
        if image not in _PUBLISHED:
            raise ImageMissing("image.missing", image=image)
        return FakeDisk(dict(_PUBLISHED[image]))

    def _engine(self) -> None:
        broken, self.broken = self.broken, None
        if broken is not None:
            raise broken


def _restore(disk: FakeDisk, archive: Path) -> None:
    with tarfile.open(archive) as source:
        for member in source:
            content = source.extractfile(member) if member.isreg() else None
            if member.issym():
                disk.links[f"/{member.name}"] = member.linkname
            elif content is not None:
                disk.files[f"/{member.name}"] = content.read().decode()
