"""What was done to a submission on its way in: a small file beside it, for the teacher."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from breakfix.codec import from_json, to_json
from breakfix.errors import disk_errors
from breakfix.model.value import Text, Value

NOTES = "breakfix-notes.json"


@dataclass(frozen=True)
class Notes(Value):
    """Sentences for the teacher, oldest first."""

    lines: tuple[Text, ...] = ()


def read_notes(submission: Path) -> tuple[Text, ...]:
    """What was noted of a submission; nothing when the file is not there or is not ours."""
    try:
        return from_json(Notes, (submission / NOTES).read_bytes()).lines
    except (OSError, ValidationError):
        return ()


def add_notes(submission: Path, *lines: Text) -> None:
    """Note something of a submission, once. Raises DiskFull."""
    known = read_notes(submission)
    new = tuple(line for line in lines if line not in known)
    if not new:
        return
    part = submission / f"{NOTES}.part"
    with disk_errors():
        part.write_text(to_json(Notes(known + new)) + "\n", "utf-8")
        part.replace(submission / NOTES)
