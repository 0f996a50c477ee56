"""Stage 6: wrong repairs are refused, live and by replay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from breakfix.content.actions import Action
from breakfix.model.check import Aspect
from breakfix.model.outcome import Outcome, Result
from breakfix.model.parameter import draw_all, names_in
from breakfix.proof.bench import Bench
from breakfix.proof.stage import Found, StageResult, failing
from breakfix.proof.timing import REPLAY, score_of, timed
from breakfix.replay.settling import all_pass


def rejected(bench: Bench, action: Action) -> Iterator[StageResult]:
    """A wrong repair, tried on fresh machines, then looked at again after a restart elsewhere."""
    live: list[Outcome] = []

    def now() -> Found:
        bench.fresh()
        trouble = bench.do(action)
        more, live[:] = bench.settle(partial(_now, bench, action))
        return [*trouble, *more], live

    def later() -> Found:
        return bench.replay(partial(_later, bench, action, live))

    yield timed(bench, "rejected", action.name, now)
    yield timed(bench, "rejected", action.name, later, REPLAY)


def other_seed(bench: Bench, repair: Action) -> Iterator[StageResult]:
    """The repair of somebody else's machines must not do, wherever it holds their values."""
    parameters = bench.loaded.lab.parameters
    used = {name for text in repair.scripts.values() for name in names_in(text)} & set(parameters)
    if not used:
        return
    mine = draw_all(parameters, bench.seed)
    other = next(
        seed
        for seed in map(str, range(1000))
        if all(draw_all(parameters, seed)[name] != mine[name] for name in used)
    )

    def stage() -> Found:
        bench.fresh()
        bench.do(repair, other)
        return bench.settle(
            lambda found: ["it passes"] if all_pass(found) else _too_good(bench, found)
        )

    yield timed(bench, "rejected", "repair-of-another-seed", stage)


def _now(bench: Bench, action: Action, outcomes: Sequence[Outcome]) -> list[str]:
    """What is not as it must be after a wrong repair, as long as the machines run."""
    if action.runtime_only and not action.caught_by:
        # Only a restart shows it: then nothing that runs may show it.
        return [f"it is seen at once, by {check}: name it" for check in failing(outcomes)]
    trouble = _uncaught(action, outcomes)
    lab = bench.loaded.lab
    symptoms = [check.id for check in lab.checks_for(bench.fault) if check.aspect is Aspect.SYMPTOM]
    still = [check for check in symptoms if check in failing(outcomes)]
    if still and not action.complaint_stays:
        trouble.append(f"a wrong repair that nobody would believe: still broken: {still}")
    return [*trouble, *_too_good(bench, outcomes)]


def _later(
    bench: Bench, action: Action, live: Sequence[Outcome], outcomes: Sequence[Outcome]
) -> list[str]:
    """What is not as it must be once the machines were started again."""
    trouble = [*_uncaught(action, outcomes), *_too_good(bench, outcomes)]
    if all_pass(outcomes):
        trouble.append("it passes after a restart")
    if not action.runtime_only and failing(outcomes) != failing(live):
        trouble.append(
            f"a restart makes a difference: {list(failing(live))} became"
            f" {list(failing(outcomes))}; mark it `# runtime-only` if that is so"
        )
    return trouble


def _uncaught(action: Action, outcomes: Sequence[Outcome]) -> list[str]:
    results = {outcome.check: outcome.result for outcome in outcomes}
    trouble = [
        f"{check} did not catch it"
        for check in action.caught_by
        if results.get(check) is not Result.FAIL
    ]
    if not action.caught_by and not action.runtime_only:
        trouble.append("its head comment names no check that must catch it")
    return trouble


def _too_good(bench: Bench, outcomes: Sequence[Outcome]) -> list[str]:
    trouble = [f"{one.check}: error" for one in outcomes if one.result is Result.ERROR]
    if score_of(bench, outcomes).passed:
        trouble.append("it reaches the pass mark")
    return trouble
