"""A terminal by SSH in the panel: a sentence when it can't connect, and when it is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from breakfix.errors import MachineError
from breakfix.ports.lab_service import Terminal
from breakfix.ports.ssh import SshWay
from tests.unit.server.serving import LoudTerminal, Serving

LAB = "over-ssh"
ADDRESS = f"terminal/{LAB}/server?id={'e' * 16}"


@pytest.fixture
def over_ssh(served: Serving) -> Iterator[Serving]:
    """A lab that runs, of which one machine is reached by SSH."""
    before = served.inner.open_ssh

    def open_ssh(way: SshWay, _command: Sequence[str]) -> Terminal:
        assert (way.origin.machine, way.target.machine) == ("desk", "server")
        assert (way.address, way.origin_name) == ("files.example", "desk")
        served.terminals.append(LoudTerminal(status=-1))
        return served.terminals[-1]

    served.inner.open_ssh = open_ssh
    served.inner.start(LAB)
    yield served
    served.inner.finish(LAB)
    served.inner.open_ssh = before


async def ended(served: Serving) -> Any:  # noqa: ANN401 (JSON)
    """How a terminal ends whose connection is lost."""
    async with served.socket(ADDRESS) as terminal:
        assert await terminal.next() == {"t": "ready", "fresh": True}
        served.terminals[-1].said.put(b"")
        return await terminal.next()


def test_a_lost_connection_is_told(over_ssh: Serving) -> None:
    """When the connection is lost while its machine is up, the terminal says that."""
    end = asyncio.run(ended(over_ssh))
    assert (end["t"], end["reason"]) == ("end", "panel.ssh-lost")
    assert end["text"].startswith("The SSH connection to server was lost.")


def test_what_can_not_connect_says_why(over_ssh: Serving) -> None:
    """The sentence of a login that fails comes in the place of the terminal, and the next attempt
    is a new one."""
    works = over_ssh.inner.open_ssh

    def fails(way: SshWay, _command: Sequence[str]) -> Terminal:
        raise MachineError("ssh.silent", machine="notes", origin="desk", address=way.address)

    async def opened() -> Any:  # noqa: ANN401 (JSON)
        async with over_ssh.socket(ADDRESS) as terminal:
            return await terminal.next()

    over_ssh.inner.open_ssh = fails
    end = asyncio.run(opened())
    assert end["reason"] == "ssh.silent"
    assert end["text"].startswith("SSH to notes does not work: nothing answers at files.example.")
    over_ssh.inner.open_ssh = works
    assert asyncio.run(opened()) == {"t": "ready", "fresh": True}
