"""What a session tells beside its machines: the time, the steps, and nothing too early."""

from __future__ import annotations

import time

import pytest

from breakfix.messages import Language, say
from breakfix.model.assignment import Assignment
from breakfix.model.diagnosis import Diagnosis
from breakfix.model.session import Event
from tests.contract.front import LAB, Front

FAULT = "note-missing"


@pytest.fixture
def started(front: Front) -> Front:
    """A lab that was started."""
    front.labs.start(LAB)
    return front


def test_the_time_that_was_worked_is_told(started: Front) -> None:
    """The seconds go on after a verb, whichever asks; a pause counts half an hour at most."""
    started.inner.clock = lambda: time.time() + 10 * 60
    assert 10 * 60 <= started.labs.status(LAB).seconds < 30 * 60
    place = started.labs.status(LAB).form.places[0]
    assert started.labs.diagnose(LAB, Diagnosis(place.id)).seconds >= 10 * 60
    started.inner.clock = lambda: time.time() + 24 * 3600
    assert 30 * 60 <= started.labs.status(LAB).seconds < 60 * 60


def test_an_evaluation_rules_no_cause_out(front: Front) -> None:
    """While another diagnosis may still count, also after a hand-in, no answer tells what would
    have ruled a cause out; free practice may tell it."""
    front.labs.start_assigned(Assignment(1, "week-3", LAB, "0.1.0", "s33d", (FAULT,)), "els")
    front.labs.hand_in(LAB, front.labs.after_restart(LAB).sha256)
    assert rulings(front) == {""}
    front.labs.finish(LAB)
    front.labs.start(LAB)
    assert all(rulings(front))


def rulings(front: Front) -> set[str]:
    """What would have ruled each cause out, as it is told now."""
    form = front.labs.status(LAB).form
    return {cause.ruled_out_by.en for place in form.places for cause in place.causes}


def test_events_tell_what_the_other_verbs_do(started: Front) -> None:
    """Stopping, going on, handing in and ending each have a step of their own, and going on tells
    how many machines are up."""
    heard: list[Event] = []
    sha256 = started.labs.after_restart(LAB).sha256
    started.labs.events(heard.append)
    started.labs.stop(LAB)
    started.labs.start(LAB)
    started.labs.hand_in(LAB, sha256)
    started.labs.finish(LAB)

    steps = [(one.kind, one.done, one.total) for one in heard]
    assert steps == [
        ("stop", 0, 0), ("resume", 0, 1), ("resume", 1, 1), ("hand-in", 0, 0), ("finish", 0, 0),
    ]  # fmt: skip
    assert all(say(f"progress.{kind}", one) for kind, _, _ in steps for one in Language)
