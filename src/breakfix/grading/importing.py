"""Submissions from a folder or a zip into a course: each by itself, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from breakfix.content.text import sentence
from breakfix.errors import CourseError, disk_errors
from breakfix.grading.folder import CourseFolder
from breakfix.grading.incoming.accepting import Accepted, Wanted, accept
from breakfix.grading.incoming.claims import Claim, claim_of_evidence, claim_of_pack
from breakfix.grading.incoming.finding import Bare, Found, Pack, Search, Turned
from breakfix.grading.incoming.placing import Incoming
from breakfix.grading.incoming.staging import stage
from breakfix.grading.roster import learners
from breakfix.grading.telling import text_of
from breakfix.model.course import Course
from breakfix.model.incoming import Arrival, ImportReport, ImportRow
from breakfix.model.value import Text
from breakfix.ports.children import python

#: The child process that reads evidence.
READER = tuple(python("breakfix.entry.evidence_process"))
Tell = Callable[[str, int, int], None]


def import_submissions(
    folder: CourseFolder,
    source: Path,
    wanted: Wanted,
    tell: Tell = lambda *_: None,
    reader: Sequence[str] = READER,
) -> ImportReport:
    """Bring every hand-in of `source` into the course; one that is refused stops no other.

    An import that is interrupted leaves what was done and nothing half; it can be given again.
    Raises CourseError when nothing at all can be read, and DiskFull.
    """
    if wanted.assignment is not None:
        folder.planned(wanted.assignment)
    if folder.root.is_relative_to(source.resolve()):
        raise CourseError("import.course", source=source)
    with folder.locked(), disk_errors():
        incoming = Incoming(folder)
        finished = incoming.recover()
        try:
            desk = _Desk(folder, folder.read(), learners(folder), incoming, wanted, reader)
            rows, unused = desk.take_all(source, tell)
        finally:
            incoming.recover()
    if not rows:
        raise CourseError("import.nothing", source=source)
    return ImportReport(tuple(rows), tuple(unused), finished)


@dataclass(frozen=True)
class _Desk:
    """Where hand-ins are taken in, one after the other."""

    folder: CourseFolder
    course: Course
    known: Container[str]
    incoming: Incoming
    wanted: Wanted
    reader: Sequence[str]

    def take_all(self, source: Path, tell: Tell) -> tuple[list[ImportRow], list[str]]:
        """What became of each hand-in, and the files that are none."""
        scratch = self.incoming.root / "scratch"
        scratch.mkdir(parents=True)
        search = Search(scratch)
        rows: list[ImportRow] = []
        with closing(search.all(source)) as everything:
            for found in everything:
                rows.append(self._take(found, self.incoming.root / f"staged-{len(rows)}"))
                tell("import", len(rows), 0)
        return rows, search.unused

    def _take(self, found: Found, staged: Path) -> ImportRow:
        claim: Claim | None = None
        try:
            claim = self._claim(found)
            one = accept(claim, self.course, self.known, self.wanted)
            notes = stage(self.folder, claim, one, staged)
            return self._placed(found, one, staged, notes)
        except CourseError as error:
            return ImportRow(
                found.where,
                Arrival.REFUSED,
                claim.learner if claim and claim.learner in self.known else "",
                reason=text_of(error),
            )

    def _claim(self, found: Found) -> Claim:
        match found:
            case Pack():
                return claim_of_pack(found)
            case Bare():
                return claim_of_evidence(found, self.incoming.root / "scratch", self.reader)
            case Turned():
                raise found.error

    def _placed(
        self, found: Found, one: Accepted, staged: Path, notes: tuple[Text, ...]
    ) -> ImportRow:
        retime = self.wanted.received is not None
        arrival, kept = self.incoming.place(staged, one.learner, one.name, retime=retime)
        if kept is not None:
            path = kept.relative_to(self.folder.root)
            notes += (sentence("import.two-hand-ins", path=path),)
        return ImportRow(
            found.where, arrival, one.learner, one.name, one.time, one.late, one.notes + notes
        )
