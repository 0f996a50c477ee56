"""A terminal by SSH, through the practice network: where that is broken, so is the terminal.

OpenSSH's own client runs in the observer of the machine where the way begins, so names, routes,
rules and cables of that machine decide, and nothing that the other end says is read as SSH on the
host. See docs/decisions/0014-ssh-terminals.md.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shlex
import threading
from collections.abc import Iterator, Sequence

import docker

from breakfix.errors import MachineError, NotObservable
from breakfix.machines.admission import Admission, admitted
from breakfix.machines.observers import observer_of
from breakfix.machines.terminal import LEARNER, PAGER, ExecTerminal
from breakfix.ports.lab_service import Terminal
from breakfix.ports.shell import Shell
from breakfix.ports.ssh import SshWay

#: Seconds to connect and shake hands, and until the login must be done.
_CONNECT_SECONDS, LOGIN_SECONDS = 8, 25.0
#: Seconds between two signs of life, and how many may be missed.
_ALIVE_SECONDS, _ALIVE_COUNT = 5, 3
#: What a server may say before the login, in bytes, and of how much of it a line is read.
_MOST = 16 << 10
#: The exit status of OpenSSH's client for its own trouble, and ours when nobody knows one.
_OWN_TROUBLE, _UNKNOWN = 255, -1
#: What OpenSSH's client says of its trouble; the first that fits counts.
_TROUBLES = (
    (rb"Could not resolve hostname", "ssh.name"),
    (rb"Host key verification failed|HOST IDENTIFICATION HAS CHANGED", "ssh.other-machine"),
    (rb"Permission denied|Too many authentication failures", "ssh.denied"),
    (rb"connect to host \S+ port \d+: Connection refused", "ssh.refused"),
    (rb"No route to host|Network is unreachable|Host is unreachable", "ssh.no-route"),
    (rb"timed out", "ssh.silent"),
)


class SshTerminal:
    """An SSH client that has logged in; see `breakfix.ports.lab_service.Terminal`."""

    def __init__(self, client: Terminal, first: bytes) -> None:
        self._client = client
        self._first = first

    def read(self) -> bytes:
        """What the machine printed; empty when the shell, or the connection, has ended."""
        first, self._first = self._first, b""
        return first or self._client.read()

    def write(self, data: bytes) -> None:
        """Type `data`."""
        self._client.write(data)

    def resize(self, rows: int, columns: int) -> None:
        """Tell the shell how large the screen is."""
        self._client.resize(rows, columns)

    def close(self) -> int:
        """Hang up; returns the shell's exit status, -1 when the connection was lost."""
        status = self._client.close()
        return _UNKNOWN if status == _OWN_TROUBLE else status


def ssh_terminal(
    client: docker.DockerClient,
    way: SshWay,
    observers: tuple[str, str],
    command: Sequence[str],
    language: str,
) -> SshTerminal:
    """A shell, or one command, over the way given; `observers` are the container ids of those at
    its begin and at its end. Raises MachineError with a sentence that says why it can't connect."""
    with _shells(client, observers) as (here, there):
        try:
            with admitted(here, there, observers[1]) as admission:
                mark = secrets.token_hex(16)
                argv = ["ssh", *_options(admission, mark), *_place(way, command)]
                environment = {"TERM": "xterm-256color", "LANG": language}
                made = ExecTerminal(
                    client,
                    observers[0],
                    argv,
                    tty=not command,
                    user="root",
                    environment=environment,
                )
                return logged_in(made, mark.encode(), way)
        except NotObservable as error:
            raise _failed("ssh.not-ready", way) from error


def logged_in(
    made: Terminal, mark: bytes, way: SshWay, seconds: float = LOGIN_SECONDS
) -> SshTerminal:
    """Wait until the client says `mark`: it is in. Raises MachineError; then nothing of it runs."""
    late = threading.Event()

    def give_up() -> None:
        late.set()
        made.close()

    # A server may hang anywhere, and not every step of the client has a time limit.
    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        return SshTerminal(made, _after(made, mark, way))
    except BaseException as error:
        made.close()
        if late.is_set():
            raise _failed("ssh.silent", way) from error
        raise
    finally:
        timer.cancel()
        timer.join()


def _after(made: Terminal, mark: bytes, way: SshWay) -> bytes:
    end = re.compile(re.escape(mark) + rb"\r?\n")
    seen = b""
    while (found := end.search(seen)) is None:
        data = made.read()
        if not data:
            raise _failed(_trouble(seen), way)
        seen = (seen + data)[-_MOST:]
    return seen[found.end() :]


def _trouble(said: bytes) -> str:
    for pattern, key in _TROUBLES:
        if re.search(pattern, said):
            return key
    return "ssh.odd"


def _failed(key: str, way: SshWay) -> MachineError:
    values = {"machine": way.target_name, "origin": way.origin_name, "address": way.address}
    return MachineError(key, **values)


def _options(admission: Admission, mark: str) -> list[str]:
    told = {
        "BatchMode": "yes",
        "ConnectTimeout": _CONNECT_SECONDS,
        "ServerAliveInterval": _ALIVE_SECONDS,
        "ServerAliveCountMax": _ALIVE_COUNT,
        "PreferredAuthentications": "publickey",
        "IdentitiesOnly": "yes",
        "IdentityFile": admission.key,
        "HostKeyAlias": admission.alias,
        "UserKnownHostsFile": admission.known,
        "GlobalKnownHostsFile": "none",
        "StrictHostKeyChecking": "yes" if admission.knows else "no",
        "UpdateHostKeys": "no",
        "SendEnv": "LANG",
        "EscapeChar": "none",
        "ClearAllForwardings": "yes",
        # Only our own words may come before the mark, and it says that the login is done.
        "LogLevel": "ERROR",
        "PermitLocalCommand": "yes",
        "LocalCommand": f"echo {mark}",
    }
    return ["-F", "none", *(word for name in told for word in ("-o", f"{name}={told[name]}"))]


def _place(way: SshWay, command: Sequence[str]) -> list[str]:
    """Where to, and what to start there: what a console starts, with the same pager."""
    if command:
        start = f"exec bash -lc {shlex.quote(' '.join(command))}"
        return ["-T", "-n", "-l", LEARNER, "--", way.address, start]
    pager = " ".join(f"{name}={value}" for name, value in PAGER.items())
    return ["-tt", "-l", LEARNER, "--", way.address, f"exec env {pager} bash -l"]


@contextlib.contextmanager
def _shells(
    client: docker.DockerClient, observers: tuple[str, str]
) -> Iterator[tuple[Shell, Shell]]:
    """Our own tools where the way begins, and the root of the machine where it ends; closed
    afterwards, so that nothing stays open."""
    here, there = (observer_of(client, one) for one in observers)
    try:
        yield here.tools, there.root
    finally:
        here.tools.close()
        there.root.close()
