"""Logging in by SSH: what the client says becomes one sentence, and no server can hold us up."""

from __future__ import annotations

import queue
import threading

import pytest

from breakfix.errors import MachineError, NotObservable
from breakfix.machines.admission import admitted
from breakfix.machines.ssh import SshTerminal, logged_in
from breakfix.messages import Language, say
from breakfix.ports.runtime import MachineKey
from breakfix.ports.shell import CommandResult
from breakfix.ports.ssh import SshWay

MARK = b"0123456789abcdef"
WAY = SshWay(
    MachineKey("lab", "desk"), MachineKey("lab", "server"), "files.example", "desk", "notes"
)
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ root@server"


class Client:
    """An SSH client that says what it was given; it says nothing more until it is closed."""

    def __init__(self, *said: bytes, status: int = 0) -> None:
        self._said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._status = status
        self.closed = False
        self.typed: list[bytes] = []
        self.size = (0, 0)
        for data in said:
            self._said.put(data)

    def read(self) -> bytes:
        """What comes next."""
        return self._said.get(timeout=30)

    def write(self, data: bytes) -> None:
        """Remember what was typed."""
        self.typed.append(data)

    def resize(self, rows: int, columns: int) -> None:
        """Remember how large the screen is."""
        self.size = (rows, columns)

    def close(self) -> int:
        """End, which wakes up who reads."""
        self.closed = True
        self._said.put(b"")
        return self._status


class ScriptedShell:
    """Answers commands in turn, or raises; remembers them."""

    def __init__(self, *answers: str | Exception) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def run(self, command: str, seconds: float = 10.0) -> CommandResult:
        """The next answer."""
        del seconds
        self.asked.append(command)
        answer = self._answers.pop(0) if self._answers else ""
        if isinstance(answer, Exception):
            raise answer
        return CommandResult(0, answer, "")

    def close(self) -> None:
        """Nothing is open."""


def refused(client: Client, seconds: float = 20.0) -> MachineError:
    """The error of a login that fails; the client is closed."""
    with pytest.raises(MachineError) as caught:
        logged_in(client, MARK, WAY, seconds)
    assert client.closed
    return caught.value


def test_what_comes_after_the_login_is_the_terminal() -> None:
    """What the client says before the login is left out, however it is cut, and every byte after it
    is the machine's."""
    client = Client(b"Warning: x\r\n0123456", b"789abcdef", b"\r\n\xff\x00$ ", b"more")
    made = logged_in(client, MARK, WAY)
    assert (made.read(), made.read(), client.closed) == (b"\xff\x00$ ", b"more", False)


def test_typing_sizes_and_the_end_go_through() -> None:
    """A terminal by SSH takes typing and sizes as any other, and tells the shell's exit status."""
    client = Client(MARK + b"\n", status=3)
    made = logged_in(client, MARK, WAY)
    made.write(b"\xc3\xa9")
    made.resize(40, 120)
    assert (client.typed, client.size, made.close()) == ([b"\xc3\xa9"], (40, 120), 3)


def test_a_connection_that_is_lost_has_no_status() -> None:
    """When it was the client that ended, nobody knows the shell's exit status."""
    assert SshTerminal(Client(status=255), b"").close() == -1


@pytest.mark.parametrize(
    ("said", "key"),
    [
        (b"ssh: connect to host 10.0.0.3 port 22: Connection refused\r\n", "ssh.refused"),
        (b"ssh: connect to host 10.0.0.3 port 22: Connection timed out\r\n", "ssh.silent"),
        (b"Connection timed out during banner exchange\r\n", "ssh.silent"),
        (b"ssh: connect to host 10.0.0.3 port 22: No route to host\r\n", "ssh.no-route"),
        (b"ssh: connect to host 10.0.0.3 port 22: Network is unreachable\r\n", "ssh.no-route"),
        (b"ssh: Could not resolve hostname files.example: Name or servi", "ssh.name"),
        (b"support@10.0.0.3: Permission denied (publickey).\r\n", "ssh.denied"),
        (b"Host key verification failed.\r\n", "ssh.other-machine"),
        (b"kex_exchange_identification: Connection closed by remote host\r\n", "ssh.odd"),
        (b"\xff\xfe\x00 nothing of the kind", "ssh.odd"),
        (b"", "ssh.odd"),
    ],
)
def test_why_it_does_not_connect_is_one_sentence(said: bytes, key: str) -> None:
    """What the client says of its trouble becomes a sentence with both machines and what to do, in
    either language."""
    error = refused(Client(*filter(None, [said]), b""))
    assert error.key == key
    for language in Language:
        text = say(error.key, language, **error.values)
        assert text.startswith("SSH ")
        assert "notes" in text
        assert "desk" in text


def test_a_server_that_hangs_holds_nobody_up() -> None:
    """A server that says nothing for too long is given up, and the client is ended."""
    threads = set(threading.enumerate())
    assert refused(Client(b"SSH-2.0-slow\r\n"), seconds=0.1).key == "ssh.silent"
    # Threads of others may end meanwhile.
    assert set(threading.enumerate()) <= threads


def test_a_server_that_never_stops_is_not_kept() -> None:
    """Of what comes before the login only the last part is held."""
    flood = [b"rubbish " * 4096] * 200
    assert refused(Client(*flood, b"")).key == "ssh.odd"
    assert logged_in(Client(*flood, MARK + b"\n$ "), MARK, WAY).read() == b"$ "


def test_one_login_is_let_in_for_as_long_as_it_lasts() -> None:
    """The key is made for one login, and the machine's own host keys are the only ones that count;
    afterwards the key is gone at both ends, also when the login fails."""
    here = ScriptedShell("ssh-ed25519 AAAA breakfix-x\n")
    there = ScriptedShell(f"made\n{KEY}\nproxy-command evil\nssh-rsa $(reboot)\n")

    def fail() -> None:
        with admitted(here, there, "id") as admission:
            assert admission.knows
            raise MachineError("ssh.silent")

    with pytest.raises(MachineError):
        fail()
    assert "machine ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ\n'" in here.asked[1]
    assert "reboot" not in here.asked[1]
    assert "ssh-ed25519 AAAA breakfix-x" in there.asked[0]
    assert here.asked[-1].startswith("rm -rf /tmp/breakfix-")
    assert 'rm "$file"' in there.asked[-1]
    assert 'rmdir "$dir"' in there.asked[-1]


def test_a_machine_without_host_keys_is_taken_as_it_is() -> None:
    """Where the machine shows no host key there is nothing to compare with; a folder that was there
    before stays."""
    there = ScriptedShell("")
    with admitted(ScriptedShell("ssh-ed25519 AAAA x"), there, "id") as admission:
        assert not admission.knows
    assert "rmdir" not in there.asked[-1]


def test_a_machine_that_goes_down_meanwhile_is_told() -> None:
    """When the machine can't be written to, what was made where the way begins is still removed."""
    here = ScriptedShell("ssh-ed25519 AAAA x")
    there = ScriptedShell(NotObservable("observe.shell-gone", reason="x"))
    with pytest.raises(NotObservable), admitted(here, there, "id"):
        raise AssertionError("it was let in")
    assert here.asked[-1].startswith("rm -rf")
