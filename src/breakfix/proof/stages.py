"""The live stages of the proof, for one fault (design, section 7)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from breakfix.content.actions import Action
from breakfix.model.check import Aspect
from breakfix.model.diagnosis import Diagnoses
from breakfix.model.outcome import Outcome, Result
from breakfix.model.parameter import draw_all, names_in
from breakfix.model.score import score
from breakfix.ports.runtime import MachineKey
from breakfix.proof.bench import Bench, all_pass
from breakfix.proof.stage import StageResult, failing, wanted

#: What changes by itself on a machine that runs, whoever looks.
_RESTLESS = ("/var/log", "/run", "/tmp", "/var/tmp", "/var/lib/misc", "/var/lib/dhcp",  # noqa: S108 (names on a machine)
             "/var/lib/systemd", "/var/cache")  # fmt: skip


def healthy(bench: Bench) -> Iterator[StageResult]:
    """2: without a fault every check passes."""

    def stage() -> tuple[list[str], Sequence[Outcome]]:
        bench.fresh()
        outcomes = bench.settle(all_pass)
        return wanted(outcomes, {}), outcomes

    yield _timed(bench, "healthy", "", stage)


def of_fault(bench: Bench) -> Iterator[StageResult]:
    """3 to 8 for one fault."""
    repair = bench.loaded.repair(bench.fault)
    yield _timed(bench, "broken", "", partial(_broken, bench))
    yield _timed(bench, "read-only", "", partial(_read_only, bench))
    yield _timed(bench, "repaired", "", partial(_repaired, bench, repair))
    for action in bench.loaded.rejected(bench.fault):
        yield _timed(bench, "rejected", action.name, partial(_rejected, bench, action))
    yield from _other_seed(bench, repair)
    for action in bench.loaded.accepted(bench.fault):
        yield _timed(bench, "accepted", action.name, partial(_again, bench, action))
    yield _timed(bench, "again", "", partial(_again, bench, repair))


def _broken(bench: Bench) -> tuple[list[str], Sequence[Outcome]]:
    bench.fresh()
    lab = bench.loaded.lab
    own = lab.faults[bench.fault].causes
    must = {
        check.id: Result.FAIL
        for check in lab.checks_for(bench.fault)
        if check.aspect is Aspect.SYMPTOM or check.id in own
    }
    outcomes = bench.settle(lambda found: not wanted(found, must))
    return wanted(
        outcomes, must, score(lab, bench.fault, outcomes, Diagnoses(), bench.loaded.form)
    ), outcomes


def _read_only(bench: Bench) -> tuple[list[str], Sequence[Outcome]]:
    before = _fingerprint(bench)
    outcomes = bench.look()
    changed = sorted(_fingerprint(bench) ^ before)
    return [f"checking changed {line}" for line in changed], outcomes


def _repaired(bench: Bench, action: Action) -> tuple[list[str], Sequence[Outcome]]:
    trouble = bench.do(action)
    outcomes = bench.settle(all_pass)
    return [*trouble, *wanted(outcomes, {})], outcomes


def _again(bench: Bench, action: Action) -> tuple[list[str], Sequence[Outcome]]:
    trouble, _ = _broken(bench)
    more, outcomes = _repaired(bench, action)
    return [*trouble, *more], outcomes


def _rejected(bench: Bench, action: Action) -> tuple[list[str], Sequence[Outcome]]:
    bench.fresh()
    trouble = bench.do(action)
    outcomes = bench.settle(lambda found: not _not_refused(bench, action, found))
    return [*trouble, *_not_refused(bench, action, outcomes)], outcomes


def _not_refused(bench: Bench, action: Action, outcomes: Sequence[Outcome]) -> list[str]:
    lab = bench.loaded.lab
    results = {outcome.check: outcome.result for outcome in outcomes}
    trouble = [
        f"{check} did not catch it"
        for check in action.caught_by
        if results.get(check) is not Result.FAIL
    ]
    if not action.caught_by and not action.runtime_only:
        trouble.append("its head comment names no check that must catch it")
    symptoms = [check.id for check in lab.checks_for(bench.fault) if check.aspect is Aspect.SYMPTOM]
    still = [check for check in symptoms if results[check] is not Result.PASS]
    if still and not action.complaint_stays:
        trouble.append(f"a wrong repair that nobody would believe: still broken: {still}")
    if score(lab, bench.fault, outcomes, Diagnoses(), bench.loaded.form).passed:
        trouble.append("it reaches the pass mark")
    return trouble + [f"{name}: error" for name, found in results.items() if found is Result.ERROR]


def _other_seed(bench: Bench, repair: Action) -> Iterator[StageResult]:
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

    def stage() -> tuple[list[str], Sequence[Outcome]]:
        bench.fresh()
        bench.do(repair, other)
        outcomes = bench.settle(lambda found: not all_pass(found))
        return (["it passes"] if all_pass(outcomes) else []), outcomes

    yield _timed(bench, "rejected", "repair-of-another-seed", stage)


def _fingerprint(bench: Bench) -> set[str]:
    """What can be seen of the machines' disks and of their kernel's network, line by line."""
    lines: set[str] = set()
    for name in bench.loaded.lab.machines:
        key = MachineKey(bench.session, name)
        observer = bench.service.runtime.observer(key)
        paths = [
            path for path in bench.service.runtime.changes(key) if not path.startswith(_RESTLESS)
        ]
        quoted = " ".join("'" + path.replace("'", "'\\''") + "'" for path in paths)
        for result in (
            observer.root.run(f"stat -c '%n %s %Y %a %u %g' {quoted} 2>/dev/null"),
            observer.root.run(f"sha256sum {quoted} 2>/dev/null"),
            observer.tools.run(
                "ip -o address | sed 's/valid_lft.*//'; ip route; nft list ruleset;"
                " systemctl list-units --no-legend --state=active"
                " --type=service,socket,timer"
            ),
        ):
            lines |= {f"{name}: {line}" for line in result.output.splitlines()}
    return lines


def _timed(
    bench: Bench, stage: str, action: str, run: Callable[[], tuple[list[str], Sequence[Outcome]]]
) -> StageResult:
    began = time.monotonic()
    trouble, outcomes = run()
    lab = bench.loaded.lab
    points, points_of = 0, 0
    if bench.fault:
        found = score(lab, bench.fault, outcomes, Diagnoses(), bench.loaded.form)
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
    )
