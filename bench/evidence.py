"""What handing in costs: capture, size and replay, for configuration work and for much more."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.measure import Measure
from breakfix.model.replay import ReplayReport
from breakfix.ports.runtime import MachineKey
from breakfix.proof.bench import Bench
from breakfix.proof.stages import not_repaired, of_fault
from breakfix.replay.settling import all_pass
from breakfix.session.handing_in import Desk
from breakfix.session.service import LocalLabService

#: One machine and three; the fault that is repaired in each.
LABS = {"till-does-not-start": "broken-config", "no-internet": "forwarding-off"}
ROUNDS = 3
#: As many files as a large package brings, among the programs of the system.
_LARGE = "cp -a /usr/lib/*-linux-gnu /usr/lib/large"


def evidence(service: LocalLabService) -> Iterator[Measure]:
    """Every measure, for each lab."""
    for slug, fault in LABS.items():
        bench = Bench(service, service.catalog.load(slug), fault, "bench", f"bench-{slug}")
        try:
            yield from _of_lab(bench)
        finally:
            bench.close()


def proofs(service: LocalLabService) -> Iterator[Measure]:
    """The time of a proof for one fault, live and by replay."""
    for slug, fault in LABS.items():
        bench = Bench(service, service.catalog.load(slug), fault, "bench", f"bench-{slug}")
        began = time.monotonic()
        try:
            stages = list(of_fault(bench))
        finally:
            bench.close()
        count = sum(one.stage == "rejected" for one in stages)
        name = f"proof of {fault} ({len(stages)} stages, {count} of wrong repairs)"
        yield Measure(name, time.monotonic() - began, None, None)


def _of_lab(bench: Bench) -> Iterator[Measure]:
    machines = len(bench.loaded.lab.machines)
    bench.fresh()
    bench.do(bench.loaded.repair(bench.fault))
    bench.settle(not_repaired)
    with tempfile.TemporaryDirectory(prefix="breakfix-bench-") as folder:
        desk = Desk(Path(folder))
        yield from _captured(bench, desk, f"{machines} machine(s), configuration")
        # The same repaired machines, off and on again.
        raw = []
        for _ in range(ROUNDS):
            bench.service.runtime.stop(bench.session)
            raw.append(_seconds(lambda: bench.crew.boot(list(bench.loaded.lab.machines))))
        _replay(bench, desk)  # the first one makes what is kept
        ours = [_seconds(partial(_replay, bench, desk)) for _ in range(ROUNDS)]
        yield Measure(
            f"{machines} machine(s): replay / boot",
            statistics.median(ours),
            statistics.median(raw),
            1.5,
        )
        first = next(iter(bench.loaded.lab.machines))
        bench.service.runtime.run(MachineKey(bench.session, first), _LARGE, {})
        yield from _captured(bench, desk, f"{machines} machine(s), many programs")
        yield Measure(
            f"{machines} machine(s), many programs: replay",
            _seconds(partial(_replay, bench, desk)),
            None,
            None,
        )


def _captured(bench: Bench, desk: Desk, name: str) -> Iterator[Measure]:
    times = [_seconds(lambda: desk.make(bench.crew, b"")) for _ in range(ROUNDS)]
    yield Measure(f"{name}: capture", statistics.median(times), None, None)
    yield Measure(f"{name}: size", desk.candidate.stat().st_size / 1024, None, None, "KiB")


def _replay(bench: Bench, desk: Desk) -> ReplayReport:
    found = bench.service.replayer.replay(lambda _: bench.loaded, desk.candidate, lambda *_: None)
    if not all_pass(found.outcomes):
        raise SystemExit(f"the replay cannot be compared: {found.outcomes}")
    return found


def _seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began
