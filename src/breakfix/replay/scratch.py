"""A folder for the length of one piece of work; what a process that was killed left is removed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from breakfix.evidence.disk import disk_full_told
from breakfix.ports.passing import orphaned, passing


@dataclass(frozen=True)
class Scratch:
    """Scratch folders, made below `folder`."""

    folder: Path

    @contextmanager
    def use(self) -> Iterator[Path]:
        """A new folder that is gone afterwards. Raises DiskFull."""
        self.tidy()
        made = self.folder / passing("scratch")
        try:
            with disk_full_told():
                made.mkdir(parents=True)
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def tidy(self) -> None:
        """Remove what a process that has ended left."""
        for left in self.folder.glob("scratch-*"):
            if orphaned(left.name):
                shutil.rmtree(left, ignore_errors=True)
