"""What one stage of a proof came to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from breakfix.model.outcome import Outcome, Result
from breakfix.model.score import Score
from breakfix.model.value import Value

#: What one round of checks shows to be not as it must be.
Judge = Callable[[Sequence[Outcome]], list[str]]
#: What a stage came to: its trouble, and the outcomes that it ended with.
Found = tuple[list[str], Sequence[Outcome]]


@dataclass(frozen=True)
class StageResult(Value):
    """One stage for one fault. `action` names the wrong or other repair; `trouble` says in
    English, for authors, what was not as it must be; empty means green. `way` is `live` or
    `replay`, and empty where no machine was looked at."""

    lab: str
    stage: str
    fault: str = ""
    action: str = ""
    trouble: tuple[str, ...] = ()
    points: int = 0
    points_of: int = 0
    seconds: float = 0.0
    failed_checks: tuple[str, ...] = field(default=())
    way: str = ""

    @property
    def green(self) -> bool:
        """Whether the stage is as it must be."""
        return not self.trouble


class Verdicts:
    """What a judge says of round after round. A round that is good between bad ones is no proof: it
    may be good by chance."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._troubles: list[list[str]] = []

    def good(self, outcomes: Sequence[Outcome]) -> bool:
        """Whether this round is as it must be."""
        self._troubles.append(self._judge(outcomes))
        return not self._troubles[-1]

    def trouble(self) -> list[str]:
        """The last round's; when that was good, what the round before it showed."""
        return self._troubles[-1] or by_turns(self._troubles[-2:][0])


def by_turns(trouble: Sequence[str]) -> list[str]:
    """Trouble that another round of the same machines did not have."""
    return [f"not every time: {line}" for line in trouble]


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
