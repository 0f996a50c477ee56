"""What practice and evaluation allow, for every adapter of `LabService`."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from breakfix.errors import ContentError, HintCosts, SessionError, SessionExists
from breakfix.messages import Language, moment, say
from breakfix.model.assignment import Assignment, HintPolicy, variant
from breakfix.model.check import Aspect
from breakfix.model.outcome import Outcome, Result, failed
from breakfix.model.session import Mode, SessionView, State
from breakfix.ports.terms import terms
from tests.contract.front import LAB, Front

EVALUATION = Assignment(1, "helpdesk/week-3", LAB, "0.1.0", "5eed", ("note-missing",), attempts=2)
PRACTICE = replace(EVALUATION, mode=Mode.PRACTICE, attempts=0)
PRICED = replace(EVALUATION, hints=HintPolicy.PRICED, hint_price=2)
FREE = replace(EVALUATION, hints=HintPolicy.FREE)
LEARNER = "els"


def begin(front: Front, assignment: Assignment) -> SessionView:
    """Start an assignment."""
    return front.labs.start_assigned(assignment, LEARNER)


def at(front: Front, seconds: float) -> None:
    """What the clock says from now on."""
    front.inner.clock = lambda: seconds


def journal(front: Front) -> list[dict[str, object]]:
    """Every event of the session."""
    return front.inner.store.journal(LAB).events()


def words(view: SessionView) -> str:
    """The terms as a learner reads them."""
    return "\n".join(terms(view, Language.EN))


def test_an_evaluation_tells_what_the_customer_would_notice(front: Front) -> None:
    """A check shows the complaint alone, without points, before and after the repair, and says
    nothing of causes: neither on the screen nor in the journal."""
    begin(front, EVALUATION)
    broken = front.labs.check(LAB)
    front.repair('echo "code: $CODE" >/run/nota.txt\nln -s /run/nota.txt /srv/nota.txt')
    for_now = front.labs.check(LAB)

    assert [(line.check, line.result) for line in broken.lines] == [("note-readable", Result.FAIL)]
    assert [(line.check, line.result) for line in for_now.lines] == [("note-readable", Result.PASS)]
    assert (broken.score, for_now.score, for_now.result) == (None, None, Result.PASS)
    assert "note-kept" not in json.dumps(journal(front))


def test_practice_tells_everything(front: Front) -> None:
    """An assignment for practice shows all statements and the points."""
    begin(front, PRACTICE)
    front.repair()
    found = front.labs.check(LAB)

    assert [line.check for line in found.lines] == ["note-readable", "note-kept"]
    assert found.score is not None
    assert found.score.passed


def test_after_a_restart_an_evaluation_tells_no_more(front: Front) -> None:
    """What would be handed in is shown as the customer would notice it, and still says what does
    not last."""
    begin(front, EVALUATION)
    front.repair('echo "code: $CODE" >/run/nota.txt\nln -s /run/nota.txt /srv/nota.txt')
    seen = front.labs.after_restart(LAB)

    assert [line.check for line in seen.later.lines] == ["note-readable"]
    assert (seen.now.score, seen.later.score) == (None, None)
    assert seen.lost
    assert "note-kept" not in json.dumps(journal(front))


def test_what_cannot_be_observed_names_no_cause(front: Front) -> None:
    """In an evaluation an error of another statement is told, and never which one."""
    begin(front, EVALUATION)
    front.repair()
    error = Outcome("note-kept", Result.ERROR, "observe.timed-out")
    symptom = replace(failed(), check="note-readable")
    front.inner.look = lambda *_: [symptom, error]
    found = front.labs.check(LAB)

    assert [line.check for line in found.lines] == ["note-readable", "unseen"]
    assert {line.aspect for line in found.lines} == {Aspect.SYMPTOM}
    assert found.result is Result.ERROR
    assert "note-kept" not in repr(found)


def test_what_cannot_be_observed_is_told_in_a_sentence(front: Front) -> None:
    """A learner reads why it could not be observed, without the id of the check, which is beside
    it for programs."""
    front.labs.start(LAB)
    error = Outcome("note-readable", Result.ERROR, "observe.machine-off", {"machine": "pc"})
    front.inner.look = lambda *_: [error]
    line = front.labs.check(LAB).lines[0]

    assert (line.check, line.result) == ("note-readable", Result.ERROR)
    assert say("observe.machine-off", Language.NL, machine="pc") in line.text.nl
    assert "note-readable" not in line.text.nl + line.text.en


def test_the_graded_report_holds_everything(front: Front) -> None:
    """What a replay says of an evaluation, for a grade, has all statements and the points."""
    begin(front, EVALUATION)
    front.repair()
    seen = front.labs.after_restart(LAB)
    front.labs.hand_in(LAB, seen.sha256)
    file = front.inner.store.folder(LAB) / "evidence.breakfix.tar.zst"
    loaded = front.inner.catalog.load(LAB)
    found = front.inner.replayer.replay(lambda _: loaded, file, lambda *_: None)

    assert [line.check for line in found.report.lines] == ["note-readable", "note-kept"]
    assert found.report.score == found.score
    assert (found.mode, found.assignment, found.attempt, found.learner) == (
        Mode.EVALUATION, EVALUATION.id, 1, LEARNER,
    )  # fmt: skip


def test_no_hints(front: Front) -> None:
    """Where hints are off, asking is refused and nothing counts as a hint."""
    assert begin(front, EVALUATION).hints_of == 0
    with pytest.raises(SessionError) as caught:
        front.labs.hint(LAB)

    assert caught.value.key == "hint.off"
    assert front.labs.status(LAB).hints_shown == 0
    assert say("terms.no-hints", Language.EN) in words(front.labs.status(LAB))


def test_a_priced_hint_tells_its_price_first(front: Front) -> None:
    """A hint that costs points is shown to who says yes; the last one again is free."""
    view = begin(front, PRICED)
    with pytest.raises(HintCosts) as caught:
        front.labs.hint(LAB)
    assert (caught.value.values["price"], front.labs.status(LAB).hints_shown) == (2, 0)
    assert "takes points off, 2 each time" in words(view)

    given = [front.labs.hint(LAB, sure=True) for _ in range(view.hints_of)]

    assert [hint.number for hint in given] == list(range(1, view.hints_of + 1))
    assert front.labs.hint(LAB) == given[-1]


@pytest.mark.parametrize("given", [PRICED, FREE])
def test_an_evaluation_never_shows_the_solution(front: Front, given: Assignment) -> None:
    """The last hint is not shown in an evaluation, and not counted."""
    every = front.inner.catalog.load(LAB).hints("note-missing")
    view = begin(front, given)
    shown = [front.labs.hint(LAB, sure=True) for _ in range(len(every) + 1)]

    assert view.hints_of == len(every) - 1 == shown[0].of
    assert every[-1].en not in {hint.text.en for hint in shown}


def test_practice_is_free_whatever_the_assignment_says(front: Front) -> None:
    """In practice every hint is free and the solution comes last."""
    every = front.inner.catalog.load(LAB).hints("note-missing")
    view = begin(front, replace(PRACTICE, hints=HintPolicy.PRICED, hint_price=5))
    shown = [front.labs.hint(LAB) for _ in every]

    assert view.hints_of == len(every)
    assert shown[-1].number == shown[-1].of == len(every)


def test_practice_has_as_many_attempts_as_you_like(front: Front) -> None:
    """Each attempt of a practice assignment is counted, and has values of its own."""
    views = []
    for _ in range(3):
        views.append(begin(front, PRACTICE))
        front.labs.finish(LAB)

    assert [(view.attempt, view.mode, view.learner) for view in views] == [
        (number, Mode.PRACTICE, LEARNER) for number in (1, 2, 3)
    ]
    seeds = {event["seed"] for event in _archived(front) if event["event"] == "starting"}
    assert len(seeds) > 1
    assert variant(PRACTICE, LEARNER, 1).seed in seeds


def test_too_early_is_told_with_the_time(front: Front) -> None:
    """An assignment is not started before it opens, and nothing is made."""
    at(front, 1000.0)
    with pytest.raises(SessionError) as caught:
        begin(front, replace(EVALUATION, opens=2000.0))

    assert (caught.value.key, caught.value.values) == (
        "assignment.not-open", {"opens": moment(2000.0)},
    )  # fmt: skip
    assert front.runtime.machines == {}


def test_too_late_is_told_with_the_time(front: Front) -> None:
    """An assignment is not started after it closes."""
    at(front, 3000.0)
    with pytest.raises(SessionError) as caught:
        begin(front, replace(EVALUATION, closes=2000.0))

    assert caught.value.key == "assignment.closed"
    assert caught.value.values == {"closes": moment(2000.0)}


def test_who_is_busy_goes_on_after_closing(front: Front) -> None:
    """A session that was busy is resumed after the closing time and told so; what is handed in is
    told to be late."""
    given = replace(EVALUATION, closes=2000.0)
    at(front, 1000.0)
    assert not begin(front, given).closed
    front.labs.stop(LAB)
    at(front, 3000.0)
    view = begin(front, given)
    seen = front.labs.after_restart(LAB)
    handed = front.labs.hand_in(LAB, seen.sha256)

    assert (view.state, view.closed, view.policy.closes) == (State.RUNNING, True, 2000.0)
    assert f"over since {moment(2000.0)}" in words(view)
    assert (seen.late, handed.late) == (True, True)
    assert front.labs.status(LAB).handed_in == handed.sha256


def test_in_time_is_not_late(front: Front) -> None:
    """Up to the closing time nothing is late."""
    at(front, 2000.0)
    view = begin(front, replace(EVALUATION, closes=2000.0))
    seen = front.labs.after_restart(LAB)

    assert f"before {moment(2000.0)}" in words(view)
    assert not seen.late
    assert not front.labs.hand_in(LAB, seen.sha256).late


def test_another_process_knows_the_terms(front: Front) -> None:
    """The terms stand in the journal, so whoever looks at the session knows them."""
    view = begin(front, replace(PRICED, closes=9e9))

    assert front.inner.store.journal(LAB).record().policy == view.policy  # type: ignore[union-attr]
    assert (view.policy.hint_price, view.policy.attempts, view.policy.closes) == (2, 2, 9e9)


def test_starting_what_runs_goes_on(front: Front) -> None:
    """An assignment that runs is simply shown again: no attempt is used up."""
    first = begin(front, EVALUATION)
    front.repair()
    again = begin(front, EVALUATION)

    assert (first.attempt, again.attempt) == (1, 1)
    assert front.labs.check(LAB).result is Result.PASS


def test_another_session_of_the_lab_is_left_alone(front: Front) -> None:
    """An assignment does not take over practice, another assignment or another learner."""
    front.labs.start(LAB)
    front.repair()
    with pytest.raises(SessionExists) as caught:
        begin(front, EVALUATION)

    assert caught.value.key == "assignment.lab-taken"
    assert front.labs.check(LAB).result is Result.PASS


@pytest.mark.parametrize("change", [{"lab_version": "0.2.0"}, {"faults": ("moved-away",)}])
def test_another_version_of_the_lab_is_not_started(front: Front, change: dict[str, object]) -> None:
    """Work on another version of the lab could not be graded, so it is not begun."""
    with pytest.raises(ContentError) as caught:
        begin(front, replace(EVALUATION, **change))  # type: ignore[arg-type]

    assert caught.value.key == "assignment.other-version"
    assert front.runtime.machines == {}


def test_an_attempt_at_stake(front: Front) -> None:
    """Ending an evaluation is at stake until something was handed in; practice never is."""
    assert not front.labs.start(LAB).at_stake
    front.labs.finish(LAB)
    assert begin(front, EVALUATION).at_stake
    seen = front.labs.after_restart(LAB)
    front.labs.hand_in(LAB, seen.sha256)

    assert not front.labs.status(LAB).at_stake


def _archived(front: Front) -> list[dict[str, object]]:
    """The events of all sessions of the lab, ended ones too."""
    files = front.inner.store.folder(LAB).glob("journal*.jsonl")
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
