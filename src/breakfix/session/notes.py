"""What a learner writes in the logbook: a file that is only appended to, so that an earlier version
of a note is never lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from filelock import FileLock, Timeout
from pydantic import ValidationError

from breakfix.codec import from_data
from breakfix.errors import NotFound, SessionBusy, SessionError, disk_errors
from breakfix.model.logbook import MOST_NOTE, Entry
from breakfix.session.store import SessionStore

#: How many seconds a note waits for another program that writes one.
_PATIENCE = 3.0


@dataclass(frozen=True)
class Notes:
    """The notes of one installation. Each is kept with all that its attempt told, so that it still
    says what it is about when the attempt's journal is gone."""

    store: SessionStore

    def entries(self) -> Mapping[str, Entry]:
        """The entries with a note as it was last kept, by id."""
        return {entry.id: entry for entry in self._kept()}

    def keep(self, entry: Entry, note: str, now: float) -> Entry:
        """Keep a note with its entry. Raises SessionError when it is too long, or when another
        process holds the notes."""
        note = _clean(note)
        if note == entry.note:
            return entry
        written = replace(entry, note=note, noted=round(now, 3))
        with self._held():
            self.store.notes().append("noted", entry=written)
        return written

    def _kept(self) -> Iterator[Entry]:
        for event in self.store.notes().events():
            # Whatever became of a line, the others are still the learner's words.
            if isinstance(event, dict) and event.get("event") == "noted":
                entry = _entry(event.get("entry"))
                if entry is not None:
                    yield entry

    @contextmanager
    def _held(self) -> Iterator[None]:
        lock = FileLock(self.store.notes_file.with_suffix(".lock"), timeout=_PATIENCE)
        try:
            with disk_errors():
                self.store.notes_file.parent.mkdir(parents=True, exist_ok=True)
                lock.acquire()
        except Timeout as error:
            raise SessionBusy("logbook.busy") from error
        try:
            yield
        finally:
            lock.release()


def need_entry(entries: tuple[Entry, ...], name: str) -> Entry:
    """The entry of that id. Raises NotFound."""
    for entry in entries:
        if entry.id == name:
            return entry
    raise NotFound("logbook.no-entry", entry=name)


def _entry(data: object) -> Entry | None:
    try:
        return from_data(Entry, data)
    except ValidationError:
        return None


def _clean(note: str) -> str:
    """A note as it is kept; what can't be written down as UTF-8 becomes a question mark."""
    note = note.replace("\r\n", "\n").strip().encode(errors="replace").decode()
    if len(note) > MOST_NOTE:
        raise SessionError("logbook.too-long", length=len(note), most=MOST_NOTE)
    return note
