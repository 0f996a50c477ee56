"""The verbs: what each asks of the labs, and what is remembered of the answer. Runs in a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, assert_never

from breakfix.errors import SessionError, SessionMissing
from breakfix.model.session import MOST_ANSWER, Mode, SessionView
from breakfix.ports.lab_service import LabService
from breakfix.ports.saving import save_whole
from breakfix.server.asked import Asked, Verb
from breakfix.server.memory import Memory
from breakfix.server.place import Place

T = TypeVar("T")
Change = Callable[[Memory], Memory]


def do(labs: LabService, slug: str, place: Place, asked: Asked) -> Change:
    """Do what was asked, for the work of this place only; what the memory becomes by it."""
    view = session_of(labs, slug)
    place.need_own(view)
    if asked.do is Verb.FINISH and view is not None and view.at_stake and not asked.sure:
        raise SessionError("lab.finish-ask")
    return _done(labs, slug, place, asked)


def session_of(labs: LabService, slug: str) -> SessionView | None:
    """The session of a lab, or None when there is none."""
    try:
        return labs.status(slug)
    except SessionMissing:
        return None


def drafted(view: SessionView | None, asked: Asked) -> Change:
    """Remember what is being typed. Raises SessionError where nobody asked for it."""
    known = {one.id for one in view.questions} if view and not view.assignment else set()
    if asked.question not in known or len(asked.text) > MOST_ANSWER:
        raise SessionError("panel.not-understood")
    return lambda memory: memory.with_draft(asked.question, asked.text)


def _done(labs: LabService, slug: str, place: Place, asked: Asked) -> Change:  # noqa: C901, PLR0912 (one case a verb)
    match asked.do:
        case Verb.START:
            _start(labs, slug, place)
        case Verb.CHECK:
            report = labs.check(slug)
            return lambda memory: replace(memory, report=report)
        case Verb.AFTER_RESTART:
            later = labs.after_restart(slug)
            return lambda memory: replace(memory, report=later.now, later=later)
        case Verb.HAND_IN:
            return _hand_in(labs, slug, place, asked.sha256)
        case Verb.HINT:
            labs.hint(slug, asked.sure)
        case Verb.DIAGNOSE:
            labs.diagnose(slug, _there(asked.diagnosis))
        case Verb.DRAFT:
            return drafted(session_of(labs, slug), asked)
        case Verb.ANSWER:
            labs.answer(slug, asked.question, asked.text)
            return lambda memory: memory.without_draft(asked.question)
        case Verb.HAND_OVER:
            reply = labs.hand_over(slug, _there(asked.handover))
            return lambda memory: replace(memory, reply=reply)
        case Verb.CABLE:
            labs.set_cable(slug, _there(asked.cable))
        case Verb.RECORD:
            labs.record(slug, _there(asked.on))
        case Verb.LEAVE_OUT:
            return _leave_out(labs, slug, asked.recording)
        case Verb.RESET:
            labs.reset(slug)
        case Verb.STOP:
            labs.stop(slug)
        case Verb.FINISH:
            labs.finish(slug)
        case _ as never:
            assert_never(never)
    return lambda memory: memory


def _start(labs: LabService, slug: str, place: Place) -> None:
    if place.assignment is not None:
        labs.start_assigned(place.assignment, place.learner)
    else:
        labs.start(slug)


def _hand_in(labs: LabService, slug: str, place: Place, sha256: str) -> Change:
    handed = labs.hand_in(slug, sha256)
    file = place.evidence(slug)
    save_whole(place.folder / file, labs.evidence(slug))
    return lambda memory: replace(memory, handed=handed, handed_file=file.as_posix())


def _leave_out(labs: LabService, slug: str, recording: str) -> Change:
    """Erase a recording; what an evaluation was to hand in held it, and is gone too."""
    view = labs.leave_out(slug, recording)
    if view.mode is Mode.EVALUATION:
        return lambda memory: replace(memory, later=None)
    return lambda memory: memory


def _there(value: T | None) -> T:
    if value is None:
        raise SessionError("panel.not-understood")
    return value
