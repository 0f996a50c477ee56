"""How the points of a replay came about: what was earned, and what was taken off and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from breakfix.model.assignment import Assignment
from breakfix.model.check import Aspect
from breakfix.model.grading import Cell, cell_of, earned, hint_cost
from breakfix.model.lab import Lab
from breakfix.model.outcome import Result
from breakfix.model.replay import ReplayReport
from breakfix.model.score import aspect_for
from breakfix.model.value import Value


@dataclass(frozen=True)
class Account(Value):
    """The points of an evaluation, cell by cell.

    `held` is what the statements that hold are worth, `earned` what is left of it. What care is
    worth only counts when complaint and cause are `repaired`. `broken` statements cost `damage`
    together, and `hints` cost `hint_cost`.
    """

    held: Mapping[Cell, int]
    earned: Mapping[Cell, int]
    repaired: bool
    broken: int
    damage: int
    hints: int
    hint_cost: int


def account(lab: Lab, assignment: Assignment, report: ReplayReport) -> Account:
    """How the points of `report` came about."""
    results = {one.check: one.result for one in report.outcomes}
    held = dict.fromkeys(Cell, 0)
    repaired, broken = True, 0
    for check in lab.checks_for(report.fault):
        aspect = aspect_for(check, lab, report.fault)
        result = results.get(check.id, Result.ERROR)
        if result is Result.PASS:
            held[cell_of(aspect)] += check.points
        elif aspect in (Aspect.SYMPTOM, Aspect.CAUSE):
            repaired = False
        broken += result is Result.FAIL and aspect is Aspect.HARMLESS
    held[Cell.DIAGNOSIS] += report.score.diagnosis + report.score.first_diagnosis
    return Account(
        held,
        earned(lab, assignment, report),
        repaired,
        broken,
        broken * lab.scoring.damage,
        max(0, report.history.hints),
        hint_cost(assignment, report),
    )
