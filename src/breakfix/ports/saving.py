"""Keeping a file that was handed in, for every front end alike."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from breakfix.errors import DiskFull

SUFFIX = ".breakfix.tar.zst"


def save_whole(target: Path, chunks: Iterable[bytes]) -> Path:
    """Write a file whole, or not at all; what stood there stays until then. Raises DiskFull."""
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            stream.writelines(chunks)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DiskFull("hand-in.not-saved", file=target, reason=error.strerror) from error
    return target


def readable(size: int) -> str:
    """A size in bytes as people read it."""
    return f"{size / 1024:.1f} KiB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MiB"
