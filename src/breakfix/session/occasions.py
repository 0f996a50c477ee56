"""On which occasions something was shown, by the journals of this computer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from breakfix.errors import EvidenceError
from breakfix.evidence.record import record_of
from breakfix.model.outcome import Result
from breakfix.model.session import Mode
from breakfix.session.journal import Journal
from breakfix.session.store import SessionStore


def occasions(store: SessionStore, slug: str) -> Iterator[tuple[Mode, float]]:
    """How and when a lab was done well: at most once for each attempt, oldest first."""
    for journal in store.journals(slug):
        found = shown(journal)
        if found is not None:
            yield found


def shown(journal: Journal) -> tuple[Mode, float] | None:
    """How and when one attempt was done well, or None when it was not."""
    events = journal.events()
    try:
        record = record_of(events)
    except EvidenceError:
        # A damaged journal proves nothing, and must not hide the others.
        return None
    if record is None:
        return None
    held = list(_held(events))
    if record.mode is Mode.EVALUATION:
        held = [event for event in held if event.get("sha256") == record.handed_in]
    return (record.mode, float(held[0].get("time", 0.0))) if held else None


def _held(events: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The looks after a restart that found everything in order."""
    for event in events:
        results = event.get("results") if event.get("event") == "replayed" else None
        if not isinstance(results, dict) or not results:
            continue
        if all(result == Result.PASS.value for result in results.values()):
            yield event
