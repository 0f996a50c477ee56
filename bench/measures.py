"""What is measured, and against what."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import testinfra

from breakfix.machines import engine
from breakfix.machines.observers import observer_of
from breakfix.ports.runtime import MachineKey, MachineSpec
from breakfix.session.service import LocalLabService
from breakfix.wiring import lab_service

LAB = "no-internet"
FAULT = "wrong-gateway"
ROUNDS = 3
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


def starts(service: LocalLabService) -> Iterator[tuple[str, float, float]]:
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
    base = statistics.median(raw)
    yield "first start / raw start and boot (goal 2.0)", statistics.median(first), base
    yield "start from snapshot / raw (goal 1.3)", statistics.median(second), base
    yield "reset / first start (goal 0.4)", statistics.median(reset), statistics.median(first)


def looks(service: LocalLabService) -> Iterator[tuple[str, float, float]]:
    """Ten looks through a kept shell against testinfra's own docker backend."""
    _raw(service)
    key = MachineKey("bench", "pc")
    container = service.runtime.container_id(key)  # type: ignore[attr-defined]  # the engine's own adapter
    shell = observer_of(engine.connect(), service.find_observer(key)).tools
    host = testinfra.get_host(f"docker://{container}")
    shell.run("true")
    ours = [seconds(lambda: [shell.run(look) for look in LOOKS]) for _ in range(9)]
    theirs = [seconds(lambda: [host.run(look) for look in LOOKS]) for _ in range(3)]
    service.runtime.remove("bench")
    yield (
        "ten looks / testinfra docker (goal 0.05)",
        statistics.median(ours),
        statistics.median(theirs),
    )


def _raw(service: LocalLabService) -> None:
    """The same machines without a lab: create, start, plug, boot, side by side."""
    machines = service.catalog.load(LAB).lab.machines
    keys = [MachineKey("bench", name) for name in machines]
    specs = [
        MachineSpec(MachineKey("bench", name), machine.image, name, machine.nics)
        for name, machine in machines.items()
    ]
    service.runtime.create(specs)
    service.runtime.start("bench", list(machines), ())
    service.runtime.wait_booted(keys)


def service_for_bench() -> LocalLabService:
    """Labs whose sessions are nobody's."""
    return lab_service(Path(tempfile.mkdtemp(prefix="breakfix-bench-")))
