"""Waiting until machines that talk to each other have settled."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from breakfix.model.outcome import Outcome, Result

_AGREE = 2  # rounds in a row, because a network that settles can pass once by chance
_PAUSE = 0.2


@dataclass(frozen=True)
class Until:
    """When looking may end: `done` says so twice in a row, or `seconds` are over, or the same
    answers came for `patience` seconds."""

    done: Callable[[Sequence[Outcome]], bool]
    seconds: float
    patience: float | None = None


def settled(look: Callable[[], list[Outcome]], until: Until) -> list[Outcome]:
    """Rounds of checks until it may end; the last round."""
    began = changed = time.monotonic()
    agreed, before = 0, None
    while True:
        outcomes = look()
        now = time.monotonic()
        agreed = agreed + 1 if until.done(outcomes) else 0
        results = [outcome.result for outcome in outcomes]
        if results != before:
            before, changed = results, now
        waited = until.patience is not None and now - changed > until.patience
        if agreed == _AGREE or waited or now - began > until.seconds:
            return outcomes
        time.sleep(_PAUSE)


def all_pass(outcomes: Sequence[Outcome]) -> bool:
    """Whether every statement holds."""
    return all(outcome.result is Result.PASS for outcome in outcomes)
