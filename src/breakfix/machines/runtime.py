"""Practice machines on Docker Engine: the adapter of the `Runtime` port."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import IO, Any, cast

import docker
from docker.errors import APIError, ImageNotFound, NotFound
from docker.models.containers import Container

from breakfix.errors import BootFailed, EngineError, EngineTimeout
from breakfix.machines import labels
from breakfix.machines.capture import capture
from breakfix.machines.changes import packed, since_image
from breakfix.machines.containers import (
    ONLY_PREPARE,
    Containers,
    networks_of,
    status_of,
)
from breakfix.machines.engine import engine_errors, gone_is_gone
from breakfix.machines.executing import execute
from breakfix.machines.observers import ContainerObserver, ensure_observer, observer_of
from breakfix.machines.pausing import standing_still
from breakfix.machines.published import content, identity, unstarted
from breakfix.machines.streams import stream_of
from breakfix.machines.wire import DockerWire, Plug
from breakfix.model.evidence import ImageIdentity
from breakfix.model.topology import Cable
from breakfix.ports.runtime import AddMember, Captured, MachineKey, MachineSpec, MachineStatus
from breakfix.ports.shell import CommandResult

_AT_ONCE = 4
_PREPARE_SECONDS = 60
_WAIT = (
    "until s=$(systemctl is-system-running --wait 2>/dev/null);"
    ' [ "$s" = running ] || [ "$s" = degraded ]; do sleep 0.05; done; echo "$s"'
)


class DockerRuntime:
    """The machines of one installation; see `breakfix.ports.runtime.Runtime`."""

    def __init__(
        self, client: docker.DockerClient, installation: str, image_tag: Callable[[str], str]
    ) -> None:
        self._client = client
        self._installation = installation
        self._image_tag = image_tag
        self._containers = Containers(client, installation, image_tag)
        self._wire = DockerWire(client, installation, image_tag("wire"))

    def create(self, specs: Sequence[MachineSpec]) -> None:
        """Create machines, not yet started."""
        with engine_errors(), ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(self._containers.create, specs))

    def start(self, session: str, machines: Sequence[str], cables: Sequence[Cable]) -> None:
        """Start machines side by side and plug all their cables in one go."""
        with engine_errors(), ThreadPoolExecutor(_AT_ONCE) as pool:
            chosen = [self._containers.get(MachineKey(session, name)) for name in machines]
            list(pool.map(_start, chosen))
            try:
                self._wire.plug([_plug(container) for container in chosen], cables)
            except EngineError:
                _ended_meanwhile(chosen)
                raise

    def wait_booted(self, keys: Sequence[MachineKey], seconds: float = 60.0) -> None:
        """Wait until systemd has started everything on each machine."""
        with engine_errors(), ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(lambda key: self._wait(key, seconds), keys))

    def stop(self, session: str) -> None:
        """Shut the machines down; their disks stay."""
        with engine_errors(), ThreadPoolExecutor(_AT_ONCE) as pool:
            self._remove(pool, self._containers.listed(session, labels.ROLE_OBSERVER))
            list(
                pool.map(
                    lambda container: container.stop(timeout=5),
                    self._containers.of_session(session),
                )
            )

    def remove(self, session: str, before_generation: int | None = None) -> None:
        """Remove machines, their observers and, with the last of them, the segments."""
        with engine_errors(), ThreadPoolExecutor(_AT_ONCE) as pool:
            machines = self._containers.listed(session)
            old = [
                found
                for found in machines
                if before_generation is None
                or int(found["Labels"].get(labels.GENERATION, "0")) < before_generation
            ]
            kept = {found["Id"] for found in machines} - {found["Id"] for found in old}
            # With a machine its observer's programs end: then there is nothing left to kill there.
            self._remove(pool, old)
            observers = self._containers.listed(session, labels.ROLE_OBSERVER)
            self._remove(
                pool,
                # Also those of a machine that somebody else removed.
                [one for one in observers if one["Labels"][labels.WATCHED] not in kept],
            )
            if before_generation is None:
                networks = {net for found in old for net in networks_of(found["Labels"]).values()}
                self._wire.remove(session, sorted(networks))

    def sessions(self) -> tuple[str, ...]:
        """Every session that has machines."""
        with engine_errors():
            return self._containers.sessions()

    def list(self, session: str) -> tuple[MachineStatus, ...]:
        """Every machine of the session, the newest generation of each last."""
        with engine_errors():
            return tuple(status_of(found) for found in self._containers.of_session(session))

    def set_cable(self, session: str, cable: Cable) -> None:
        """Put one cable in the state given."""
        with engine_errors():
            self._wire.set_cable(session, cable)

    def run(
        self, key: MachineKey, script: str, environment: Mapping[str, str], seconds: float = 60.0
    ) -> CommandResult:
        """Run a script as root inside a machine."""
        with engine_errors():
            machine = self._containers.newest(key)
            command = ["timeout", str(seconds), "sh", "-ec", script]
            return execute(self._client, machine, command, environment)

    def observer_id(self, key: MachineKey) -> str:
        """The container id of the machine's observer, started when it is not there."""
        with engine_errors():
            machine = self._containers.newest(key)
            for found in self._containers.summaries(key, labels.ROLE_OBSERVER):
                if found["State"] == "running" and found["Labels"].get(labels.WATCHED) == machine:
                    return str(found["Id"])
            return ensure_observer(
                self._client,
                self._installation,
                self._containers.get(key),
                self._image_tag("observer"),
            )

    def observer(self, key: MachineKey) -> ContainerObserver:
        """The shells of the machine's observer."""
        return observer_of(self._client, self.observer_id(key))

    def snapshot(self, key: MachineKey, name: str) -> str:
        """Keep the machine's disk as a local image."""
        with engine_errors():
            container = self._containers.get(key)
            # The engine leaves /etc/hosts and /etc/resolv.conf out of every new container.
            execute(self._client, str(container.id), ["/.lab/busybox", "sh", "/.lab/keep"])
            with standing_still(container):
                self._client.api.commit(
                    str(container.id),
                    "breakfix/snapshot",
                    tag=f"{self._installation}-{name}",
                    pause=False,
                    conf={
                        "Labels": {
                            labels.INSTALLATION: self._installation,
                            labels.ROLE: labels.ROLE_SNAPSHOT,
                            # Evidence is against the published image, also after a quick start.
                            labels.CHANGED: packed(since_image(container)),
                        }
                    },
                )
        return f"breakfix/snapshot:{self._installation}-{name}"

    def find_snapshot(self, name: str) -> str | None:
        """The full name of a snapshot that exists."""
        tag = f"breakfix/snapshot:{self._installation}-{name}"
        with engine_errors():
            try:
                self._client.images.get(tag)
            except ImageNotFound:
                return None
        return tag

    def pause_greedy(self, session: str, most: int) -> tuple[str, ...]:
        """Pause every machine whose disk holds more than `most` bytes of its own; their names.

        The engine has no limit on disk here, and one machine must not fill the host.
        """
        paused = []
        wanted = labels.filters(self._installation, role=labels.ROLE_MACHINE, session=session)
        with engine_errors():
            for found in self._client.api.containers(size=True, filters=wanted):
                if found["State"] == "running" and found.get("SizeRw", 0) > most:
                    self._client.api.pause(found["Id"])
                    paused.append(str(found["Labels"][labels.MACHINE]))
        return tuple(paused)

    def unpause(self, session: str) -> tuple[str, ...]:
        """Let every paused machine of the session go on; their names."""
        with engine_errors():
            paused = [one for one in self._containers.of_session(session) if one.status == "paused"]
            for container in paused:
                container.unpause()
        return tuple(container.labels[labels.MACHINE] for container in paused)

    def changes(self, key: MachineKey) -> tuple[str, ...]:
        """Paths that differ from the machine's image."""
        with engine_errors():
            return tuple(str(change["Path"]) for change in self._containers.get(key).diff() or [])

    def prepare(self, spec: MachineSpec) -> None:
        """Create a machine and run its set-up scripts, without booting it."""
        with engine_errors():
            container = self._containers.create(replace(spec, nics={}))
            self._client.api.put_archive(str(container.id), "/", ONLY_PREPARE)
            container.start()
            if container.wait(timeout=_PREPARE_SECONDS)["StatusCode"]:
                raise BootFailed(
                    "machine.boot-failed", machine=spec.key.machine, reason=_why(container)
                )

    def capture(self, key: MachineKey, add: AddMember, most: int) -> Captured:
        """Give `add` every path that differs from the machine's published image."""
        with engine_errors():
            container = self._containers.get(key)
            image = container.labels[labels.IMAGE_ID]
            name = container.labels[labels.IMAGE]
            found = identity(self._client, name, image, self._installation)
            return Captured(found, capture(self._client, container, image, add, most))

    def identify(self, image: str) -> ImageIdentity:
        """The published image of this name that the engine has."""
        with engine_errors():
            return identity(self._client, image, self._image_tag(image), self._installation)

    @contextlib.contextmanager
    def export(self, image: str) -> Iterator[IO[bytes]]:
        """Everything in a published image, as a tar stream."""
        tag = self._image_tag(image)
        with engine_errors(), unstarted(self._client, tag, self._installation) as container:
            yield stream_of(container.export())

    def read_file(self, image: str, path: str, most: int) -> bytes | None:
        """The content of one file of a published image."""
        with engine_errors():
            return content(self._client, self._image_tag(image), path, most, self._installation)

    def container_id(self, key: MachineKey) -> str:
        """The id of a machine's container, for a terminal in it."""
        with engine_errors():
            return str(self._containers.get(key).id)

    def _remove(self, pool: ThreadPoolExecutor, found: Sequence[Mapping[str, Any]]) -> None:
        def remove(identity: str) -> None:
            with gone_is_gone():
                self._client.api.remove_container(identity, force=True, v=True)

        list(pool.map(remove, [str(one["Id"]) for one in found]))

    def _wait(self, key: MachineKey, seconds: float) -> None:
        container = self._containers.get(key)
        try:
            command = ["timeout", str(seconds), "sh", "-c", _WAIT]
            result = execute(self._client, str(container.id), command)
        except APIError as error:
            # The engine says "not running" when the gate stopped the machine.
            raise BootFailed(
                "machine.boot-failed", machine=key.machine, reason=_why(container)
            ) from error
        except EngineTimeout:
            _ended_meanwhile([container])
            raise
        if result.status:
            raise BootFailed("machine.boot-failed", machine=key.machine, reason=_why(container))


def _start(container: Container) -> None:
    container.start()
    container.reload()


def _ended_meanwhile(machines: Sequence[Container]) -> None:
    """Raise BootFailed for a machine that ended while it was being started: its wire, or an engine
    that is silent, is not the trouble, its set-up is."""
    for container in machines:
        container.reload()
        if container.status == "exited":
            name = container.labels[labels.MACHINE]
            raise BootFailed("machine.boot-failed", machine=name, reason=_why(container))


def _plug(container: Container) -> Plug:
    return Plug(
        container.labels[labels.SESSION],
        container.labels[labels.MACHINE],
        container.attrs["State"]["Pid"],
        networks_of(container.labels),
    )


def _why(container: Container) -> str:
    """What the gate wrote when a set-up script failed."""
    for name in ("/.lab/prepare.failed", "/.lab/prepare.log"):
        with contextlib.suppress(NotFound, APIError):
            chunks = cast("Iterable[bytes]", container.get_archive(name)[0])
            text = b"".join(chunks)[512:].rstrip(b"\0").decode(errors="replace")
            if text:
                return text.strip()[:500]
    container.reload()
    return f"{container.status}, exit {container.attrs['State']['ExitCode']}"
