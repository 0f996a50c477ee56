"""Whether a hand-in may come into a course: the claim against what the teacher planned."""

from __future__ import annotations

import time
from collections.abc import Container
from dataclasses import dataclass

from breakfix.content.text import sentence
from breakfix.errors import SubmissionRefused
from breakfix.evidence.refusal import visible
from breakfix.grading.incoming.claims import Claim
from breakfix.grading.incoming.limits import AHEAD
from breakfix.model.course import Course, Planned
from breakfix.model.value import Text


@dataclass(frozen=True)
class Wanted:
    """What the teacher said for all hand-ins: one assignment only, and when they were received."""

    assignment: str | None = None
    received: float | None = None


@dataclass(frozen=True)
class Accepted:
    """A hand-in that belongs to the course: whose, of what, and when it counts as handed in."""

    learner: str
    name: str
    planned: Planned
    time: float
    notes: tuple[Text, ...] = ()

    @property
    def late(self) -> bool:
        """Whether it came after the closing time of this learner."""
        closes = self.planned.closes_for(self.learner)
        return closes is not None and self.time > closes


def accept(claim: Claim, course: Course, known: Container[str], wanted: Wanted) -> Accepted:
    """What `claim` is in `course`, where the ids of learners are `known`.

    Raises SubmissionRefused with the first reason why it can't be taken.
    """
    name = _assignment(claim, course, wanted)
    planned = course.assignments[name]
    learner = claim.learner
    if learner not in known:
        raise SubmissionRefused("import.unknown-learner", learner=visible(learner))
    if claim.lab and claim.lab != planned.assignment.lab:
        found, lab = visible(claim.lab), planned.assignment.lab
        raise SubmissionRefused("import.other-lab", found=found, lab=lab)
    if not planned.is_for(learner):
        raise SubmissionRefused("import.no-second-chance", learner=learner, assignment=name)
    moment, notes = _moment(claim, wanted)
    return Accepted(learner, name, planned, moment, notes)


def _assignment(claim: Claim, course: Course, wanted: Wanted) -> str:
    """The name of the assignment that a claim speaks of."""
    told = claim.assignment
    by_id = {planned.assignment.id: name for name, planned in course.assignments.items()}
    name = told if told in course.assignments else by_id.get(told)
    if not told:
        raise SubmissionRefused("import.practice")
    if claim.course != course.id:
        raise SubmissionRefused(
            "import.other-course", found=visible(claim.course) or "-", course=course.id
        )
    if name is None:
        known = ", ".join(course.assignments) or "-"
        raise SubmissionRefused("import.unknown-assignment", found=visible(told), known=known)
    if wanted.assignment not in (None, name):
        raise SubmissionRefused("import.other-assignment", found=name, assignment=wanted.assignment)
    return name


def _moment(claim: Claim, wanted: Wanted) -> tuple[float, tuple[Text, ...]]:
    """When it was handed in: as the teacher says, else by the learner's clock, which may not be
    ahead of ours (or nothing could ever be newer)."""
    now = time.time()
    if wanted.received is not None:
        return wanted.received, ()
    if claim.time <= now + AHEAD:
        return claim.time, ()
    note = sentence("import.clock-ahead")
    return now, (note,)
