"""Getting a container engine where there is none: Debian and Ubuntu, with root or sudo."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import IO

from breakfix.errors import EngineAbsent, EngineError
from breakfix.machines import building, engine
from breakfix.machines.recipes import BASE, recipe

_PACKAGES = ["docker.io", "iptables", "mmdebstrap"]
_LOG = Path("/var/log/breakfix-dockerd.log")


def ensure_engine(seconds: float = 60.0) -> None:
    """Install and start Docker Engine. Raises EngineAbsent with the words what to do."""
    if shutil.which("dockerd") is None:
        _install(_PACKAGES)
    if Path("/run/systemd/system").is_dir():
        _as_root(["systemctl", "start", "docker"])
    else:
        _start_daemon()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            engine.connect()
        except EngineAbsent:
            time.sleep(0.5)
        else:
            return
    raise EngineAbsent("engine.did-not-start", log=str(_LOG))


def ensure_bootstrap(images: Path) -> None:
    """Have mmdebstrap where the base image must be made and no registry's image is there."""
    client = engine.connect()
    if building.exists(client, recipe(images, BASE).tag) or shutil.which("mmdebstrap"):
        return
    if not any(building.exists(client, tag) for tag in (building.PUBLIC_BASE, building.OWN_BASE)):
        _install(["mmdebstrap"])


def _install(packages: list[str]) -> None:
    if shutil.which("apt-get") is None:
        raise EngineAbsent("engine.install-yourself")
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    _as_root([*environment, "apt-get", "update", "-qq"])
    _as_root(
        [*environment, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    )


def _start_daemon() -> None:
    """Start the daemon where no init system runs; it outlives this process."""
    prefix = _root_prefix()
    with _open_log() as log:
        subprocess.Popen(
            [*prefix, "dockerd"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _open_log() -> IO[bytes]:
    try:
        return _LOG.open("ab")
    except OSError:
        return Path(os.devnull).open("ab")


def _as_root(command: list[str]) -> None:
    result = subprocess.run([*_root_prefix(), *command], check=False, capture_output=True)
    if result.returncode:
        reason = (result.stderr or result.stdout).decode(errors="replace")[-800:]
        raise EngineError("engine.install-failed", command=" ".join(command), reason=reason)


def _root_prefix() -> list[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        raise EngineAbsent("engine.install-yourself")
    return ["sudo"]
