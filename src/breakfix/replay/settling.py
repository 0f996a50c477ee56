"""Waiting until machines that talk to each other have settled."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from breakfix.model.outcome import Outcome, Result

_AGREE = 2  # rounds in a row, because a network that settles can pass once by chance
_PAUSE = 0.2


def settled(
    look: Callable[[], list[Outcome]],
    done: Callable[[Sequence[Outcome]], bool],
    seconds: float,
    patience: float | None = None,
) -> list[Outcome]:
    """Rounds of checks until `done` says so twice in a row, or `seconds` are over, or the same
    answers came for `patience` seconds; the last round."""
    began = changed = time.monotonic()
    agreed, before = 0, None
    while True:
        outcomes = look()
        now = time.monotonic()
        agreed = agreed + 1 if done(outcomes) else 0
        results = [outcome.result for outcome in outcomes]
        if results != before:
            before, changed = results, now
        waited = patience is not None and now - changed > patience
        if agreed == _AGREE or waited or now - began > seconds:
            return outcomes
        time.sleep(_PAUSE)


def all_pass(outcomes: Sequence[Outcome]) -> bool:
    """Whether every statement holds."""
    return all(outcome.result is Result.PASS for outcome in outcomes)
