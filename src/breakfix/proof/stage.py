"""What one stage of a proof came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from breakfix.model.outcome import Outcome, Result
from breakfix.model.score import Score
from breakfix.model.value import Value


@dataclass(frozen=True)
class StageResult(Value):
    """One stage for one fault. `action` names the wrong or other repair; `trouble` says in
    English, for authors, what was not as it must be; empty means green. `way` is `live` or
    `replay`."""

    lab: str
    stage: str
    fault: str = ""
    action: str = ""
    trouble: tuple[str, ...] = ()
    points: int = 0
    points_of: int = 0
    seconds: float = 0.0
    failed_checks: tuple[str, ...] = field(default=())
    way: str = "live"

    @property
    def green(self) -> bool:
        """Whether the stage is as it must be."""
        return not self.trouble


def failing(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The checks that did not pass."""
    return tuple(outcome.check for outcome in outcomes if outcome.result is not Result.PASS)


def wanted(
    outcomes: Sequence[Outcome], must: Mapping[str, Result], points: Score | None = None
) -> list[str]:
    """What differs from `must` (checks that are not in it must pass), and every error."""
    trouble = []
    for outcome in outcomes:
        want = must.get(outcome.check, Result.PASS)
        if outcome.result is not want:
            detail = f" ({outcome.case} {dict(outcome.values)})"
            trouble.append(f"{outcome.check}: {outcome.result.value}, not {want.value}{detail}")
    if points is not None and points.repair != 0:
        trouble.append(f"an untouched machine scores {points.repair}")
    return trouble
