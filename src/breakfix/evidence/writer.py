"""Writing evidence: one zstd frame around a plain tar, the same bytes for the same content."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import zstandard

from breakfix.codec import to_json
from breakfix.evidence import outer
from breakfix.evidence.disk import disk_full_told
from breakfix.evidence.journal import tidy
from breakfix.evidence.limits import LIMITS
from breakfix.model.evidence import Manifest, PartEntry, RecordingEntry

#: Configuration work is squeezed hard; for megabytes that would take minutes and gain little.
_HARD, _QUICK = 19, 3
_SMALL = 8 << 20


def write(
    target: Path,
    manifest: Manifest,
    journal: bytes,
    parts: Mapping[str, Path],
    recordings: Mapping[str, bytes] | None = None,
) -> None:
    """Write evidence to `target`, whole or not at all: what stood there stays until then.

    `parts` maps each part of the manifest to its archive (`PartTar`), and `recordings` are those
    of terminals, by name. Sizes and hashes are filled in here, and lines of the journal that are
    no event are left out. One process at a time writes to one target. Raises DiskFull.
    """
    events, casts = tidy(journal), recordings or {}
    entries = tuple(_filled(entry, parts[entry.name]) for entry in manifest.parts)
    full = replace(
        manifest,
        journal_sha256=hashlib.sha256(events).hexdigest(),
        parts=entries,
        recordings=tuple(_recorded(name, content) for name, content in casts.items()),
    )
    size = sum(entry.size for entry in entries) + sum(map(len, casts.values()))
    with disk_full_told(), _replaced(target) as file, _compressed(file, size) as stream:
        _member(stream, outer.MANIFEST, to_json(full).encode())
        _member(stream, outer.JOURNAL, events)
        for name, content in casts.items():
            _member(stream, outer.recording_path(name), content)
        for entry in entries:
            stream.write(outer.header(outer.part_path(entry.name), entry.size))
            with parts[entry.name].open("rb") as part:
                shutil.copyfileobj(part, stream)
            stream.write(outer.padding(entry.size))
        stream.write(outer.END)


def _filled(entry: PartEntry, archive: Path) -> PartEntry:
    with archive.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return replace(entry, size=archive.stat().st_size, sha256=sha256)


def _recorded(name: str, content: bytes) -> RecordingEntry:
    return RecordingEntry(name, len(content), hashlib.sha256(content).hexdigest())


def _member(stream: BinaryIO, name: str, content: bytes) -> None:
    stream.write(outer.header(name, len(content)) + content + outer.padding(len(content)))


def _compressed(file: BinaryIO, size: int) -> BinaryIO:
    level = _HARD if size <= _SMALL else _QUICK
    parameters = zstandard.ZstdCompressionParameters.from_level(
        level, window_log=LIMITS.window_bytes.bit_length() - 1, write_checksum=True
    )
    packer = zstandard.ZstdCompressor(compression_params=parameters)
    return packer.stream_writer(file, closefd=False)


@contextmanager
def _replaced(target: Path) -> Iterator[BinaryIO]:
    """A new file beside `target` that takes its place when all went well."""
    new = target.with_name(f".{target.name}.new")
    try:
        with new.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
