"""Where sessions live on disk, and the lock that lets one command at a time work on each."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from breakfix.errors import SessionBusy, disk_errors
from breakfix.session.journal import Journal
from breakfix.session.recordings import Recordings, remove_all

_RECORDINGS = "recordings"

#: The file with what a learner wrote in the logbook.
NOTES = "logbook.jsonl"


class SessionStore:
    """The sessions of one installation, one folder each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def journal(self, slug: str) -> Journal:
        """The journal of the session of one lab."""
        return Journal(self._current(slug))

    def recordings(self, slug: str) -> Recordings:
        """The recordings of the session of one lab."""
        return Recordings(self._folder / slug / _RECORDINGS, self.journal(slug))

    def slugs(self) -> tuple[str, ...]:
        """The labs that were ever started and not cleaned."""
        return tuple(sorted(path.parent.name for path in self._folder.glob("*/journal.jsonl")))

    def begun(self) -> tuple[str, ...]:
        """The labs that were ever started here, also those of which every attempt was put aside."""
        return tuple(sorted({path.parent.name for path in self._folder.glob("*/journal*.jsonl")}))

    @property
    def notes_file(self) -> Path:
        """Where the learner's notes are."""
        return self._folder / NOTES

    def notes(self) -> Journal:
        """What the learner wrote in the logbook."""
        return Journal(self.notes_file)

    def archive(self, slug: str) -> None:
        """Put a finished session's journal aside, so that the lab can be started anew. Its
        recordings are erased: nobody needs them longer."""
        self._current(slug).replace(self._archived(slug, self.attempts(slug) + 1))
        remove_all(self._folder / slug / _RECORDINGS)

    def seed(self, slug: str) -> str:
        """The seed of a lab's addresses and names here: drawn once, so that the notebook, which
        is written before the first start, speaks of the machines that will be there."""
        path = self._folder / slug / "seed"
        # A seed that a full disk cut short is none.
        if not path.exists() or not path.read_text("utf-8"):
            with disk_errors():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(secrets.token_hex(4), "utf-8")
        return path.read_text("utf-8")

    def folder(self, slug: str) -> Path:
        """The folder of one lab's session."""
        return self._folder / slug

    def journals(self, slug: str) -> Iterator[Journal]:
        """The journals of every attempt of one lab, oldest first."""
        archived = [self._archived(slug, at) for at in range(1, self.attempts(slug) + 1)]
        yield from (Journal(path) for path in (*archived, self._current(slug)) if path.exists())

    def attempts_of(self, slug: str, assignment: str, learner: str) -> int:
        """How many attempts of an assignment were finished here."""
        archived = (self._folder / slug).glob("journal.*.jsonl")
        records = [Journal(path).record() for path in archived]
        return sum(
            record is not None and (record.assignment, record.learner) == (assignment, learner)
            for record in records
        )

    def _current(self, slug: str) -> Path:
        return self._folder / slug / "journal.jsonl"

    def _archived(self, slug: str, attempt: int) -> Path:
        return self._folder / slug / f"journal.{attempt}.jsonl"

    def attempts(self, slug: str) -> int:
        """How often the lab was finished here."""
        return len(list((self._folder / slug).glob("journal.*.jsonl")))

    @contextmanager
    def locked(self, slug: str, seconds: float = 3.0, mending: float = 60.0) -> Iterator[Journal]:
        """Hold the session for one command. Raises SessionBusy when another command takes longer
        than `seconds`, or the watcher longer than `mending` to boot a machine that went off.

        The locks are the operating system's: they are gone when their holder dies, however it dies.
        """
        with ExitStack() as held:
            with self._held(slug, "mending", mending):
                held.enter_context(self._held(slug, "lock", seconds))
            yield self.journal(slug)

    @contextmanager
    def mending(self, slug: str) -> Iterator[Journal]:
        """Hold the session for the watcher. Raises SessionBusy at once."""
        with self._held(slug, "mending", 0), self._held(slug, "lock", 0):
            yield self.journal(slug)

    @contextmanager
    def _held(self, slug: str, name: str, seconds: float) -> Iterator[None]:
        folder = self._folder / slug
        try:
            with disk_errors():
                folder.mkdir(parents=True, exist_ok=True)
                lock = FileLock(folder / name, timeout=seconds)
                lock.acquire()
        except Timeout as error:
            raise SessionBusy("session.busy", lab=slug) from error
        try:
            yield
        finally:
            lock.release()
