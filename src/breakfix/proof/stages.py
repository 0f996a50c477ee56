"""The stages of the proof, for one fault (design, section 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from breakfix.content.actions import Action
from breakfix.model.check import Aspect
from breakfix.model.outcome import Outcome, Result
from breakfix.proof.bench import Bench
from breakfix.proof.refusing import other_seed, rejected
from breakfix.proof.stage import Found, StageResult, by_turns, wanted
from breakfix.proof.timing import REPLAY, score_of, timed
from breakfix.proof.touched import touched

#: More rounds of a healthy lab, for a check that is wrong only now and then.
_MORE_ROUNDS = 6


def healthy(bench: Bench) -> Iterator[StageResult]:
    """2: without a fault every check passes, every time."""
    yield timed(bench, "healthy", "", partial(_healthy, bench))


def of_fault(bench: Bench) -> Iterator[StageResult]:
    """3 to 8 for one fault; 3, 5, 6 and 7 live and by replay."""
    repair, by_first_look = bench.loaded.repair(bench.fault), list[str]()

    def broken() -> Found:
        bench.fresh()
        # Before anybody looked: a check may leave its mark once, and find it from then on.
        by_first_look[:], _ = touched(bench, bench.fresh)
        return bench.settle(partial(_not_broken, bench))

    def read_only() -> Found:
        by_later_look, outcomes = touched(bench, lambda: None)
        return sorted({*by_first_look, *by_later_look}), outcomes

    yield timed(bench, "broken", "", broken)
    yield timed(bench, "broken", "", partial(bench.replay, partial(_not_broken, bench)), REPLAY)
    yield timed(bench, "read-only", "", read_only)
    yield timed(bench, "repaired", "", partial(_repaired, bench, repair))
    yield timed(bench, "repaired", "", partial(bench.replay, not_repaired), REPLAY)
    for action in bench.loaded.rejected(bench.fault):
        yield from rejected(bench, action)
    yield from other_seed(bench, repair)
    for action in bench.loaded.accepted(bench.fault):
        yield timed(bench, "accepted", action.name, partial(_again, bench, action))
        yield timed(bench, "accepted", action.name, partial(bench.replay, not_repaired), REPLAY)
    yield timed(bench, "again", "", partial(_again, bench, repair))


def _healthy(bench: Bench) -> Found:
    bench.fresh()
    trouble, outcomes = bench.settle(not_repaired)
    for _ in range(_MORE_ROUNDS):
        if trouble:
            break
        outcomes = bench.look()
        trouble = by_turns(not_repaired(outcomes))
    return trouble, outcomes


def _not_broken(bench: Bench, outcomes: Sequence[Outcome]) -> list[str]:
    """What is not as it must be on an untouched machine."""
    lab = bench.loaded.lab
    own = lab.faults[bench.fault].causes
    must = {
        check.id: Result.FAIL
        for check in lab.checks_for(bench.fault)
        if check.aspect is Aspect.SYMPTOM or check.id in own
    }
    return wanted(outcomes, must, score_of(bench, outcomes))


def _repaired(bench: Bench, action: Action) -> Found:
    trouble = bench.do(action)
    more, outcomes = bench.settle(not_repaired)
    return [*trouble, *more], outcomes


def not_repaired(outcomes: Sequence[Outcome]) -> list[str]:
    """What does not hold on machines where everything must."""
    return wanted(outcomes, {})


def _again(bench: Bench, action: Action) -> Found:
    """Broken once more, and repaired by `action`."""
    bench.fresh()
    trouble, _ = bench.settle(partial(_not_broken, bench))
    more, outcomes = _repaired(bench, action)
    return [*trouble, *more], outcomes
