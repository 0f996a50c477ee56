"""From a replay's report to the cells of a gradebook: pure rules and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from breakfix.model.assignment import Assignment, HintPolicy
from breakfix.model.check import Aspect
from breakfix.model.lab import Lab
from breakfix.model.outcome import Outcome, Result
from breakfix.model.replay import ReplayReport
from breakfix.model.score import aspect_for
from breakfix.model.session import Mode
from breakfix.model.value import Text, Value


class Cell(StrEnum):
    """The grade cells that a replay fills, by grade id."""

    COMPLAINT = "complaint"
    CAUSE = "cause"
    CARE = "care"
    DIAGNOSIS = "diagnosis"


#: Where damage and hints are taken from, first to last.
_TAKEN_FROM = (Cell.CARE, Cell.CAUSE, Cell.COMPLAINT)
_CELLS = {
    Aspect.SYMPTOM: Cell.COMPLAINT,
    Aspect.CAUSE: Cell.CAUSE,
    Aspect.HARMLESS: Cell.CARE,
    Aspect.CONDUCT: Cell.CARE,
    Aspect.DIAGNOSIS: Cell.DIAGNOSIS,
}


class Decision(StrEnum):
    """What grading decided about a submission.

    `scored`: the replay's report gives the points. `refused`: what was handed in can't count, by
    its own fault: 0 points, with the reason. `nothing`: there was no evidence: 0 points for the
    machines. `to-grade`: the trouble is on our side: no grade is written.
    """

    SCORED = "scored"
    REFUSED = "refused"
    NOTHING = "nothing"
    TO_GRADE = "to-grade"


@dataclass(frozen=True)
class Verdict(Value):
    """What is known of one submission, as it is kept beside the course.

    `key` is the hash of everything that it stands on; `sha256` that of the evidence (empty when
    there was none); `reason` tells a person why, in both languages, where it was not scored.
    `replayed` is when it was made (seconds since 1970, UTC).
    """

    key: str
    decision: Decision
    sha256: str
    replayed: float
    report: ReplayReport | None = None
    reason: Text | None = None


def cell_of(aspect: Aspect) -> Cell:
    """The grade cell that a statement of this aspect belongs to."""
    return _CELLS[aspect]


def most_points(lab: Lab, fault: str, mode: Mode) -> dict[Cell, int]:
    """What each cell can earn; in practice nothing counts, so that is 0."""
    points = dict.fromkeys(Cell, 0)
    if mode is Mode.PRACTICE:
        return points
    for check in lab.checks_for(fault):
        points[cell_of(aspect_for(check, lab, fault))] += check.points
    points[Cell.DIAGNOSIS] += lab.scoring.diagnosis + lab.scoring.first_diagnosis
    return points


def earned(lab: Lab, assignment: Assignment, report: ReplayReport) -> dict[Cell, int]:
    """What each cell earned; together that is the report's score, less the price of hints.

    Damage and hints are taken from what care earned first, then from the cause, then from the
    complaint; no cell falls below 0.
    """
    if assignment.mode is Mode.PRACTICE:
        return dict.fromkeys(Cell, 0)
    points = _passed(lab, report.fault, report.outcomes)
    cost = hint_cost(assignment, report)
    left = sum(points.values()) - max(0, report.score.repair - cost)
    for cell in _TAKEN_FROM:
        taken = min(points[cell], left)
        points[cell] -= taken
        left -= taken
    points[Cell.DIAGNOSIS] = report.score.diagnosis + report.score.first_diagnosis
    return points


def hint_cost(assignment: Assignment, report: ReplayReport) -> int:
    """What the hints cost that were shown. How many there were is the learner's word, and can
    never be worth points."""
    price = assignment.hint_price if assignment.hints is HintPolicy.PRICED else 0
    return price * max(0, report.history.hints)


def _passed(lab: Lab, fault: str, outcomes: Iterable[Outcome]) -> dict[Cell, int]:
    """What the statements that hold would earn by themselves."""
    results: Mapping[str, Result] = {one.check: one.result for one in outcomes}
    points = dict.fromkeys(Cell, 0)
    for check in lab.checks_for(fault):
        if results.get(check.id) is Result.PASS:
            points[cell_of(aspect_for(check, lab, fault))] += check.points
    return points
