"""The panel's server with a real lab: from start to reset, over its sockets."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engine.conftest import Environment, Run
from tests.engine.jupyter import Jupyter
from tests.panel_browser import Socket

pytestmark = pytest.mark.engine
LAB = "tiny"
PANEL = f"panel/{LAB}?notebook={LAB}.ipynb"
TERMINAL = f"terminal/{LAB}/pc?id={'a' * 16}"


@pytest.fixture
def jupyter(breakfix: Run, environment: Environment, tmp_path: Path) -> Iterator[Jupyter]:
    """A server before anything was started."""
    server = Jupyter(tmp_path, tmp_path / "jupyter.log", environment)
    server.start()
    yield server
    server.stop()
    breakfix("lab", "finish", LAB)


async def printed(terminal: Socket, wanted: bytes) -> bytes:
    """What a terminal prints, up to and with what is wanted."""
    found = b""
    while wanted not in found:
        data = await terminal.next()
        assert isinstance(data, bytes), (data, found)
        found += data
        await terminal.send(t="ack", n=len(data))
    return found


def shells_of(breakfix: Run) -> int:
    """How many shells run on the machine, other than the one that counts."""
    command = "ps -eo args | grep -c '^bash -[l]$'; true"
    return int(breakfix("lab", "shell", LAB, "pc", "--", command).stdout)


async def asked(breakfix: Run, *words: str) -> Any:  # noqa: ANN401 (JSON, or nothing)
    """A command of the command line, while sockets go on."""
    loop = asyncio.get_running_loop()
    done = await loop.run_in_executor(None, lambda: breakfix(*words))
    return json.loads(done.stdout) if done.stdout.startswith("{") else None


def test_a_lab_from_start_to_reset(jupyter: Jupyter, breakfix: Run) -> None:
    """Start in the panel, work in a terminal, check, come back to the same shell, begin again, and
    leave nothing behind."""

    async def work() -> None:
        async with jupyter.socket(PANEL) as panel:
            await panel.state()
            started = await panel.do("start")
            assert started["view"]["machines"][0]["power"] == "running"
            async with jupyter.socket(TERMINAL) as terminal:
                assert (await terminal.next())["fresh"]
                await terminal.send(t="size", rows=31, cols=101)
                await printed(terminal, b"$ ")
                await terminal.send(t="in", d="stty size; MINE=ye; echo $MINE-s\n")
                found = await printed(terminal, b"ye-s")
                assert b"31 101" in found
            checked = await panel.do("check")
            assert {line["result"] for line in checked["report"]["lines"]} == {"fail"}
        async with jupyter.socket(PANEL) as panel, jupyter.socket(TERMINAL) as terminal:
            assert (await panel.state())["report"] == checked["report"]
            assert not (await terminal.next())["fresh"]
            assert b"31 101" in await printed(terminal, b"ye-s")
            await terminal.send(t="in", d="echo still-$MINE\n")
            await printed(terminal, b"still-ye")
            await panel.send(id=1, do="reset")
            end = await terminal.until(lambda message: isinstance(message, dict))
            assert end["reason"] == "panel.began-again"
            again = await panel.state(lambda state: not state["busy"] and state["view"]["resets"])
            assert (again["view"]["resets"], again["report"]) == (1, None)

    asyncio.run(work())
    assert shells_of(breakfix) == 0


def test_the_outside_world_is_seen(jupyter: Jupyter, breakfix: Run) -> None:
    """What the command line does shows in the panel; a machine that reboots ends its terminal with
    a sentence, and the same terminal opens again when it is up."""

    async def work() -> None:
        async with jupyter.socket(PANEL) as panel:
            await panel.state()
            await asked(breakfix, "lab", "start", LAB, "--json")
            await panel.state(lambda state: state["view"] and state["view"]["state"] == "running")
            async with jupyter.socket(TERMINAL) as terminal:
                await terminal.next()
                await printed(terminal, b"$ ")
                await terminal.send(t="in", d="sudo reboot\n")
                end = await terminal.until(lambda message: isinstance(message, dict))
                assert end["reason"] == "panel.machine-off"
            async with jupyter.socket(TERMINAL) as terminal:
                assert (await terminal.next()) == {"t": "ready", "fresh": True}
                await printed(terminal, b"$ ")
            await asked(breakfix, "lab", "stop", LAB, "--json")
            stopped = await panel.state(
                lambda state: state["view"] and state["view"]["state"] == "stopped"
            )
            assert [one["power"] for one in stopped["view"]["machines"]] == ["off"]

    asyncio.run(work())


def test_a_server_that_dies_loses_nothing(jupyter: Jupyter, breakfix: Run) -> None:
    """After a kill another server shows session, hints and results; a server that is stopped in
    order leaves no shell on the machine."""

    async def before() -> Any:  # noqa: ANN401 (JSON)
        async with jupyter.socket(PANEL) as panel:
            await panel.state()
            await panel.do("start")
            await panel.do("hint")
            return await panel.do("check")

    async def after() -> Any:  # noqa: ANN401 (JSON)
        async with jupyter.socket(PANEL) as panel, jupyter.socket(TERMINAL) as terminal:
            assert (await terminal.next())["fresh"]
            return await panel.state()

    was = asyncio.run(before())
    jupyter.kill()
    jupyter.start()
    now = asyncio.run(after())
    assert (now["report"], now["hints"]) == (was["report"], was["hints"])
    assert len(now["hints"]) == 1
    assert shells_of(breakfix) == 1
    jupyter.stop()
    end = time.monotonic() + 60
    while shells_of(breakfix) and time.monotonic() < end:
        time.sleep(0.2)
    assert shells_of(breakfix) == 0


def test_without_an_engine_the_server_still_serves(
    environment: Environment, tmp_path: Path
) -> None:
    """A missing engine stops no Jupyter server: the labs are listed, and the panel gets the
    sentence."""
    away = environment | {"DOCKER_HOST": f"unix://{tmp_path}/none.sock"}
    server = Jupyter(tmp_path, tmp_path / "jupyter.log", away)
    server.start()

    async def work() -> tuple[Any, Any]:
        async with server.socket(PANEL) as panel:
            return await panel.state(), await panel.do("start")

    try:
        state, failed = asyncio.run(work())
        assert (state["trouble"]["key"], failed["key"]) == ("engine.absent", "engine.absent")
        assert server.ask("GET", "api/engine")[1]["trouble"]["key"] == "engine.absent"
        status, listed = server.ask("GET", "api/labs")
        assert (status, LAB in {one["slug"] for one in listed["labs"]}) == (200, True)
    finally:
        server.stop()
