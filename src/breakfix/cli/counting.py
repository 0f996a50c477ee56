"""A bar that counts things which are done side by side, with the time that is left."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.text import Text


class Counter:
    """Counts to `total`; what is under way counts for the part of it that is done."""

    def __init__(self, bar: Progress, description: str, total: int) -> None:
        self._bar, self._total = bar, total
        self._lock = threading.Lock()
        self._parts: dict[str, float] = {}
        self._done = 0
        self._task = bar.add_task(description, total=total, count=f"0/{total}")

    def part(self, name: str, share: float) -> None:
        """Say how much of one thing is done (0 to 1); from any thread."""
        with self._lock:
            self._parts[name] = max(share, self._parts.get(name, 0.0))
            self._show()

    def done(self, name: str) -> None:
        """Say that one thing is done."""
        with self._lock:
            self._parts.pop(name, None)
            self._done += 1
            self._show()

    def say(self, line: str) -> None:
        """A line above the bar (on standard error)."""
        self._bar.console.print(Text(line))

    def _show(self) -> None:
        completed = self._done + sum(self._parts.values())
        self._bar.update(self._task, completed=completed, count=f"{self._done}/{self._total}")


@contextmanager
def counting(description: str, total: int, *, quiet: bool) -> Iterator[Counter]:
    """A bar on standard error while something is counted; only lines where there is no screen."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True, soft_wrap=True)
    silent = quiet or not sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, disable=silent) as bar:
        yield Counter(bar, description, total)
