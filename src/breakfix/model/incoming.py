"""What became of files that were handed in through a platform or on a stick."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from breakfix.model.value import Text, Value


class Arrival(StrEnum):
    """What became of one hand-in.

    `new`: the first of this learner. `newer`: it took the place of an older one, which is kept.
    `older`: a newer one is there already; this one is kept beside it. `same`: it was there
    already. `retimed`: it was there already, and now has the time that the teacher gave.
    `refused`: nothing of it was taken.
    """

    NEW = "new"
    NEWER = "newer"
    OLDER = "older"
    SAME = "same"
    RETIMED = "retimed"
    REFUSED = "refused"


@dataclass(frozen=True)
class ImportRow(Value):
    """One hand-in: `where` it was found, and what became of it.

    `time` is when it was handed in, by the learner's clock unless the teacher said otherwise
    (seconds since 1970, UTC); `notes` are what a teacher should know besides, `reason` is why it
    was refused.
    """

    where: str
    arrival: Arrival
    learner: str = ""
    assignment: str = ""
    time: float | None = None
    late: bool = False
    notes: tuple[Text, ...] = ()
    reason: Text | None = None


@dataclass(frozen=True)
class ImportReport(Value):
    """All hand-ins of one import; `unused` are files that are no hand-in, `finished` the places of
    an earlier import that was interrupted at the last step, and is finished now."""

    rows: tuple[ImportRow, ...]
    unused: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something was not taken."""
        return any(row.arrival is Arrival.REFUSED for row in self.rows)
