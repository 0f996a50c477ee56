"""What a learner's session looks like from outside: values that can travel as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from breakfix.model.check import Aspect
from breakfix.model.diagnosis import Diagnosis, DiagnosisForm, Handover
from breakfix.model.lab import Level, Remit
from breakfix.model.outcome import Result
from breakfix.model.policy import Policy
from breakfix.model.score import Score
from breakfix.model.screen import ScreenView
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
    """A lab in the list; one that is not `proven` is for authors only. `used` is when something
    last happened in its session (seconds since 1970), 0 when there was none; `start_seconds` is how
    long its machines took to be made then, 0 when that is not known. `assignment` and `learner` say
    whose session that was; both are empty in free practice."""

    slug: str
    module: str
    title: Text
    summary: Text
    level: Level
    minutes: int
    competences: tuple[str, ...]
    state: State | None = None
    proven: bool = True
    used: float = 0.0
    start_seconds: float = 0.0
    assignment: str = ""
    learner: str = ""


@dataclass(frozen=True)
class MachineView(Value):
    """A practice machine as the learner sees it; `since` tells one start of it from the next."""

    name: str
    label: Text
    hostname: str
    access: Access
    power: Power
    cables: tuple[Cable, ...] = ()
    since: str = ""


@dataclass(frozen=True)
class Plug(Value):
    """One network interface of one machine."""

    machine: str
    nic: str


@dataclass(frozen=True)
class NetworkView(Value):
    """One wire as the learner sees it: what is plugged into it when every cable is in."""

    id: str
    label: Text
    plugs: tuple[Plug, ...] = ()


#: Characters that an answer in words may have.
MOST_ANSWER = 4000


@dataclass(frozen=True)
class QuestionView(Value):
    """A question that is answered in words. `answer` is what the learner wrote here, and `example`
    what a good answer is: only in free practice, and only beside an answer. In an assignment the
    answer is in the notebook, where a person judges it."""

    id: str
    text: Text
    answer: str = ""
    example: Text | None = None


@dataclass(frozen=True)
class SessionView(Value):
    """A session as the learner sees it; never the fault.

    `hints_of` counts the hints that may be shown here. `seconds` is how long was worked on it, in
    whole seconds; without an event nobody knows who thought and who slept, so a pause counts half
    an hour at most. `sheet` are the texts with the values of
    this session, as Markdown. `assignment`, `learner` and `attempt` are empty in free practice;
    `closed` says that the closing time has passed; `handed_in` is the SHA-256 of what was handed
    in last. `started` is when it was started (seconds since 1970), and `resets` how often it was
    begun again since. `screens` are those of the customer's that may be looked at. `recording` is
    whether the screens of its terminals are recorded; None until the learner was told, and
    meanwhile nothing is. `version` is the lab's, and `began_with` what that was when the session
    began.
    """

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
    sheet: tuple[Text, ...] = ()
    networks: tuple[NetworkView, ...] = ()
    assignment: str = ""
    learner: str = ""
    attempt: int = 0
    policy: Policy = field(default_factory=Policy)
    closed: bool = False
    handed_in: str = ""
    started: float = 0.0
    resets: int = 0
    questions: tuple[QuestionView, ...] = ()
    screens: tuple[ScreenView, ...] = ()
    recording: bool | None = None
    version: str = ""
    began_with: str = ""

    @property
    def unannounced(self) -> bool:
        """Whether the learner must still be told that terminals are recorded."""
        return self.policy.record_terminals and self.recording is None

    @property
    def updated(self) -> bool:
        """Whether the lab was updated meanwhile: then nothing is judged any more."""
        return self.began_with != self.version

    @property
    def at_stake(self) -> bool:
        """Whether ending it now would use up an attempt for nothing."""
        return self.mode is Mode.EVALUATION and not self.handed_in


@dataclass(frozen=True)
class Line(Value):
    """One line of a report, readable by the learner."""

    check: str
    aspect: Aspect
    result: Result
    text: Text


@dataclass(frozen=True)
class Report(Value):
    """What *Check* shows. `seconds` is how long the looking took. There is no `score` while an
    evaluation is worked on: it says only what the customer would notice."""

    slug: str
    lines: tuple[Line, ...]
    score: Score | None
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
    """One hint; hints come in order, the solution last (in practice only: `of` counts what may be
    shown)."""

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
