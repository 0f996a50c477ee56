"""The desk in a container, as a home without Python has it: by Compose, from docker-compose.yml."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from breakfix.machines import building, engine
from breakfix.wiring import checkout

COMPOSE = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]
_SOCKET = Path("/var/run/docker.sock")
_PACKAGES = checkout() / "desk" / "packages"


def has_compose() -> bool:
    """Whether one of the two Composes is here."""
    try:
        asked = subprocess.run([*COMPOSE, "version"], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return asked.returncode == 0


@dataclass
class Composed:
    """A project of Compose, with the work in the folder `work`."""

    work: Path
    project: str = field(default_factory=lambda: f"breakfix-test-{secrets.token_hex(3)}")

    def __post_init__(self) -> None:
        with socket.socket() as asking:
            asking.bind(("127.0.0.1", 0))
            self.port = asking.getsockname()[1]

    @property
    def installation(self) -> str:
        """The id of the work, once it was up."""
        return (self.work / ".breakfix" / "installation").read_text("utf-8")

    def run(self, *words: str) -> str:
        """What a command of Compose says."""
        done = subprocess.run(
            [*COMPOSE, *words], cwd=checkout(), env=self._environment(), check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
        return done.stdout

    def breakfix(self, *words: str) -> str:
        """A command of ours in the container, as its owner."""
        variables = {"HOME": "/work/.breakfix", "BREAKFIX_INSTALLATION": self.installation}
        given = [part for name, value in variables.items() for part in ("-e", f"{name}={value}")]
        # Whoever owns the work, in the group that may speak to the engine.
        who = f"{self.work.stat().st_uid}:{_SOCKET.stat().st_gid}"
        return self.run("exec", "-T", "-u", who, *given, "desk", "breakfix", *words)

    @contextmanager
    def up(self) -> Iterator[str]:
        """The address of the desk, until `down`."""
        self.run("up", "-d")
        try:
            yield self._address()
        finally:
            self.run("down")

    def _address(self) -> str:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            told = self.run("logs", "desk")
            if found := re.search(r"http://127\.0\.0\.1:\S+", told):
                return found[0]
            time.sleep(1)
        raise AssertionError(told)

    def _environment(self) -> dict[str, str]:
        own = {
            "COMPOSE_PROJECT_NAME": self.project,
            "BREAKFIX_WORK": str(self.work),
            "BREAKFIX_PORT": str(self.port),
            # The way without internet: the engine's own Debian, and wheels from a stick.
            "PIP_NO_INDEX": "1",
        }
        if not building.exists(engine.connect(), building.PUBLIC_BASE):
            own["BREAKFIX_BASE"] = building.OWN_BASE
        return os.environ | own


def fetch_packages() -> None:
    """Put the libraries of the desk's image where its build finds them."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes",
         "--only-binary", ":all:", "-r", "desk/requirements.lock", "-d", str(_PACKAGES)],
        cwd=checkout(), check=True, stdin=subprocess.DEVNULL, capture_output=True,
    )  # fmt: skip
