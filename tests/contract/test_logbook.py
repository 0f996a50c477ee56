"""The logbook, as every adapter of `LabService` promises it."""

from __future__ import annotations

import pytest

from breakfix.errors import NotFound, SessionError
from breakfix.model.diagnosis import Diagnosis
from breakfix.model.session import State
from tests.contract.front import LAB, Front


def test_an_attempt_comes_into_the_logbook_by_itself(front: Front) -> None:
    """Starting a lab makes an entry, which follows what the learner does."""
    assert front.labs.logbook().entries == ()
    view = front.labs.start(LAB)
    (entry,) = front.labs.logbook().entries
    assert (entry.lab, entry.started, entry.state) == (LAB, view.started, State.RUNNING)
    front.labs.diagnose(LAB, Diagnosis(view.form.places[0].id))
    front.repair()
    front.labs.after_restart(LAB)
    front.labs.finish(LAB)
    (entry,) = front.labs.logbook().entries
    assert (entry.where, entry.held, entry.state) == (
        view.form.places[0].label, True, State.FINISHED,
    )  # fmt: skip


def test_a_note_is_kept_after_the_lab(front: Front) -> None:
    """A note may be written when the lab is over, and is there for the next attempt."""
    front.labs.start(LAB)
    front.labs.finish(LAB)
    (entry,) = front.labs.logbook().entries
    written = front.labs.write_note(entry.id, "Eerst de kabel: ë ü “ok”")
    assert (written.note, written.noted > 0) == ("Eerst de kabel: ë ü “ok”", True)
    front.labs.start(LAB)
    assert [one.note for one in front.labs.logbook().entries] == ["", written.note]
    front.labs.finish(LAB)


def test_a_note_that_can_t_be_kept_is_refused(front: Front) -> None:
    """An unknown attempt and a text that is too long have an error of their own."""
    front.labs.start(LAB)
    (entry,) = front.labs.logbook().entries
    with pytest.raises(NotFound, match="no-entry"):
        front.labs.write_note("tiny.7", "a")
    with pytest.raises(SessionError, match="too-long"):
        front.labs.write_note(entry.id, "x" * 4001)
    front.labs.finish(LAB)
