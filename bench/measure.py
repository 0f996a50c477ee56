"""One measured thing, and what was hoped for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """`ours` and `baseline` are in `unit`, from the same run; without a baseline `ours` itself is
    held against `goal`, else their ratio. Without a goal it is only told."""

    name: str
    ours: float
    baseline: float | None
    goal: float | None
    unit: str = "s"

    @property
    def value(self) -> float:
        """What is held against the goal."""
        return self.ours if self.baseline is None else self.ours / self.baseline

    @property
    def met(self) -> bool:
        """Whether the goal was reached."""
        return self.goal is None or self.value <= self.goal
