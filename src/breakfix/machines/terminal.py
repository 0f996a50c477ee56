"""A terminal by an exec; on the machine itself it works also when its network is broken."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import docker

from breakfix.errors import EngineTimeout
from breakfix.machines.engine import engine_errors

#: Who the learner is on the machines; may use sudo.
LEARNER = "support"
_BUSYBOX = "/.lab/busybox"
#: Says under which number the shell runs: an engine lets it live on when nobody listens any more.
_SAY_NUMBER = 'echo $$; exec "$@"'
_NUMBER = re.compile(rb"(\d+)\r?\n")
_START_SECONDS = 30.0
#: systemd's pager folds long lines instead of cutting them, so that it ends by itself when all of
#: it fits: a newcomer would be caught in it by `systemctl status`, with the end of a line unseen.
PAGER = {"SYSTEMD_LESS": "FRXMK"}


def console(  # noqa: PLR0913 (who, where, what and how)
    client: docker.DockerClient,
    container: str,
    command: Sequence[str],
    language: str,
    *,
    tty: bool,
    user: str = LEARNER,
) -> ExecTerminal:
    """A shell, or one command, in the container of a machine itself."""
    argv = ["bash", "-lc", " ".join(command)] if command else ["bash", "-l"]
    environment = {"TERM": "xterm-256color", "LANG": language} | PAGER
    return ExecTerminal(client, container, argv, tty=tty, user=user, environment=environment)


class ExecTerminal:
    """`argv` in a container; see `breakfix.ports.lab_service.Terminal`. Without a screen (`tty`
    false) both outputs of the command come as one stream of bytes."""

    def __init__(  # noqa: PLR0913 (what an exec is made of)
        self,
        client: docker.DockerClient,
        container: str,
        argv: Sequence[str],
        *,
        tty: bool,
        user: str,
        environment: Mapping[str, str],
    ) -> None:
        self._client = client
        self._container = container
        self._number: str | None = None
        self._rest = b""
        self._began = time.time()
        self._socket: socket.socket | None = None
        self._chunks: Iterator[bytes] = iter(())
        with engine_errors():
            made = client.api.exec_create(
                container,
                ["bash", "-c", _SAY_NUMBER, "-", *argv],
                stdin=tty,
                tty=tty,
                user=user,
                workdir="/root" if user == "root" else f"/home/{user}",
                environment=dict(environment),
            )
            self._id = made["Id"]
            if tty:
                stream = client.api.exec_start(self._id, tty=True, socket=True)
                # The engine's client wraps the socket it got; we need the socket itself.
                self._socket = cast("Any", stream)._sock  # noqa: SLF001 (no public way to it)
            else:
                self._chunks = iter(client.api.exec_start(self._id, stream=True))
            self._begin()

    def read(self) -> bytes:
        """What the machine printed; empty when the shell has ended."""
        if self._rest:
            found, self._rest = self._rest, b""
            return found
        if self._socket is None:
            return next(self._chunks, b"")
        try:
            return self._socket.recv(131072)
        except OSError:
            # Hung up meanwhile, or the engine went away: there is no more.
            return b""

    def write(self, data: bytes) -> None:
        """Type `data`."""
        if self._socket is not None:
            self._socket.sendall(data)

    def resize(self, rows: int, columns: int) -> None:
        """Tell the shell how large the screen is."""
        with engine_errors():
            self._client.api.exec_resize(self._id, height=rows, width=columns)

    def close(self) -> int:
        """Hang up, which ends the shell and what runs in it; returns the shell's exit status."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                # Whoever waits in `read` wakes up by this, and not by closing alone.
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
        with engine_errors():
            found = self._client.api.exec_inspect(self._id)
            if found.get("Running") and self._number is not None and self._same_run():
                self._hang_up(self._number)
            return found.get("ExitCode") or 0

    def _begin(self) -> None:
        """Read the shell's number, which comes first; what is no number is the machine's own."""
        if self._socket is not None:
            self._socket.settimeout(_START_SECONDS)
        try:
            while b"\n" not in self._rest and (data := self._more()):
                self._rest += data
        except TimeoutError as error:
            raise EngineTimeout("engine.timeout", seconds=int(_START_SECONDS)) from error
        if found := _NUMBER.match(self._rest):
            self._number, self._rest = found[1].decode(), self._rest[found.end() :]
        if self._socket is not None:
            self._socket.settimeout(None)

    def _more(self) -> bytes:
        return next(self._chunks, b"") if self._socket is None else self._socket.recv(4096)

    def _same_run(self) -> bool:
        """Whether the machine did not start anew: then the number is that of another process, and
        the engine may not have noticed that the shell ended."""
        state = self._client.api.inspect_container(self._container)["State"]
        return datetime.fromisoformat(state["StartedAt"]).timestamp() < self._began

    def _hang_up(self, number: str) -> None:
        made = self._client.api.exec_create(
            self._container, [_BUSYBOX, "kill", "-HUP", number], user="root"
        )
        self._client.api.exec_start(made["Id"])
