"""The record of a journal that nobody vouches for."""

from __future__ import annotations

from typing import Any

import pytest

from breakfix.codec import to_data
from breakfix.errors import EvidenceUnreadable
from breakfix.evidence.record import Record, record_of
from breakfix.model.diagnosis import Diagnosis
from breakfix.model.policy import HintPolicy, Policy

START = {
    "event": "starting", "slug": "lab", "fault": "f", "seed": "7", "mode": "practice", "cables": [],
}  # fmt: skip


def said(place: str) -> dict[str, Any]:
    """A diagnosis in the journal."""
    return {"event": "diagnosed", "diagnosis": {"place": place, "cause": None, "proof": {}}}


def record(*events: dict[str, Any]) -> Record:
    """The record of a session in which this happened."""
    found = record_of([START, *events])
    assert found is not None
    return found


def test_diagnosis_may_be_thought_over_until_the_first_check() -> None:
    """Before any check, the last word is the first diagnosis."""
    found = record(said("pc"), said("router"))

    assert found.first_diagnosis == Diagnosis("router") == found.diagnosis


def test_first_diagnosis_stays_after_a_check() -> None:
    """What is named after a check changes the last diagnosis alone."""
    found = record(said("pc"), {"event": "checked"}, said("router"))

    assert found.first_diagnosis == Diagnosis("pc")
    assert found.diagnosis == Diagnosis("router")


def test_no_first_diagnosis_after_a_check() -> None:
    """Whoever looks first and names later has no first diagnosis."""
    assert record({"event": "replayed"}, said("router")).first_diagnosis is None


def test_reset_forgets_what_was_handed_over() -> None:
    """The second line starts anew with the machines; diagnoses and hints stay."""
    over = {"event": "handed-over", "handover": {"place": "isp", "tests": {}}, "accepted": True}
    found = record(said("pc"), over, {"event": "resetting", "cables": []})

    assert (found.accepted, found.handovers, found.generation) == (False, (), 2)
    assert found.diagnosis == Diagnosis("pc")


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"event": "starting"},
        {"event": "diagnosed"},
        {"event": "diagnosed", "diagnosis": {"place": 7}},
        {"event": "diagnosed", "diagnosis": "pc"},
        {"event": "hint", "number": "many"},
        {"event": "hint", "number": "1"},
        {"event": "hint", "number": -19},
        {"event": "hint", "number": 0},
        {"event": "hint", "number": True},
        {"event": "hint", "number": 1.5},
        {"event": "hint", "number": float("inf")},
        {"event": "hint", "number": float("nan")},
        {"event": "hint", "number": 10**400},
        START | {"time": float("inf")},
        START | {"time": float("nan")},
        START | {"time": -1.0},
        START | {"time": 1e300},
        START | {"time": 10**400},
        START | {"time": True},
        START | {"time": None},
        START | {"attempt": -1},
        START | {"attempt": True},
        START | {"attempt": 1.5},
        START | {"attempt": 10**400},
        {"event": "cable", "cable": {"machine": "pc"}},
        {"event": "handed-over", "handover": [], "accepted": True},
        {"event": "resetting", "cables": 3},
    ],
)
def test_nonsense_is_one_clear_error(event: dict[str, Any]) -> None:
    """An event that does not hold what it must makes the journal unreadable."""
    with pytest.raises(EvidenceUnreadable):
        record(event)


def test_unknown_events_are_no_trouble() -> None:
    """A newer version may write events that this one does not know."""
    assert record({"event": "sang-a-song"}) == record()


def test_the_terms_are_read_and_free_when_nothing_is_said() -> None:
    """A journal tells the terms of its session; an older one, or free practice, tells none."""
    told = record_of([START | {"policy": to_data(Policy(HintPolicy.PRICED, 2, 1))}])

    assert told is not None
    assert told.policy == Policy(HintPolicy.PRICED, 2, 1)
    assert record().policy == Policy()


def test_terms_that_make_no_sense_are_refused() -> None:
    """A journal that somebody changed by hand is not read with guesses."""
    with pytest.raises(EvidenceUnreadable):
        record_of([START | {"policy": {"hints": "many"}}])
