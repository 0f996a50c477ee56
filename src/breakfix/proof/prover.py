"""Proving a lab: all stages, for all its faults."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from breakfix.content.loaded import LoadedLab
from breakfix.errors import BreakfixError, NotFound
from breakfix.model.check import Sight
from breakfix.model.value import Value
from breakfix.ports.passing import passing
from breakfix.proof.bench import SETTLE_SECONDS, Bench
from breakfix.proof.stage import StageResult
from breakfix.proof.stages import healthy, of_fault
from breakfix.session.service import LocalLabService

Hear = Callable[[StageResult], None]
#: The seed that proofs use unless told otherwise.
SEED = "proof"


@dataclass(frozen=True)
class Plan:
    """How to prove: which faults (none named: all of them), how many side by side, and whether to
    stop at the first stage that is red. `settle_seconds` is how long live machines may take to
    settle."""

    faults: Sequence[str] = ()
    jobs: int = 2
    fail_fast: bool = False
    settle_seconds: float = SETTLE_SECONDS


@dataclass(frozen=True)
class Summary(Value):
    """The counts of a proof. `rejected` counts wrong repairs that differ from each other."""

    labs: int
    faults: int
    rejected: int
    accepted: int
    failed: int
    seconds: float


@dataclass(frozen=True)
class _Run:
    """One lab being proven. `stopped` ends the benches that still work, `red` lets no new stage
    begin when the plan says so."""

    service: LocalLabService
    loaded: LoadedLab
    plan: Plan
    hear: Hear
    stopped: threading.Event = field(default_factory=threading.Event)
    red: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        """Whether what is still to be tried does not matter any more."""
        return self.plan.fail_fast and self.red.is_set()

    def tell(self, result: StageResult) -> StageResult:
        """Pass on what a stage came to."""
        if not result.green:
            self.red.set()
        self.hear(result)
        return result


def prove(service: LocalLabService, loaded: LoadedLab, plan: Plan, hear: Hear) -> list[StageResult]:
    """Every stage of one lab but lint; `hear` is told of each as it ends. Machines are removed.

    Raises NotFound when the plan names a fault that the lab has not.
    """
    unknown = set(plan.faults) - set(loaded.lab.faults)
    if unknown:
        known = ", ".join(loaded.lab.faults)
        raise NotFound("lab.fault-not-found", fault=", ".join(sorted(unknown)), known=known)
    run = _Run(service, loaded, plan, hear)
    with ThreadPoolExecutor(plan.jobs) as pool:
        wanted = ["", *(plan.faults or loaded.lab.faults)]
        parts = pool.map(lambda fault: _prove(run, fault), wanted)
        try:
            results = [result for part in parts for result in part]
        except BaseException:
            # Ctrl-C above all: the benches that still work stop at their next step and tidy up.
            run.stopped.set()
            raise
    if not plan.faults and not run.over:
        results.append(run.tell(_able_to_fail(loaded, results)))
    return results


def summary(loaded: Sequence[LoadedLab], results: Sequence[StageResult]) -> Summary:
    """The counts of what was proven."""
    texts = {
        hashlib.sha256(
            repr((sorted(action.scripts.items()), action.handover, action.cables)).encode()
        ).hexdigest()
        for lab in loaded
        for fault in {result.fault for result in results if result.lab == lab.slug} - {""}
        for action in lab.rejected(fault)
    }
    return Summary(
        labs=len({result.lab for result in results}),
        faults=len({(result.lab, result.fault) for result in results if result.fault}),
        rejected=len(texts),
        accepted=len(
            {(one.lab, one.fault, one.action) for one in results if one.stage == "accepted"}
        ),
        failed=sum(not result.green for result in results),
        seconds=round(sum(result.seconds for result in results), 1),
    )


def _prove(run: _Run, fault: str) -> list[StageResult]:
    results: list[StageResult] = []
    if run.over:
        return results
    bench = _bench(run, fault)
    try:
        for result in of_fault(bench) if fault else healthy(bench):
            results.append(run.tell(result))
            if run.over:
                break
    except BreakfixError as error:
        failed = StageResult(run.loaded.slug, "engine", fault, trouble=(str(error),))
        results.append(run.tell(failed))
    finally:
        bench.close()
    return results


def _bench(run: _Run, fault: str) -> Bench:
    return Bench(
        run.service,
        run.loaded,
        fault,
        SEED,
        # Two proofs of one lab at once do not meet, and what a killed one left is found.
        passing("proof"),
        run.stopped,
        run.plan.settle_seconds,
    )


def _able_to_fail(loaded: LoadedLab, results: Sequence[StageResult]) -> StageResult:
    """9: a check that never failed in the whole proof may be one that cannot."""
    failed = {check for result in results for check in result.failed_checks}
    never = [
        check.id
        for check in loaded.lab.checks
        if check.id not in failed and check.sight is not Sight.JOURNAL
    ]
    return StageResult(
        loaded.slug, "able-to-fail", trouble=tuple(f"{check} never failed" for check in never)
    )
