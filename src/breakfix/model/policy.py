"""What holds in a session: hints, attempts, and when it may be started."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from breakfix.model.value import Value


class HintPolicy(StrEnum):
    """Whether an evaluation gives hints: `free`, each one `priced` in points, or `off`."""

    FREE = "free"
    PRICED = "priced"
    OFF = "off"


@dataclass(frozen=True)
class Policy(Value):
    """The rules of one session; those of free practice when nothing is said.

    `hint_price` is the points that each hint costs (0: none), `attempts` how many are granted (0:
    as many as you like). `opens` and `closes` are seconds since 1970 (UTC). `record_terminals`:
    what comes on the screens of terminals is to be recorded, once the learner was told so.
    """

    hints: HintPolicy = HintPolicy.FREE
    hint_price: int = 0
    attempts: int = 0
    opens: float | None = None
    closes: float | None = None
    record_terminals: bool = False

    def closed_at(self, moment: float) -> bool:
        """Whether the closing time has passed."""
        return self.closes is not None and moment > self.closes
