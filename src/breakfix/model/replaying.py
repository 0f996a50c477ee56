"""What travels to and from the process that replays for grades: one value a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from breakfix.model.assignment import Assignment
from breakfix.model.replay import ReplayReport
from breakfix.model.value import Text, Value


@dataclass(frozen=True)
class ReplayRequest(Value):
    """Evidence to replay for a grade. `lab_digest` and `images` (full names by image) are what the
    course has pinned: with anything else nothing is replayed."""

    file: str
    assignment: Assignment
    learner: str
    lab_digest: str
    images: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Trouble(Value):
    """Why there is no report. `ours`: the evidence is not to blame. `lasting`: asking again at once
    would give the same."""

    key: str
    values: Mapping[str, str]
    text: Text
    ours: bool
    lasting: bool


@dataclass(frozen=True)
class ReplayAnswer(Value):
    """One line of the answer: steps of progress, and last a report or an error."""

    step: str = ""
    done: int = 0
    total: int = 0
    report: ReplayReport | None = None
    error: Trouble | None = None

    @property
    def final(self) -> bool:
        """Whether no other line follows."""
        return self.report is not None or self.error is not None
