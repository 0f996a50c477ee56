"""Bringing the machines of a session to where its record wants them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace

from breakfix.content.loaded import LoadedLab
from breakfix.errors import MachineError
from breakfix.evidence.record import Record
from breakfix.model.parameter import draw_all
from breakfix.model.session import Power
from breakfix.ports.runtime import MachineKey, MachineSpec, MachineStatus, Runtime
from breakfix.replay.specs import broken_machine

Tell = Callable[[str, int, int], None]


def content_digest(loaded: LoadedLab, images: Sequence[str]) -> str:
    """What a snapshot stands on: the lab's content and the images of its machines."""
    return "\0".join([loaded.digest, *images])


@dataclass(frozen=True)
class Crew:
    """The machines of one session: what they are, and the steps that need all of them."""

    loaded: LoadedLab
    runtime: Runtime
    record: Record
    content: str

    @property
    def session(self) -> str:
        """The name under which the engine knows this session's machines."""
        return self.record.slug

    @property
    def values(self) -> Mapping[str, str]:
        """The parameters of this session's seed."""
        return draw_all(self.loaded.lab.parameters, self.record.seed)

    @property
    def keys(self) -> list[MachineKey]:
        """Every machine of the lab."""
        return [MachineKey(self.session, name) for name in self.loaded.lab.machines]

    def build(self, tell: Tell) -> None:
        """Make this generation's machines, boot and keep them; older ones go meanwhile."""
        steps = 4
        tell("create", 0, steps)
        specs = [self._spec(name) for name in self.loaded.lab.machines]
        self.runtime.create(specs)
        tell("boot", 1, steps)
        with ThreadPoolExecutor() as pool:
            # Machines boot mostly by waiting; meanwhile the old ones go.
            tidy = pool.submit(self.runtime.remove, self.session, self.record.generation)
            self.boot(list(self.loaded.lab.machines))
            tell("snapshot", 2, steps)
            list(pool.map(self._keep, [spec for spec in specs if spec.snapshot is None]))
            tell("tidy", 3, steps)
            tidy.result()
        tell("ready", steps, steps)

    def boot(self, names: list[str]) -> None:
        """Start machines, plug their cables and wait until they are up."""
        self.runtime.start(self.session, names, list(self.record.cables.values()))
        self.runtime.wait_booted([MachineKey(self.session, name) for name in names])

    def _boot_again(self, names: list[str], tell: Tell) -> None:
        """The same, telling how many are up."""
        tell("resume", 0, len(names))
        self.runtime.start(self.session, names, list(self.record.cables.values()))
        with ThreadPoolExecutor(len(names)) as pool:
            keys = [[MachineKey(self.session, name)] for name in names]
            booted = [pool.submit(self.runtime.wait_booted, key) for key in keys]
            for done, one in enumerate(as_completed(booted), 1):
                one.result()
                tell("resume", done, len(names))

    def statuses(self) -> dict[str, MachineStatus]:
        """This generation's machines that exist, by name."""
        found = self.runtime.list(self.session)
        return {
            status.key.machine: status
            for status in found
            if status.generation == self.record.generation
        }

    def complete(self) -> bool:
        """Whether every machine of this generation exists."""
        return set(self.statuses()) == set(self.loaded.lab.machines)

    def revive(self, tell: Tell = lambda _kind, _done, _total: None) -> bool:
        """Boot the machines that are off, and let go on what stands still for no reason; true when
        any was off."""
        statuses = self.statuses().values()
        if not self.record.full and any(one.power is Power.PAUSED for one in statuses):
            # A process that died while it captured left them so.
            self.runtime.unpause(self.session)
        off = [name for name, status in self.statuses().items() if status.power is Power.OFF]
        if off:
            self._boot_again(sorted(off), tell)
        return bool(off)

    def need_awake(self, name: str) -> None:
        """Raise MachineError when a machine is paused: nothing in it would answer."""
        status = self.statuses().get(name)
        if status is not None and status.power is Power.PAUSED:
            raise MachineError("machine.paused", machine=name, lab=self.loaded.slug)

    def awake(self, name: str) -> bool:
        """Whether a machine is on and would answer."""
        status = self.statuses().get(name)
        return status is not None and status.power is Power.RUNNING

    def _spec(self, name: str) -> MachineSpec:
        fresh = broken_machine(
            self.loaded,
            MachineKey(self.session, name),
            self.record.fault,
            self.values,
            self.record.generation,
        )
        kept = self.runtime.find_snapshot(self._snapshot(name))
        return replace(fresh, snapshot=kept, scripts=(), environment={}) if kept else fresh

    def _keep(self, spec: MachineSpec) -> None:
        self.runtime.snapshot(spec.key, self._snapshot(spec.key.machine))

    def _snapshot(self, name: str) -> str:
        """A snapshot holds one machine of one lab's content, with one fault and one seed."""
        facts = (self.content, self.record.fault, self.record.seed, name)
        return hashlib.sha256("\0".join(facts).encode()).hexdigest()[:24]
