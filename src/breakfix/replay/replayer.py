"""Evidence into fresh, sealed machines; the same checks; a report."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from breakfix.content.handover import answer
from breakfix.content.loaded import LoadedLab
from breakfix.evidence.opened import Evidence
from breakfix.evidence.record import Record, record_of
from breakfix.model.evidence import IntegrityFinding, Manifest
from breakfix.model.outcome import Outcome, Result
from breakfix.model.parameter import draw_all
from breakfix.model.replay import Boot, History, ReplayReport
from breakfix.ports.passing import orphaned, own, passing
from breakfix.ports.runtime import MachineKey, Runtime
from breakfix.replay.booting import Booting
from breakfix.replay.checking import Looker, Round
from breakfix.replay.expected import Expectations
from breakfix.replay.fitting import fit_images, fit_lab, fit_topology
from breakfix.replay.report import lines_of, points_of, report
from breakfix.replay.restoring import Restored, restored
from breakfix.replay.scratch import Scratch
from breakfix.replay.second_line import act
from breakfix.replay.settling import Until, all_pass, settled
from breakfix.replay.specs import broken_machine

#: A replay believes a failure when the same answers came for ten seconds: on a computer with much
#: to do, a machine that asks for its address again every few seconds needs them.
REPAIRED = Until(all_pass, seconds=30.0, patience=10.0)
Tell = Callable[[str, int, int], None]
STEPS = 5


@dataclass(frozen=True)
class Replayer:
    """Replays on this computer's engine.

    `open_evidence` reads a file into a folder, strictly; `content` is the digest of a lab;
    `scratch` is where evidence is laid out meanwhile.
    """

    runtime: Runtime
    find_observer: Callable[[MachineKey], str]
    look: Looker
    open_evidence: Callable[[Path, Path], Evidence]
    expectations: Expectations
    content: Callable[[LoadedLab], str]
    scratch: Scratch

    def replay(
        self,
        find: Callable[[Manifest], LoadedLab],
        file: Path,
        tell: Tell,
        *,
        keep: str | None = None,
        until: Until = REPAIRED,
    ) -> ReplayReport:
        """Replay the evidence in `file` on machines of the lab that `find` gives, or refuses. With
        `keep` the machines stay, as a session of that name; looking goes on until `until` says so.

        Raises EvidenceError where the file can't be used, and EngineError for trouble of ours.
        """
        began = time.monotonic()
        self.tidy()
        with self.scratch.use() as folder:
            tell("evidence", 0, STEPS)
            evidence = self.open_evidence(file, folder)
            loaded = find(evidence.manifest)
            record = self.fitting(loaded, evidence)
            session = keep or passing("replay")
            run = _Run(self, loaded, evidence, record, session, until)
            try:
                found, outcomes, boots = run.through(folder, tell)
            except BaseException:
                self.runtime.remove(session)
                raise
        if keep is None:
            self.runtime.remove(session)
        tell("ready", STEPS, STEPS)
        seconds = time.monotonic() - began
        points = points_of(loaded, record, outcomes)
        manifest = evidence.manifest
        return ReplayReport(
            manifest.lab,
            manifest.lab_version,
            manifest.lab_digest != self.content(loaded),
            manifest.learner,
            manifest.assignment,
            manifest.attempt,
            manifest.mode,
            manifest.fault,
            manifest.seed,
            manifest.captured,
            tuple(outcomes),
            tuple(lines_of(loaded, outcomes, run.values)),
            report(loaded, outcomes, run.values, seconds, points),
            points,
            tuple(found),
            boots,
            round(seconds, 3),
            _history(record, manifest.captured, len(evidence.recordings)),
        )

    def tidy(self) -> None:
        """Remove what a process left that was killed while it replayed."""
        self.scratch.tidy()
        for session in self.runtime.sessions():
            if orphaned(session):
                self.runtime.remove(session)

    def leave(self) -> None:
        """The same for what this process made: it ends, perhaps in the middle of a replay."""
        self.tidy()
        for session in self.runtime.sessions():
            if own(session):
                self.runtime.remove(session)

    def fitting(self, loaded: LoadedLab, evidence: Evidence) -> Record:
        """The record of evidence that fits. Raises EvidenceRefused where it does not."""
        fit_lab(evidence.manifest, loaded)
        for part in evidence.manifest.parts:
            fit_topology(part, loaded)
        fit_images(evidence.manifest, self.runtime.identify)
        return _record(evidence, loaded)


@dataclass(frozen=True)
class _Run:
    """One replay, from restored machines to outcomes."""

    tools: Replayer
    loaded: LoadedLab
    evidence: Evidence
    record: Record
    session: str
    until: Until

    @property
    def manifest(self) -> Manifest:
        return self.evidence.manifest

    @property
    def values(self) -> dict[str, str]:
        return draw_all(self.loaded.lab.parameters, self.manifest.seed)

    @property
    def names(self) -> list[str]:
        return list(self.loaded.lab.machines)

    def through(
        self, folder: Path, tell: Tell
    ) -> tuple[list[IntegrityFinding], list[Outcome], dict[str, Boot]]:
        runtime = self.tools.runtime
        tell("compare", 1, STEPS)
        made = [self._machine(name, folder) for name in self.names]
        tell("create", 2, STEPS)
        runtime.create([one.spec for one in made])
        tell("boot", 3, STEPS)
        runtime.start(self.session, self.names, list(self.manifest.cables))
        booting = Booting(runtime, self.session)
        boots = booting.wait(self.names)
        if self.record.accepted:
            act(runtime, self.session, self.loaded, self.manifest.fault, self.values)
        tell("check", 4, STEPS)
        outcomes = settled(self._look, self.until)
        if any(outcome.result is Result.ERROR for outcome in outcomes):
            # A machine may have ended after it came up.
            boots = booting.now(self.names)
        return [finding for one in made for finding in one.findings], outcomes, boots

    def _machine(self, name: str, folder: Path) -> Restored:
        """A machine that was worked on is restored; one that nobody can reach is made as it was."""
        key = MachineKey(self.session, name)
        fresh = broken_machine(self.loaded, key, self.manifest.fault, self.values)
        part = next((one for one in self.evidence.parts if one.entry.name == name), None)
        if part is None:
            return Restored(fresh, ())
        updates = self.loaded.lab.machines[name].updates
        return restored(fresh, part, self.tools.expectations, updates, folder)

    def _look(self) -> list[Outcome]:
        looking = Round(
            self.loaded,
            self.session,
            self.manifest.fault,
            self.values,
            self.record.accepted,
            self.tools.find_observer,
            self.tools.look,
        )
        return looking.outcomes(lambda _: None)


def _history(record: Record, captured: float, recordings: int) -> History:
    return History(
        record.started,
        round(max(0.0, captured - record.started), 3),
        record.hints,
        record.checks,
        record.generation - 1,
        record.diagnoses,
        record.handovers,
        record.accepted,
        recordings,
        len(record.left_out),
    )


def _record(evidence: Evidence, loaded: LoadedLab) -> Record:
    """The journal's record, with what can be decided here decided anew."""
    found = record_of(evidence.journal)
    manifest = evidence.manifest
    base = found or Record(manifest.lab, manifest.fault, manifest.seed, manifest.mode)
    accepted = any(answer(loaded, manifest.fault, handover).accepted for handover in base.handovers)
    return replace(base, fault=manifest.fault, seed=manifest.seed, accepted=accepted)
