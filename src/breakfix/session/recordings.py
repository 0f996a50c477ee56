"""The recordings of one session: in a folder beside its journal, which says whether they are
wanted."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from breakfix.errors import EvidenceError, EvidenceUnreadable, NotFound
from breakfix.evidence import asciicast
from breakfix.evidence.limits import LIMITS
from breakfix.evidence.record import Record
from breakfix.model.recording import Recording
from breakfix.session.casting import CastFile
from breakfix.session.journal import Journal

_ID = re.compile(r"(\d\d+)-([a-z0-9][a-z0-9-]{0,50})")
_SUFFIX = ".cast"
_Stamp = tuple[int, int, int]


class Recordings:
    """The recordings in `folder`, of the session with this journal."""

    def __init__(self, folder: Path, journal: Journal) -> None:
        self._folder = folder
        self._journal = journal
        self._seen: _Stamp | None = None
        self._record: Record | None = None

    @property
    def wanted(self) -> bool:
        """Whether terminals are recorded now. Asked for every piece of output, so the journal is
        read again only when it changed, by whatever process."""
        return self._now() is not None and self._record is not None and bool(self._record.recording)

    def begin(self, machine: str, columns: int, rows: int) -> CastFile | None:
        """A new recording of a terminal on `machine`, or None when there are as many as may be.
        Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        while len(self._files()) < LIMITS.recordings:
            try:
                return CastFile(self._path(f"{self._next():02}-{machine}"), columns, rows)
            except FileExistsError:
                # Another terminal of this machine was quicker.
                continue
        return None

    def all(self) -> tuple[Recording, ...]:
        """Every recording, oldest first; one that can't be read is left out."""
        found = []
        for path in self._files():
            try:
                found.append(listed(path.stem, path.read_bytes()))
            except (OSError, EvidenceError):
                continue
        return tuple(found)

    def read(self, number: str) -> bytes:
        """The asciicast of one recording, up to its last whole line. Raises NotFound."""
        if _ID.fullmatch(number):
            try:
                return whole_lines(self._path(number).read_bytes())
            except FileNotFoundError:
                pass
        known = ", ".join(path.stem for path in self._files()) or "-"
        raise NotFound("recording.not-found", recording=number, known=known)

    def contents(self) -> dict[str, bytes]:
        """All of them, by id."""
        return {one.id: self.read(one.id) for one in self.all()}

    def remove(self, number: str) -> Recording:
        """Erase one; a terminal that is still recorded begins another. Raises NotFound."""
        removed = listed(number, self.read(number))
        self._path(number).unlink(missing_ok=True)
        return removed

    def _now(self) -> _Stamp | None:
        """The journal's stamp; what it says is read anew when that changed."""
        stamp = self._journal.stamp
        if stamp != self._seen:
            try:
                self._record = self._journal.record()
            except EvidenceUnreadable:
                self._record = None
            self._seen = stamp
        return stamp

    def _next(self) -> int:
        """The next number: never one of a recording that was left out."""
        self._now()
        left_out = self._record.left_out if self._record is not None else ()
        names = [*left_out, *(path.stem for path in self._files())]
        numbers = [int(found[1]) for name in names if (found := _ID.fullmatch(name))]
        return max(numbers, default=0) + 1

    def _files(self) -> list[Path]:
        return sorted(path for path in self._folder.glob(f"*{_SUFFIX}") if _ID.fullmatch(path.stem))

    def _path(self, number: str) -> Path:
        return self._folder / f"{number}{_SUFFIX}"


def remove_all(folder: Path) -> None:
    """Erase every recording in `folder`."""
    shutil.rmtree(folder, ignore_errors=True)


def listed(number: str, data: bytes) -> Recording:
    """What is told of the recording in `data`. Raises EvidenceError."""
    # Its first and its last line say all of that.
    lines = whole_lines(data).splitlines(keepends=True)
    cast = asciicast.read_cast(b"".join([*lines[:1], *lines[1:][-1:]]))
    machine = number.partition("-")[2]
    full = any((one.code, one.data) == ("m", asciicast.FULL) for one in cast.events[-1:])
    return Recording(number, machine, cast.started, round(cast.seconds, 1), len(data), full)


def whole_lines(data: bytes) -> bytes:
    """`data` up to its last line that was ended."""
    return data[: data.rfind(b"\n") + 1]
