"""What travels with work that is handed in as one file."""

from __future__ import annotations

from dataclasses import dataclass

from breakfix.model.value import Value

#: The format of the label.
LABEL_FORMAT = 1


@dataclass(frozen=True)
class Label(Value):
    """Who hands in what, as `handed-in.json` says. `assignment` is its name within the course;
    `time` is the learner's clock, in seconds since 1970 (UTC)."""

    format: int
    course: str
    assignment: str
    learner: str
    time: float


@dataclass(frozen=True)
class Packed(Value):
    """A file to upload or to carry away: where it is, its size in bytes, and what is in it.
    `evidence` is false when nothing was handed in of the machines."""

    file: str
    size: int
    members: tuple[str, ...]
    evidence: bool
