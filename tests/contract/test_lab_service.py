"""What every adapter of `LabService` promises: in this process, and through JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256

import pytest
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from breakfix.errors import (
    BreakfixError,
    ContentError,
    EngineAbsent,
    NotFound,
    SessionBusy,
    SessionError,
    SessionExists,
    SessionMissing,
)
from breakfix.messages import Language, say
from breakfix.model.assignment import Assignment
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.outcome import Result
from breakfix.model.screen import ScreenKind, Trouble
from breakfix.model.session import Event, Hint, LabSummary, Mode, Power, State
from breakfix.model.topology import Cable
from breakfix.ports.runtime import MachineKey
from tests.contract.front import LAB, Front
from tests.contract.loopback import error_through, through

FAULT = "note-missing"
NOTE = "cat /srv/nota.txt"


@pytest.fixture
def started(front: Front) -> Iterator[Front]:
    """A lab that was started."""
    front.labs.start(LAB)
    yield front
    assert all(place[0] == LAB for place in front.runtime.machines)


def listed(front: Front) -> LabSummary:
    """The lab in the list."""
    return next(lab for lab in front.labs.labs() if lab.slug == LAB)


def test_labs_tell_their_state(front: Front) -> None:
    """The list names every lab with the state of its session, if it had one, and when something
    last happened in it."""
    assert all((lab.state, lab.used) == (None, 0) for lab in front.labs.labs())
    started = front.labs.start(LAB).started

    begun = listed(front)
    assert (begun.state, begun.used >= started > 0) == (State.RUNNING, True)
    front.labs.finish(LAB)
    ended = listed(front)
    assert (ended.state, ended.used >= begun.used) == (State.FINISHED, True)


def test_start_shows_the_ticket_and_never_the_fault(front: Front) -> None:
    """A started lab runs, names its machines and keeps the fault to itself."""
    view = front.labs.start(LAB)

    assert (view.state, view.mode) == (State.RUNNING, Mode.PRACTICE)
    assert [(one.name, one.power) for one in view.machines] == [("pc", Power.RUNNING)]
    assert "$" not in view.machines[0].hostname
    assert FAULT not in repr(view)
    assert replace(view, seconds=0.0) == replace(front.labs.status(LAB), seconds=0.0)


def test_start_runs_health_then_fault(started: Front) -> None:
    """The machine is set up, and then broken, in this order."""
    scripts = [script for _, script in started.runtime.ran]

    assert ["echo" in scripts[0], "rm /srv/nota.txt" in scripts[1]] == [True, True]


def test_broken_fails_and_repaired_passes(started: Front) -> None:
    """Checking fails before the repair, with the causes folded, and passes after it."""
    broken = started.labs.check(LAB)
    assert broken.score is not None
    assert (broken.result, broken.score.repair) == (Result.FAIL, 0)
    assert [line.check for line in broken.lines] == ["note-readable", "cause"]

    started.repair()
    repaired = started.labs.check(LAB)

    assert repaired.score is not None
    assert (repaired.result, repaired.score.passed) == (Result.PASS, True)
    assert [line.check for line in repaired.lines] == ["note-readable", "note-kept"]


def test_a_machine_that_is_gone_is_made_again(started: Front) -> None:
    """When machines vanished behind our back, the next verb brings the lab back."""
    started.runtime.machines.clear()

    assert started.labs.check(LAB).result is Result.FAIL
    assert started.labs.status(LAB).machines[0].power is Power.RUNNING


def test_hints_come_in_order_and_stay_at_the_last(started: Front) -> None:
    """Each hint is shown once in its turn; after the last one comes the last one."""
    hints = [started.labs.hint(LAB)]
    while hints[-1].number < hints[-1].of:
        hints.append(started.labs.hint(LAB))

    assert [hint.number for hint in hints] == list(range(1, hints[0].of + 1))
    assert started.labs.hint(LAB) == hints[-1]
    assert list(started.labs.hints(LAB)) == hints
    assert started.labs.status(LAB).hints_shown == hints[0].of


def test_diagnosis_is_kept_and_replaced(started: Front) -> None:
    """A diagnosis of the lab's own form is kept; a later one takes its place."""
    place = started.labs.status(LAB).form.places[0]
    started.labs.diagnose(LAB, Diagnosis(place.id))
    named = Diagnosis(place.id, place.causes[0].id)

    assert started.labs.diagnose(LAB, named).diagnosis == named
    assert started.labs.status(LAB).diagnosis == named


