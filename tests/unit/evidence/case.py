"""What a handmade bad file is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from breakfix.evidence.refusal import Reason


@dataclass(frozen=True)
class Case:
    """One bad file."""

    sentence: str
    reason: Reason
    make: Callable[[], bytes]
