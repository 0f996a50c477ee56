"""Which way a learner logs in to a machine with access ssh, as the lab declares it."""

from __future__ import annotations

import ipaddress

from breakfix.model.parameter import fill
from breakfix.ports.runtime import MachineKey
from breakfix.ports.ssh import SshWay
from breakfix.screens.looking import Eyes
from breakfix.session.machines import Crew


def way_to(crew: Crew, name: str) -> SshWay:
    """The way to the machine `name`. Raises MachineError when the machine from which it begins is
    paused."""
    machines = crew.loaded.lab.machines
    machine = machines[name]
    crew.need_awake(machine.ssh_from)
    return SshWay(
        MachineKey(crew.session, machine.ssh_from),
        MachineKey(crew.session, name),
        fill(machine.ssh_to, crew.values),
        fill(machines[machine.ssh_from].hostname, crew.values),
        fill(machine.hostname, crew.values),
    )


def settle(crew: Crew, way: SshWay, eyes: Eyes) -> None:
    """Let a name mean what it means on the machine where the way begins; nobody else may look
    through its observer meanwhile."""
    if _is_address(way.address):
        return
    observer = crew.runtime.observer(way.origin)
    try:
        eyes.settle(observer)
    finally:
        observer.tools.close()
        observer.root.close()


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
