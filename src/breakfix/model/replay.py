"""What a replay came to: values that can travel as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from breakfix.model.diagnosis import Diagnoses, Handover
from breakfix.model.evidence import IntegrityFinding
from breakfix.model.outcome import Outcome, Result
from breakfix.model.score import Score
from breakfix.model.session import Line, Mode, Report
from breakfix.model.value import Value


class Boot(StrEnum):
    """How a replayed machine came up, by the word of its own systemd."""

    RUNNING = "running"
    DEGRADED = "degraded"
    STARTING = "starting"
    OFF = "off"


@dataclass(frozen=True)
class History(Value):
    """What the journal says of the session. It is the learner's word: on a computer of their own,
    nobody can vouch for it. `started` is in seconds since 1970 (UTC), `worked` in seconds;
    `resets` counts how often the learner began again. `recordings` of terminals came along, and
    `left_out` counts those that the learner left out; no points hang on either."""

    started: float
    worked: float
    hints: int
    checks: int
    resets: int
    diagnoses: Diagnoses
    handovers: tuple[Handover, ...] = ()
    accepted: bool = False
    recordings: int = 0
    left_out: int = 0


@dataclass(frozen=True)
class ReplayReport(Value):
    """What the checks say of evidence in fresh, sealed machines.

    `machines` says how each came up; `lab_changed` that the lab's content is not what it was when
    the evidence was made (the version is the same). `lines` is everything that was looked at, for
    a teacher; `report` is what the learner reads after grading, with causes folded. `seconds` is
    how long all of it took. When the outcomes hold an error and a machine is `off`, the evidence
    is the cause.
    """

    lab: str
    lab_version: str
    lab_changed: bool
    learner: str
    assignment: str
    attempt: int
    mode: Mode
    fault: str
    seed: str
    captured: float
    outcomes: tuple[Outcome, ...]
    lines: tuple[Line, ...]
    report: Report
    score: Score
    findings: tuple[IntegrityFinding, ...]
    machines: Mapping[str, Boot]
    seconds: float
    history: History


@dataclass(frozen=True)
class AfterRestart(Value):
    """What a learner sees before handing in: how it is now, and what will be seen of it when the
    machines are started again somewhere else.

    `sha256` and `size` (bytes) are those of the evidence that was made; `unheld` are paths that
    could not come along, as `machine: path`. `late`: the closing time has passed.
    """

    now: Report
    later: Report
    findings: tuple[IntegrityFinding, ...]
    sha256: str
    size: int
    unheld: tuple[str, ...] = ()
    late: bool = False

    @property
    def lost(self) -> bool:
        """Whether something holds now that does not hold after a restart."""
        now = {line.check for line in self.now.lines if line.result is Result.PASS}
        return any(
            line.check in now and line.result is not Result.PASS for line in self.later.lines
        )


@dataclass(frozen=True)
class HandedIn(Value):
    """What was handed in: the SHA-256 and size in bytes of the evidence, when it was made (seconds
    since 1970), and the paths that could not come along, as `machine: path`. `late`: the closing
    time had passed."""

    lab: str
    sha256: str
    size: int
    captured: float
    unheld: tuple[str, ...] = ()
    late: bool = False
