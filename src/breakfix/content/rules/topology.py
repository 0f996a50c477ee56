"""Machines, networks, cables and hand-overs that name each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from breakfix.content.draft import Draft
from breakfix.content.rules.faults import known_results
from breakfix.content.rules.rule import Finding, rule
from breakfix.model.topology import Access, Cable

_ALL = 100  # per cent
#: An address or a name, in which parameters may stand; never what looks like an option.
_ADDRESS = re.compile(r"[\w${}][\w.:${}-]*")


@rule("L012")
def scripts_of_machines(draft: Draft) -> Iterator[Finding]:
    """Each script is named after a machine of the lab."""
    for path, machine, _ in draft.scripts():
        if draft.lab.value and machine not in draft.lab.value.machines:
            yield path, 1, {"machine": machine}


@rule("L050")
def nics_on_networks(draft: Draft) -> Iterator[Finding]:
    """Each network interface is on a network of the lab."""
    lab = draft.lab.value
    for name, machine in lab.machines.items() if lab else ():
        for nic, network in machine.nics.items():
            if lab and network not in lab.networks:
                line = draft.lab.line("machines", name, "nics", nic)
                yield draft.lab.path, line, {"nic": nic, "network": network}


@rule("L051")
def cables_of_machines(draft: Draft) -> Iterator[Finding]:
    """Each cable of a wire.toml is in an interface of a machine of the lab."""
    for _, source in draft.actions():
        if source.wire is not None and draft.lab.value:
            for number, cable in enumerate(source.action.cables):
                machine = draft.lab.value.machines.get(cable.machine)
                if machine is None or cable.nic not in machine.nics:
                    values = {"machine": cable.machine, "nic": cable.nic}
                    yield source.wire.path, source.wire.line("cable", number), values


@rule("L058")
def ssh_has_a_way(draft: Draft) -> Iterator[Finding]:
    """A machine with access `ssh`, and no other, has `ssh_from` and `ssh_to`."""
    for name, machine in draft.lab.value.machines.items() if draft.lab.value else ():
        wanted = machine.access is Access.SSH
        if (bool(machine.ssh_from), bool(machine.ssh_to)) != (wanted, wanted):
            yield draft.lab.path, draft.lab.line("machines", name), {"machine": name}


@rule("L059")
def ssh_begins_at_a_console(draft: Draft) -> Iterator[Finding]:
    """`ssh_from` is a machine of the lab with access `console`, so that there is a way in when SSH
    is broken; `ssh_to` is an address or a name."""
    machines = draft.lab.value.machines if draft.lab.value else {}
    for name, machine in machines.items():
        origin = machines.get(machine.ssh_from)
        for key, good in (
            ("ssh_from", origin is not None and origin.access is Access.CONSOLE),
            ("ssh_to", _ADDRESS.fullmatch(machine.ssh_to)),
        ):
            if getattr(machine, key) and not good:
                line = draft.lab.line("machines", name, key)
                yield draft.lab.path, line, {"machine": name, "key": key}


@rule("L052")
def cables_make_sense(draft: Draft) -> Iterator[Finding]:
    """A cable's delay and rate are not below zero, and its loss lies in 0 to 100."""
    for _, source in draft.actions():
        for number, cable in enumerate(source.action.cables):
            if source.wire is not None and not _sensible(cable):
                values = {"machine": cable.machine, "nic": cable.nic}
                yield source.wire.path, source.wire.line("cable", number), values


@rule("L053")
def handover_in_form(draft: Draft) -> Iterator[Finding]:
    """A handover.toml names a place, tests and results of student/diagnosis.toml."""
    form = draft.form.value
    places = {place.id for place in form.places} if form else set()
    for _, source in draft.actions():
        handover = source.action.handover
        if form is None or handover is None or source.handover is None:
            continue
        if handover.place not in places:
            yield source.handover.path, source.handover.line("place"), {"id": handover.place}
        for test, result in handover.tests.items():
            if (test, result) not in known_results(draft):
                line = source.handover.line("tests", test)
                yield source.handover.path, line, {"id": f"{test} = {result}"}


def _sensible(cable: Cable) -> bool:
    return cable.delay >= 0 and cable.rate >= 0 and 0 <= cable.loss <= _ALL
