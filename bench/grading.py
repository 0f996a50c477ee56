"""What grading a class costs: every submission of a three-machine lab replayed, against stock
autograde of the same notebooks, which looks at nothing.

`python -m bench.grading [--learners N] [--wrong N] [--jobs N] [--folder DIR]`: with a folder, the
class is made once and used again.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from bench.classroom import NAME, Classroom, run
from bench.measure import Measure
from bench.measures import service_for_bench
from bench.table import table
from breakfix.grading.kept import kept_verdict
from breakfix.model.grading import Decision
from breakfix.session.service import LocalLabService

LEARNERS = 30


def grading(service: LocalLabService) -> Iterator[Measure]:
    """Both measures, for a class that is made for them."""
    with tempfile.TemporaryDirectory(prefix="breakfix-bench-") as folder:
        yield from measured(Classroom(Path(folder), LEARNERS), service)


def measured(
    room: Classroom, service: LocalLabService, jobs: int | None = None
) -> Iterator[Measure]:
    """A first run and one from what is kept, each against stock autograde."""
    room.make(service)
    room.forget(verdicts=True)
    words = ("--jobs", str(jobs)) if jobs else ()
    stock = _seconds(lambda: run(room.stock.root, "nbgrader", "autograde", NAME))
    ours = _seconds(lambda: run(room.ours.root, "breakfix", "course", "grade", NAME, *words))
    _need_all_replayed(room)
    again = _seconds(lambda: run(room.ours.root, "breakfix", "course", "grade", NAME, *words))
    what = f"grading {room.learners} learners, 3 machines each"
    yield Measure(f"{what} / stock autograde", ours, stock, 1.0)
    yield Measure(f"{what}, once more / stock autograde", again, stock, 0.3)


def _need_all_replayed(room: Classroom) -> None:
    """Every submission must have a report of a replay of its own, with the right result."""
    for number, name in enumerate(room.names):
        found = kept_verdict(room.ours, NAME, name)
        if found is None or found.decision is not Decision.SCORED or found.report is None:
            raise SystemExit(f"{name} was not replayed: {found}")
        if found.report.learner != name or found.report.score.passed is (number < room.wrong):
            raise SystemExit(f"{name} was replayed wrongly: {found.report}")


def _seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def main() -> None:
    """Measure with the options that were given, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--learners", type=int, default=LEARNERS)
    parser.add_argument("--wrong", type=int, default=0)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--folder", type=Path)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="breakfix-bench-") as folder:
        room = Classroom((said.folder or Path(folder)).resolve(), said.learners, said.wrong)
        before = os.getloadavg()
        found = list(measured(room, service_for_bench(), said.jobs))
    Console().print(table(found))
    Console().print(f"load before {before[0]:.1f}, after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
