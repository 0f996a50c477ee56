"""Proving a lab: all stages, for all its faults."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from breakfix.content.loaded import LoadedLab
from breakfix.errors import BreakfixError
from breakfix.model.check import Sight
from breakfix.model.value import Value
from breakfix.proof.bench import Bench
from breakfix.proof.stage import StageResult
from breakfix.proof.stages import healthy, of_fault
from breakfix.session.service import LocalLabService

Hear = Callable[[StageResult], None]
#: The seed that proofs use unless told otherwise.
SEED = "proof"


@dataclass(frozen=True)
class Summary(Value):
    """The counts of a proof. `rejected` counts wrong repairs that differ from each other."""

    labs: int
    faults: int
    rejected: int
    accepted: int
    failed: int
    seconds: float


def prove(
    service: LocalLabService, loaded: LoadedLab, faults: Sequence[str], jobs: int, hear: Hear
) -> list[StageResult]:
    """Every live stage of one lab; `hear` is told of each as it ends. Machines are removed."""
    wanted, stopped = list(faults or loaded.lab.faults), threading.Event()
    with ThreadPoolExecutor(jobs) as pool:
        parts = pool.map(lambda fault: _prove(service, loaded, fault, hear, stopped), ["", *wanted])
        try:
            results = [result for part in parts for result in part]
        except BaseException:
            # Ctrl-C above all: the benches that still work stop at their next step and tidy up.
            stopped.set()
            raise
    if not faults:
        results.append(_able_to_fail(loaded, results))
        hear(results[-1])
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


def _prove(
    service: LocalLabService, loaded: LoadedLab, fault: str, hear: Hear, stopped: threading.Event
) -> list[StageResult]:
    session = f"proof-{loaded.slug}-{fault or 'healthy'}"
    bench = Bench(service, loaded, fault, SEED, session, stopped=stopped)
    results = []
    try:
        for result in of_fault(bench) if fault else healthy(bench):
            results.append(result)
            hear(result)
    except BreakfixError as error:
        results.append(StageResult(loaded.slug, "engine", fault, trouble=(str(error),)))
        hear(results[-1])
    finally:
        bench.close()
    return results


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
