"""How much may come in."""

from __future__ import annotations

from dataclasses import dataclass

from breakfix.evidence.limits import MIB


@dataclass(frozen=True)
class Incoming:
    """Bounds in bytes and counts; `ratio` is how many times smaller a zip may make a file that is
    larger than `ratio_from`."""

    evidence: int = 50 * MIB
    notebook: int = 2 * MIB
    note: int = 64 * 1024
    zip_in_zip: int = 64 * MIB
    zip_members: int = 10_000
    zip_directory: int = 16 * MIB
    ratio: int = 200
    ratio_from: int = MIB
    files: int = 50_000
    depth: int = 12
    name_chars: int = 255
    path_chars: int = 1024
    pack_members: int = 32


INCOMING = Incoming()
#: Clocks differ; one that is this many seconds ahead is no lie.
AHEAD = 300
