"""The journal: an append-only file of what happened, and the record that it amounts to."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from breakfix.codec import from_json, to_data
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.session import Mode, State
from breakfix.model.topology import Cable


@dataclass(frozen=True)
class Record:
    """What the journal says of the session now.

    `complete` is false between the announcement of a start or reset and its end: whoever finds
    that does it again. `handed_over` is true once the second line accepted a handover.
    """

    slug: str
    fault: str
    seed: str
    mode: Mode
    state: State = State.STARTING
    generation: int = 1
    complete: bool = False
    hints: int = 0
    cables: Mapping[str, Cable] = field(default_factory=dict)
    diagnosis: Diagnosis | None = None
    handover: Handover | None = None
    accepted: bool = False


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

    def record(self) -> Record | None:
        """What all events amount to, or None when nothing was started."""
        record: Record | None = None
        for event in self.events():
            record = _fold(record, event)
        return record

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


def _fold(record: Record | None, event: dict[str, Any]) -> Record | None:
    kind = event["event"]
    if kind == "starting":
        return Record(
            event["slug"],
            event["fault"],
            event["seed"],
            Mode(event["mode"]),
            cables=_cables(event["cables"]),
        )
    if record is None:
        return None
    if kind == "resetting":
        return Record(
            record.slug,
            record.fault,
            record.seed,
            record.mode,
            generation=record.generation + 1,
            hints=record.hints,
            diagnosis=record.diagnosis,
            cables=_cables(event["cables"]),
        )
    return replace(record, **_changes(record, kind, event))


def _changes(record: Record, kind: str, event: dict[str, Any]) -> dict[str, Any]:
    match kind:
        case "started" | "resumed":
            return {"state": State.RUNNING, "complete": True}
        case "stopped":
            return {"state": State.STOPPED}
        case "finished":
            return {"state": State.FINISHED, "complete": True}
        case "hint":
            return {"hints": event["number"]}
        case "diagnosed":
            return {"diagnosis": from_json(Diagnosis, json.dumps(event["diagnosis"]))}
        case "handed-over":
            handover = from_json(Handover, json.dumps(event["handover"]))
            return {"handover": handover, "accepted": event["accepted"]}
        case "cable":
            return {"cables": {**record.cables, **_cables([event["cable"]])}}
    return {}


def _cables(data: list[dict[str, Any]]) -> dict[str, Cable]:
    cables = [from_json(Cable, json.dumps(item)) for item in data]
    return {f"{cable.machine}/{cable.nic}": cable for cable in cables}