def test_handing_over_what_is_ours_is_answered(started: Front) -> None:
    """The second line refuses what is not theirs to repair."""
    reply = started.labs.hand_over(LAB, Handover("pc", {}))

    assert not reply.accepted
    assert reply.text.nl
    assert reply.text.en


def test_reset_begins_again(started: Front) -> None:
    """A reset undoes the repair, and the diagnosis stays."""
    place = started.labs.status(LAB).form.places[0].id
    started.labs.diagnose(LAB, Diagnosis(place))
    started.repair()

    view = started.labs.reset(LAB)

    assert view.diagnosis == Diagnosis(place)
    assert started.labs.check(LAB).result is Result.FAIL


def test_stopped_work_is_still_there(started: Front) -> None:
    """Machines that were stopped are off; starting goes on with the same disks."""
    started.repair()
    stopped = started.labs.stop(LAB)
    assert (stopped.state, stopped.machines[0].power) == (State.STOPPED, Power.OFF)

    started.labs.start(LAB)

    assert started.labs.check(LAB).result is Result.PASS


def test_finish_removes_the_machines(started: Front) -> None:
    """After the end there is nothing left to work on, and the lab can be started again."""
    started.labs.finish(LAB)

    assert started.runtime.machines == {}
    with pytest.raises(SessionMissing):
        started.labs.status(LAB)
    assert started.labs.start(LAB).state is State.RUNNING


def test_what_lasts_is_seen_before_handing_in(started: Front) -> None:
    """A repair that does not last fails after a restart, and nothing is handed in yet."""
    started.repair('echo "code: $CODE" >/run/nota.txt\nln -s /run/nota.txt /srv/nota.txt')
    found = started.labs.after_restart(LAB)

    results = {line.check: line.result for line in found.now.lines}
    assert results["note-readable"] is Result.PASS
    assert found.later.result is Result.FAIL
    assert started.runtime.sessions() == (LAB,)
    with pytest.raises(SessionMissing):
        started.labs.evidence(LAB)


def test_what_was_seen_is_handed_in(started: Front) -> None:
    """The evidence that was looked at counts, its bytes can be fetched, and no other is taken."""
    started.repair()
    seen = started.labs.after_restart(LAB)
    assert (seen.now.result, seen.later.result) == (Result.PASS, Result.PASS)
    with pytest.raises(SessionError):
        started.labs.hand_in(LAB, "0" * 64)

    handed = started.labs.hand_in(LAB, seen.sha256)

    data = b"".join(started.labs.evidence(LAB))
    assert (handed.sha256, handed.size) == (sha256(data).hexdigest(), len(data))


def test_an_assignment_decides_and_counts_attempts(front: Front) -> None:
    """An evaluation's variant is the same for the same learner, and no attempt is granted twice."""
    assignment = Assignment(1, "week-3", LAB, "0.1.0", "s33d", (FAULT,), attempts=1)
    view = front.labs.start_assigned(assignment, "els")
    assert view.mode is Mode.EVALUATION
    front.labs.finish(LAB)

    with pytest.raises(SessionError) as caught:
        front.labs.start_assigned(assignment, "els")
    assert caught.value.key == "session.no-attempts"
    assert front.labs.start_assigned(assignment, "noor").state is State.RUNNING


