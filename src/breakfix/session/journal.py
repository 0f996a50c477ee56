"""The journal: an append-only file of what happened."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from breakfix.codec import to_data
from breakfix.evidence.record import Record, record_of


class Journal:
    """The journal of one session."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, event: str, **values: object) -> None:
        """Write one event down, so that it survives whatever happens next."""
        line = {"time": round(time.time(), 3), "event": event}
        line |= {name: to_data(value) for name, value in values.items()}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
            stream.flush()
            os.fsync(stream.fileno())

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
