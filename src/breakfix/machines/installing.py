"""Getting a container engine where there is none: Debian and Ubuntu, with root or sudo."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from breakfix.errors import EngineAbsent, EngineForbidden
from breakfix.machines import building, engine, membership, root
from breakfix.machines.recipes import BASE, recipe
from breakfix.ports.passing import born

_PACKAGES = ["docker.io", "iptables", "mmdebstrap"]
_LOG = Path("/var/log/breakfix-dockerd.log")
#: Where daemons write their numbers: after one that was killed, the next would refuse to start.
_PIDS = (Path("/var/run/docker.pid"), Path("/var/run/docker/containerd/containerd.pid"))
_DAEMONS = {"dockerd", "containerd"}


def ensure_engine(seconds: float = 60.0) -> None:
    """Install and start Docker Engine. Raises EngineAbsent with the words what to do."""
    if not root.has("dockerd"):
        _install(_PACKAGES)
    if Path("/run/systemd/system").is_dir():
        root.run(["systemctl", "start", "docker"])
    else:
        dead = [file for file in _PIDS if not _daemon_of(file)]
        root.run(["rm", "-f", *map(str, dead)])
        # No init system runs; the daemon outlives this process.
        root.run(["setsid", "--fork", "sh", "-c", f"exec dockerd >>{_LOG} 2>&1 </dev/null"])
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            engine.connect()
        except EngineForbidden:
            # It runs; who may speak to it is another question.
            return
        except EngineAbsent:
            time.sleep(0.5)
        else:
            return
    raise EngineAbsent("engine.did-not-start", log=str(_LOG))


def join_group() -> None:
    """Give this user the group that opens the engine's socket, from the next login on."""
    root.run(["usermod", "-aG", membership.GROUP, membership.user()])


def ensure_bootstrap(images: Path) -> None:
    """Have mmdebstrap where the base image must be made and no registry's image is there."""
    client = engine.connect()
    if building.exists(client, recipe(images, BASE).tag) or shutil.which("mmdebstrap"):
        return
    if building.ready_base(client) is None:
        _install(["mmdebstrap"])


def _daemon_of(file: Path) -> bool:
    """Whether the process whose number is in `file` lives, and is one of the daemons."""
    try:
        process = int(file.read_text("utf-8"))
        name = Path(f"/proc/{process}/comm").read_text("utf-8").strip()
    except (OSError, ValueError):
        return False
    return name in _DAEMONS and born(process) != ""


def _install(packages: list[str]) -> None:
    if shutil.which("apt-get") is None:
        raise EngineAbsent("engine.install-yourself")
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    root.run([*environment, "apt-get", "update", "-qq"])
    root.run(
        [*environment, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    )
