"""The two small files by which nbgrader knows a submission: when, and a secret for its feedback."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from breakfix.grading.incoming.finding import SECRET, TIMESTAMP

#: nbgrader's own way to write it. Others are not read: what is unknown counts as oldest.
_WRITTEN = re.compile(
    r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,6})? (?:UTC|([+-]\d\d)(\d\d))", re.ASCII
)
_MOST = 200


def write_stamps(folder: Path, moment: float, secret: str) -> None:
    """Write both files into a submission."""
    write_timestamp(folder, moment)
    (folder / SECRET).write_text(secret, "ascii")


def write_timestamp(folder: Path, moment: float) -> None:
    """Write when a submission was handed in, whole or not at all."""
    part = folder / f".{TIMESTAMP}.part"
    part.write_text(f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M:%S.%f} UTC", "ascii")
    part.replace(folder / TIMESTAMP)


def read_timestamp(folder: Path) -> float | None:
    """When a submission was handed in (seconds since 1970), where it says so as nbgrader does."""
    return moment_in(_read(folder / TIMESTAMP))


def moment_in(text: str) -> float | None:
    """The moment that nbgrader wrote so; None when it never would."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    day, clock, part, hours, minutes = found.groups()
    zone = f"{hours}:{minutes}" if hours else "+00:00"
    try:
        return datetime.fromisoformat(f"{day}T{clock}{(part or '.0'):0<7}{zone}").timestamp()
    except (ValueError, OverflowError):
        return None


def read_secret(folder: Path) -> str:
    """The secret of a submission; empty when there is none."""
    return _read(folder / SECRET)


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(_MOST * 2).decode("ascii", "replace").strip()
    except OSError:
        return ""
