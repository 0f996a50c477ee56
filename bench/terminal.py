"""Our terminal against JupyterLab's own (with `docker exec` in it), in one server, on one machine.

A browser is played by a client that takes output as fast as xterm.js does on an old laptop.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from tests.engine.jupyter import Jupyter
from tests.panel_browser import TOKEN, Socket
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from bench.measure import Measure
from bench.serving import server
from breakfix.ports.runtime import MachineKey
from breakfix.session.service import LocalLabService
from breakfix.wiring import runtime

LAB, MACHINE = "tiny", "pc"
SSH_LAB, SSH_MACHINE = "over-ssh", "server"
KEYS = 100
ROUNDS = 5
BYTES = 10_000_000
FLOOD_SECONDS = 4.0
#: Bytes a second that a slow browser parses.
SLOW = 2_000_000
ACK = 32 << 10


class Client(Protocol):
    """The browser's side of a terminal."""

    async def type(self, text: str) -> None:
        """Type `text`."""

    async def read(self) -> bytes:
        """What comes next, taken note of at once."""


@dataclass(eq=False)
class Ours:
    """Our terminal; what was taken is acknowledged in pieces, as the panel does."""

    socket: Socket
    taken: int = 0

    async def type(self, text: str) -> None:
        """Type `text`."""
        await self.socket.send(t="in", d=text)

    async def read(self) -> bytes:
        """What comes next."""
        data = await self.socket.next()
        if not isinstance(data, bytes):
            return b""
        self.taken += len(data)
        if self.taken >= ACK:
            await self.socket.send(t="ack", n=self.taken)
            self.taken = 0
        return data


@dataclass(eq=False)
class Theirs:
    """JupyterLab's terminal, which knows no acknowledging."""

    socket: Socket

    async def type(self, text: str) -> None:
        """Type `text`."""
        await self.socket.inner.write_message(json.dumps(["stdin", text]))

    async def read(self) -> bytes:
        """What comes next."""
        kind, *rest = await self.socket.next()
        return rest[0].encode() if kind == "stdout" else b""


#: What is measured on two terminals, ours and theirs.
Compare = Callable[[Client, Client], Awaitable[list[Measure]]]


def terminals(service: LocalLabService) -> Iterator[Measure]:
    """Echo, throughput, and Ctrl-C in a flood."""
    del service  # the server has one of its own
    with server() as made:
        yield from asyncio.run(_measured(made, LAB, MACHINE, _compared))
        yield from asyncio.run(_measured(made, SSH_LAB, SSH_MACHINE, _compared_by_ssh))


async def _measured(made: Jupyter, lab: str, machine: str, compare: Compare) -> list[Measure]:
    async with made.socket(f"panel/{lab}") as panel:
        await panel.state()
        await panel.do("start")
        try:
            async with _ours(made, lab, machine) as ours, _theirs(made, lab, machine) as theirs:
                return await compare(ours, theirs)
        finally:
            await panel.do("finish")


async def _compared_by_ssh(ours: Client, theirs: Client) -> list[Measure]:
    """Keys only: what a terminal by SSH costs is felt there."""
    echo: dict[Client, list[float]] = {ours: [], theirs: []}
    for client in (ours, theirs) * ROUNDS:
        echo[client] += await _echo(client)
    return [Measure("terminal echo (SSH)", _ms(echo[ours]), _ms(echo[theirs]), 0.7, "ms")]


async def _compared(ours: Client, theirs: Client) -> list[Measure]:
    echo: dict[Client, list[float]] = {ours: [], theirs: []}
    cat: dict[Client, list[float]] = {ours: [], theirs: []}
    await _lines(ours, f"yes 0123456789abcdef | head -c {BYTES} >/tmp/big")
    for client in (ours, theirs) * ROUNDS:
        echo[client] += await _echo(client)
        cat[client].append(await _lines(client, "cat /tmp/big"))
    stopped = [await _stopped(client) for client in (ours, theirs)]
    return [
        Measure("terminal echo (console)", _ms(echo[ours]), _ms(echo[theirs]), 0.95, "ms"),
        Measure(
            "10 MB in a terminal", statistics.median(cat[ours]), statistics.median(cat[theirs]), 0.8
        ),
        Measure("Ctrl-C in a flood, slow browser", stopped[0], None, 1.0),
        Measure("the same in JupyterLab's terminal", stopped[1], None, None),
    ]


def _ms(seconds: list[float]) -> float:
    return statistics.median(seconds) * 1000


async def _echo(client: Client) -> list[float]:
    """Seconds from a key to its echo, key by key."""
    found = []
    for number in range(KEYS):
        key = chr(ord("a") + number % 26)
        began = time.perf_counter()
        await client.type(key)
        await _until(client, key.encode())
        found.append(time.perf_counter() - began)
        await asyncio.sleep(0.01)
    await client.type("\x15")
    await _lines(client, "true")
    return found


async def _lines(client: Client, command: str) -> float:
    """Seconds until a command is ready and all of its output is there."""
    began = time.perf_counter()
    await client.type(f"{command}; echo ready-$((40+2))\n")
    await _until(client, b"ready-42")
    return time.perf_counter() - began


async def _stopped(client: Client) -> float:
    """Seconds from Ctrl-C in a flood until a slow browser shows what the next command says."""
    await client.type("yes\n")
    end = time.perf_counter() + FLOOD_SECONDS
    while time.perf_counter() < end:
        await _slowly(client)
    began = time.perf_counter()
    await client.type("\x03")
    await client.type("echo quiet-$((40+2))\n")
    tail = b""
    while b"quiet-42" not in tail:
        tail = (tail + await _slowly(client))[-100_000:]
    return time.perf_counter() - began


async def _slowly(client: Client) -> bytes:
    data = await client.read()
    await asyncio.sleep(len(data) / SLOW)
    return data


async def _until(client: Client, wanted: bytes) -> None:
    tail = b""
    while wanted not in tail:
        tail = tail[-100:] + await client.read()


@asynccontextmanager
async def _ours(made: Jupyter, lab: str, machine: str) -> AsyncIterator[Client]:
    async with made.socket(f"terminal/{lab}/{machine}?id={'b' * 16}") as socket:
        await socket.next()
        client = Ours(socket)
        await _lines(client, "true")
        yield client


@asynccontextmanager
async def _theirs(made: Jupyter, lab: str, machine: str) -> AsyncIterator[Client]:
    container = runtime().container_id(MachineKey(lab, machine))
    login = {"Authorization": f"token {TOKEN}"}
    async with AsyncExitStack() as stack:
        name = made.ask("POST", "terminals", under="api/")[1]["name"]
        address = f"ws://127.0.0.1:{made.port}/terminals/websocket/{name}"
        socket = Socket(await websocket_connect(HTTPRequest(address, headers=login)))
        stack.callback(socket.inner.close)
        socket.at_once()
        client = Theirs(socket)
        await client.type(f"exec docker exec -it -u support {container} bash -l\n")
        await asyncio.sleep(1)
        await _lines(client, "true")
        yield client
