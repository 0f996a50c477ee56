"""Carrying a stage out: its time, its points, and what it found."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from breakfix.errors import EvidenceError, MachineError
from breakfix.model.diagnosis import Diagnoses
from breakfix.model.outcome import Outcome
from breakfix.model.score import Score, score
from breakfix.proof.bench import Bench
from breakfix.proof.stage import Found, StageResult, failing

LIVE = "live"
REPLAY = "replay"


def timed(
    bench: Bench, stage: str, action: str, run: Callable[[], Found], way: str = LIVE
) -> StageResult:
    """The result of one stage, carried out by `run`."""
    began = time.monotonic()
    try:
        trouble, outcomes = run()
    except (MachineError, EvidenceError) as error:
        # What was done to the machines brought them down: that is the lab's, not the engine's.
        trouble, outcomes = [str(error)], ()
    points, points_of = 0, 0
    if bench.fault:
        found = score_of(bench, outcomes)
        points, points_of = found.repair, found.repair_of
    return StageResult(
        bench.loaded.slug,
        stage,
        bench.fault,
        action,
        tuple(trouble),
        points,
        points_of,
        round(time.monotonic() - began, 2),
        failing(outcomes),
        way,
    )


def score_of(bench: Bench, outcomes: Sequence[Outcome]) -> Score:
    """What the state of the machines earns, without a diagnosis."""
    return score(bench.loaded.lab, bench.fault, outcomes, Diagnoses(), bench.loaded.form)
