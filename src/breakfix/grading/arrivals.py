"""What is known of a submission by looking at its folder: when it came, and with which evidence."""

from __future__ import annotations

import hashlib
from datetime import UTC
from pathlib import Path

from nbgrader.utils import parse_utc

from breakfix.grading.finding import arrived_at
from breakfix.ports.saving import SUFFIX

__all__ = ["arrived_at", "evidence_of", "handed_in_at", "has_evidence", "sha256_of"]

#: A moment is short; whatever is longer is something else.
_LONGEST_MOMENT = 100


def handed_in_at(submission: Path) -> float | None:
    """When it was handed in, by the learner's own clock (seconds since 1970, UTC), as nbgrader
    wrote it beside the notebook; None where that can't be read."""
    try:
        with (submission / "timestamp.txt").open("rb") as stream:
            text = stream.read(_LONGEST_MOMENT).decode("utf-8", "replace").strip()
        return float(parse_utc(text).replace(tzinfo=UTC).timestamp())
    except (OSError, ValueError, OverflowError, TypeError, AttributeError):
        return None


def has_evidence(submission: Path) -> bool:
    """Whether anything lies there as evidence, be it usable or not."""
    return any((submission / "evidence").glob(f"*{SUFFIX}"))


def evidence_of(submission: Path, lab: str) -> Path | None:
    """The file that counts: the one with the lab's name, else the only one. None where there is
    none, or where it is no ordinary file."""
    found = {path.name: path for path in (submission / "evidence").glob(f"*{SUFFIX}")}
    only = next(iter(found.values())) if len(found) == 1 else None
    file = found.get(f"{lab}{SUFFIX}", only)
    return file if file is not None and file.is_file() and not file.is_symlink() else None


def sha256_of(submission: Path, lab: str) -> str:
    """The SHA-256 of the evidence that counts; empty where there is none."""
    evidence = evidence_of(submission, lab)
    if evidence is None:
        return ""
    with evidence.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
