"""A check: one graded statement about the machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from breakfix.model.value import Text, Value


class Aspect(StrEnum):
    """What a check speaks about."""

    SYMPTOM = "symptom"
    CAUSE = "cause"
    HARMLESS = "harmless"
    CONDUCT = "conduct"
    DIAGNOSIS = "diagnosis"


class Sight(StrEnum):
    """How a check looks, strongest first."""

    OUTSIDE = "outside"
    OBSERVER = "observer"
    WORD = "word"
    JOURNAL = "journal"


@dataclass(frozen=True)
class Check(Value):
    """A check as its lab declares it.

    `text` holds one text per case: `pass`, `fail` and any further way to fail. `only` limits it
    to the faults named; empty means all.
    """

    id: str
    aspect: Aspect
    sight: Sight
    points: int
    text: Mapping[str, Text]
    only: tuple[str, ...] = ()

    def applies_to(self, fault: str | None) -> bool:
        """Whether this check is asked when `fault` is in (None: no fault at all)."""
        return not self.only or fault in self.only

    @property
    def function(self) -> str:
        """The name of its function in `staff/checks.py`."""
        return self.id.replace("-", "_")
