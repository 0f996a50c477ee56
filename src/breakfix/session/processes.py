"""The processes that outlive a command: each is written down, so that `clean` can end it."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

from breakfix.ports.passing import born


def remember(state: Path, process: int) -> None:
    """Write down a process of the installation whose state is in this folder."""
    folder = state / "processes"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / str(process)).write_text(born(process), "utf-8")


def end_all(state: Path, seconds: float = 10.0) -> None:
    """End every process that was written down and still lives; what does not listen is killed."""
    living = [int(path.name) for path in (state / "processes").glob("*") if _lives(path)]
    for process in living:
        _send(process, signal.SIGTERM)
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(map(born, living)):
        time.sleep(0.05)
    for process in living:
        _send(process, signal.SIGKILL)


def _lives(path: Path) -> bool:
    """Whether it is still the same process: its number may have gone to another."""
    began = path.read_text("utf-8")
    return bool(began) and began == born(int(path.name))


def _send(process: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)
