"""Where sessions live on disk, and the lock that lets one command at a time work on each."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from breakfix.errors import SessionBusy, disk_errors
from breakfix.session.journal import Journal


class SessionStore:
    """The sessions of one installation, one folder each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def journal(self, slug: str) -> Journal:
        """The journal of the session of one lab."""
        return Journal(self._folder / slug / "journal.jsonl")

    def slugs(self) -> tuple[str, ...]:
        """The labs that were ever started and not cleaned."""
        return tuple(sorted(path.parent.name for path in self._folder.glob("*/journal.jsonl")))

    def archive(self, slug: str) -> None:
        """Put a finished session's journal aside, so that the lab can be started anew."""
        path = self._folder / slug / "journal.jsonl"
        number = self.attempts(slug) + 1
        path.replace(path.with_name(f"journal.{number}.jsonl"))

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

    def attempts_of(self, slug: str, assignment: str, learner: str) -> int:
        """How many attempts of an assignment were finished here."""
        archived = (self._folder / slug).glob("journal.*.jsonl")
        records = [Journal(path).record() for path in archived]
        return sum(
            record is not None and (record.assignment, record.learner) == (assignment, learner)
            for record in records
        )

    def attempts(self, slug: str) -> int:
        """How often the lab was finished here."""
        return len(list((self._folder / slug).glob("journal.*.jsonl")))

    @contextmanager
    def locked(self, slug: str, seconds: float = 3.0) -> Iterator[Journal]:
        """Hold the session for one command. Raises SessionBusy after `seconds`.

        The lock is the operating system's: it is gone when its holder dies, however it dies.
        """
        folder = self._folder / slug
        try:
            with disk_errors():
                folder.mkdir(parents=True, exist_ok=True)
                lock = FileLock(folder / "lock", timeout=seconds)
                lock.acquire()
        except Timeout as error:
            raise SessionBusy("session.busy", lab=slug) from error
        try:
            yield self.journal(slug)
        finally:
            lock.release()
