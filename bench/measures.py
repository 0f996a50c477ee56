"""What is measured, and against what."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import testinfra

from bench.measure import Measure
from breakfix.machines import engine
from breakfix.machines.observers import observer_of
from breakfix.model.outcome import Outcome, Result
from breakfix.observe.request import CheckRequest
from breakfix.observe.round import load_checks, run_check
from breakfix.ports.runtime import MachineKey, MachineSpec
from breakfix.session.service import LocalLabService
from breakfix.wiring import check_process, lab_service

LAB = "no-internet"
FAULT = "wrong-gateway"
ROUNDS = 3
IDLE_SECONDS = 10.0
_CHECKS = Path(__file__).with_name("ten_checks.py")
LOOKS = (
    "systemctl is-active cron",
    "systemctl is-enabled cron",
    "ss -ltn",
    "ip -br address",
    "ip route show default",
    "stat -c %a /etc/passwd",
    "cat /etc/hostname",
    "grep -c . /etc/hosts",
    "id root",
    "ip -br link",
)


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def starts(service: LocalLabService) -> Iterator[Measure]:
    """First start, start from a snapshot and reset: median seconds against their baselines."""
    raw, first, second, reset = [], [], [], []
    for number in range(ROUNDS):
        raw.append(seconds(lambda: _raw(service)))
        service.runtime.remove("bench")
        seed = f"{time.time()}-{number}"
        first.append(seconds(partial(service.start_chosen, LAB, FAULT, seed)))
        reset.append(seconds(lambda: service.reset(LAB)))
        service.finish(LAB)
        second.append(seconds(partial(service.start_chosen, LAB, FAULT, seed)))
        service.finish(LAB)
    base, own = statistics.median(raw), statistics.median(first)
    yield Measure("first start / raw start and boot", own, base, 2.0)
    yield Measure("start from a snapshot / raw", statistics.median(second), base, 1.3)
    yield Measure("reset / first start", statistics.median(reset), own, 0.4)


def checks(service: LocalLabService) -> Iterator[Measure]:
    """Ten looks through a kept shell, and a whole round of ten checks through the kept child,
    each against testinfra's own docker backend."""
    _raw(service)
    key = MachineKey("bench", "pc")
    shell = observer_of(engine.connect(), service.find_observer(key)).tools
    hosts = {name: _docker_host(service, name) for name in _names(service)}
    shell.run("true")
    ours = [seconds(lambda: [shell.run(look) for look in LOOKS]) for _ in range(9)]
    theirs = [seconds(lambda: [hosts["pc"].run(look) for look in LOOKS]) for _ in range(3)]
    shell.close()
    yield _against("ten looks / testinfra docker", ours, theirs, 0.05)

    _all_pass(_round(service))
    _all_pass(_round_by_testinfra(hosts))
    ours = [seconds(lambda: _round(service)) for _ in range(9)]
    theirs = [seconds(lambda: _round_by_testinfra(hosts)) for _ in range(3)]
    check_process().close()
    service.runtime.remove("bench")
    yield _against("round of ten checks / testinfra docker", ours, theirs, 0.05)


def memory(service: LocalLabService) -> Iterator[Measure]:
    """The private memory of an idle machine: a mean over all machines of the lab, in MB."""
    _raw(service)
    time.sleep(IDLE_SECONDS)
    used = [_private_bytes(service, name) for name in _names(service)]
    service.runtime.remove("bench")
    yield Measure(
        "private memory of an idle machine", statistics.mean(used) / 1e6, None, 10.0, "MB"
    )


def service_for_bench() -> LocalLabService:
    """Labs whose sessions are nobody's."""
    return lab_service(Path(tempfile.mkdtemp(prefix="breakfix-bench-")))


def _against(name: str, ours: list[float], theirs: list[float], goal: float) -> Measure:
    return Measure(name, statistics.median(ours), statistics.median(theirs), goal)


def _names(service: LocalLabService) -> list[str]:
    return list(service.catalog.load(LAB).lab.machines)


def _raw(service: LocalLabService) -> None:
    """The same machines without a lab: create, start, plug, boot, side by side."""
    machines = service.catalog.load(LAB).lab.machines
    specs = [
        MachineSpec(MachineKey("bench", name), machine.image, name, machine.nics)
        for name, machine in machines.items()
    ]
    service.runtime.create(specs)
    service.runtime.start("bench", list(machines), ())
    service.runtime.wait_booted([spec.key for spec in specs])


def _round(service: LocalLabService) -> list[Outcome]:
    """One round, as a session asks for it: find the observers, then ask the kept child."""
    names = {name: name.replace("-", "_") for name in load_checks(_CHECKS) if _is_check(name)}
    observers = {name: service.find_observer(MachineKey("bench", name)) for name in _names(service)}
    return list(check_process().run(CheckRequest(str(_CHECKS), names, observers), 20.0))


def _round_by_testinfra(hosts: dict[str, testinfra.host.Host]) -> list[Outcome]:
    functions = load_checks(_CHECKS)
    return [run_check(name, functions[name], hosts, {}) for name in functions if _is_check(name)]


def _is_check(name: str) -> bool:
    return name.islower() and name not in ("passed", "failed")


def _all_pass(outcomes: list[Outcome]) -> None:
    wrong = [outcome for outcome in outcomes if outcome.result is not Result.PASS]
    if wrong or len(outcomes) != len(LOOKS):
        raise SystemExit(f"the rounds cannot be compared: {wrong or len(outcomes)}")


def _docker_host(service: LocalLabService, name: str) -> testinfra.host.Host:
    return testinfra.get_host(f"docker://{_container(service, name)}")


def _container(service: LocalLabService, name: str) -> str:
    found: str = service.runtime.container_id(MachineKey("bench", name))  # type: ignore[attr-defined]  # the engine's own adapter
    return found


def _private_bytes(service: LocalLabService, name: str) -> int:
    """What only this machine's processes use: those in the process namespace of its PID 1."""
    process = engine.connect().containers.get(_container(service, name)).attrs["State"]["Pid"]
    namespace = Path(f"/proc/{process}/ns/pid").readlink()
    return sum(
        _private_of(path)
        for path in Path("/proc").iterdir()
        if path.name.isdigit() and _namespace_of(path) == namespace
    )


def _namespace_of(process: Path) -> Path | None:
    try:
        return (process / "ns" / "pid").readlink()
    except OSError:
        return None  # it ended, or is not ours to look at


def _private_of(process: Path) -> int:
    lines = (process / "smaps_rollup").read_text("utf-8").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))
