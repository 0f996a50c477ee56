"""The file of an assignment, as it travels to learners."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from breakfix.codec import from_json
from breakfix.errors import ContentError
from breakfix.model.assignment import Assignment
from breakfix.model.session import Mode

FILE = "assignment.json"


def read_assignment(file: Path, slug: str = "") -> Assignment:
    """The assignment in `file`, which must be one of the lab `slug` when that is given.

    Raises ContentError.
    """
    try:
        found = from_json(Assignment, file.read_bytes())
    except (OSError, ValidationError) as error:
        raise ContentError("assignment.unreadable", file=file) from error
    if slug and found.lab != slug:
        raise ContentError("assignment.other-lab", file=file, lab=found.lab)
    if not found.faults or (found.attempts < 1 and found.mode is Mode.EVALUATION):
        raise ContentError("assignment.unreadable", file=file)
    return found
