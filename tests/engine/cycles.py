"""Opening a lab, working in it and closing it, again and again."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from tests.engine.jupyter import Jupyter
from tests.panel_browser import Socket

#: The lab that each cycle starts and ends, and one that goes on, so that what is left in a machine
#: can be counted.
LAB, STEADY = "tiny", "page-gone"
_MACHINES = {LAB: "pc", STEADY: "shop"}
#: More at the same time than a cycle ever asks for: pools are as large as they get after that.
_CROWD = 8


async def begin(server: Jupyter) -> None:
    """Start the lab that goes on, and make every pool as large as it gets: by a crowd, and by going
    round once."""
    async with server.socket(f"panel/{STEADY}") as panel:
        await panel.state()
        await panel.do("start")
        async with AsyncExitStack() as stack:
            opened = [
                await stack.enter_async_context(server.socket(_terminal(STEADY, number)))
                for number in range(_CROWD)
            ]
            await asyncio.gather(*map(_worked, opened))
        await panel.do("check")
    await cycle(server, 99)


async def cycle(server: Jupyter, number: int) -> None:
    """Open a lab, work in it, and close it; and look in at the other one."""
    async with server.socket(f"panel/{LAB}") as panel:
        await panel.state()
        await panel.do("start")
        async with server.socket(_terminal(LAB, 2 * number)) as terminal:
            await _worked(terminal)
        async with server.socket(_terminal(LAB, 2 * number + 1)) as terminal:
            # A page that is closed over a command at work.
            await terminal.send(t="in", d="sleep 600\n")
            await terminal.until(lambda data: isinstance(data, bytes))
        await panel.do("check")
        await panel.do("finish")
    async with (
        server.socket(f"panel/{STEADY}") as panel,
        server.socket(_terminal(STEADY, 100 + number)) as terminal,
    ):
        await panel.state()
        await _worked(terminal)


async def end(server: Jupyter) -> None:
    """Close the lab that went on."""
    async with server.socket(f"panel/{STEADY}") as panel:
        await panel.state()
        await panel.do("finish")


def _terminal(lab: str, number: int) -> str:
    return f"terminal/{lab}/{_MACHINES[lab]}?id={number:016x}"


async def _worked(terminal: Socket) -> None:
    """Give a command and leave the shell."""
    await terminal.send(t="in", d="echo work-$((40+2)); exit\n")
    found = b""
    while not isinstance(data := await terminal.next(), dict) or data["t"] == "ready":
        found += data if isinstance(data, bytes) else b""
    assert b"work-42" in found, (found, data)
