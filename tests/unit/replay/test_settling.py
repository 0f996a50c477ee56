"""Waiting until machines have settled."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, repeat
from types import SimpleNamespace

import pytest

from breakfix.model.outcome import Outcome, Result
from breakfix.replay.settling import Until, all_pass, settled

P, F = Result.PASS, Result.FAIL


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that only `sleep` moves."""
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    clock = SimpleNamespace(monotonic=lambda: now[0], sleep=sleep)
    monkeypatch.setattr("breakfix.replay.settling.time", clock)
    return now


def looks(*results: Result) -> tuple[Callable[[], list[Outcome]], list[Result]]:
    """Rounds of one check with these results, the last one for ever; and what was looked at."""
    seen: list[Result] = []
    coming = chain(results, repeat(results[-1]))

    def look() -> list[Outcome]:
        seen.append(next(coming))
        return [Outcome("works", seen[-1], "pass")]

    return look, seen


def test_two_good_rounds_in_a_row_are_enough() -> None:
    """A pass by chance is not believed until it comes again."""
    look, seen = looks(F, P, F, P, P)

    assert all_pass(settled(look, Until(all_pass, 60)))
    assert seen == [F, P, F, P, P]


def test_time_ends_the_waiting(clock: list[float]) -> None:
    """What never gets good is told as it is when the time is over."""
    look, _ = looks(F)

    assert not all_pass(settled(look, Until(all_pass, 5)))
    assert 5 < clock[0] < 6


def test_patience_ends_it_earlier(clock: list[float]) -> None:
    """The same bad answer for long enough is believed."""
    look, _ = looks(P, F)

    assert not all_pass(settled(look, Until(all_pass, 60, patience=2)))
    assert 2 < clock[0] < 3
