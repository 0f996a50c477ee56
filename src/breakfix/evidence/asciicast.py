"""Recordings of terminals as asciicast, version 2: a header, then one event a line.

Of the format's events we write output (`o`), sizes (`r`) and markers (`m`), never what was typed
(`i`): a password is typed without being shown, and so it is in no recording. What is read may come
from anybody, so everything in it is bounded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from breakfix.errors import EvidenceError
from breakfix.evidence.limits import LIMITS

VERSION = 2
#: The largest screen that anybody has, in rows or columns.
MOST_CELLS = 1000
_CODES = ("o", "r", "m")
_FIELDS = 3
#: Markers of ours.
FULL, OFF, ON = "breakfix:full", "breakfix:off", "breakfix:on"


@dataclass(frozen=True)
class CastEvent:
    """Something that happened `at` so many seconds from the beginning."""

    at: float
    code: str
    data: str


@dataclass(frozen=True)
class Cast:
    """A recording that was read. `started` is in seconds since 1970 (UTC), 0 when it is unknown."""

    columns: int
    rows: int
    started: float
    events: tuple[CastEvent, ...]

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.events[-1].at if self.events else 0.0


def header_line(columns: int, rows: int, started: float, title: str) -> bytes:
    """The first line of a recording."""
    header = {
        "version": VERSION,
        "width": columns,
        "height": rows,
        "timestamp": int(started),
        "title": title,
        "env": {"TERM": "xterm-256color"},
    }
    return json.dumps(header, ensure_ascii=False).encode() + b"\n"


def event_line(at: float, code: str, data: str) -> bytes:
    """One event."""
    return json.dumps([round(at, 6), code, data], ensure_ascii=False).encode() + b"\n"


def read_cast(data: bytes) -> Cast:
    """The recording in `data`; a line that a dying process left half-written is skipped, and so is
    an event that we do not know. Raises EvidenceError."""
    if len(data) > LIMITS.recording_bytes:
        raise EvidenceError("recording.unreadable")
    first, *lines = data.split(b"\n")
    header = _parsed(first)
    if not isinstance(header, dict) or header.get("version") != VERSION:
        raise EvidenceError("recording.unreadable")
    columns, rows = _cells(header.get("width")), _cells(header.get("height"))
    started = header.get("timestamp", 0)
    events: list[CastEvent] = []
    for line in lines:
        event = _event(_parsed(line), events[-1].at if events else 0.0)
        if event is not None:
            events.append(event)
    return Cast(columns, rows, float(started) if _is_number(started) else 0.0, tuple(events))


def size_of(data: str) -> tuple[int, int] | None:
    """The columns and rows that an event of a size tells; None when it tells none."""
    columns, _, rows = data.partition("x")
    if not (columns.isdecimal() and rows.isdecimal() and len(data) < len("1000x10000")):
        return None
    wanted = int(columns), int(rows)
    return wanted if all(0 < one <= MOST_CELLS for one in wanted) else None


def _event(found: Any, before: float) -> CastEvent | None:  # noqa: ANN401 (whatever JSON holds)
    if not (isinstance(found, list) and len(found) == _FIELDS):
        return None
    at, code, data = found
    if not (_is_number(at) and code in _CODES and isinstance(data, str)):
        return None
    # Time never goes back, whatever it says.
    return CastEvent(max(before, float(at)), code, data)


def _parsed(line: bytes) -> Any:  # noqa: ANN401 (whatever JSON holds)
    try:
        return json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None


def _cells(value: object) -> int:
    if type(value) is not int or not 0 < value <= MOST_CELLS:
        raise EvidenceError("recording.unreadable")
    return value


def _is_number(value: object) -> bool:
    return type(value) in {int, float} and 0 <= value < 1 << 40  # type: ignore[operator]
