"""The record: what the events of a journal amount to.

A journal that comes with evidence is the learner's word, so every event is checked as it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from breakfix.codec import from_data
from breakfix.errors import EvidenceUnreadable
from breakfix.evidence.limits import LIMITS
from breakfix.model.diagnosis import Diagnoses, Diagnosis, Handover
from breakfix.model.policy import Policy
from breakfix.model.session import Mode, State
from breakfix.model.topology import Cable

#: What goes wrong where an event does not hold what it must.
_WRONG = (KeyError, TypeError, ValueError, AttributeError, OverflowError, ValidationError)


@dataclass(frozen=True)
class Record:
    """What the journal says of the session now.

    `complete` is false between the announcement of a start or reset and its end: whoever finds
    that does it again. `first_diagnosis` is what was named before the first check; `handovers` are
    all that were sent, and `accepted` is true once the second line accepted one. `learner`,
    `assignment` and `attempt` are empty in free practice; `policy` is what holds. Times are
    seconds since 1970. `full` is true since a machine was paused because its disk was full, and
    `allowances` counts how often the learner went on after that. `recording` is whether terminals
    are recorded, None until the learner was told; `left_out` are recordings that were removed.
    `answers` are what the learner wrote last, by question.
    """

    slug: str
    fault: str
    seed: str
    mode: Mode
    state: State = State.STARTING
    generation: int = 1
    complete: bool = False
    hints: int = 0
    checks: int = 0
    cables: Mapping[str, Cable] = field(default_factory=dict)
    first_diagnosis: Diagnosis | None = None
    diagnosis: Diagnosis | None = None
    handovers: tuple[Handover, ...] = ()
    accepted: bool = False
    learner: str = ""
    assignment: str = ""
    attempt: int = 0
    started: float = 0.0
    handed_in: str = ""
    full: bool = False
    allowances: int = 0
    policy: Policy = field(default_factory=Policy)
    recording: bool | None = None
    left_out: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def diagnoses(self) -> Diagnoses:
        """What was named, first and last."""
        return Diagnoses(self.first_diagnosis, self.diagnosis)

    @property
    def handover(self) -> Handover | None:
        """The last handover that was sent."""
        return self.handovers[-1] if self.handovers else None


def record_of(events: Iterable[Mapping[str, Any]]) -> Record | None:
    """What all events amount to, or None when nothing was started.

    Raises EvidenceUnreadable when an event does not hold what it must.
    """
    record: Record | None = None
    try:
        for event in events:
            record = _fold(record, event)
    except _WRONG as error:
        raise EvidenceUnreadable("evidence.journal-wrong", reason=type(error).__name__) from error
    return record


def _fold(record: Record | None, event: Mapping[str, Any]) -> Record | None:
    kind = event["event"]
    if kind == "starting":
        return _begun(event)
    if record is None:
        return None
    if kind == "resetting":
        return replace(
            record,
            state=State.STARTING,
            complete=False,
            generation=record.generation + 1,
            cables=_cables(event["cables"]),
            handovers=(),
            accepted=False,
            full=False,
            allowances=0,
        )
    return replace(record, **_changes(record, kind, event))


def _begun(event: Mapping[str, Any]) -> Record:
    return Record(
        str(event["slug"]),
        str(event["fault"]),
        str(event["seed"]),
        Mode(event["mode"]),
        cables=_cables(event["cables"]),
        learner=str(event.get("learner", "")),
        assignment=str(event.get("assignment", "")),
        attempt=_count(event.get("attempt", 0)),
        started=_moment(event.get("time", 0.0)),
        policy=from_data(Policy, event.get("policy", {})),
    )


_STATES: Mapping[str, dict[str, Any]] = {
    "started": {"state": State.RUNNING, "complete": True},
    "resumed": {"state": State.RUNNING, "complete": True},
    "stopped": {"state": State.STOPPED},
    "disk-full": {"full": True},
    "finished": {"state": State.FINISHED, "complete": True},
}


#: Events that tell one thing, which takes the place of what was told before.
_TOLD: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "hint": lambda event: {"hints": _count(event["number"], 1)},
    "handed-in": lambda event: {"handed_in": str(event["sha256"])},
    "recording": lambda event: {"recording": event["on"] is True},
}


def _changes(record: Record, kind: str, event: Mapping[str, Any]) -> dict[str, Any]:
    match kind:
        case "checked" | "replayed":
            return {"checks": record.checks + 1}
        case "diagnosed":
            return _diagnosed(record, from_data(Diagnosis, event["diagnosis"]))
        case "handed-over":
            handover = from_data(Handover, event["handover"])
            accepted = record.accepted or event["accepted"] is True
            return {"handovers": (*record.handovers, handover), "accepted": accepted}
        case "answered":
            answers = {**record.answers, str(event["question"]): str(event["text"])}
            return {"answers": answers}
        case "went-on":
            return {"full": False, "allowances": record.allowances + 1}
        case "cable":
            return {"cables": {**record.cables, **_cables([event["cable"]])}}
        case "left-out":
            return {"left_out": (*record.left_out, str(event["recording"]))}
    told = _TOLD.get(kind)
    return told(event) if told else _STATES.get(kind, {})


def _diagnosed(record: Record, diagnosis: Diagnosis) -> dict[str, Any]:
    # Until the first check it may be thought over; after it the machines have said something.
    if record.checks == 0:
        return {"first_diagnosis": diagnosis, "diagnosis": diagnosis}
    return {"diagnosis": diagnosis}


def _count(value: object, least: int = 0) -> int:
    """A number that counts what happened: no more of it than a journal holds events. Hints cost
    points, so one below zero would give them."""
    if type(value) is not int or not least <= value <= LIMITS.journal_lines:
        raise ValueError(value)
    return value


def _moment(value: object) -> float:
    """A time that a clock can show; true and false are none."""
    if not (type(value) in {int, float} and 0 <= value <= LIMITS.moment):  # type: ignore[operator]
        raise ValueError(value)
    return float(value)  # type: ignore[arg-type]


def _cables(data: Iterable[object]) -> dict[str, Cable]:
    cables = [from_data(Cable, item) for item in data]
    return {f"{cable.machine}/{cable.nic}": cable for cable in cables}
