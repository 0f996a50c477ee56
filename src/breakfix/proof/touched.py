"""What a look at the machines changes on them: nothing may be."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from breakfix.model.outcome import Outcome
from breakfix.ports.runtime import MachineKey
from breakfix.ports.shell import Observer
from breakfix.proof.bench import Bench
from breakfix.proof.stage import Found

#: What changes by itself on a machine that runs, whoever looks.
_RESTLESS = ("/var/log", "/run", "/tmp", "/var/tmp", "/var/lib/misc", "/var/lib/dhcp",  # noqa: S108 (names on a machine)
             "/var/lib/systemd", "/var/cache")  # fmt: skip
_QUIET_SECONDS, _QUIET_ROUNDS = 0.3, 10
_SPACES = 3  # a name with a line break in it takes two lines
_NETWORK = "ip -o link; ip -o address | sed 's/valid_lft.*//'; ip rule; ip route; nft list ruleset"
_UNITS = "systemctl show -p Id -p ActiveState -p InvocationID '*.service' '*.socket' '*.timer'"
#: What can be seen, each with the state that it is in.
_States = dict[str, str]


def touched(bench: Bench, once_more: Callable[[], None]) -> Found:
    """What a look changes. Machines also change by themselves: what one look seems to have changed
    must be so again after `once_more`."""
    changed, outcomes = _by_a_look(bench)
    if changed:
        once_more()
        changed &= _by_a_look(bench)[0]
    return [f"checking changed {what}" for what in sorted(changed)], outcomes


def _by_a_look(bench: Bench) -> tuple[set[str], Sequence[Outcome]]:
    with _observers(bench) as observers:
        before = _quiet(bench, observers)
        outcomes = bench.look()
        after = _states(bench, observers)
    seen = before.keys() | after.keys()
    return {what for what in seen if before.get(what) != after.get(what)}, outcomes


def _quiet(bench: Bench, observers: Mapping[str, Observer]) -> _States:
    """The states, once they stay as they are while nobody looks."""
    states = _states(bench, observers)
    for _ in range(_QUIET_ROUNDS):
        time.sleep(_QUIET_SECONDS)
        before, states = states, _states(bench, observers)
        if states == before:
            break
    return states


@contextmanager
def _observers(bench: Bench) -> Iterator[Mapping[str, Observer]]:
    """An observer for each machine, with shells of its own."""
    runtime = bench.service.runtime
    found = {
        name: runtime.observer(MachineKey(bench.session, name))
        for name in bench.loaded.lab.machines
    }
    try:
        yield found
    finally:
        for observer in found.values():
            observer.tools.close()
            observer.root.close()


def _states(bench: Bench, observers: Mapping[str, Observer]) -> _States:
    """Each machine's files that differ from its image, units that are up, and network."""
    states: _States = {}
    for name, observer in observers.items():
        changed = bench.service.runtime.changes(MachineKey(bench.session, name))
        paths = [path for path in changed if not path.startswith(_RESTLESS)]
        network = dict.fromkeys(observer.tools.run(_NETWORK).output.splitlines(), "")
        for found in (_files(observer, paths), _units(observer), network):
            states |= {f"{name}: {what}": state for what, state in found.items()}
    return states


def _files(observer: Observer, paths: list[str]) -> _States:
    """The moment at which each file was changed in any way, which nobody can set back."""
    command = shlex.join(["stat", "-c", "%z %s %n", *paths])
    told = observer.root.run(command).output.splitlines() if paths else []
    fields = [line.split(" ", 4) for line in told if line.count(" ") > _SPACES]
    return dict.fromkeys(paths, "gone") | {
        name: f"{day} {moment} {size}" for day, moment, _, size, name in fields
    }


def _units(observer: Observer) -> _States:
    """Each unit that is up, with the number of the time that it was started."""
    blocks = observer.tools.run(_UNITS).output.strip().split("\n\n")
    units = [dict(line.split("=", 1) for line in block.splitlines()) for block in blocks]
    return {
        unit["Id"]: unit["InvocationID"]
        for unit in units
        if unit.get("ActiveState") == "active" and "InvocationID" in unit
    }
