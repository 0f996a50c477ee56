"""A learner's own logbook: what was wrong each time, and what to look at first next time."""

from __future__ import annotations

from dataclasses import dataclass

from breakfix.model.session import Mode, State
from breakfix.model.value import Text, Value

#: Characters that a note may have.
MOST_NOTE = 4000


@dataclass(frozen=True)
class Written(Value):
    """An answer in words, such as a work note, with its question."""

    question: Text
    answer: str


@dataclass(frozen=True)
class Entry(Value):
    """One attempt at one lab.

    `where` and `what` are the diagnosis in the learner's own choice of words, right or wrong; the
    fault itself never stands here. `started` and `noted` (when the note was last kept; 0 when there
    is none) are in seconds since 1970; `seconds` is the time that was worked. `held` says that in
    practice everything was in order after a restart, `handed_in` that something was handed in.
    """

    id: str
    lab: str
    title: Text
    mode: Mode
    started: float
    seconds: float = 0.0
    state: State = State.FINISHED
    held: bool = False
    handed_in: bool = False
    where: Text | None = None
    what: Text | None = None
    answers: tuple[Written, ...] = ()
    note: str = ""
    noted: float = 0.0


@dataclass(frozen=True)
class Logbook(Value):
    """Every attempt on this computer, newest first."""

    entries: tuple[Entry, ...] = ()


def entry_id(lab: str, started: float) -> str:
    """What names an attempt: a lab is started at most once in a millisecond."""
    return f"{lab}.{round(started * 1000)}"
