"""The verbs about recordings: the switch, the list, playing one, and leaving one out."""

from __future__ import annotations

from collections.abc import Iterator

from breakfix.model.recording import Recording
from breakfix.model.session import Mode, SessionView
from breakfix.session.handing_in import Desk
from breakfix.session.recordings import Recordings
from breakfix.session.sessions import Sessions


class RecordingSessions(Sessions):
    """Sessions whose terminals may be recorded."""

    def record(self, slug: str, on: bool) -> SessionView:  # noqa: FBT001 (arguments travel by place)
        """Record the screens of terminals from now on, or stop that."""
        loaded = self.catalog.load_usable(slug)
        with self.store.locked(slug) as journal:
            if self._record(loaded, journal).recording is not on:
                journal.append("recording", on=on)
            return self._view(loaded, journal)

    def recordings(self, slug: str) -> tuple[Recording, ...]:
        """The recordings of the session, oldest first; also when it is finished."""
        return self._recordings(slug).all()

    def recording(self, slug: str, recording: str) -> Iterator[bytes]:
        """The asciicast of one recording."""
        return iter([self._recordings(slug).read(recording)])

    def leave_out(self, slug: str, recording: str) -> SessionView:
        """Erase a recording; the journal keeps that there was one. In an evaluation what was made
        to hand in holds it still, so that has to be made again."""
        loaded = self.catalog.load_usable(slug)
        with self.store.locked(slug) as journal:
            record = self._record(loaded, journal)
            gone = self._recordings(slug).remove(recording)
            journal.append(
                "left-out",
                recording=gone.id, machine=gone.machine, seconds=gone.seconds, size=gone.size,
            )  # fmt: skip
            if record.mode is Mode.EVALUATION:
                Desk(self.store.folder(slug)).candidate.unlink(missing_ok=True)
            return self._view(loaded, journal)

    def _recordings(self, slug: str) -> Recordings:
        self.catalog.folder(slug)
        return self.store.recordings(slug)
