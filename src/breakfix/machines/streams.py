"""Tar archives that the engine sends, member by member, never held whole."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, cast

_BUFFER = 1 << 20


class _Chunks(io.RawIOBase):
    """The engine's chunks as a file."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]  # Buffer is newer
        """The next bytes; 0 at the end."""
        while not self._rest:
            found = next(self._chunks, None)
            if found is None:
                return 0
            self._rest = found
        view = memoryview(target)
        count = min(len(view), len(self._rest))
        view[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def stream_of(chunks: Iterable[object]) -> IO[bytes]:
    """The engine's chunks as a file (its client says text, or bytes; bytes come)."""
    return io.BufferedReader(_Chunks(cast("Iterable[bytes]", chunks)), _BUFFER)


@contextmanager
def archive_of(chunks: Iterable[object]) -> Iterator[tarfile.TarFile]:
    """The archive in `chunks`; the stream is closed also when not all of it was read."""
    try:
        with tarfile.open(fileobj=stream_of(chunks), mode="r|") as archive:
            yield archive
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()


def data_of(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    """The content of the member that was read last (nothing for what is no file)."""
    stream = archive.extractfile(member) if member.isreg() else None
    return stream.read() if stream is not None else b""
