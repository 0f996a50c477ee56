"""What is left in a server after labs were opened, worked in and closed, twenty times."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from tests.engine import cycles as going
from tests.engine.counting import Counts, at_rest, back_to

from bench.measure import Measure
from bench.serving import server
from breakfix.session.service import LocalLabService
from breakfix.wiring import installation

TIMES = 20
MOST_SECONDS = 600.0


def cycles(service: LocalLabService) -> Iterator[Measure]:
    """Each count after the cycles against the same count before."""
    del service  # the server has one of its own
    with server() as made:
        process = made.process.pid
        asyncio.run(going.begin(made))
        before = at_rest(process, installation())
        began = time.monotonic()
        for number in range(TIMES):
            asyncio.run(going.cycle(made, number))
        took = time.monotonic() - began
        after = back_to(before, process, installation())
        asyncio.run(going.end(made))
    yield Measure(f"{TIMES} times open, work and close", took, None, MOST_SECONDS)
    yield from _compared(before, after)


def _compared(before: Counts, after: Counts) -> Iterator[Measure]:
    names = {
        "sockets": "sockets of browsers",
        "files": "open files",
        "threads": "threads",
        "children": "processes of its own",
    }
    for field, name in names.items():
        now, then = getattr(after, field), getattr(before, field)
        yield Measure(f"{name}, after / before", now, then, 1.0, "")
    yield Measure("lines to the engine, after / before", after.engine, before.engine, None, "")
    # There may have been none before, and then there is no ratio.
    yield Measure("more commands in machines", after.execs - before.execs, None, 0.0, "")
    yield Measure(
        "more who listen to the engine", after.listeners - before.listeners, None, 0.0, ""
    )
