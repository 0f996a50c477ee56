"""The logbook: what the journals of this computer tell of each attempt, with what was noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from breakfix.content.loaded import LoadedLab
from breakfix.content.text import filled
from breakfix.errors import EvidenceError
from breakfix.evidence.record import Record, record_of
from breakfix.model.logbook import Entry, Logbook, Written, entry_id
from breakfix.model.parameter import draw_all
from breakfix.model.session import Mode, State
from breakfix.model.value import Text
from breakfix.session.journal import Journal
from breakfix.session.notes import Notes
from breakfix.session.occasions import shown
from breakfix.session.store import SessionStore

#: A longer pause counts as this long: nobody knows whether one thought or slept.
_LONGEST = 30 * 60
#: After these nobody works: machines are off, or being made.
_NOT_AT_WORK = frozenset({"stopped", "finished", "starting", "resetting"})

Events = Sequence[Mapping[str, Any]]


def logbook(store: SessionStore, labs: Mapping[str, LoadedLab]) -> Logbook:
    """Every attempt, newest first. What was noted stays, also when its journal or lab is gone."""
    notes = Notes(store).entries()
    found = {one.id: one for one in _attempts(store, labs)}
    for name, kept in notes.items():
        if name in found or kept.note:
            # Where the journal is gone, nobody goes on with it.
            entry = found.get(name) or replace(kept, state=State.FINISHED)
            found[name] = replace(entry, note=kept.note, noted=kept.noted)
    return Logbook(tuple(sorted(found.values(), key=lambda one: one.started, reverse=True)))


def _attempts(store: SessionStore, labs: Mapping[str, LoadedLab]) -> Iterator[Entry]:
    for slug in store.begun():
        for journal in store.journals(slug):
            entry = _entry(slug, labs.get(slug), journal)
            if entry is not None:
                yield entry


def _entry(slug: str, loaded: LoadedLab | None, journal: Journal) -> Entry | None:
    """What one journal tells; None when it is damaged: it must not hide the others."""
    events = journal.events()
    try:
        record = record_of(events)
    except EvidenceError:
        return None
    if record is None:
        return None
    where, what = _named(loaded, record)
    return Entry(
        entry_id(slug, record.started),
        slug,
        loaded.lab.title if loaded else _same(slug),
        record.mode,
        record.started,
        round(seconds_worked(events)),
        record.state if record.complete else State.STARTING,
        record.mode is Mode.PRACTICE and shown(journal) is not None,
        bool(record.handed_in),
        where,
        what,
        tuple(_written(loaded, record, events)),
    )


def seconds_worked(events: Iterable[Mapping[str, Any]], until: float | None = None) -> float:
    """The seconds between events while the machines were there, and from the last event to `until`
    (seconds since 1970) where that is given; a long pause counts half an hour."""
    total, before, at_work = 0.0, 0.0, False
    for event in events:
        told = event.get("time")
        now = float(told) if isinstance(told, int | float) else before
        if at_work:
            total += _counted(now - before)
        before, at_work = now, event["event"] not in _NOT_AT_WORK
    return total + (_counted(until - before) if until is not None and at_work else 0.0)


def _counted(pause: float) -> float:
    return min(max(pause, 0.0), _LONGEST)


def _named(loaded: LoadedLab | None, record: Record) -> tuple[Text | None, Text | None]:
    """Place and cause of the diagnosis, in words."""
    if record.diagnosis is None:
        return None, None
    places = {place.id: place for place in loaded.form.places} if loaded else {}
    place = places.get(record.diagnosis.place)
    causes = {cause.id: cause.label for cause in place.causes} if place else {}
    cause = record.diagnosis.cause
    return (
        place.label if place else _same(record.diagnosis.place),
        causes.get(cause, _same(cause)) if cause else None,
    )


def _written(loaded: LoadedLab | None, record: Record, events: Events) -> Iterator[Written]:
    """The last answer in words to each question."""
    answers = {
        str(event.get("question")): str(event.get("text", ""))
        for event in events
        if event["event"] == "answered"
    }
    questions = {one.id: one.text for one in loaded.lab.questions} if loaded else {}
    values = draw_all(loaded.lab.parameters, record.seed) if loaded else {}
    for name, answer in answers.items():
        question = questions.get(name)
        yield Written(filled(question, values) if question else _same(name), answer)


def _same(name: str) -> Text:
    """A name of which no words are known any more."""
    return Text(name, name)
