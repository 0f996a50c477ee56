"""Creating and finding the containers of practice machines."""

from __future__ import annotations

import contextlib
import io
import itertools
import shlex
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import docker
from docker.models.containers import Container

from breakfix.errors import MachineError
from breakfix.machines import labels
from breakfix.machines.engine import gone_is_gone
from breakfix.machines.options import STOP_SIGNAL, cgroup_choice, machine_host_config
from breakfix.model.session import Power
from breakfix.ports.runtime import MachineKey, MachineSpec, MachineStatus

_POWER = {"running": Power.RUNNING, "paused": Power.PAUSED, "restarting": Power.BOOTING}


class Containers:
    """The machine containers of one installation."""

    def __init__(
        self, client: docker.DockerClient, installation: str, image_tag: Callable[[str], str]
    ) -> None:
        self._client = client
        self._installation = installation
        self._image_tag = image_tag

    def create(self, spec: MachineSpec) -> Container:
        """Create one machine, with the scripts of its first start inside; not yet started."""
        name = f"breakfix-{self._installation}-{spec.key.session}-{spec.key.machine}"
        # The generation is in the name, so that a reset need not wait for the old machine to go.
        name += f"-{spec.generation}"
        choice = cgroup_choice(
            self._client,
            self._installation,
            f"{spec.key.session}-{spec.key.machine}-{spec.generation}",
        )
        self._remove(name)
        made = self._client.api.create_container(
            spec.snapshot or self._image_tag(spec.image),
            command=["/.lab/busybox", "sh", "/.lab/gate", *spec.nics],
            name=name,
            hostname=spec.hostname,
            network_disabled=True,
            host_config=machine_host_config(self._client, choice, spec.memory),
            stop_signal=STOP_SIGNAL,
            environment={"container": "docker"},
            labels=self._labels(spec),
        )
        with _everything(spec) as archive:
            self._client.api.put_archive(made["Id"], "/", archive)
        return self._client.containers.get(made["Id"])

    def of_session(self, session: str, role: str = labels.ROLE_MACHINE) -> list[Container]:
        """The session's containers of one role, newest generation last."""
        found = self._client.containers.list(
            all=True,
            filters=labels.filters(self._installation, role=role, session=session),
            ignore_removed=True,
        )
        return sorted(found, key=generation_of)

    def listed(self, session: str, role: str = labels.ROLE_MACHINE) -> list[dict[str, Any]]:
        """What the engine's list says of them, in one call."""
        wanted = labels.filters(self._installation, role=role, session=session)
        found: list[dict[str, Any]] = self._client.api.containers(all=True, filters=wanted)
        return found

    def sessions(self) -> tuple[str, ...]:
        """The sessions that have machines."""
        wanted = labels.filters(self._installation, role=labels.ROLE_MACHINE)
        found = self._client.api.containers(all=True, filters=wanted)
        return tuple(sorted({str(one["Labels"][labels.SESSION]) for one in found}))

    def get(self, key: MachineKey) -> Container:
        """The newest container of one machine. Raises MachineError when there is none."""
        return self._client.containers.get(self.newest(key))

    def newest(self, key: MachineKey) -> str:
        """The id of the newest container of one machine. Raises MachineError when there is none."""
        found = self.summaries(key, labels.ROLE_MACHINE)
        if not found:
            raise MachineError("machine.missing", machine=key.machine)
        newest = max(found, key=lambda one: int(one["Labels"].get(labels.GENERATION, "0")))
        return str(newest["Id"])

    def summaries(self, key: MachineKey, role: str) -> list[dict[str, Any]]:
        """What the engine's list says of the containers of one machine: one call, where the
        client's own list asks for each container once more."""
        wanted = labels.filters(
            self._installation, role=role, session=key.session, machine=key.machine
        )
        found: list[dict[str, Any]] = self._client.api.containers(all=True, filters=wanted)
        return found

    def _remove(self, name: str) -> None:
        """Remove what a command that died left under this name."""
        with gone_is_gone():
            self._client.containers.get(name).remove(force=True, v=True)

    def _labels(self, spec: MachineSpec) -> dict[str, str]:
        nics = ",".join(f"{nic}={network}" for nic, network in spec.nics.items())
        own = labels.of_machine(self._installation, spec.key, labels.ROLE_MACHINE)
        published = self._client.images.get(self._image_tag(spec.image))
        return own | {
            labels.NICS: nics,
            labels.GENERATION: str(spec.generation),
            labels.IMAGE: spec.image,
            # The image may be built anew while the session lasts.
            labels.IMAGE_ID: str(published.id),
        }


def generation_of(container: Container) -> int:
    """Which reset of its session a container belongs to."""
    return int(container.labels.get(labels.GENERATION, "0"))


def networks_of(told: Mapping[str, str]) -> dict[str, str]:
    """Which network each interface of a machine is wired to, by the machine's labels."""
    pairs = (pair.split("=") for pair in told[labels.NICS].split(",") if pair)
    return {nic: network for nic, network in pairs}  # noqa: C416 (names the two parts)


def status_of(container: Container) -> MachineStatus:
    """A machine as the engine sees it."""
    key = MachineKey(container.labels[labels.SESSION], container.labels[labels.MACHINE])
    state: dict[str, Any] = container.attrs["State"]
    code = state.get("ExitCode", 0) if isinstance(state, dict) else 0
    since = str(state.get("StartedAt", "")) if isinstance(state, dict) else ""
    power = _POWER.get(container.status, Power.OFF)
    return MachineStatus(key, power, generation_of(container), code, since)


@contextlib.contextmanager
def _everything(spec: MachineSpec) -> Iterator[bytes | Iterable[bytes]]:
    """What goes into a new machine, in one archive: the engine starts a process for each. What is
    restored comes last, so that it stands in the place of what we prepare."""
    prepared = _prepared_files(spec)
    if spec.restore is None:
        yield prepared
        return
    # Without its mark of the end the first archive goes on as the second.
    first = prepared[: _length(prepared)]
    with spec.restore.open("rb") as archive:
        yield filter(None, itertools.chain([first], iter(lambda: archive.read(1 << 20), b"")))


def _length(archive: bytes) -> int:
    """How long an archive is without its mark of the end."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        opened.getmembers()
        return opened.offset


def _prepared_files(spec: MachineSpec) -> bytes:
    files = {
        f".lab/prepare/{number:02d}.sh": script
        for number, script in enumerate(spec.scripts, start=1)
    }
    if spec.environment:
        files[".lab/prepare/environment"] = "".join(
            f"export {name}={shlex.quote(value)}\n" for name, value in spec.environment.items()
        )
    # The engine sets the host name from outside; in the machine it is a file like any other.
    files["etc/hostname"] = f"{spec.hostname}\n"
    files["etc/hosts"] = f"127.0.0.1 localhost\n127.0.1.1 {spec.hostname}\n::1 localhost\n"
    if spec.snapshot:
        files = {}
    if spec.deleted:
        files[".lab/deleted"] = "".join(f"{path}\n" for path in spec.deleted)
    return _tar(files)


def _tar(files: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(text.encode()), 0o644
            archive.addfile(member, io.BytesIO(text.encode()))
    return target.getvalue()


#: Tells the gate to end after the set-up scripts.
ONLY_PREPARE = _tar({".lab/only-prepare": ""})
