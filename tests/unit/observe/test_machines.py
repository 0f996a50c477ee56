from __future__ import annotations

from pathlib import Path

import pytest

from breakfix.errors import NotObservable
from breakfix.observe.machines import Machines, Observers, copy_name_files
from breakfix.ports.shell import CommandResult

from .conftest import FakeObserver, LocalShell, ScriptedShell


def quiet() -> FakeObserver:
    """An observer of a machine without name files."""
    fine = CommandResult(0, "", "")
    return FakeObserver(ScriptedShell({"": fine}), ScriptedShell())


def test_names_resolve_as_the_machine_sees_them(looking_shell: LocalShell, root: Path) -> None:
    """Name files are read inside the machine's root, links followed there, and written to ours."""
    (root / "etc/hosts").write_text("10.0.0.1 it's\n\n")
    (root / "run").mkdir()
    (root / "run/resolv.conf").write_text("nameserver 10.0.0.2\n")
    (root / "etc/resolv.conf").symlink_to("/run/resolv.conf")
    tools = ScriptedShell({"": CommandResult(0, "", "")})
    copy_name_files(FakeObserver(tools, looking_shell))
    assert "printf %s '10.0.0.1 it'\"'\"'s\n\n' >/etc/hosts" in tools.commands[0]
    assert "printf %s 'nameserver 10.0.0.2\n' >/etc/resolv.conf" in tools.commands[0]
    assert "rm -f /etc/gai.conf" in tools.commands[0]


def test_a_machine_that_is_off_fails_only_its_own_checks() -> None:
    """One machine that cannot be observed does not stop the round."""

    def make(container: str) -> FakeObserver:
        if container == "id-off":
            raise NotObservable("observe.machine-off", machine="server")
        return quiet()

    machines = Machines({"pc": "id-pc", "server": "id-off"}, Observers(make))
    machines.sync_names()
    assert machines["pc"].run("true").rc == 0
    assert list(machines) == ["pc", "server"]
    with pytest.raises(NotObservable):
        _ = machines["server"]
    assert "router" not in machines
    with pytest.raises(NotObservable):
        _ = machines["router"]


def test_observers_are_kept_and_renewed() -> None:
    """An observer serves many rounds, and one whose shell has gone is made anew."""
    made: list[FakeObserver] = []

    def make(_: str) -> FakeObserver:
        made.append(quiet())
        return made[-1]

    observers = Observers(make)
    assert observers.ready("id") is observers.ready("id")
    made[0].tools = ScriptedShell()
    assert observers.ready("id") is made[1]
    observers.close()
    assert observers.ready("id") is made[2]
