"""Points (decision 7 of the design): what a repair and a diagnosis earn, what damage costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from breakfix.model.check import Aspect, Check
from breakfix.model.diagnosis import Diagnoses, Diagnosis, DiagnosisForm
from breakfix.model.lab import Fault, Lab
from breakfix.model.outcome import Outcome, Result
from breakfix.model.value import Value


@dataclass(frozen=True)
class Score(Value):
    """Points earned out of `of`; `errors` counts statements that could not be observed."""

    repair: int
    repair_of: int
    diagnosis: int
    diagnosis_of: int
    passed: bool
    errors: int = 0
    first_diagnosis: int = 0
    first_diagnosis_of: int = 0


def aspect_for(check: Check, lab: Lab, fault: str | None) -> Aspect:
    """The aspect of `check` when `fault` is in: another fault's cause only guards here."""
    own = lab.faults[fault].causes if fault is not None else ()
    if check.aspect is Aspect.CAUSE and check.id not in own:
        return Aspect.HARMLESS
    return check.aspect


def score(
    lab: Lab,
    fault: str,
    outcomes: Iterable[Outcome],
    diagnoses: Diagnoses,
    form: DiagnosisForm,
) -> Score:
    """The score of one session.

    `harmless` and `conduct` statements earn only when every symptom and the fault's own causes
    hold, so an untouched machine scores 0; each `harmless` statement that fails costs
    `scoring.damage`. The whole never falls below 0.
    """
    results = {outcome.check: outcome.result for outcome in outcomes}
    checks = lab.checks_for(fault)
    aspects = {check.id: aspect_for(check, lab, fault) for check in checks}
    repair = _repair_points(lab, checks, aspects, results)
    repair_of = sum(check.points for check in checks)
    own = lab.faults[fault]
    named = _diagnosis_points(lab.scoring.diagnosis, own, diagnoses.last, form)
    early = _diagnosis_points(lab.scoring.first_diagnosis, own, diagnoses.first, form)
    errors = sum(result is Result.ERROR for result in results.values())
    passed = errors == 0 and repair >= lab.scoring.pass_mark * repair_of
    return Score(
        repair,
        repair_of,
        named,
        lab.scoring.diagnosis,
        passed,
        errors,
        early,
        lab.scoring.first_diagnosis,
    )


def _repair_points(
    lab: Lab, checks: Iterable[Check], aspects: dict[str, Aspect], results: dict[str, Result]
) -> int:
    points: dict[bool, int] = {True: 0, False: 0}
    repaired, damage = True, 0
    for check in checks:
        core = aspects[check.id] in (Aspect.SYMPTOM, Aspect.CAUSE)
        result = results.get(check.id, Result.ERROR)
        if result is Result.PASS:
            points[core] += check.points
        repaired = repaired and (result is Result.PASS or not core)
        damage += result is Result.FAIL and aspects[check.id] is Aspect.HARMLESS
    earned = points[True] + (points[False] if repaired else 0)
    return max(0, earned - damage * lab.scoring.damage)


def _diagnosis_points(
    points: int, fault: Fault, diagnosis: Diagnosis | None, form: DiagnosisForm
) -> int:
    """Half for the place; the rest for the cause and, where the lab asks for it, for an
    observation that proves it (a wrong one among them spoils that)."""
    if diagnosis is None or diagnosis.place != form.place_of(fault.diagnosis):
        return 0
    if diagnosis.cause != fault.diagnosis:
        return points // 2
    if fault.proof and not _proven(fault, diagnosis):
        return points * 3 // 4
    return points


def _proven(fault: Fault, diagnosis: Diagnosis) -> bool:
    told = {test: result for test, result in diagnosis.proof.items() if test in fault.proof}
    return bool(told) and all(fault.proof[test] == result for test, result in told.items())
