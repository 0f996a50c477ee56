"""The bytes of evidence, never more of them at a time than allowed."""

from __future__ import annotations

import hashlib
from typing import BinaryIO, Protocol

import zstandard

from breakfix.evidence.limits import LIMITS
from breakfix.evidence.refusal import Reason, Refused

#: Compressed bytes that are unpacked at once: a zstd block of 4 bytes may stand for 128 KiB, so
#: this much gives 32 MiB at most.
_MORSEL = 1024
PIECE = 1 << 16


class Source(Protocol):
    """Something to read bytes from: exactly as many as asked for, unless it ends before."""

    def read(self, size: int, /) -> bytes:
        """The next `size` bytes, or what is left of them."""


class Frame:
    """What one zstd frame holds; the file must end where the frame does."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        unpacker = zstandard.ZstdDecompressor(max_window_size=LIMITS.window_bytes)
        self._frame = unpacker.decompressobj()
        self._waiting = bytearray()
        self._left = LIMITS.unpacked_bytes

    def read(self, size: int) -> bytes:
        """The next `size` bytes, or fewer at the end."""
        while len(self._waiting) < size and self._more():
            pass
        piece = bytes(self._waiting[:size])
        del self._waiting[:size]
        return piece

    def _more(self) -> bool:
        if self._frame.eof:
            if self._frame.unused_data or self._file.read(1):
                raise Refused(Reason.TRAILING)
            return False
        morsel = self._file.read(_MORSEL)
        if not morsel:
            raise Refused(Reason.TRUNCATED)
        try:
            unpacked = self._frame.decompress(morsel)
        except zstandard.ZstdError as error:
            raise Refused(Reason.NOT_ZSTD) from error
        self._left -= len(unpacked)
        if self._left < 0:
            raise Refused(Reason.UNPACKED_SIZE)
        self._waiting += unpacked
        return True


class Section:
    """The next `size` bytes of a source, which must be there, and their hash."""

    def __init__(self, source: Source, size: int) -> None:
        self._source = source
        self._hash = hashlib.sha256()
        self.left = size

    def read(self, size: int | None = None) -> bytes:
        """The next `size` bytes (all when not given), fewer at the end. Raises Refused."""
        wanted = self.left if size is None else min(size, self.left)
        piece = self._source.read(wanted)
        if len(piece) < wanted:
            raise Refused(Reason.TRUNCATED)
        self.left -= wanted
        self._hash.update(piece)
        return piece

    def skip(self) -> None:
        """Pass over what is left."""
        while self.read(PIECE):
            pass

    @property
    def sha256(self) -> str:
        """The hash of what was read."""
        return self._hash.hexdigest()
