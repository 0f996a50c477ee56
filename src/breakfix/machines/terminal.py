"""A terminal on a machine, by an exec: it works also when the machine's network is broken."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Any, cast

import docker

from breakfix.machines.engine import engine_errors

#: Who the learner is on the machines; may use sudo.
LEARNER = "support"


class ExecTerminal:
    """See `breakfix.ports.lab_service.Terminal`. Without a screen (`tty` false) both outputs of
    the command come as one stream of bytes."""

    def __init__(  # noqa: PLR0913 (what an exec is made of)
        self,
        client: docker.DockerClient,
        container: str,
        command: Sequence[str],
        language: str,
        *,
        tty: bool,
        user: str = LEARNER,
    ) -> None:
        self._client = client
        argv = ["bash", "-lc", " ".join(command)] if command else ["bash", "-l"]
        with engine_errors():
            made = client.api.exec_create(
                container,
                argv,
                stdin=tty,
                tty=tty,
                user=user,
                workdir="/root" if user == "root" else f"/home/{user}",
                environment={"TERM": "xterm-256color", "LANG": language},
            )
            self._id = made["Id"]
            if tty:
                stream = client.api.exec_start(self._id, tty=True, socket=True)
                # The engine's client wraps the socket it got; we need the socket itself.
                self._socket: socket.socket | None = cast("Any", stream)._sock  # noqa: SLF001 (no public way to it)
                self._socket.settimeout(None)
            else:
                self._socket = None
                self._chunks = iter(client.api.exec_start(self._id, stream=True))

    def read(self) -> bytes:
        """What the machine printed; empty when the shell has ended."""
        if self._socket is None:
            return next(self._chunks, b"")
        return self._socket.recv(32768)

    def write(self, data: bytes) -> None:
        """Type `data`."""
        if self._socket is not None:
            self._socket.sendall(data)

    def resize(self, rows: int, columns: int) -> None:
        """Tell the shell how large the screen is."""
        with engine_errors():
            self._client.api.exec_resize(self._id, height=rows, width=columns)

    def close(self) -> int:
        """Hang up; returns the shell's exit status."""
        if self._socket is not None:
            self._socket.close()
        with engine_errors():
            return self._client.api.exec_inspect(self._id).get("ExitCode") or 0