def test_a_lab_runs_once(started: Front) -> None:
    """Starting what runs already is refused by name."""
    with pytest.raises(SessionExists) as caught:
        started.labs.start(LAB)
    assert caught.value.values == {"lab": LAB}


@pytest.mark.parametrize("verb", ["status", "check", "hint", "reset", "stop", "finish"])
def test_nothing_started(front: Front, verb: str) -> None:
    """Each verb that needs a session says that there is none, and for which lab."""
    with pytest.raises(SessionMissing) as caught:
        getattr(front.labs, verb)(LAB)
    assert caught.value.values == {"lab": LAB}


def test_one_lab_is_told_as_in_the_list(front: Front) -> None:
    """Asked for by name, a lab is what the list says of it, before and after it was begun."""
    assert front.labs.lab(LAB) == listed(front)
    front.labs.start(LAB)
    assert front.labs.lab(LAB) == listed(front)
    with pytest.raises(NotFound):
        front.labs.lab("nowhere")


def test_a_lab_with_mistakes_hides_no_other(front: Front) -> None:
    """A lab that cannot be read is not listed, and is refused without a word about its files."""
    with pytest.raises(ContentError) as caught:
        front.labs.start("five-mistakes")

    assert caught.value.key == "content.lab-unusable"
    assert sorted(caught.value.values) == ["count", "lab"]
    assert "five-mistakes" not in {lab.slug for lab in front.labs.labs()}
    assert listed(front)


def test_an_unproven_lab_is_for_its_author(front: Front) -> None:
    """A lab that is not proven is marked, and started for an author only; what runs goes on."""
    front.inner.proven = lambda _: False
    assert not listed(front).proven
    with pytest.raises(ContentError) as caught:
        front.labs.start(LAB)
    assert (caught.value.key, caught.value.values) == ("lab.not-proven", {"lab": LAB})
    assert front.runtime.machines == {}

    front.inner.author = True
    front.labs.start(LAB)
    front.labs.stop(LAB)
    front.inner.author = False
    assert front.labs.start(LAB).state is State.RUNNING


Ask = Callable[[Front], object]


@pytest.mark.parametrize(
    ("ask", "key"),
    [
        (lambda front: front.labs.start("tinny"), "content.lab-not-found"),
        (lambda front: front.labs.diagnose(LAB, Diagnosis("moon")), "lab.place-not-found"),
        (lambda front: front.labs.hand_over(LAB, Handover("pc", {"x": "y"})), "lab.test-not-found"),
        (lambda front: front.labs.set_cable(LAB, Cable("pc", "ens9")), "lab.cable-not-found"),
        (lambda front: front.labs.terminal(LAB, "moon"), "lab.machine-not-found"),
        (lambda front: front.staff.start_chosen(LAB, "moon", None), "lab.fault-not-found"),
    ],
)
def test_unknown_names_are_refused_in_words(started: Front, ask: Ask, key: str) -> None:
    """A name that does not exist is an error whose sentence can be said in each language."""
    with pytest.raises(NotFound) as caught:
        ask(started)

    assert caught.value.key == key
    assert all(say(key, language, **caught.value.values) for language in Language)


def test_chosen_fault_and_seed(front: Front) -> None:
    """The same seed gives the same machines, and marks the session as practice."""
    view = front.staff.start_chosen(LAB, FAULT, "7")
    front.labs.finish(LAB)

    again = front.staff.start_chosen(LAB, FAULT, "7")
    assert [one.hostname for one in again.machines] == [one.hostname for one in view.machines]
    assert again.mode is Mode.PRACTICE


def test_events_tell_what_happens(front: Front) -> None:
    """A listener hears each step of a start and each statement of a check."""
    heard: list[Event] = []
    front.labs.events(heard.append)
    front.labs.start(LAB)
    front.labs.check(LAB)

    assert [event.kind for event in heard] == [
        "create", "boot", "snapshot", "tidy", "ready", "check", "check",
    ]  # fmt: skip
    assert (heard[-1].done, heard[-1].total) == (2, 2)


