"""Terminals by SSH on real machines: through their network, or a sentence that says why not."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from breakfix.machines import engine, labels
from tests.engine.conftest import Environment, Run
from tests.engine.counting import at_rest, back_to
from tests.engine.jupyter import Jupyter
from tests.panel_browser import Socket

pytestmark = pytest.mark.engine
LAB = "over-ssh"
PANEL = f"panel/{LAB}"
Root = Callable[[str, str], str]


_LISTENS = "ss -Hltn sport = :22 | grep -q ."


@dataclass(frozen=True)
class Spoiled:
    """What is done to a machine, when that is so, and what undoes it."""

    machine: str
    by: str
    mend: str = "true"
    so: str = _LISTENS


#: Whether a key of ours is still on the server.
_KEYS = "test -e /home/support/.ssh && ls -lA /home/support/.ssh || echo none"


@pytest.fixture(scope="module")
def lab(breakfix: Run) -> Iterator[str]:
    """The lab with a machine that is reached by SSH, running."""
    started = breakfix("lab", "start", LAB, "--seed", "ssh", "--json")
    assert started.returncode == 0, started.stderr
    yield LAB
    breakfix("lab", "finish", LAB)


@pytest.fixture
def root(environment: Environment, lab: str) -> Root:
    """Something done on a machine as root, from outside its network."""

    def done(machine: str, script: str) -> str:
        client = engine.connect()
        installation = environment["BREAKFIX_INSTALLATION"]
        wanted = labels.filters(
            installation, role=labels.ROLE_MACHINE, session=lab, machine=machine
        )
        (found,) = client.containers.list(filters=wanted, ignore_removed=True)
        output = found.exec_run(["sh", "-c", script]).output
        assert isinstance(output, bytes)
        return output.decode()

    return done


@pytest.fixture
def jupyter(lab: str, environment: Environment, tmp_path: Path) -> Iterator[Jupyter]:
    """A server with the panel."""
    assert lab
    server = Jupyter(tmp_path, tmp_path / "jupyter.log", environment)
    server.start()
    yield server
    server.stop()


def place(number: int) -> str:
    """A terminal on the server."""
    return f"terminal/{LAB}/server?id={number:016x}"


async def message(terminal: Socket) -> Any:  # noqa: ANN401 (JSON, or bytes)
    """What a terminal says next, however long it takes."""
    found = await asyncio.wait_for(terminal.inner.read_message(), 90)
    terminal.ended = found is None
    return json.loads(found) if isinstance(found, str) else found


async def printed(terminal: Socket, wanted: bytes) -> bytes:
    """What a terminal prints, up to and with what is wanted."""
    found = b""
    while wanted not in found:
        data = await message(terminal)
        assert isinstance(data, bytes), (data, found)
        found += data
    return found


async def ended(terminal: Socket) -> Any:  # noqa: ANN401 (JSON)
    """How a terminal ends."""
    while not isinstance(found := await message(terminal), dict) or found["t"] != "end":
        assert found is not None
    return found


async def works(jupyter: Jupyter, number: int) -> None:
    """A terminal opens, comes over the network, and is left."""
    async with jupyter.socket(place(number)) as terminal:
        assert await message(terminal) == {"t": "ready", "fresh": True}
        await terminal.send(t="size", rows=33, cols=101)
        sized = 'until [ "$(stty size)" = "33 $((100+1))" ]; do sleep 0.1; done'
        told = 'echo "é from=$SSH_CONNECTION= $(stty size)"'
        await terminal.send(t="in", d=f"{sized}; {told}; exit\n")
        found = await printed(terminal, b"33 101")
        assert b"\xc3\xa9 from=10." in found
        assert (await ended(terminal))["reason"] == "panel.shell-ended"


async def fails(jupyter: Jupyter, number: int) -> tuple[str, str]:
    """The reason and the sentence of a terminal that can't be opened."""
    async with jupyter.socket(place(number)) as terminal:
        found = await message(terminal)
        assert found["t"] == "end", found
        return found["reason"], found["text"]


