"""A terminal whose screen is recorded while the session says so."""

from __future__ import annotations

import codecs
import contextlib
import threading
from collections.abc import Iterator

from breakfix.evidence import asciicast
from breakfix.ports.lab_service import Terminal
from breakfix.session.casting import CastFile
from breakfix.session.recordings import Recordings

_COLUMNS, _ROWS = 80, 24


class RecordedTerminal:
    """`inner`, a terminal on `machine`. Only what comes on its screen and how large that is goes
    into the recording, never what is typed. Whatever happens to the recording, the terminal goes
    on."""

    def __init__(self, inner: Terminal, machine: str, recordings: Recordings) -> None:
        self._inner = inner
        self._machine = machine
        self._recordings = recordings
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._lock = threading.Lock()
        self._size = (_COLUMNS, _ROWS)
        self._cast: CastFile | None = None
        self._on = False
        self._over = False

    def read(self) -> bytes:
        """What the machine printed; empty when the shell has ended."""
        data = self._inner.read()
        with self._recording():
            text = self._decoder.decode(data, final=not data)
            if self._is_on() and text:
                self._open().output(text)
        return data

    def write(self, data: bytes) -> None:
        """Type `data`."""
        self._inner.write(data)

    def resize(self, rows: int, columns: int) -> None:
        """Tell the shell how large the screen is."""
        self._inner.resize(rows, columns)
        with self._recording():
            changed, self._size = self._size != (columns, rows), (columns, rows)
            if changed and self._cast is not None and self._is_on():
                self._cast.resize(columns, rows)

    def close(self) -> int:
        """Hang up; returns the shell's exit status."""
        try:
            return self._inner.close()
        finally:
            with self._lock:
                self._end()

    @contextlib.contextmanager
    def _recording(self) -> Iterator[None]:
        """Do something with the recording; a disk that is full ends only that."""
        with self._lock:
            try:
                yield
            except (_Over, OSError):
                self._end()

    def _is_on(self) -> bool:
        """Whether it is recorded now; a recording that goes on says where it did not."""
        if self._over:
            return False
        on = self._recordings.wanted
        if on != self._on and self._cast is not None and not self._cast.gone:
            self._cast.mark(asciicast.ON if on else asciicast.OFF)
        self._on = on
        return on

    def _open(self) -> CastFile:
        """The recording, made when there is something to record for the first time, and anew when
        the learner erased it."""
        if self._cast is not None and self._cast.gone:
            self._cast.close()
            self._cast = None
        if self._cast is None:
            self._cast = self._recordings.begin(self._machine, *self._size)
        if self._cast is None or self._cast.full:
            raise _Over
        return self._cast

    def _end(self) -> None:
        self._over = True
        cast, self._cast = self._cast, None
        if cast is not None:
            with contextlib.suppress(OSError):
                cast.close()


class _Over(Exception):
    """Nothing more is recorded of this terminal."""