def test_terminal_carries_every_byte(started: Front) -> None:
    """What is typed and printed arrives as it was, also when it is no text."""
    terminal = started.labs.terminal(LAB, "pc", ["cat", "/etc/debian_version"])
    assert terminal.read() == b"12.11\n"
    terminal.resize(24, 80)
    terminal.write(b"\xff\x00\xc3")

    assert terminal.read() == b"\xff\x00\xc3"
    assert terminal.read() == b""
    assert terminal.close() == 0


def test_terminal_tells_how_its_command_ended(started: Front) -> None:
    """A command that fails gives its own exit status."""
    assert started.labs.terminal(LAB, "pc", ["exit", "7"]).close() == 7


def test_an_engine_that_dies_loses_nothing(started: Front) -> None:
    """When the engine goes during a reset, its error arrives, and the next verb goes on."""
    started.runtime.broken = EngineAbsent("engine.absent", reason="gone")
    with pytest.raises(EngineAbsent) as caught:
        started.labs.reset(LAB)
    assert caught.value.values == {"reason": "gone"}

    assert started.labs.check(LAB).result is Result.FAIL


def test_the_loopback_finds_what_cannot_travel() -> None:
    """An answer of another kind, an unknown kind of value and an error with an object are seen."""
    with pytest.raises((ValidationError, PydanticSerializationError)):
        through(Hint, "no hint")
    with pytest.raises(TypeError):
        error_through(BreakfixError("engine.absent", reason=object()))


def test_a_screen_shows_the_complaint_and_then_the_repair(started: Front) -> None:
    """A look tells why nothing is shown; after the repair it shows what is there."""
    screens = started.labs.status(LAB).screens
    assert [(one.id, one.kind, one.machine) for one in screens] == [
        ("printed-note", ScreenKind.PAPER, "pc"),
        ("door-sign", ScreenKind.DISPLAY, "pc"),
    ]
    broken = started.labs.look_at(LAB, "printed-note")
    assert (broken.trouble, broken.shown) == (Trouble.NOT_THERE, None)

    started.repair()
    repaired = started.labs.look_at(LAB, "printed-note")

    assert repaired.trouble is None
    assert repaired.shown is not None
    assert repaired.shown.text.startswith("code: ")


def test_a_display_does_not_say_why_it_is_silent(started: Front) -> None:
    """A display without an answer shows its own words; neither address nor cause comes along."""
    look = started.labs.look_at(LAB, "door-sign")

    assert look.trouble is Trouble.SILENT
    assert look.silent is not None
    assert (look.silent.en, look.address) == ("no code", "")
    assert "8080" not in repr((look, started.labs.status(LAB).screens))


def test_a_look_changes_and_tells_nothing(started: Front) -> None:
    """A look is in no journal, mends no machine that is off, and gives way to a verb."""
    journal = started.inner.store.journal(LAB).content()
    started.labs.look_at(LAB, "printed-note")
    with started.inner.store.locked(LAB), pytest.raises(SessionBusy):
        started.labs.look_at(LAB, "printed-note")
    started.runtime.machine(MachineKey(LAB, "pc")).power = Power.OFF

    assert started.labs.look_at(LAB, "printed-note").trouble is Trouble.OFF
    assert started.labs.status(LAB).machines[0].power is Power.OFF
    assert started.inner.store.journal(LAB).content() == journal


def test_only_what_is_declared_can_be_looked_at(front: Front) -> None:
    """There is no screen of another name, and none before the lab was started."""
    with pytest.raises(SessionMissing):
        front.labs.look_at(LAB, "printed-note")
    front.labs.start(LAB)
    with pytest.raises(NotFound) as refused:
        front.labs.look_at(LAB, "http://127.0.0.1/")
    assert refused.value.key == "lab.screen-not-found"
