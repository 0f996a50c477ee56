"""Labs that are opened and closed again and again leave nothing behind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine import cycles
from tests.engine.conftest import Environment, Run
from tests.engine.counting import at_rest, back_to
from tests.engine.jupyter import Jupyter

pytestmark = pytest.mark.engine


@pytest.fixture
def jupyter(breakfix: Run, environment: Environment, tmp_path: Path) -> Iterator[Jupyter]:
    """A server on which every pool is as large as it gets."""
    server = Jupyter(tmp_path, tmp_path / "jupyter.log", environment)
    server.start()
    try:
        asyncio.run(cycles.begin(server))
        yield server
    finally:
        server.stop()
        for lab in (cycles.LAB, cycles.STEADY):
            breakfix("lab", "finish", lab)


@pytest.mark.parametrize("times", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_opening_and_closing_leaves_nothing(
    jupyter: Jupyter, environment: Environment, times: int
) -> None:
    """After so many times of open, work and close a server holds as many sockets, files, threads
    and processes as before, and as many commands run in machines."""
    process, installation = jupyter.process.pid, environment["BREAKFIX_INSTALLATION"]
    before = at_rest(process, installation)
    for number in range(times):
        asyncio.run(cycles.cycle(jupyter, number))
    after = back_to(before, process, installation)
    assert after == before
    # A leak would be one a time at least.
    assert after.engine - before.engine < times
    assert after.ended - before.ended < times
