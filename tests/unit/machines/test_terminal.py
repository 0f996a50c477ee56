"""Hanging up a terminal ends its own shell, and nothing of a later run of the machine."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import docker
import pytest

from breakfix.machines.terminal import console


@dataclass
class Engine:
    """An engine whose only machine started at `started`; it says that every exec still runs."""

    started: float
    commands: list[list[str]] = field(default_factory=list)
    end: socket.socket | None = None

    def exec_create(self, _container: str, command: list[str], **_: object) -> dict[str, str]:
        """Remember the command."""
        self.commands.append(command)
        return {"Id": str(len(self.commands))}

    def exec_start(self, _id: str, **how: object) -> object:
        """A socket on which the shell said its number; nothing for a command without a screen."""
        if not how.get("socket"):
            return None
        ours, self.end = socket.socketpair()
        self.end.sendall(b"42\r\n")
        return SimpleNamespace(_sock=ours)

    def exec_inspect(self, _id: str) -> dict[str, Any]:
        """Nobody told this engine that it ended."""
        return {"Running": True, "ExitCode": None}

    def inspect_container(self, _container: str) -> dict[str, Any]:
        """Since when the machine runs, as engines write it."""
        found = datetime.fromtimestamp(self.started, UTC)
        return {"State": {"StartedAt": f"{found:%Y-%m-%dT%H:%M:%S.%f}123Z"}}


@pytest.mark.parametrize(("later", "hung_up"), [(-60.0, True), (60.0, False)])
def test_only_the_shell_of_this_run_is_hung_up(*, later: float, hung_up: bool) -> None:
    """A shell that runs is hung up by its number; where the machine started anew meanwhile, that
    number is somebody else's, and nothing is killed."""
    engine = Engine(time.time() + later)
    client = cast("docker.DockerClient", SimpleNamespace(api=engine))
    terminal = console(client, "machine", [], "nl_BE.UTF-8", tty=True)
    terminal.close()
    kills = [command for command in engine.commands if "kill" in command]
    assert kills == ([["/.lab/busybox", "kill", "-HUP", "42"]] if hung_up else [])
    assert engine.end is not None
    engine.end.close()
