"""The stages of the proof, for one fault (design, section 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from breakfix.content.actions import Action
from breakfix.model.check import Aspect
from breakfix.model.outcome import Outcome, Result
from breakfix.ports.runtime import MachineKey
from breakfix.proof.bench import Bench
from breakfix.proof.refusing import other_seed, rejected
from breakfix.proof.stage import StageResult, wanted
from breakfix.proof.timing import REPLAY, Found, score_of, timed
from breakfix.replay.settling import all_pass

Judge = Callable[[Sequence[Outcome]], list[str]]
#: What changes by itself on a machine that runs, whoever looks.
_RESTLESS = ("/var/log", "/run", "/tmp", "/var/tmp", "/var/lib/misc", "/var/lib/dhcp",  # noqa: S108 (names on a machine)
             "/var/lib/systemd", "/var/cache")  # fmt: skip


def healthy(bench: Bench) -> Iterator[StageResult]:
    """2: without a fault every check passes."""

    def stage() -> Found:
        bench.fresh()
        outcomes = bench.settle(all_pass)
        return wanted(outcomes, {}), outcomes

    yield timed(bench, "healthy", "", stage)


def of_fault(bench: Bench) -> Iterator[StageResult]:
    """3 to 8 for one fault; 3, 5, 6 and 7 live and by replay."""
    repair = bench.loaded.repair(bench.fault)
    yield timed(bench, "broken", "", partial(_broken, bench))
    yield timed(bench, "read-only", "", partial(_read_only, bench))
    yield timed(bench, "broken", "", partial(_replayed, bench, partial(_not_broken, bench)), REPLAY)
    yield timed(bench, "repaired", "", partial(_repaired, bench, repair))
    yield timed(bench, "repaired", "", partial(_replayed, bench, _not_repaired), REPLAY)
    for action in bench.loaded.rejected(bench.fault):
        yield from rejected(bench, action)
    yield from other_seed(bench, repair)
    for action in bench.loaded.accepted(bench.fault):
        yield timed(bench, "accepted", action.name, partial(_again, bench, action))
        again = partial(_replayed, bench, _not_repaired)
        yield timed(bench, "accepted", action.name, again, REPLAY)
    yield timed(bench, "again", "", partial(_again, bench, repair))


def _broken(bench: Bench) -> Found:
    bench.fresh()
    outcomes = bench.settle(lambda found: not _not_broken(bench, found))
    return _not_broken(bench, outcomes), outcomes


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


def _read_only(bench: Bench) -> Found:
    before = _fingerprint(bench)
    outcomes = bench.look()
    changed = sorted(_fingerprint(bench) ^ before)
    return [f"checking changed {line}" for line in changed], outcomes


def _repaired(bench: Bench, action: Action) -> Found:
    trouble = bench.do(action)
    outcomes = bench.settle(all_pass)
    return [*trouble, *_not_repaired(outcomes)], outcomes


def _not_repaired(outcomes: Sequence[Outcome]) -> list[str]:
    return wanted(outcomes, {})


def _again(bench: Bench, action: Action) -> Found:
    trouble, _ = _broken(bench)
    more, outcomes = _repaired(bench, action)
    return [*trouble, *more], outcomes


def _replayed(bench: Bench, judge: Judge) -> Found:
    """The machines as they are now, judged once more from evidence."""
    outcomes = bench.replay(lambda found: not judge(found))
    return judge(outcomes), outcomes


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
