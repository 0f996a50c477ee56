from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakfix.content.reader import read_lab
from breakfix.errors import EvidenceUnreadable
from breakfix.evidence.record import record_of
from breakfix.grading.account import account
from breakfix.grading.seen import Named, aspects_of, lines_for_learner, named, worst
from breakfix.model.assignment import Assignment, HintPolicy
from breakfix.model.check import Aspect
from breakfix.model.diagnosis import Diagnoses, Diagnosis
from breakfix.model.grading import Cell, earned
from breakfix.model.outcome import Outcome, Result
from breakfix.model.replay import History, ReplayReport
from breakfix.model.score import score
from breakfix.model.session import Line, Mode, Report
from breakfix.model.value import Text

LOADED = read_lab(Path(__file__).parents[3] / "labs" / "m021-network" / "no-internet")
FAULT, LAB_CHANGED = "hosts-entry", False
CHECKS = LOADED.lab.checks_for(FAULT)
ASPECTS = aspects_of(LOADED.lab, FAULT)
ASSIGNMENT = Assignment(
    1, "c/a", LOADED.slug, "1.0.0", "s", (FAULT,), 1, Mode.EVALUATION, HintPolicy.PRICED, 3
)


def replayed(failing: set[str], hints: int = 0, last: Diagnosis | None = None) -> ReplayReport:
    """A report on work of which some statements fail, folded as a learner reads it."""
    outcomes = tuple(
        Outcome(check.id, Result.FAIL if check.id in failing else Result.PASS, "x")
        for check in CHECKS
    )
    lines = tuple(
        Line(one.check, check.aspect, one.result, Text(one.check, one.check))
        for one, check in zip(outcomes, CHECKS, strict=True)
    )
    shown = lines
    if any(line.aspect is Aspect.SYMPTOM and line.result is Result.FAIL for line in lines):
        fold = Line("cause", Aspect.CAUSE, Result.FAIL, Text("folded", "folded"))
        shown = (*(line for line in lines if line.aspect is not Aspect.CAUSE), fold)
    told = Diagnoses(last=last)
    points = score(LOADED.lab, FAULT, outcomes, told, LOADED.form)
    return ReplayReport(
        LOADED.slug, "1.0.0", LAB_CHANGED, "els", "c/a", 1, Mode.EVALUATION, FAULT, "s", 1.0,
        outcomes, lines, Report(LOADED.slug, shown, points, 1.0), points, (), {}, 1.0,
        History(1.0, 1.0, hints, 1, 0, told),
    )  # fmt: skip


@given(st.sets(st.sampled_from([check.id for check in CHECKS])), st.integers())
def test_an_account_always_adds_up(failing: set[str], hints: int) -> None:
    """Whatever fails: what is left is what holds, less what does not count, damage and hints, and
    never below zero."""
    told = account(LOADED.lab, ASSIGNMENT, replayed(failing, hints))
    core = told.held[Cell.COMPLAINT] + told.held[Cell.CAUSE]
    counts = core + (told.held[Cell.CARE] if told.repaired else 0)
    left = max(0, max(0, counts - told.damage) - told.hint_cost)
    assert told.hints >= 0
    assert sum(told.earned.values()) == left
    assert all(0 <= told.earned[cell] <= told.held[cell] for cell in Cell)
    assert told.damage == 27 * len([one for one in failing if ASPECTS[one] is Aspect.HARMLESS])


#: Whatever may stand in a journal as a value.
VALUES = st.one_of(
    st.integers(), st.floats(), st.booleans(), st.none(), st.text(max_size=3), st.just(10**400)
)
EVENTS = st.fixed_dictionaries(
    {
        "event": st.sampled_from(["hint", "checked", "replayed", "resetting", "starting", "other"]),
        "number": st.one_of(st.integers(-20, 20), VALUES),
    },
    optional={"time": VALUES, "attempt": VALUES, "cables": st.just([])},
)
START = {
    "event": "starting", "slug": LOADED.slug, "fault": FAULT, "seed": "s", "mode": "evaluation",
    "cables": [],
}  # fmt: skip


@given(st.sets(st.sampled_from([check.id for check in CHECKS])), st.lists(EVENTS, max_size=4))
def test_no_journal_earns_what_the_machines_did_not(
    failing: set[str], events: list[dict[str, Any]]
) -> None:
    """Whatever a journal says, it is refused, or the repair earns no more than the machines did."""
    try:
        told = record_of([START, *events])
    except EvidenceUnreadable:
        return
    assert told is not None
    report = replayed(failing, told.hints)
    points = earned(LOADED.lab, ASSIGNMENT, report)
    repaired = sum(points.values()) - points[Cell.DIAGNOSIS]
    assert repaired == max(0, report.score.repair - 3 * told.hints)
    assert told.hints >= 0