def test_a_terminal_goes_through_the_network(jupyter: Jupyter, root: Root) -> None:
    """A login by SSH comes from the other machine, types, resizes, and leaves no key behind; with
    sshd stopped the next one says so, with the cable out an open one is lost and none opens, and
    mended there is a terminal again."""

    async def work() -> None:
        async with jupyter.socket(PANEL) as panel, jupyter.socket(place(1)) as kept:
            await panel.state()
            await printed(kept, b"$ ") if await message(kept) else None
            await works(jupyter, 2)
            assert root("server", _KEYS) == "none\n"
            await kept.send(t="in", d="sudo systemctl stop ssh; echo stopped-$((40+2))\n")
            await printed(kept, b"stopped-42")
            reason, text = await fails(jupyter, 3)
            assert reason == "ssh.refused"
            assert text.startswith("SSH to ")
            await kept.send(t="in", d="sudo systemctl start ssh; echo started-$((40+2))\n")
            await printed(kept, b"started-42")
            await works(jupyter, 4)
            cable = {"machine": "server", "nic": "ens3", "connected": False}
            await panel.do("cable", cable=cable)
            assert (await fails(jupyter, 5))[0] in {"ssh.no-route", "ssh.silent"}
            assert (await ended(kept))["reason"] == "panel.ssh-lost"
            await panel.do("cable", cable=cable | {"connected": True})
            await works(jupyter, 6)

    asyncio.run(work())


def until(true: str) -> str:
    """Wait, not for ever, until this holds on a machine."""
    return f'timeout 60 sh -c "until {true}; do sleep 0.1; done"'


@pytest.mark.parametrize(
    ("spoiled", "says"),
    [
        (Spoiled("server", "sleep 600 | nc -lkp 22"), "nothing answers"),
        (Spoiled("server", "yes | nc -lkp 22"), "breaks the connection off"),
        (
            Spoiled(
                "server",
                "echo PubkeyAuthentication no >/etc/ssh/sshd_config.d/no.conf; systemctl start ssh",
                "rm /etc/ssh/sshd_config.d/no.conf",
            ),
            "lets nobody log in",
        ),
        (
            Spoiled(
                "server",
                'ssh-keygen -q -t ed25519 -N "" -f /tmp/other;'
                " mkdir -p /run/sshd; /usr/sbin/sshd -D -h /tmp/other",
            ),
            "another machine answers",
        ),
        (
            Spoiled(
                "desk",
                "cp /etc/hosts /tmp/hosts; sed /files.example/d /tmp/hosts >/etc/hosts",
                "cat /tmp/hosts >/etc/hosts",
                "! grep files.example /etc/hosts",
            ),
            "find the name files.example",
        ),
    ],
)
def test_what_does_not_let_in_is_named(
    breakfix: Run, root: Root, spoiled: Spoiled, says: str
) -> None:
    """What hangs, talks rubbish, refuses the key or is another server, and a name that is not
    found, each has its sentence; mended the same command works, and tells its exit status."""
    machine = spoiled.machine
    stopped = "systemctl stop ssh;" if machine == "server" else ""
    root(machine, f"{stopped} setsid sh -c '{spoiled.by}' >/dev/null 2>&1 &")
    root(machine, until(spoiled.so))
    failed = breakfix("lab", "shell", LAB, "server", "--", "true")
    root(machine, f"pkill nc; pkill -f '[/]tmp/other'; {spoiled.mend}")
    root("server", f"systemctl stop ssh; {until(f'! {_LISTENS}')}")
    root("server", "systemctl reset-failed ssh; systemctl start ssh")
    assert (failed.returncode, says in " ".join(failed.stderr.split())) == (2, True), failed
    done = breakfix("lab", "shell", LAB, "server", "--", "echo $SSH_CONNECTION; exit 3")
    assert done.returncode == 3, done.stderr
    assert done.stdout.startswith("10.")


def test_closing_leaves_nothing(jupyter: Jupyter, environment: Environment, root: Root) -> None:
    """After terminals that were left, lost their page, or never opened, the server holds as much as
    before, and nothing of ours runs beside the machines."""
    process, installation = jupyter.process.pid, environment["BREAKFIX_INSTALLATION"]

    async def cycle(number: int) -> None:
        async with jupyter.socket(PANEL) as panel:
            await panel.state()
            await works(jupyter, number)
            root("server", "systemctl stop ssh")
            assert (await fails(jupyter, number + 1))[0] == "ssh.refused"
            root("server", "systemctl start ssh")

    asyncio.run(cycle(20))
    asyncio.run(cycle(30))
    before = at_rest(process, installation)
    numbers = (40, 50, 60)
    for number in numbers:
        asyncio.run(cycle(number))
    after = back_to(before, process, installation)
    # A worker more is made when two things come at once, and stays; a leak would be one a time.
    assert after.threads - before.threads < len(numbers)
    assert replace(after, threads=before.threads) == before
    assert "ssh -F" not in root("desk", "ps -eo args")
