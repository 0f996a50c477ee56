"""The journal: an append-only file of what happened."""

from __future__ import annotations

import json
import os
import time
from io import FileIO
from pathlib import Path
from typing import Any

from breakfix.codec import to_data
from breakfix.errors import disk_errors
from breakfix.evidence.record import Record, record_of


class Journal:
    """The journal of one session."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, event: str, **values: object) -> None:
        """Write one event down, so that it survives whatever happens next."""
        line = {"time": round(time.time(), 3), "event": event}
        line |= {name: to_data(value) for name, value in values.items()}
        with disk_errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab+", buffering=0) as stream:
                _write_whole(stream, json.dumps(line, ensure_ascii=False).encode() + b"\n")

    @property
    def stamp(self) -> tuple[int, int, int] | None:
        """What changes whenever something is written; None while there is no journal."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def content(self) -> bytes:
        """The whole file, as it travels with evidence."""
        return self._path.read_bytes() if self._path.exists() else b""

    def record(self) -> Record | None:
        """What all events amount to, or None when nothing was started."""
        return record_of(self.events())

    def events(self) -> list[dict[str, Any]]:
        """Every event, oldest first; a line that a dying process left half-written is skipped."""
        if not self._path.exists():
            return []
        found = []
        for line in self._path.read_text("utf-8", errors="replace").splitlines():
            try:
                found.append(json.loads(line))
            except json.JSONDecodeError:
                continue
        return found


def _write_whole(stream: FileIO, line: bytes) -> None:
    """Add the line whole or not at all, and never behind a half line of a process that died."""
    size = stream.seek(0, os.SEEK_END)
    if size:
        stream.seek(size - 1)
        line = line if stream.read(1) == b"\n" else b"\n" + line
    try:
        while line:
            # A disk takes what fits, and refuses only the rest.
            line = line[stream.write(line) :]
        os.fsync(stream.fileno())
    except OSError:
        stream.truncate(size)
        raise
