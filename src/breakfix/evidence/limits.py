"""How big evidence may be, and what reading it may cost.

`docs/evidence-format.md` lists these numbers; a test holds the page against them.
"""

from __future__ import annotations

from dataclasses import dataclass

from breakfix.model.recording import MOST

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds of the file, then of one part, then of the process that reads."""

    archive_bytes: int = 256 * MIB
    unpacked_bytes: int = 1024 * MIB
    window_bytes: int = 8 * MIB
    manifest_bytes: int = 4 * MIB
    journal_bytes: int = 4 * MIB
    journal_lines: int = 20_000
    json_depth: int = 32
    moment: int = 253_402_300_799
    text_chars: int = 256
    recordings: int = MOST
    recording_bytes: int = 2 * MIB
    parts: int = 16
    cables: int = 64
    members: int = 40_000
    deleted: int = 20_000
    file_bytes: int = 256 * MIB
    header_bytes: int = 8192
    path_bytes: int = 1024
    name_bytes: int = 255
    depth: int = 64
    reader_memory: int = 512 * MIB
    reader_cpu_seconds: int = 60
    reader_seconds: int = 120
    reader_open_files: int = 32


LIMITS = Limits()
