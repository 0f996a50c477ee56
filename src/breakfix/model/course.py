"""A teacher's course: what was planned for whom, as `course.json` holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from breakfix.messages.language import Language
from breakfix.model.assignment import Assignment
from breakfix.model.value import Value

#: The format of a course folder. Another one is refused with a sentence of its own.
FORMAT = 1


class Counting(StrEnum):
    """Which of two chances counts; the teacher says so when granting the second."""

    BEST = "best"
    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True)
class SecondChance(Value):
    """A later assignment that takes the place of an earlier one: of which, for whom, and which
    counts."""

    of: str
    learners: tuple[str, ...]
    counts: Counting


@dataclass(frozen=True)
class Planned(Value):
    """One assignment of a course.

    `assignment` is what travels to learners. `lab_digest` and `images` (full names by image) pin
    what a grade stands on. `extra_time` maps a learner to their own closing time (seconds since
    1970, UTC).
    """

    assignment: Assignment
    lab_digest: str
    images: Mapping[str, str]
    second_chance: SecondChance | None = None
    extra_time: Mapping[str, float] = field(default_factory=dict)

    def closes_for(self, learner: str) -> float | None:
        """When this assignment closes for `learner` (seconds since 1970), if ever."""
        return self.extra_time.get(learner, self.assignment.closes)

    def is_for(self, learner: str) -> bool:
        """Whether `learner` may hand this in: a second chance is granted to some only."""
        return self.second_chance is None or learner in self.second_chance.learners


@dataclass(frozen=True)
class Course(Value):
    """A course: `id` is nbgrader's course id, `language` that of its notebooks and pages,
    `version` the breakfix that made it; `assignments` are by name, in the order of adding."""

    format: int
    id: str
    language: Language
    version: str
    created: float
    assignments: Mapping[str, Planned] = field(default_factory=dict)


@dataclass(frozen=True)
class Correction(Value):
    """A teacher's correction of one grade cell, with its reason; the last one of a cell holds.

    `by` is the teacher's user name, `time` seconds since 1970 (UTC).
    """

    learner: str
    assignment: str
    cell: str
    points: float
    reason: str
    by: str
    time: float
