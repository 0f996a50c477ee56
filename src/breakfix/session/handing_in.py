"""Evidence of a session: made, replayed on the spot, and handed in when the learner says so.

A candidate stands beside the journal until then, so the last good hand-in stays whatever happens
while a new one is made.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from breakfix.errors import SessionError, SessionMissing
from breakfix.evidence.part_tar import PartTar
from breakfix.evidence.writer import write
from breakfix.model.evidence import FORMAT, Manifest, PartEntry
from breakfix.model.replay import HandedIn, ReplayReport
from breakfix.model.topology import Access
from breakfix.ports.runtime import MachineKey
from breakfix.replay.scratch import Scratch
from breakfix.session.machines import Crew

#: Bytes that may have changed on one machine.
MOST = 768 << 20
_CHUNK = 1 << 20
Tell = Callable[[str, int, int], None]
Replay = Callable[[Crew, Path, Tell], ReplayReport]


@dataclass(frozen=True)
class Desk:
    """Where the evidence of one session is made and kept: `folder` is the session's."""

    folder: Path

    @property
    def candidate(self) -> Path:
        """What was made last, and not handed in yet."""
        return self.folder / "candidate.breakfix.tar.zst"

    @property
    def handed_in(self) -> Path:
        """What was handed in last."""
        return self.folder / "evidence.breakfix.tar.zst"

    def make(
        self, crew: Crew, journal: bytes, recordings: Mapping[str, bytes] | None = None
    ) -> HandedIn:
        """Capture every machine that the learner can reach, into the candidate; `recordings` of
        terminals, by name, come along."""
        captured = time.time()
        with Scratch(self.folder).use() as scratch:
            names = [
                name
                for name, machine in crew.loaded.lab.machines.items()
                if machine.access is not Access.NONE
            ]
            with ThreadPoolExecutor(len(names)) as pool:
                parts = list(pool.map(lambda name: _part(crew, name, scratch), names))
            manifest = _manifest(crew, captured, [part.entry for part in parts])
            files = {part.entry.name: part.archive for part in parts}
            write(self.candidate, manifest, journal, files, recordings)
        told = self._told(crew.loaded.slug, self.candidate, captured)
        unheld = [f"{part.entry.name}: {path}" for part in parts for path in part.unheld]
        return replace(told, unheld=tuple(unheld))

    def hand_in(self, slug: str, sha256: str) -> HandedIn:
        """Make the candidate the evidence that counts.

        Raises SessionError when it is not the one that the learner saw.
        """
        if not self.candidate.exists():
            raise SessionError("hand-in.nothing-made", lab=slug)
        told = self._told(slug, self.candidate, self.candidate.stat().st_mtime)
        if told.sha256 != sha256:
            raise SessionError("hand-in.other-candidate", lab=slug)
        self.candidate.replace(self.handed_in)
        return told

    def tidy(self) -> None:
        """Remove what was made and never handed in."""
        Scratch(self.folder).tidy()
        for left in self.folder.glob(f"*{self.candidate.name}*"):
            left.unlink(missing_ok=True)

    def read(self, slug: str) -> Iterator[bytes]:
        """The bytes of what was handed in. Raises SessionMissing."""
        if not self.handed_in.exists():
            raise SessionMissing("hand-in.nothing-handed-in", lab=slug)
        return _chunks(self.handed_in)

    def _told(self, slug: str, file: Path, captured: float) -> HandedIn:
        found = hashlib.sha256()
        for chunk in _chunks(file):
            found.update(chunk)
        return HandedIn(slug, found.hexdigest(), file.stat().st_size, captured)


@dataclass(frozen=True)
class _Part:
    """A machine that was captured; `unheld` are paths that evidence cannot hold."""

    entry: PartEntry
    archive: Path
    unheld: tuple[str, ...]


def _part(crew: Crew, name: str, scratch: Path) -> _Part:
    archive = scratch / f"{name}.tar"
    with PartTar(archive) as part:
        captured = crew.runtime.capture(MachineKey(crew.session, name), part.add, MOST)
    entry = PartEntry("machine", name, 0, "", captured.image, captured.deleted)
    return _Part(entry, archive, tuple(part.unheld))


def _manifest(crew: Crew, captured: float, parts: list[PartEntry]) -> Manifest:
    record, loaded = crew.record, crew.loaded
    return Manifest(
        FORMAT,
        loaded.slug,
        loaded.lab.version,
        loaded.digest,
        record.learner,
        record.assignment,
        record.attempt,
        record.mode,
        record.fault,
        record.seed,
        record.started,
        round(captured, 3),
        "",
        tuple(record.cables.values()),
        tuple(parts),
    )


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