def test_hints_below_zero_cost_nothing_and_earn_nothing() -> None:
    """A report that says so, whoever made it, gives what the machines earned and no more."""
    report = replayed({"site-opens"}, -19)
    points = earned(LOADED.lab, ASSIGNMENT, report)
    assert sum(points.values()) == report.score.repair
    assert account(LOADED.lab, ASSIGNMENT, report).hint_cost == 0


def test_an_account_of_a_statement_without_answer_is_no_repair() -> None:
    """A symptom that nobody could look at does not count as repaired, nor as damage."""
    report = replayed(set())
    rest = tuple(one for one in report.outcomes if one.check != "site-opens")
    told = account(LOADED.lab, ASSIGNMENT, replace(report, outcomes=rest))
    assert (told.repaired, told.broken) == (False, 0)


def test_a_learner_sees_every_statement_once_the_complaint_is_gone() -> None:
    """Nothing is folded then, and each statement stands under its own cell."""
    told = lines_for_learner(LOADED.lab, replayed({"router-firewall-on"}))
    assert [line.check for line in told[Cell.CAUSE]] == ["no-hosts-override"]
    assert sum(len(lines) for lines in told.values()) == len(CHECKS)
    assert worst(told[Cell.CARE]) is Result.FAIL


def test_while_the_complaint_is_there_the_cause_stays_hidden() -> None:
    """Causes are one line, and those of other faults are not there at all: their being in order
    would tell which one is left."""
    told = lines_for_learner(LOADED.lab, replayed({"site-opens", "no-hosts-override"}))
    assert [line.text.nl for line in told[Cell.CAUSE]] == ["folded"]
    shown = {line.check for lines in told.values() for line in lines}
    assert shown.isdisjoint(check.id for check in CHECKS if check.aspect is Aspect.CAUSE)


def test_what_was_broken_is_told_although_the_complaint_is_there() -> None:
    """What costs points is told, also where it speaks about another fault's cause."""
    told = lines_for_learner(LOADED.lab, replayed({"site-opens", "no-hosts-override", "cables-in"}))
    assert "cables-in" in {line.check for line in told[Cell.CARE]}
    assert "pc-uses-dhcp" not in {line.check for line in told[Cell.CARE]}


def test_a_cause_that_was_repaired_is_told_although_the_complaint_is_there() -> None:
    """A learner who repaired the cause and broke something else does not read that it is not
    repaired."""
    told = lines_for_learner(LOADED.lab, replayed({"site-opens"}))
    assert [(line.check, line.result) for line in told[Cell.CAUSE]] == [
        ("no-hosts-override", Result.PASS)
    ]


def test_no_line_has_no_result() -> None:
    """A cell without statements is neither right nor wrong."""
    assert worst(()) is None


@pytest.mark.parametrize(
    ("diagnosis", "near"),
    [
        (None, Named.NONE),
        (Diagnosis("router"), Named.WRONG),
        (Diagnosis("?", "pc-old-entry"), Named.WRONG),
        (Diagnosis("pc"), Named.PLACE),
        (Diagnosis("pc", "pc-rule"), Named.PLACE),
        (Diagnosis("pc", "pc-old-entry"), Named.RIGHT),
    ],
)
def test_a_diagnosis_is_as_near_as_its_points_say(diagnosis: Diagnosis | None, near: Named) -> None:
    """No, wrong, right place, and right: by the rules that give points."""
    assert named(LOADED.lab, FAULT, diagnosis, LOADED.form) is near


def test_a_cause_without_the_proof_that_the_lab_wants_is_unproven() -> None:
    """Where the lab asks for a proving test, the cause alone is not all."""
    till = read_lab(Path(__file__).parents[3] / "labs" / "m020-os" / "till-does-not-start")
    fault, own = next((name, one) for name, one in till.lab.faults.items() if one.proof)
    place = till.form.place_of(own.diagnosis)
    assert place is not None
    said = Diagnosis(place, own.diagnosis)
    assert named(till.lab, fault, said, till.form) is Named.UNPROVEN
    proven = Diagnosis(place, own.diagnosis, dict([next(iter(own.proof.items()))]))
    assert named(till.lab, fault, proven, till.form) is Named.RIGHT
