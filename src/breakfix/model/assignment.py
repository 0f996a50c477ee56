"""What a released assignment fixes, and the variant of a lab that each learner gets by it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from breakfix.model.parameter import dice
from breakfix.model.policy import HintPolicy, Policy
from breakfix.model.session import Mode
from breakfix.model.value import Value

__all__ = ["Assignment", "HintPolicy", "Policy", "Variant", "variant"]


@dataclass(frozen=True)
class Assignment(Value):
    """A lab as a teacher released it; `id` is `<course>/<name>`.

    `seed` is drawn at the release and travels with the assignment: it need not be secret, only
    new. `faults` is the fixed fault, or a pool of equals; `attempts` is how many are granted (0:
    as many as you like, in practice). `hint_price` is the points that each hint costs when hints
    are priced. `opens` and `closes` are seconds since 1970 (UTC). `record_terminals` is for
    evaluations: what comes on the screens of terminals is recorded, once the learner was told, and
    is handed in with the rest unless it is left out.
    """

    format: int
    id: str
    lab: str
    lab_version: str
    seed: str
    faults: tuple[str, ...]
    attempts: int = 1
    mode: Mode = Mode.EVALUATION
    hints: HintPolicy = HintPolicy.OFF
    hint_price: int = 0
    opens: float | None = None
    closes: float | None = None
    record_terminals: bool = True

    @property
    def course(self) -> str:
        """The id of the course; empty for an assignment outside any course."""
        return self.id.rpartition("/")[0]

    @property
    def name(self) -> str:
        """What the assignment, its folder and its notebook are called."""
        return self.id.rpartition("/")[2]

    @property
    def policy(self) -> Policy:
        """What holds in a session of it: in practice everything is free."""
        if self.mode is Mode.PRACTICE:
            return Policy(opens=self.opens, closes=self.closes)
        price = self.hint_price if self.hints is HintPolicy.PRICED else 0
        return Policy(
            self.hints, price, self.attempts, self.opens, self.closes, self.record_terminals
        )


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
