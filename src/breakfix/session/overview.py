"""What the files of this computer tell of its labs: the list, the progress, the logbook."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from breakfix.content.catalog import Catalog
from breakfix.content.loaded import LoadedLab
from breakfix.content.profile import profile
from breakfix.errors import EvidenceError
from breakfix.evidence.record import record_of
from breakfix.model.logbook import Entry, Logbook
from breakfix.model.progress import Occasion, Progress
from breakfix.model.session import LabSummary
from breakfix.session.logbook import logbook
from breakfix.session.notes import Notes, need_entry
from breakfix.session.occasions import occasions
from breakfix.session.store import SessionStore
from breakfix.session.view import summary


@dataclass(frozen=True)
class LocalOverview:
    """The local adapter of `LabOverview`. No machine is asked, so no engine is needed: a lab in
    progress stands as its journal left it."""

    catalog: Catalog
    store: SessionStore
    proven: Callable[[LoadedLab], bool] = lambda _: True
    clock: Callable[[], float] = time.time

    def labs(self) -> tuple[LabSummary, ...]:
        """Every lab that can be started."""
        return tuple(self._listed(lab) for lab in self.catalog.usable())

    def lab(self, slug: str) -> LabSummary:
        """One of them, without a look at the others."""
        return self._listed(self.catalog.load_usable(slug))

    def progress(self) -> Progress:
        """The competences of the profile, and on which occasions they were shown here."""
        found = [
            Occasion(lab.slug, lab.lab.title, lab.lab.competences, mode, when)
            for lab in self.catalog.usable()
            for mode, when in occasions(self.store, lab.slug)
        ]
        return Progress(profile().modules, tuple(sorted(found, key=lambda one: one.when)))

    def logbook(self) -> Logbook:
        """Every attempt on this computer, with what the learner wrote about it."""
        return logbook(self.store, {lab.slug: lab for lab in self.catalog.usable()})

    def write_note(self, entry: str, text: str) -> Entry:
        """Keep a note about an attempt; an earlier one stays in the file."""
        found = need_entry(self.logbook().entries, entry)
        return Notes(self.store).keep(found, text, self.clock())

    def _listed(self, loaded: LoadedLab) -> LabSummary:
        events = self.store.journal(loaded.slug).events()
        try:
            record = record_of(events)
        except EvidenceError:
            # A damaged journal must not hide the other labs; whoever opens this one is told.
            record = None
        listed = summary(loaded, record.state if record else None, proven=self.proven(loaded))
        if record is None:
            return listed
        took = [event.get("seconds", 0.0) for event in events if event.get("event") == "started"]
        seconds = took[-1] if took else 0.0
        return replace(
            listed,
            used=events[-1]["time"],
            start_seconds=seconds,
            assignment=record.assignment,
            learner=record.learner,
        )
