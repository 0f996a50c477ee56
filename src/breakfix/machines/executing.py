"""Running one command in a container, to its end."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import docker

from breakfix.errors import EngineTimeout
from breakfix.ports.shell import CommandResult

_SURE_SECONDS = 10.0
_PAUSE = 0.02


def execute(
    client: docker.DockerClient,
    container: str,
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
) -> CommandResult:
    """Run `command` as root in the container; what it printed and its exit status.

    Raises what the engine's client raises, and EngineTimeout when the engine never tells how the
    command ended.
    """
    made = client.api.exec_create(container, list(command), environment=dict(environment or {}))
    # With demux the client gives both outputs apart, or None where there was nothing.
    output, errors = client.api.exec_start(made["Id"], demux=True)
    return CommandResult(_status(client, made["Id"]), _decoded(output), _decoded(errors))


def _status(client: docker.DockerClient, identity: str) -> int:
    """The exit status. The output may end a moment before the engine knows it, and then its client
    says None: a command that failed would have done well."""
    deadline = time.monotonic() + _SURE_SECONDS
    while (status := client.api.exec_inspect(identity)["ExitCode"]) is None:
        if time.monotonic() > deadline:
            raise EngineTimeout("engine.timeout", seconds=int(_SURE_SECONDS))
        time.sleep(_PAUSE)
    return int(status)


def _decoded(output: bytes | None) -> str:
    return (output or b"").decode(errors="replace")
