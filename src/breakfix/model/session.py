"""What a learner's session looks like from outside: values that can travel as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from breakfix.model.check import Aspect
from breakfix.model.diagnosis import Diagnosis, DiagnosisForm, Handover
from breakfix.model.lab import Level, Remit
from breakfix.model.outcome import Result
from breakfix.model.score import Score
from breakfix.model.topology import Access, Cable
from breakfix.model.value import Text, Value


class State(StrEnum):
    """Where a session stands in its life."""

    STARTING = "starting"
    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"


class Mode(StrEnum):
    """`practice`: free, nothing counts. `evaluation`: the assignment decides."""

    PRACTICE = "practice"
    EVALUATION = "evaluation"


class Power(StrEnum):
    """What a machine is doing."""

    OFF = "off"
    BOOTING = "booting"
    RUNNING = "running"
    PAUSED = "paused"
    MISSING = "missing"


@dataclass(frozen=True)
class LabSummary(Value):
    """A lab in the list; one that is not `proven` is for authors only."""

    slug: str
    module: str
    title: Text
    summary: Text
    level: Level
    minutes: int
    competences: tuple[str, ...]
    state: State | None = None
    proven: bool = True


@dataclass(frozen=True)
class MachineView(Value):
    """A practice machine as the learner sees it."""

    name: str
    label: Text
    hostname: str
    access: Access
    power: Power
    cables: tuple[Cable, ...] = ()


@dataclass(frozen=True)
class SessionView(Value):
    """A session as the learner sees it; never the fault."""

    slug: str
    title: Text
    state: State
    mode: Mode
    ticket: Text
    machines: tuple[MachineView, ...]
    remit: Remit
    form: DiagnosisForm
    hints_shown: int = 0
    hints_of: int = 0
    diagnosis: Diagnosis | None = None
    handover: Handover | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Line(Value):
    """One line of a report, readable by the learner."""

    check: str
    aspect: Aspect
    result: Result
    text: Text


@dataclass(frozen=True)
class Report(Value):
    """What *Check* shows. `seconds` is how long the looking took."""

    slug: str
    lines: tuple[Line, ...]
    score: Score
    seconds: float

    @property
    def result(self) -> Result:
        """The worst of all lines: an error hides behind no failure, and is no pass."""
        results = {line.result for line in self.lines}
        if Result.ERROR in results:
            return Result.ERROR
        return Result.FAIL if Result.FAIL in results else Result.PASS


@dataclass(frozen=True)
class Hint(Value):
    """One hint; hints come in order, the solution last (in practice only)."""

    number: int
    of: int
    text: Text


@dataclass(frozen=True)
class Reply(Value):
    """What the second line answers to a handover."""

    accepted: bool
    text: Text


@dataclass(frozen=True)
class Event(Value):
    """Something that happened in a session; `done` of `total` steps where that is known."""

    kind: str
    done: int = 0
    total: int = 0
    values: Mapping[str, str] = field(default_factory=dict)
