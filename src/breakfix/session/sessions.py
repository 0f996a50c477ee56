"""Holding sessions: one command at a time, what died before mended first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from breakfix.content.catalog import Catalog
from breakfix.content.loaded import LoadedLab
from breakfix.errors import (
    BreakfixError,
    ContentError,
    NotFound,
    SessionExists,
    SessionMissing,
)
from breakfix.evidence.record import Record
from breakfix.model.outcome import Outcome
from breakfix.model.session import Event, SessionView, State
from breakfix.ports.lab_service import Listener, Terminal
from breakfix.ports.runtime import MachineKey, Runtime
from breakfix.ports.ssh import SshWay
from breakfix.replay.checking import Looker, Round
from breakfix.replay.replayer import Replayer
from breakfix.screens.looking import Eyes
from breakfix.session.journal import Journal
from breakfix.session.logbook import seconds_worked
from breakfix.session.machines import Crew, content_digest
from breakfix.session.store import SessionStore
from breakfix.session.updated import began_with, need_same_version
from breakfix.session.view import view


@dataclass
class Sessions:
    """The sessions of this computer, and what their verbs need.

    `image_digest` names the images that snapshots stand on; `open_terminal` opens a shell in the
    container of a machine, `open_ssh` one over the practice network; `replayer` replays evidence
    on the spot; `eyes` see the customer's screens. A lab that is not `proven` is started for an
    `author` only. `clock` tells the time, in seconds since 1970.
    """

    catalog: Catalog
    store: SessionStore
    runtime: Runtime
    find_observer: Callable[[MachineKey], str]
    look: Looker
    open_terminal: Callable[[MachineKey, Sequence[str]], Terminal]
    open_ssh: Callable[[SshWay, Sequence[str]], Terminal]
    image_digest: Callable[[str], str]
    replayer: Replayer
    eyes: Eyes
    watch: Callable[[], None] = lambda: None
    proven: Callable[[LoadedLab], bool] = lambda _: True
    author: bool = False
    clock: Callable[[], float] = time.time
    listeners: list[Listener] = field(default_factory=list)

    def events(self, listener: Listener) -> None:
        """Tell `listener` of everything that happens from now on."""
        self.listeners.append(listener)

    def outcomes(self, crew: Crew) -> list[Outcome]:
        """One round of checks, unfolded."""
        looking = Round(
            crew.loaded,
            crew.session,
            crew.record.fault,
            crew.values,
            crew.record.accepted,
            self.find_observer,
            self.look,
        )
        total = len(crew.loaded.lab.checks_for(crew.record.fault or None))
        seen: list[Outcome] = []

        def tell(outcome: Outcome) -> None:
            seen.append(outcome)
            self._tell("check", len(seen), total)

        return looking.outcomes(tell)

    def tend(self, slug: str, most_disk: int) -> bool:
        """What the watcher does every second: machines that went off come back with their cables,
        and a machine that fills the disk is paused. False when the session does not run."""
        if _running(self.store.journal(slug)) is None:
            return False
        with self.store.mending(slug) as journal:
            # Once more, now that nobody can stop it meanwhile.
            record = _running(journal)
            if record is None:
                return False
            crew = self._crew(self.catalog.load_usable(slug), record)
            if crew.complete() and crew.revive():
                journal.append("revived")
            # Who went on after a full disk gets half of the bound more, to clean up.
            most = most_disk + record.allowances * most_disk // 2
            for name in self.runtime.pause_greedy(slug, most):
                journal.append("disk-full", machine=name)
        return True

    @contextmanager
    def _working(
        self, slug: str, *, revive: bool = True, any_version: bool = False
    ) -> Iterator[tuple[Crew, Journal]]:
        """Hold the session, first mending what a command that died left behind. Raises SessionError
        when the lab was updated meanwhile, unless `any_version` will do."""
        loaded = self._lab(slug)
        with self.store.locked(slug) as journal:
            record = self._record(loaded, journal)
            if not any_version:
                need_same_version(loaded, journal)
            if revive:
                self._reconcile(loaded, journal, record)
            yield self._crew(loaded, self._record(loaded, journal)), journal

    def _reconcile(self, loaded: LoadedLab, journal: Journal, record: Record) -> None:
        crew = self._crew(loaded, record)
        if not record.complete or not crew.complete():
            # Machines of another version would take the place of the learner's work.
            need_same_version(loaded, journal)
            self._build(loaded, journal)
        elif crew.revive(self._tell):
            journal.append("resumed")
            self.watch()

    def _resume(
        self, loaded: LoadedLab, journal: Journal, record: Record, chosen: str | None
    ) -> SessionView:
        if chosen or self._runs(loaded, record):
            raise SessionExists("session.exists", lab=loaded.slug)
        return self._go_on(loaded, journal, record)

    def _runs(self, loaded: LoadedLab, record: Record) -> bool:
        return (
            record.complete
            and not record.full
            and record.state is State.RUNNING
            and self._crew(loaded, record).complete()
        )

    def _go_on(self, loaded: LoadedLab, journal: Journal, record: Record) -> SessionView:
        if record.full:
            journal.append("went-on")
            self.runtime.unpause(loaded.slug)
        self._reconcile(loaded, journal, record)
        self.watch()
        return self._view(loaded, journal)

    def _build(self, loaded: LoadedLab, journal: Journal) -> SessionView:
        began = time.monotonic()
        crew = self._crew(loaded, self._record(loaded, journal))
        try:
            crew.build(self._tell)
        except (BreakfixError, KeyboardInterrupt):
            # The journal still says "starting": the next command makes the machines anew.
            with suppress(BreakfixError):
                self.runtime.remove(loaded.slug)
            raise
        journal.append("started", seconds=round(time.monotonic() - began, 3))
        self.watch()
        return self._view(loaded, journal)

    def _view(self, loaded: LoadedLab, journal: Journal) -> SessionView:
        crew = self._crew(loaded, self._record(loaded, journal))
        now = self.clock()
        found = view(crew, now, seconds_worked(journal.events(), now))
        return replace(found, began_with=began_with(journal) or found.version)

    def _lab(self, slug: str) -> LoadedLab:
        """The lab of a session. Raises NotFound and ContentError."""
        try:
            return self.catalog.load_usable(slug)
        except NotFound as error:
            record = self.store.journal(slug).record() if slug in self.store.slugs() else None
            if record is not None and record.state is not State.FINISHED:
                raise NotFound("session.lab-gone", lab=slug) from error
            raise

    def _crew(self, loaded: LoadedLab, record: Record) -> Crew:
        images = [self.image_digest(machine.image) for machine in loaded.lab.machines.values()]
        return Crew(loaded, self.runtime, record, content_digest(loaded, images))

    def _record(self, loaded: LoadedLab, journal: Journal) -> Record:
        record = journal.record()
        if record is None or record.state is State.FINISHED:
            raise SessionMissing("session.missing", lab=loaded.slug)
        return record

    def _need_startable(self, loaded: LoadedLab) -> None:
        if not (self.author or self.proven(loaded)):
            raise ContentError("lab.not-proven", lab=loaded.slug)
        # Whatever is announced stands in the list as begun, so no start is without an engine.
        self.runtime.list(loaded.slug)

    def _tell(self, kind: str, done: int, total: int) -> None:
        for listener in self.listeners:
            listener(Event(kind, done, total))


def _running(journal: Journal) -> Record | None:
    """The record of a session that runs and was built to its end."""
    record = journal.record()
    complete = record is not None and record.state is State.RUNNING and record.complete
    return record if complete else None
