"""Terminals: bytes through, shells that outlive their page, bounds, and a sentence at the end."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from breakfix.errors import MachineError
from breakfix.model.session import Power
from breakfix.ports.runtime import MachineKey
from breakfix.server.credit import HIGH, LOW
from breakfix.server.shell import MOST_WAITING
from tests.panel_browser import Socket
from tests.unit.server.serving import LAB, LoudTerminal, Serving

ID = "0123456789abcdef"


def address(number: str = ID) -> str:
    """A terminal on the machine."""
    return f"terminal/{LAB}/pc?id={number}"


def on_terminal(
    served: Serving, work: Callable[[Socket, LoudTerminal], Coroutine[Any, Any, Any]]
) -> Any:  # noqa: ANN401 (what the work comes to)
    """Do something on an open terminal, of which the shell is at hand."""

    async def opened() -> Any:  # noqa: ANN401 (as above)
        async with served.socket(address()) as terminal:
            assert await terminal.next() == {"t": "ready", "fresh": True}
            return await work(terminal, served.terminals[-1])

    return asyncio.run(opened())


async def output(terminal: Socket, count: int) -> bytes:
    """The next `count` bytes, or a little more."""
    found = b""
    while len(found) < count:
        data = await terminal.next()
        assert isinstance(data, bytes), data
        found += data
    return found


async def soon(true: Callable[[], object]) -> bool:
    """Whether it comes true before long."""
    end = time.monotonic() + 30
    while not true() and time.monotonic() < end:  # noqa: ASYNC110 (a thread makes it true)
        await asyncio.sleep(0.01)
    return bool(true())


def test_bytes_go_through_as_they_are(started: Serving) -> None:
    """What is typed arrives as UTF-8, and what a machine prints comes as bytes, also when they are
    no text at all."""

    async def work(terminal: Socket, shell: LoudTerminal) -> bytes:
        await terminal.send(t="in", d="é|~\\@#{}[]€ \x03")
        found = await output(terminal, len("é|~\\@#{}[]€ \x03".encode()))
        shell.said.put(b"\xff\xfe\x00\xc3")
        return found + await output(terminal, 4)

    assert on_terminal(started, work) == "é|~\\@#{}[]€ \x03".encode() + b"\xff\xfe\x00\xc3"


def test_a_size_reaches_the_shell(started: Serving) -> None:
    """The shell learns the newest size of the screen; a senseless one is left out."""

    async def work(terminal: Socket, shell: LoudTerminal) -> bool:
        for rows, columns in [(10, 20), (30, 100), (0, 5), (24, 10**9), (40, 120)]:
            await terminal.send(t="size", rows=rows, cols=columns)
        return await soon(lambda: shell.size == (40, 120))

    assert on_terminal(started, work)


def test_a_page_that_comes_back_finds_its_shell(started: Serving) -> None:
    """The same id gets the same shell with what it printed, also meanwhile, but no question that a
    terminal would answer again; another id gets a shell of its own."""
    kept = b"before\x1b[1mbold meanwhile"

    async def work(terminal: Socket, shell: LoudTerminal) -> bytes:
        shell.said.put(b"before\x1b[6n\x1b[c\x1b]11;?\x07\x1b[1mbold")
        await output(terminal, 20)
        terminal.inner.close()
        while await terminal.next() is not None:
            pass
        shell.said.put(b" meanwhile")
        assert await soon(shell.said.empty)
        async with started.socket(address("f" * 16)) as other:
            assert await other.next() == {"t": "ready", "fresh": True}
        async with started.socket(address()) as again:
            assert await again.next() == {"t": "ready", "fresh": False}
            found = await output(again, len(kept))
            await again.send(t="in", d="!")
            assert await again.next() == b"!"
            return found

    assert on_terminal(started, work) == kept
    assert len(started.terminals) == 2


def test_a_second_page_takes_the_shell_over(started: Serving) -> None:
    """Who opens the same terminal elsewhere gets it, and the first page is told."""

    async def work(terminal: Socket, _: LoudTerminal) -> tuple[Any, Any, Any]:
        async with started.socket(address()) as other:
            ready = await other.next()
            told, end = await terminal.next(), await terminal.next()
            await other.send(t="in", d="mine")
            assert await other.next() == b"mine"
            return ready, told, end

    ready, told, end = on_terminal(started, work)
    assert ready == {"t": "ready", "fresh": False}
    assert (told["t"], told["reason"], end) == ("end", "panel.terminal-elsewhere", None)


def test_a_flood_waits_for_the_browser(started: Serving) -> None:
    """A shell that prints without end is read only as far as the browser keeps up."""
    chunk = b"y\n" * 8192

    async def work(terminal: Socket, shell: LoudTerminal) -> tuple[int, int]:
        for _ in range(200):
            shell.said.put(chunk)
        await output(terminal, HIGH)
        await asyncio.sleep(0.3)
        stopped = shell.read_bytes
        await terminal.send(t="ack", n=HIGH - LOW - 1)
        await asyncio.sleep(0.2)
        assert shell.read_bytes == stopped
        await terminal.send(t="ack", n=HIGH)
        assert await soon(lambda: shell.read_bytes >= stopped + HIGH - LOW)
        # It would read on at once, if it did.
        await asyncio.sleep(0.3)
        return stopped, shell.read_bytes

    stopped, further = on_terminal(started, work)
    assert HIGH <= stopped <= HIGH + len(chunk)
    assert further <= stopped + HIGH + len(chunk)


def test_a_stuck_paste_holds_nothing_else_up(started: Serving) -> None:
    """While a machine takes no typing, its output and the browser's acks still go on."""

    async def work(terminal: Socket, shell: LoudTerminal) -> int:
        shell.stuck.clear()
        await terminal.send(t="in", d="stuck")
        for _ in range(2 * HIGH // 8192):
            shell.said.put(b"x" * 8192)
        count = 0
        while count < 2 * HIGH:
            data = await terminal.next()
            count += len(data)
            await terminal.send(t="ack", n=len(data))
        assert shell.typed == []
        shell.stuck.set()
        assert await soon(lambda: shell.typed == [b"stuck"])
        return count

    assert on_terminal(started, work) == 2 * HIGH


def test_too_much_typing_is_let_go(started: Serving) -> None:
    """Typing that a machine does not take is kept up to a bound, and then the page is told."""

    async def work(terminal: Socket, shell: LoudTerminal) -> Any:  # noqa: ANN401 (JSON)
        shell.stuck.clear()
        # The last one is too much: after it the socket may be closed already.
        for _ in range(MOST_WAITING // 60000 + 1):
            await terminal.send(t="in", d="x" * 60000)
        found = await terminal.next()
        shell.stuck.set()
        return found

    assert on_terminal(started, work)["reason"] == "panel.too-much-typed"


def test_so_many_terminals_and_no_more(started: Serving) -> None:
    """A lab has at most twelve shells; one that nobody looks at makes room, else a sentence says
    that it is full."""

    async def work() -> Any:  # noqa: ANN401 (JSON)
        open_ones = []
        async with started.socket(address("f" * 16)) as forgotten:
            assert (await forgotten.next())["fresh"]
        for number in range(12):
            one = started.socket(address(f"{number:016x}"))
            assert (await (await one.__aenter__()).next())["fresh"]
            open_ones.append(one)
        async with started.socket(address("e" * 16)) as last:
            found = await last.next()
        for one in open_ones:
            await one.__aexit__(None, None, None)
        return found

    found = asyncio.run(work())
    assert (found["t"], found["reason"]) == ("end", "panel.terminals-full")
    assert "12" in found["text"]
    # The one that nobody looked at is hung up aside.
    assert asyncio.run(soon(lambda: started.terminals[0].closed))
    assert not any(shell.closed for shell in started.terminals[1:])
    assert len(started.terminals) == 13


def test_a_shell_waits_only_so_long(started: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell that no page shows for long enough is hung up."""
    monkeypatch.setattr(started.desk.shells, "alone_seconds", 0.1)

    async def work(terminal: Socket, shell: LoudTerminal) -> bool:
        await asyncio.sleep(0.3)
        assert not shell.closed
        terminal.inner.close()
        return await soon(lambda: shell.closed)

    assert on_terminal(started, work)


def test_leaving_hangs_everything_up(started: Serving) -> None:
    """When the server ends, no shell stays behind on a machine."""

    async def work(_: Socket, shell: LoudTerminal) -> bool:
        started.desk.shells.leave()
        return shell.closed

    assert on_terminal(started, work)


@pytest.mark.parametrize(("happens", "reason"), [
    ("exit", "panel.shell-ended"),
    ("killed", "panel.shell-killed"),
    ("off", "panel.machine-off"),
    ("reboot", "panel.machine-off"),
    ("reset", "panel.began-again"),
    ("stop", "panel.lab-stopped"),
    ("finish", "panel.lab-finished"),
])  # fmt: skip
def test_a_shell_that_ends_says_why(started: Serving, happens: str, reason: str) -> None:
    """Whatever ended a shell, its page gets the sentence that fits, in its language."""

    async def work(terminal: Socket, shell: LoudTerminal) -> Any:  # noqa: ANN401 (JSON)
        if happens in {"reset", "stop", "finish"}:
            getattr(started.inner, happens)(LAB)
        if happens in {"off", "reboot"}:
            started.runtime.stop(LAB)
        if happens == "reboot":
            started.runtime.start(LAB, ["pc"], [])
        shell.status = 137 if happens in {"killed", "off", "reboot"} else 0
        await terminal.send(t="in", d="exit\n")
        return await terminal.until(lambda found: isinstance(found, dict))

    found = on_terminal(started, work)
    assert (found["t"], found["reason"]) == ("end", reason)
    assert found["text"]
    assert started.terminals[0].closed


def test_a_shell_that_nobody_ended_is_ended(started: Serving) -> None:
    """Where the engine does not tell that a shell went with its machine, it ends once the machine
    is seen to have started again; a machine that stood still keeps its shells."""

    async def work(terminal: Socket, shell: LoudTerminal) -> Any:  # noqa: ANN401 (JSON)
        async with started.socket(f"panel/{LAB}") as panel:
            await panel.state()
            lab = started.desk.lab(LAB)
            started.runtime.machine(MachineKey(LAB, "pc")).power = Power.PAUSED
            started.on_loop(lab.look())
            started.runtime.unpause(LAB)
            started.on_loop(lab.look())
            assert not shell.closed
            started.runtime.stop(LAB)
            started.runtime.start(LAB, ["pc"], [])
            started.on_loop(lab.look())
            return await terminal.next()

    found = on_terminal(started, work)
    assert (found["t"], found["reason"]) == ("end", "panel.machine-off")
    assert started.terminals[0].closed


def test_a_verb_that_ends_machines_ends_their_terminals(started: Serving) -> None:
    """A reset from the panel tells each terminal, also one whose shell has not noticed yet."""

    async def work(terminal: Socket, _: LoudTerminal) -> Any:  # noqa: ANN401 (JSON)
        async with started.socket(f"panel/{LAB}") as panel:
            await panel.state()
            await panel.do("reset")
        return await terminal.next()

    assert on_terminal(started, work)["reason"] == "panel.began-again"


def test_a_terminal_of_machines_that_are_off_is_not_opened(started: Serving) -> None:
    """A lab that was stopped stays so: opening a terminal starts nothing, and says what to do."""
    started.inner.stop(LAB)

    async def work() -> Any:  # noqa: ANN401 (JSON)
        async with started.socket(address()) as terminal:
            return await terminal.next()

    assert asyncio.run(work())["reason"] == "panel.machines-off"
    assert [one.power for one in started.inner.status(LAB).machines] == [Power.OFF]


def test_a_machine_that_went_off_is_brought_back(started: Serving) -> None:
    """In a lab that runs, opening a terminal on a machine that is off waits until it is up."""
    started.runtime.stop(LAB)

    async def work(_: Socket, __: LoudTerminal) -> None:
        return None

    on_terminal(started, work)
    assert [one.power for one in started.inner.status(LAB).machines] == [Power.RUNNING]


def test_a_terminal_of_nothing_says_so(served: Serving) -> None:
    """Where nothing was started the page gets a sentence without a command."""

    async def work() -> Any:  # noqa: ANN401 (JSON)
        async with served.socket(address()) as terminal:
            return await terminal.next()

    found = asyncio.run(work())
    assert found["reason"] == "session.missing"
    assert "breakfix" not in found["text"]


def test_a_full_machine_is_told(started: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is paused because its disk is full says what to choose."""

    def paused(*_: object) -> None:
        raise MachineError("machine.paused", machine="pc", lab=LAB)

    monkeypatch.setattr(started.inner, "terminal", paused)

    async def work() -> Any:  # noqa: ANN401 (JSON)
        async with started.socket(address()) as terminal:
            return await terminal.next()

    found = asyncio.run(work())
    assert found["reason"] == "machine.paused"
    assert "Begin again" in found["text"]


def test_opening_waits_while_a_verb_holds_the_session(started: Serving) -> None:
    """A terminal that is opened while something else works on the lab comes a little later."""

    async def work() -> tuple[bool, Any]:
        async with started.socket(address()) as terminal:
            ready = asyncio.ensure_future(terminal.next())
            await asyncio.sleep(3.5)
            waited = not ready.done()
            held.__exit__(None, None, None)
            return waited, await ready

    held = started.inner.store.locked(LAB)
    held.__enter__()
    waited, ready = asyncio.run(work())
    assert waited
    assert ready == {"t": "ready", "fresh": True}


def test_twenty_times_open_and_close_leave_nothing(started: Serving) -> None:
    """After panels and terminals were opened, used and closed again and again, no thread, shell or
    live lab is left."""

    async def once(number: int) -> None:
        async with (
            started.socket(f"panel/{LAB}") as panel,
            started.socket(address(f"{number:016x}")) as terminal,
        ):
            await panel.state()
            await terminal.next()
            await terminal.send(t="in", d="exit\n")
            await terminal.until(lambda found: isinstance(found, dict))

    def shells() -> list[str]:
        return [one.name for one in threading.enumerate() if one.name.startswith("shell-")]

    async def work() -> None:
        for number in range(20):
            await once(number)
        await soon(lambda: not shells() and not started.desk.labs)
        assert (shells(), started.desk.labs) == ([], {})

    asyncio.run(work())
    assert started.desk.shells.count(LAB) == 0
    assert all(shell.closed for shell in started.terminals)
