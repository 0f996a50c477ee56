"""What a released assignment fixes, and the variant of a lab that each learner gets by it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from breakfix.model.parameter import dice
from breakfix.model.value import Value


@dataclass(frozen=True)
class Assignment(Value):
    """A lab as a teacher released it.

    `seed` is drawn at the release and travels with the assignment: it need not be secret, only
    new. `faults` is the fixed fault, or a pool of equals; `attempts` is how many are granted.
    """

    format: int
    id: str
    lab: str
    lab_version: str
    seed: str
    faults: tuple[str, ...]
    attempts: int = 1


@dataclass(frozen=True)
class Variant(Value):
    """Which fault, and the seed of the values."""

    fault: str
    seed: str


def variant(assignment: Assignment, learner: str, attempt: int) -> Variant:
    """The variant of one attempt of one learner (design, decision 10): decided by
    HMAC-SHA256(assignment seed, learner, lab, attempt), so that nobody can choose it and the
    grader can work it out again."""
    told = "\0".join((learner, assignment.lab, str(attempt)))
    digest = hmac.new(assignment.seed.encode(), told.encode(), hashlib.sha256).hexdigest()
    pool = sorted(assignment.faults)
    return Variant(pool[dice(digest, "fault") % len(pool)], digest[:16])
