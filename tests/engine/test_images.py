"""The practice machines keep their promises."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from breakfix.machines import engine
from breakfix.machines.cleaning import clean, remove_cgroups
from breakfix.machines.runtime import DockerRuntime
from breakfix.ports.runtime import MachineKey, MachineSpec
from breakfix.wiring import image_tag, images_folder

pytestmark = pytest.mark.engine
IMAGES = ("pc", "router", "server", "till")
TOOLS = [
    "ip",
    "ping",
    "traceroute",
    "dig",
    "ss",
    "tcpdump",
    "ethtool",
    "curl",
    "nano",
    "less",
    "journalctl",
    "man",
    "sudo",
    "nc",
]


@pytest.fixture(scope="module")
def machines() -> Iterator[DockerRuntime]:
    """One machine of each image, booted."""
    runtime = DockerRuntime(engine.connect(), "testimages", image_tag)
    runtime.create([MachineSpec(MachineKey("images", name), name, name, {}) for name in IMAGES])
    runtime.start("images", IMAGES, ())
    runtime.wait_booted([MachineKey("images", name) for name in IMAGES])
    yield runtime
    clean(engine.connect(), "testimages")
    remove_cgroups(engine.connect(), "testimages", image_tag("wire"))


def said(runtime: DockerRuntime, machine: str, script: str) -> str:
    """What a script prints on a machine."""
    return runtime.run(MachineKey("images", machine), script, {}, seconds=300).output.strip()


@pytest.mark.parametrize("machine", IMAGES)
def test_boots_to_running(machines: DockerRuntime, machine: str) -> None:
    """Systemd reaches `running` with no failed unit."""
    script = "systemctl is-system-running; systemctl --failed --no-legend"

    assert said(machines, machine, script) == "running"


@pytest.mark.parametrize("machine", IMAGES)
def test_tools_are_there(machines: DockerRuntime, machine: str) -> None:
    """Every promised tool is there, with its man page."""
    script = f"for t in {' '.join(TOOLS)}; do command -v $t >/dev/null || echo $t; done"

    assert said(machines, machine, script) == ""


@pytest.mark.parametrize("machine", IMAGES)
def test_speaks_dutch_in_belgium(machines: DockerRuntime, machine: str) -> None:
    """Man pages exist in Dutch and English, and the clock is that of Brussels."""
    assert "/nl/" in said(machines, machine, "LANG=nl_BE.UTF-8 man -w ls")
    assert "/nl/" not in said(machines, machine, "LANG=en_GB.UTF-8 man -w ls")
    assert said(machines, machine, "date +%Z") in ("CET", "CEST")


@pytest.mark.parametrize("machine", IMAGES)
def test_technician_may_use_sudo(machines: DockerRuntime, machine: str) -> None:
    """The technician's account becomes root without a password."""
    assert said(machines, machine, "su support -c 'sudo id -u' 2>/dev/null") == "0"


@pytest.mark.parametrize("machine", IMAGES)
def test_keeps_its_promises(machines: DockerRuntime, machine: str) -> None:
    """The `verify` of the base and of the image, run in the booted machine, finds nothing."""
    for image in ("base", machine):
        script = (images_folder() / image / "verify").read_text("utf-8")

        assert said(machines, machine, f"set +e\n{script}") == "ok"
