"""What is said of rounds of checks."""

from __future__ import annotations

import pytest

from breakfix.model.outcome import Outcome, Result
from breakfix.proof.stage import Verdicts, wanted

P, F, E = Result.PASS, Result.FAIL, Result.ERROR


def judged(*results: Result) -> list[str]:
    """What is said after rounds of one check that must pass."""
    verdicts = Verdicts(lambda outcomes: wanted(outcomes, {}))
    for result in results:
        verdicts.good([Outcome("works", result, result.value)])
    return verdicts.trouble()


@pytest.mark.parametrize("rounds", [(P,), (P, P), (F, P, P), (F, E, P, P)])
def test_the_last_two_rounds_decide(rounds: tuple[Result, ...]) -> None:
    """What was wrong before machines settled does not count."""
    assert judged(*rounds) == []


def test_a_good_round_after_a_bad_one_is_no_proof() -> None:
    """Whoever stops looking at a lucky moment is told what the round before it showed."""
    assert judged(P, F, P) == ["not every time: works: fail, not pass (fail {})"]


def test_a_bad_last_round_is_told_as_it_is() -> None:
    """Trouble that is there at the end is trouble, whatever came before."""
    assert judged(P, P, F) == ["works: fail, not pass (fail {})"]
