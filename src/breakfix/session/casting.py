"""One recording while it grows: a file that is only appended to, and never beyond its bound."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from breakfix.evidence import asciicast
from breakfix.evidence.limits import LIMITS
from breakfix.messages import Language, say

#: What is kept free for the sentence that says that a recording is full.
_LAST_WORDS = 1024


class CastFile:
    """A new recording at `path`, which must not be there yet; its times are those of a clock that
    nobody can set. Whatever was written stays when this process is killed. Raises OSError."""

    def __init__(
        self,
        path: Path,
        columns: int,
        rows: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._began = clock()
        self._file = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600
        )
        self._size = 0
        self.full = False
        self._write(asciicast.header_line(columns, rows, time.time(), path.stem))

    @property
    def gone(self) -> bool:
        """Whether somebody removed the file meanwhile."""
        return os.fstat(self._file).st_nlink == 0

    def output(self, text: str) -> None:
        """Something came on the screen. At the bound the recording says so, and stops."""
        self._event("o", text)

    def resize(self, columns: int, rows: int) -> None:
        """The screen has another size."""
        self._event("r", f"{columns}x{rows}")

    def mark(self, label: str) -> None:
        """Something happened that is not on the screen."""
        self._event("m", label)

    def close(self) -> None:
        """Nothing more comes; the disk has all of it."""
        try:
            os.fsync(self._file)
        finally:
            os.close(self._file)

    def _event(self, code: str, data: str) -> None:
        if self.full:
            return
        at = self._clock() - self._began
        line = asciicast.event_line(at, code, data)
        if self._size + len(line) > LIMITS.recording_bytes - _LAST_WORDS:
            self.full = True
            line = asciicast.event_line(at, "o", _full()) + asciicast.event_line(
                at, "m", asciicast.FULL
            )
        self._write(line)

    def _write(self, line: bytes) -> None:
        """Add `line` whole or not at all."""
        before, self._size = self._size, self._size + len(line)
        try:
            while line:
                line = line[os.write(self._file, line) :]
        except OSError:
            os.ftruncate(self._file, before)
            raise


def _full() -> str:
    nl, en = (say("recording.full", language) for language in (Language.NL, Language.EN))
    return f"\r\n\x1b[0m[{nl}]\r\n[{en}]\r\n"
