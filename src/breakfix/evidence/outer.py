"""The outer tar: its members' headers have one form each, made here for writer and reader."""

from __future__ import annotations

import tarfile

from breakfix.evidence.refusal import Reason, Refused
from breakfix.evidence.streams import Section, Source

MANIFEST = "manifest.json"
JOURNAL = "journal.jsonl"
END = b"\0" * (2 * tarfile.BLOCKSIZE)


def part_path(name: str) -> str:
    """Where the part called `name` stands."""
    return f"parts/{name}.tar"


def recording_path(name: str) -> str:
    """Where the recording called `name` stands."""
    return f"recordings/{name}.cast"


def header(name: str, size: int) -> bytes:
    """The header of a member of `size` bytes."""
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf(tarfile.USTAR_FORMAT)


def padding(size: int) -> bytes:
    """The zeros that follow `size` bytes."""
    return b"\0" * (-size % tarfile.BLOCKSIZE)


def open_member(source: Source, name: str, most: int, reason: Reason) -> Section:
    """The content of the next member, which must be `name` and hold at most `most` bytes."""
    block = Section(source, tarfile.BLOCKSIZE).read()
    try:
        size = tarfile.TarInfo.frombuf(block, "ascii", "strict").size
    except (tarfile.HeaderError, ValueError) as error:
        raise Refused(Reason.HEADER, name) from error
    if size > most:
        raise Refused(reason, name)
    if size < 0 or block != header(name, size):
        raise Refused(Reason.HEADER, name)
    return Section(source, size)


def close_member(source: Source, size: int) -> None:
    """Pass over the zeros after a member of `size` bytes."""
    zeros = padding(size)
    if Section(source, len(zeros)).read() != zeros:
        raise Refused(Reason.HEADER)


def must_end(source: Source) -> None:
    """Nothing may follow but the mark of the end."""
    if Section(source, len(END)).read() != END:
        raise Refused(Reason.HEADER)
    if source.read(1):
        raise Refused(Reason.TRAILING)
