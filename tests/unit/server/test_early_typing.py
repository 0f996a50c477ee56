"""Typing before there is a shell: whole, or not at all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

from breakfix.ports.lab_service import Terminal
from breakfix.ports.runtime import MachineKey
from tests.panel_browser import Socket
from tests.unit.server.serving import Serving
from tests.unit.server.test_terminals import address, output


def typed_early(started: Serving, pieces: list[str]) -> Any:  # noqa: ANN401 (a frame, or typing)
    """What comes of pieces that are typed before there is a shell."""
    go_on, open_terminal = threading.Event(), started.inner.open_terminal

    def slow(key: MachineKey, command: Sequence[str]) -> Terminal:
        go_on.wait(60)
        return open_terminal(key, command)

    async def typing() -> Any:  # noqa: ANN401 (as above)
        async with started.socket(address()) as terminal:
            for piece in pieces:
                await terminal.send(t="in", d=piece)
            first = await opened(terminal, go_on)
            if first["t"] == "ready":
                return await output(terminal, sum(map(len, pieces)))
        go_on.set()
        # Its shell came all the same, and waits for the page.
        async with started.socket(address()) as again:
            assert (await again.next())["t"] == "ready"
        return first

    started.inner.open_terminal = slow
    try:
        return asyncio.run(typing())
    finally:
        go_on.set()
        started.inner.open_terminal = open_terminal


async def opened(terminal: Socket, go_on: threading.Event) -> Any:  # noqa: ANN401 (JSON)
    """The first frame; the shell opens when none comes for a moment."""
    asyncio.get_running_loop().call_later(1, go_on.set)
    return await terminal.next()


def test_a_whole_command_is_typed_before_there_is_a_shell(started: Serving) -> None:
    """What is typed while a terminal opens arrives whole, in however many pieces it came."""
    pieces = [f"piece {number} " for number in range(40)]
    assert typed_early(started, pieces) == "".join(pieces).encode()


def test_too_much_typed_before_there_is_a_shell_is_told(started: Serving) -> None:
    """What does not fit until the terminal is open is not typed by half: the page is told."""
    assert typed_early(started, ["x" * 30000] * 3)["reason"] == "panel.too-much-typed"
    assert not any(shell.typed for shell in started.terminals)
