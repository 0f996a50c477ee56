"""Points: an untouched machine earns nothing, damage costs, a diagnosis keeps its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from breakfix.model.check import Aspect, Check, Sight
from breakfix.model.diagnosis import Cause, Diagnoses, Diagnosis, DiagnosisForm, Place
from breakfix.model.lab import Fault, Lab, Level, Scoring
from breakfix.model.outcome import Outcome, Result
from breakfix.model.score import Score, score
from breakfix.model.value import Text

T = Text("nl", "en")


def check(name: str, aspect: Aspect, points: int) -> Check:
    """A check that needs no machine."""
    return Check(name, aspect, Sight.OBSERVER, points, {"pass": T, "fail": T})


LAB = Lab(
    format=1,
    version="1",
    title=T,
    summary=T,
    level=Level.STARTER,
    minutes=10,
    competences=(),
    machines={},
    checks=(
        check("works", Aspect.SYMPTOM, 4),
        check("gateway", Aspect.CAUSE, 4),
        check("names", Aspect.CAUSE, 2),
        check("firewall", Aspect.HARMLESS, 2),
    ),
    faults={
        "wrong-gateway": Fault(1, "pc-gateway", ("gateway",)),
        "wrong-names": Fault(1, "pc-names", ("names",)),
    },
    scoring=Scoring(damage=7),
)
FORM = DiagnosisForm(
    (Place("pc", T, (Cause("pc-gateway", T, T),)), Place("router", T, (Cause("rt-nat", T, T),)))
)


def scored(failing: set[str], diagnosis: Diagnosis | None = None) -> Score:
    """The score with the fault `wrong-gateway` when these checks fail."""
    outcomes = [
        Outcome(one.id, Result.FAIL if one.id in failing else Result.PASS, "pass")
        for one in LAB.checks
    ]
    return score(LAB, "wrong-gateway", outcomes, Diagnoses(last=diagnosis), FORM)


def test_repaired_earns_all() -> None:
    """When every statement holds, every point is earned."""
    assert scored(set()) == Score(12, 12, 0, 4, passed=True)


def test_untouched_earns_nothing() -> None:
    """The fault's own symptom and cause fail: what was never broken earns nothing either."""
    assert scored({"works", "gateway"}).repair == 0


def test_damage_keeps_a_repair_below_the_pass_mark() -> None:
    """A repair that breaks something harmless loses what it earned."""
    found = scored({"firewall"})

    assert (found.repair, found.passed) == (3, False)


def test_another_faults_cause_guards_against_damage() -> None:
    """A cause check of another fault is a harmless statement here."""
    assert not scored({"names"}).passed


@pytest.mark.parametrize(
    ("diagnosis", "points"),
    [
        (None, 0),
        (Diagnosis("router", "rt-nat"), 0),
        (Diagnosis("pc"), 2),
        (Diagnosis("pc", "pc-gateway"), 4),
    ],
)
def test_diagnosis_keeps_its_own_points(diagnosis: Diagnosis | None, points: int) -> None:
    """The right place earns half, the right cause all, whether or not the repair worked."""
    assert scored({"works", "gateway"}, diagnosis).diagnosis == points


def test_an_error_never_passes() -> None:
    """A statement that could not be observed is no pass, however many points there are."""
    outcomes = [Outcome(one.id, Result.PASS, "pass") for one in LAB.checks]
    outcomes[3] = replace(outcomes[3], result=Result.ERROR)
    found = score(LAB, "wrong-gateway", outcomes, Diagnoses(), FORM)

    assert (found.errors, found.passed) == (1, False)
