"""Observers: our own containers in the namespaces of a machine, through which checks look."""

from __future__ import annotations

from dataclasses import dataclass

import docker
from docker.errors import APIError, NotFound
from docker.models.containers import Container

from breakfix.errors import NotObservable
from breakfix.machines import labels
from breakfix.machines.engine import gone_is_gone
from breakfix.machines.shells import ExecShell
from breakfix.ports.runtime import MachineKey


@dataclass(frozen=True)
class ContainerObserver:
    """Both kept shells of one observer; see `breakfix.ports.shell.Observer`."""

    tools: ExecShell
    root: ExecShell


def observer_of(client: docker.DockerClient, container: str) -> ContainerObserver:
    """The shells of the observer container with this id."""
    return ContainerObserver(
        ExecShell(client, container, ["sh"]), ExecShell(client, container, ["/lab/look", "sh"])
    )


def ensure_observer(
    client: docker.DockerClient, installation: str, machine: Container, image: str
) -> str:
    """The id of the observer of a running machine, started when it is not there.

    Raises NotObservable when the machine is not running.
    """
    if machine.status == "paused":
        # Whatever asks its programs would wait until the time is over.
        raise NotObservable("observe.machine-paused", machine=_name(machine))
    found = _find(client, installation, machine)
    if found is not None and found.status == "running":
        return str(found.id)
    if found is not None:
        # Its namespaces were those of the machine's last boot.
        with gone_is_gone():
            found.remove(force=True)
    try:
        return _start(client, installation, machine, image)
    except (APIError, NotFound) as error:
        raise NotObservable("observe.machine-off", machine=_name(machine)) from error


def _find(client: docker.DockerClient, installation: str, machine: Container) -> Container | None:
    wanted = labels.filters(
        installation,
        role=labels.ROLE_OBSERVER,
        session=machine.labels[labels.SESSION],
        machine=_name(machine),
    )
    for container in client.containers.list(all=True, filters=wanted, ignore_removed=True):
        if container.labels.get(labels.WATCHED) == str(machine.id):
            return container
    return None


def _start(client: docker.DockerClient, installation: str, machine: Container, image: str) -> str:
    # One capability more than the machine: its root can neither trace nor read the observer.
    config = client.api.create_host_config(
        network_mode=f"container:{machine.id}",
        pid_mode=f"container:{machine.id}",
        cap_add=["SYS_PTRACE", "NET_ADMIN"],
        mem_limit="256m",
    )
    key = MachineKey(machine.labels[labels.SESSION], _name(machine))
    made = client.api.create_container(
        image,
        host_config=config,
        stop_signal="SIGKILL",
        labels=labels.of_machine(installation, key, labels.ROLE_OBSERVER)
        | {labels.WATCHED: str(machine.id)},
    )
    client.api.start(made["Id"])
    return str(made["Id"])


def _name(machine: Container) -> str:
    return str(machine.labels[labels.MACHINE])
