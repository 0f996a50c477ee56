"""What was seen, grade cell by grade cell, as learner and teacher read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from breakfix.model.check import Aspect
from breakfix.model.diagnosis import Diagnoses, Diagnosis, DiagnosisForm
from breakfix.model.grading import Cell, cell_of
from breakfix.model.lab import Lab
from breakfix.model.outcome import Result
from breakfix.model.replay import ReplayReport
from breakfix.model.score import aspect_for, score
from breakfix.model.session import Line


class Named(StrEnum):
    """How near a diagnosis came."""

    NONE = "none"
    WRONG = "wrong"
    PLACE = "place"
    UNPROVEN = "unproven"
    RIGHT = "right"


#: What the scoring rules give of four points.
_OF_FOUR = {0: Named.WRONG, 2: Named.PLACE, 3: Named.UNPROVEN, 4: Named.RIGHT}


def aspects_of(lab: Lab, fault: str) -> dict[str, Aspect]:
    """What each statement speaks about when `fault` is in."""
    return {check.id: aspect_for(check, lab, fault) for check in lab.checks_for(fault)}


def lines_for_learner(lab: Lab, report: ReplayReport) -> dict[Cell, tuple[Line, ...]]:
    """What a learner reads, by grade cell.

    While the complaint is there, the report folds what speaks about causes into one line. A cause
    that was repaired all the same is told, and so is whatever costs points because it was broken;
    what would give the cause away stays folded.
    """
    aspects = aspects_of(lab, report.fault)
    shown = list(report.report.lines)
    folded = [line for line in shown if line.check not in aspects]
    if folded:
        own = [line for line in report.lines if aspects.get(line.check) is Aspect.CAUSE]
        broken = [line for line in report.lines if _broken(line, aspects)]
        kept = [line for line in shown if aspects.get(line.check) not in (None, Aspect.CAUSE)]
        shown = [*kept, *(line for line in broken if line not in kept), *_causes(own, folded)]
    return {cell: tuple(_of_cell(cell, shown, aspects)) for cell in Cell}


def worst(lines: Iterable[Line]) -> Result | None:
    """The result that a cell has when its lines are these; None without any."""
    results = {line.result for line in lines}
    for result in (Result.ERROR, Result.FAIL, Result.PASS):
        if result in results:
            return result
    return None


def named(lab: Lab, fault: str, diagnosis: Diagnosis | None, form: DiagnosisForm) -> Named:
    """How near `diagnosis` came to the cause, by the rules that give points."""
    if diagnosis is None:
        return Named.NONE
    four = replace(lab, scoring=replace(lab.scoring, diagnosis=4, first_diagnosis=0))
    return _OF_FOUR[score(four, fault, (), Diagnoses(last=diagnosis), form).diagnosis]


def _causes(own: list[Line], folded: list[Line]) -> list[Line]:
    if own and all(line.result is Result.PASS for line in own):
        return own
    return [*folded, *(line for line in own if line.result is Result.ERROR)]


def _broken(line: Line, aspects: dict[str, Aspect]) -> bool:
    return line.result is Result.FAIL and aspects.get(line.check) is Aspect.HARMLESS


def _of_cell(cell: Cell, lines: Iterable[Line], aspects: dict[str, Aspect]) -> Iterable[Line]:
    return (line for line in lines if cell_of(aspects.get(line.check, line.aspect)) is cell)
