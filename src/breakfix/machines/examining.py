"""Looking whether this computer has what labs need."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docker

from breakfix.errors import EngineError
from breakfix.machines import building, cleaning, engine
from breakfix.machines.options import cgroup_choice
from breakfix.machines.recipes import recipes
from breakfix.model.value import Value

_GIB = 1 << 30


@dataclass(frozen=True)
class Finding(Value):
    """One thing that was looked at; `needed` says that no lab works without it."""

    part: str
    good: bool
    detail: str
    needed: bool = True


def examine(installation: str, images: Path) -> list[Finding]:
    """Everything, in the order in which to mend it."""
    try:
        client = engine.connect()
    except EngineError as error:
        return [Finding("engine", good=False, detail=str(error)[:200]), *_host()]
    version = client.version()
    found = [
        Finding("engine", good=True, detail=f"{version['Version']} ({version['Os']})"),
        Finding("cgroup", good=True, detail=cgroup_choice(client, installation, "machine").name),
    ]
    return [*found, *_host(), *_engine_side(client, installation, images)]


def _host() -> Iterator[Finding]:
    free = shutil.disk_usage("/").free / _GIB
    yield Finding("disk", good=free > 5, detail=f"{free:.1f} GiB")  # noqa: PLR2004 (GiB: images, snapshots and work)
    memory = Path("/proc/meminfo")
    if memory.exists():
        fields = dict(line.split(":", 1) for line in memory.read_text("utf-8").splitlines())
        available = int(fields["MemAvailable"].split()[0]) / (1 << 20)
        yield Finding("memory", good=available > 1, detail=f"{available:.1f} GiB")


def _engine_side(client: docker.DockerClient, installation: str, images: Path) -> Iterator[Finding]:
    known = recipes(images)
    missing = [name for name, found in known.items() if not building.exists(client, found.tag)]
    yield Finding("images", good=not missing, detail=", ".join(missing) or f"{len(known)}")
    if "wire" not in missing:
        for feature, command in (
            ("netem", "ip link add t type dummy && tc qdisc add dev t root netem delay 1ms"),
            ("vlan", "ip link add t type dummy && ip link add link t name t.2 type vlan id 2"),
        ):
            good = _kernel_has(client, known["wire"].tag, command)
            yield Finding(feature, good=good, detail="", needed=False)
    left = cleaning.leftovers(client, installation)
    yield Finding(
        "leftovers", good=True, detail=", ".join(f"{n} {what}" for what, n in left.items())
    )


def _kernel_has(client: docker.DockerClient, image: str, command: str) -> bool:
    """Whether `command` works in a network namespace of its own."""
    made = client.containers.create(
        image, ["sh", "-c", command], network_mode="none", cap_drop=["ALL"], cap_add=["NET_ADMIN"]
    )
    try:
        made.start()
        return bool(made.wait(timeout=20)["StatusCode"] == 0)
    finally:
        made.remove(force=True)
