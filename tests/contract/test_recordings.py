"""Recordings of terminals, for every adapter of `LabService`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from breakfix.errors import NotFound, SessionError
from breakfix.evidence.asciicast import read_cast
from breakfix.messages import Language, say
from breakfix.model.assignment import Assignment
from breakfix.model.recording import Recording
from breakfix.model.session import Mode
from breakfix.ports.terms import terms
from tests.contract.front import LAB, Front

EVALUATION = Assignment(1, "helpdesk/week-3", LAB, "0.1.0", "5eed", ("note-missing",), attempts=2)


def work(front: Front, *typed: bytes) -> None:
    """Open a terminal that says back what is typed, and close it again."""
    terminal = front.labs.terminal(LAB, "pc")
    for data in typed:
        terminal.write(data)
    while terminal.read():
        pass
    terminal.close()


def text(front: Front, one: Recording) -> str:
    """What was on the screen in a recording."""
    cast = read_cast(b"".join(front.labs.recording(LAB, one.id)))
    return "".join(event.data for event in cast.events if event.code == "o")


def begin(front: Front, **more: object) -> None:
    """Start an evaluation."""
    front.labs.start_assigned(replace(EVALUATION, **more), "els")  # type: ignore[arg-type]


def test_practice_records_nothing_unless_the_learner_wants(front: Front) -> None:
    """Free practice, and an assignment for practice, have no recordings; the switch is there for
    who likes one."""
    view = front.labs.start(LAB)
    work(front, b"before")
    assert (view.unannounced, view.policy.record_terminals, view.recording) == (False, False, None)
    assert front.labs.recordings(LAB) == ()
    assert not replace(EVALUATION, mode=Mode.PRACTICE).policy.record_terminals

    assert front.labs.record(LAB, on=True).recording is True
    work(front, b"after")

    (one,) = front.labs.recordings(LAB)
    assert (one.id, one.machine, text(front, one)) == ("01-pc", "pc", "after")


def test_an_evaluation_records_once_the_learner_was_told(front: Front) -> None:
    """It is announced, nothing is recorded before, and everything after."""
    begin(front)
    view = front.labs.status(LAB)
    assert view.unannounced
    assert say("terms.recorded", Language.EN) in terms(view, Language.EN)
    work(front, b"before")
    assert front.labs.recordings(LAB) == ()

    assert not front.labs.record(LAB, on=True).unannounced
    work(front, b"after")

    assert [text(front, one) for one in front.labs.recordings(LAB)] == ["after"]


def test_a_teacher_may_do_without(front: Front) -> None:
    """An evaluation that records nothing announces nothing."""
    begin(front, record_terminals=False)
    view = front.labs.status(LAB)

    assert (view.unannounced, view.mode) == (False, Mode.EVALUATION)
    assert say("terms.recorded", Language.EN) not in terms(view, Language.EN)


def test_the_switch_is_an_event_once(front: Front) -> None:
    """The journal keeps each change of the switch; saying the same again is none."""
    begin(front)
    for on in (True, True, False, False, True):
        front.labs.record(LAB, on=on)
    events = front.inner.store.journal(LAB).events()

    assert [one["on"] for one in events if one["event"] == "recording"] == [True, False, True]


def test_recordings_are_handed_in(front: Front) -> None:
    """What was recorded in an evaluation is in the evidence, with what the journal says of it; the
    replay counts it and no more."""
    begin(front)
    front.labs.record(LAB, on=True)
    work(front, b"ip route")
    work(front, b"my secret")
    front.labs.leave_out(LAB, "02-pc")
    seen = front.labs.after_restart(LAB)
    front.labs.hand_in(LAB, seen.sha256)
    file = front.inner.store.folder(LAB) / "evidence.breakfix.tar.zst"
    loaded = front.inner.catalog.load(LAB)
    report = front.inner.replayer.replay(lambda _: loaded, file, lambda *_: None)

    assert (report.history.recordings, report.history.left_out) == (1, 1)
    with front.inner.replayer.scratch.use() as folder:
        evidence = front.inner.replayer.open_evidence(file, folder)
        (cast,) = evidence.recordings
        assert b"ip route" in cast.read_bytes()
        assert b"my secret" not in cast.read_bytes()
    assert [one["event"] for one in evidence.journal][-1] == "left-out"


def test_practice_hands_no_recording_in(front: Front) -> None:
    """What a learner records for themselves stays here."""
    front.labs.start(LAB)
    front.labs.record(LAB, on=True)
    work(front, b"mine")
    seen = front.labs.after_restart(LAB)
    front.labs.hand_in(LAB, seen.sha256)

    assert len(front.labs.recordings(LAB)) == 1
    assert b"01-pc" not in b"".join(front.labs.evidence(LAB))


def test_what_was_left_out_is_not_handed_in_by_mistake(front: Front) -> None:
    """What an evaluation was to hand in is gone when a recording of it is left out: it must be
    made again. In practice, where it holds none, it stays."""
    begin(front)
    front.labs.record(LAB, on=True)
    work(front, b"secret")
    seen = front.labs.after_restart(LAB)
    view = front.labs.leave_out(LAB, "01-pc")

    assert view.recording is True
    with pytest.raises(SessionError) as refused:
        front.labs.hand_in(LAB, seen.sha256)
    assert refused.value.key == "hand-in.nothing-made"


def test_a_recording_that_is_not_there_is_told(front: Front) -> None:
    """Neither shown nor left out, with those that there are."""
    front.labs.start(LAB)
    for ask in (front.labs.recording, front.labs.leave_out):
        with pytest.raises(NotFound) as found:
            ask(LAB, "07-pc")
        assert found.value.values == {"recording": "07-pc", "known": "-"}


def test_recordings_last_as_long_as_their_session(front: Front) -> None:
    """They can be looked at when it is finished, through a reset too, and are gone when the lab is
    started anew."""
    front.labs.start(LAB)
    front.labs.record(LAB, on=True)
    work(front, b"x")
    front.labs.reset(LAB)
    front.labs.finish(LAB)
    assert len(front.labs.recordings(LAB)) == 1

    front.labs.start(LAB)

    assert front.labs.recordings(LAB) == ()
    assert front.labs.status(LAB).recording is None


def test_one_command_is_not_recorded(front: Front) -> None:
    """A command that is run without a screen makes no recording."""
    front.labs.start(LAB)
    front.labs.record(LAB, on=True)
    terminal = front.labs.terminal(LAB, "pc", ["cat", "/srv/nota.txt"])
    terminal.read()
    terminal.close()

    assert front.labs.recordings(LAB) == ()
