"""The labs of this computer: the local adapter of `LabService` and `StaffService`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from breakfix.content.handover import answer, known_diagnosis, known_handover
from breakfix.content.loaded import LoadedLab
from breakfix.errors import NotFound, SessionExists
from breakfix.model.assignment import Assignment, Variant, variant
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.logbook import Entry, Logbook
from breakfix.model.outcome import Outcome
from breakfix.model.parameter import dice
from breakfix.model.progress import Progress
from breakfix.model.replay import AfterRestart, HandedIn
from breakfix.model.screen import Look
from breakfix.model.session import (
    Hint,
    LabSummary,
    Mode,
    Reply,
    Report,
    SessionView,
    State,
)  # fmt: skip
from breakfix.model.topology import Access, Cable
from breakfix.ports.lab_service import Terminal
from breakfix.ports.runtime import MachineKey
from breakfix.replay.report import report_meanwhile
from breakfix.replay.second_line import act
from breakfix.replay.settling import Until, all_pass, settled
from breakfix.session.answering import accepted
from breakfix.session.assigning import need_attempt, need_fit, need_open
from breakfix.session.handing_in import Desk
from breakfix.session.hinting import hints_shown, next_hint
from breakfix.session.journal import Journal
from breakfix.session.machines import Crew
from breakfix.session.overview import LocalOverview
from breakfix.session.recorded import RecordedTerminal
from breakfix.session.recording import RecordingSessions
from breakfix.session.screens import declared, look
from breakfix.session.ssh import settle, way_to
from breakfix.session.updated import need_same_version

#: The second line waits for its own repair to show.
_SECOND_LINE = Until(all_pass, seconds=12.0, patience=4.0)


class LocalLabService(RecordingSessions):
    """A learner's labs on this computer: the verbs, each of which holds its session."""

    def labs(self) -> tuple[LabSummary, ...]:
        """Every lab that can be started."""
        return self._overview.labs()

    def lab(self, slug: str) -> LabSummary:
        """One of them, without a look at the others."""
        return self._overview.lab(slug)

    def progress(self) -> Progress:
        """The competences of the profile, and on which occasions they were shown here."""
        return self._overview.progress()

    def logbook(self) -> Logbook:
        """Every attempt on this computer, with what the learner wrote about it."""
        return self._overview.logbook()

    def write_note(self, entry: str, text: str) -> Entry:
        """Keep a note about an attempt; an earlier one stays in the file."""
        return self._overview.write_note(entry, text)

    def start(self, slug: str) -> SessionView:
        """Start a lab with a fault and values of its own choosing, or resume it."""
        return self.start_chosen(slug, None, None)

    def start_assigned(self, assignment: Assignment, learner: str) -> SessionView:
        """Start the next attempt of an assignment, or go on with the one that is busy."""
        loaded = self.catalog.load_usable(assignment.lab)
        with self.store.locked(loaded.slug) as journal:
            record = journal.record()
            if record is not None and record.state is not State.FINISHED:
                if (record.assignment, record.learner) != (assignment.id, learner):
                    raise SessionExists("assignment.lab-taken", lab=loaded.slug)
                return self._go_on(loaded, journal, record)
            need_open(assignment.policy, self.clock())
            need_fit(loaded, assignment)
            self._need_startable(loaded)
            if record is not None:
                self.store.archive(loaded.slug)
            attempt = 1 + self.store.attempts_of(loaded.slug, assignment.id, learner)
            need_attempt(assignment.policy, attempt)
            drawn = variant(assignment, learner, attempt)
            told = {"learner": learner, "assignment": assignment.id, "attempt": attempt}
            more = told | {"policy": assignment.policy}
            journal.append("starting", **_announced(loaded, drawn, assignment.mode, **more))
            return self._build(loaded, journal)

    def start_chosen(self, slug: str, fault: str | None, seed: str | None) -> SessionView:
        """Start a lab with this fault and seed, or resume what was stopped or interrupted."""
        loaded = self._lab(slug)
        if fault is not None and fault not in loaded.lab.faults:
            raise NotFound("lab.fault-not-found", fault=fault, known=", ".join(loaded.lab.faults))
        with self.store.locked(slug) as journal:
            record = journal.record()
            if record is not None and record.state is not State.FINISHED:
                return self._resume(loaded, journal, record, chosen=fault or seed)
            self._need_startable(loaded)
            if record is not None:
                self.store.archive(slug)
            seed = seed or self.store.seed(slug)
            attempt = f"{seed}/{self.store.attempts(slug)}"
            return self._begin(loaded, journal, fault or _any_fault(loaded, attempt), seed)

    def status(self, slug: str) -> SessionView:
        """The session as it is now; looks, and mends nothing."""
        loaded = self._lab(slug)
        return self._view(loaded, self.store.journal(slug))

    def check(self, slug: str) -> Report:
        """Look at the machines and say which statements hold."""
        with self._working(slug) as (crew, journal):
            began = time.monotonic()
            outcomes = self.outcomes(crew)
            found = _told(crew, outcomes, time.monotonic() - began)
            journal.append("checked", score=found.score, results=_results(found, outcomes))
            return found

    def after_restart(self, slug: str) -> AfterRestart:
        """How it is now, and what holds when the machines are started again somewhere else."""
        with self._working(slug) as (crew, journal):
            began = time.monotonic()
            outcomes = self.outcomes(crew)
            now = _told(crew, outcomes, time.monotonic() - began)
            desk = Desk(self.store.folder(slug))
            self._tell("capture", 0, 1)
            evaluated = crew.record.mode is Mode.EVALUATION
            casts = self._recordings(slug).contents() if evaluated else {}
            made = desk.make(crew, journal.content(), casts)
            found = self.replayer.replay(lambda _: crew.loaded, desk.candidate, self._tell)
            later = _told(crew, found.outcomes, found.seconds)
            results = _results(later, found.outcomes)
            journal.append("replayed", sha256=made.sha256, score=later.score, results=results)
            late = crew.record.policy.closed_at(self.clock())
            return AfterRestart(
                now, later, found.findings, made.sha256, made.size, made.unheld, late
            )

    def hand_in(self, slug: str, sha256: str) -> HandedIn:
        """Hand in what `after_restart` made; `sha256` says which, so that nobody hands in another
        state than was seen."""
        loaded = self._lab(slug)
        with self.store.locked(slug) as journal:
            record = self._record(loaded, journal)
            need_same_version(loaded, journal)
            self._tell("hand-in", 0, 0)
            handed = Desk(self.store.folder(slug)).hand_in(slug, sha256)
            journal.append("handed-in", sha256=handed.sha256, size=handed.size)
            return replace(handed, late=record.policy.closed_at(self.clock()))

    def evidence(self, slug: str) -> Iterator[bytes]:
        """The bytes of what was handed in last."""
        self.catalog.folder(slug)
        return Desk(self.store.folder(slug)).read(slug)

    def hint(self, slug: str, sure: bool = False) -> Hint:  # noqa: FBT001, FBT002 (see the port)
        """The next hint (the last one again when all were shown)."""
        with self._working(slug, revive=False) as (crew, journal):
            found = next_hint(crew.loaded, crew.record, crew.values, sure=sure)
            journal.append("hint", number=found.number)
            return found

    def hints(self, slug: str) -> tuple[Hint, ...]:
        """The hints that were shown before, in order."""
        loaded = self._lab(slug)
        crew = self._crew(loaded, self._record(loaded, self.store.journal(slug)))
        return hints_shown(loaded, crew.record, crew.values)

    def diagnose(self, slug: str, diagnosis: Diagnosis) -> SessionView:
        """Keep the learner's diagnosis; a later one replaces it."""
        with self._working(slug, revive=False) as (crew, journal):
            known_diagnosis(crew.loaded, diagnosis)
            journal.append("diagnosed", diagnosis=diagnosis)
            return self._view(crew.loaded, journal)

    def answer(self, slug: str, question: str, text: str) -> SessionView:
        """Keep an answer in words; a later one replaces it."""
        with self._working(slug, revive=False) as (crew, journal):
            kept = accepted(crew.loaded, crew.record, question, text)
            journal.append("answered", question=question, text=kept)
            return self._view(crew.loaded, journal)

    def hand_over(self, slug: str, handover: Handover) -> Reply:
        """Hand the ticket over; a right handover makes the second line repair its part."""
        with self._working(slug) as (crew, journal):
            known_handover(crew.loaded, handover)
            reply = answer(crew.loaded, crew.record.fault, handover)
            if reply.accepted:
                self._tell("second-line", 0, 1)
                act(crew.runtime, crew.session, crew.loaded, crew.record.fault, crew.values)
            journal.append("handed-over", handover=handover, accepted=reply.accepted)
            if reply.accepted:
                # They answer when it works, so that a check right after it sees that.
                now = self._crew(crew.loaded, self._record(crew.loaded, journal))
                settled(lambda: self.outcomes(now), _SECOND_LINE)
            return reply

    def set_cable(self, slug: str, cable: Cable) -> SessionView:
        """Plug a cable in or pull it out."""
        with self._working(slug) as (crew, journal):
            machine = crew.loaded.lab.machines.get(cable.machine)
            if machine is None or cable.nic not in machine.nics:
                raise NotFound("lab.cable-not-found", machine=cable.machine, nic=cable.nic)
            self.runtime.set_cable(slug, cable)
            journal.append("cable", cable=cable)
            return self._view(crew.loaded, journal)

    def look_at(self, slug: str, screen: str) -> Look:
        """What one of the customer's screens shows now; mends nothing, and writes nothing down."""
        loaded = self._lab(slug)
        crew = self._crew(loaded, self._record(loaded, self.store.journal(slug)))
        found = declared(loaded.lab, screen, crew.values)
        # Longer than the watcher takes, which holds each session once a second.
        alone = self.store.locked(slug, seconds=2.0, mending=2.0)
        return look(crew, found, self.eyes, alone, self.clock())

    def reset(self, slug: str) -> SessionView:
        """Begin again with the same fault and values."""
        loaded = self._lab(slug)
        with self.store.locked(slug) as journal:
            record = self._record(loaded, journal)
            need_same_version(loaded, journal)
            journal.append("resetting", cables=_fault_cables(loaded, record.fault))
            return self._build(loaded, journal)

    def stop(self, slug: str) -> SessionView:
        """Shut the machines down; their disks stay."""
        loaded = self._lab(slug)
        with self.store.locked(slug) as journal:
            self._record(loaded, journal)
            self._tell("stop", 0, 0)
            self.runtime.stop(slug)
            journal.append("stopped")
            return self._view(loaded, journal)

    def finish(self, slug: str) -> None:
        """End the session and remove its machines."""
        loaded = self._lab(slug)
        with self.store.locked(slug) as journal:
            self._record(loaded, journal)
            self._tell("finish", 0, 0)
            self.runtime.remove(slug)
            Desk(self.store.folder(slug)).tidy()
            self.replayer.tidy()
            journal.append("finished")

    def terminal(self, slug: str, machine: str, command: Sequence[str] = ()) -> Terminal:
        """A terminal on a machine to which the learner has access."""
        with self._working(slug, any_version=True) as (crew, _):
            found = crew.loaded.lab.machines.get(machine)
            reachable = [
                name
                for name, known in crew.loaded.lab.machines.items()
                if known.access is not Access.NONE
            ]
            if found is None or found.access is Access.NONE:
                raise NotFound("lab.machine-not-found", machine=machine, known=", ".join(reachable))
            crew.need_awake(machine)
            way = way_to(crew, machine) if found.access is Access.SSH else None
            if way is not None:
                settle(crew, way, self.eyes)
        if way is not None:
            opened = self.open_ssh(way, command)
        else:
            opened = self.open_terminal(MachineKey(slug, machine), command)
        # One command is no session at a screen: what it prints goes to whoever gave it.
        return opened if command else RecordedTerminal(opened, machine, self._recordings(slug))

    @property
    def _overview(self) -> LocalOverview:
        return LocalOverview(self.catalog, self.store, self.proven, self.clock)

    def _begin(self, loaded: LoadedLab, journal: Journal, fault: str, seed: str) -> SessionView:
        drawn = Variant(fault, seed)
        journal.append("starting", **_announced(loaded, drawn, Mode.PRACTICE))
        return self._build(loaded, journal)


def _announced(loaded: LoadedLab, drawn: Variant, mode: Mode, **more: object) -> dict[str, object]:
    """What the journal says of a start before anything is made."""
    return {
        "slug": loaded.slug,
        "version": loaded.lab.version,
        "fault": drawn.fault,
        "seed": drawn.seed,
        "mode": mode.value,
        "cables": _fault_cables(loaded, drawn.fault),
        **more,
    }


def _told(crew: Crew, outcomes: Sequence[Outcome], seconds: float) -> Report:
    return report_meanwhile(crew.loaded, crew.record, outcomes, crew.values, seconds)


def _results(told: Report, outcomes: Sequence[Outcome]) -> dict[str, str]:
    """What the journal keeps of a check: in an evaluation no more than was told, for it lies on the
    learner's own disk."""
    seen = told.lines if told.score is None else outcomes
    return {one.check: one.result.value for one in seen}


def _any_fault(loaded: LoadedLab, attempt: str) -> str:
    faults = sorted(loaded.lab.faults)
    return faults[dice(attempt, "fault") % len(faults)]


def _fault_cables(loaded: LoadedLab, fault: str) -> list[Cable]:
    return list(loaded.inject(fault).cables) if fault else []
