from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from breakfix.errors import NotObservable
from breakfix.observe.host import ObservedHost
from breakfix.ports.shell import CommandResult

from .conftest import FakeObserver, LocalShell, ScriptedShell


@pytest.fixture
def host(looking_shell: LocalShell) -> ObservedHost:
    """A machine whose tools shell answers nothing, so that no answer can come from there."""
    return ObservedHost("pc", FakeObserver(ScriptedShell(), looking_shell))


def told_by(**answers: CommandResult) -> ObservedHost:
    """A machine whose tools shell gives these answers."""
    named = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return ObservedHost("pc", FakeObserver(ScriptedShell(named), ScriptedShell()))


def test_a_file_is_the_machines_own(host: ObservedHost, root: Path) -> None:
    """Every property of a file speaks about the file in the machine's root."""
    path = root / "etc/motd"
    path.write_bytes(b"caf\xe9\n")
    path.chmod(0o640)
    os.chown(path, 1000, 50)
    file = host.file("/etc/motd")
    assert (file.exists, file.is_file, file.is_directory, file.is_symlink) == (
        True,
        True,
        False,
        False,
    )
    assert (file.user, file.uid, file.group, file.gid) == ("anna", 1000, "help", 50)
    assert (file.mode, file.size, file.content) == (0o640, 5, b"caf\xe9\n")
    assert file.sha256sum == hashlib.sha256(b"caf\xe9\n").hexdigest()
    assert len(file.md5sum) == 32
    assert (file.is_executable, file.is_pipe, file.is_socket) == (False, False, False)
    assert file.mtime.timestamp() == int(path.stat().st_mtime)
    assert file.inode == path.stat().st_ino


def test_a_file_follows_changes(host: ObservedHost, root: Path) -> None:
    """What changes in the machine's root changes the answers."""
    path = root / "etc/it's"
    assert not host.file("/etc/it's").exists
    path.write_text("one\n")
    assert host.file("/etc/it's").content_string == "one\n"
    assert host.file("/etc/it's").contains("^one$")
    assert not host.file("/etc/it's").contains("two")
    assert host.file("/etc").listdir() == ["group", "it's", "passwd", "shadow"]
    (root / "var/two\nlines").touch()
    assert host.file("/var").listdir() == ["lib", "two?lines"]


def test_absolute_links_stay_inside(host: ObservedHost, root: Path) -> None:
    """An absolute link leads to a file of the machine, never to one of ours."""
    (root / "etc/secret").write_text("the machine's\n")
    (root / "etc/link").symlink_to("/etc/secret")
    assert host.file("/etc/link").is_symlink
    assert host.file("/etc/link").linked_to == "/etc/secret"
    assert host.file("/etc/link").content_string == "the machine's\n"


def test_a_missing_file_has_no_content(host: ObservedHost) -> None:
    """Reading what is not there is an error, not an empty text."""
    with pytest.raises(AssertionError):
        _ = host.file("/etc/none").content


def test_a_user_is_the_machines_own(host: ObservedHost, root: Path) -> None:
    """Users come from the machine's passwd, group and shadow, and follow them."""
    anna = host.user("anna")
    assert (anna.exists, anna.uid, anna.gid, anna.group) == (True, 1000, 1000, "anna")
    assert (anna.home, anna.shell, anna.gecos) == ("/home/anna", "/bin/sh", "Anna")
    assert sorted(anna.groups) == ["anna", "help"]
    assert sorted(anna.gids) == [50, 1000]
    assert (anna.password, anna.password_max_days, anna.password_min_days) == ("!locked", 99999, 0)
    assert anna.get_all_users == anna.get_local_users == ["root", "anna"]
    (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/bash\n")
    assert not host.user("anna").exists


def test_there_is_no_current_user(host: ObservedHost) -> None:
    """A user without a name would be the observer's."""
    with pytest.raises(NotObservable):
        _ = host.user().exists


def test_a_group_is_the_machines_own(host: ObservedHost, root: Path) -> None:
    """Groups come from the machine's file, by their exact name."""
    assert (host.group("help").gid, host.group("help").members) == (50, ["anna", "root"])
    assert host.group("anna").members == []
    assert not host.group("hel.").exists
    assert host.group("x").get_all_groups == ["root", "anna", "help"]
    (root / "etc/group").write_text("root:x:0:\n")
    assert not host.group("help").exists


def test_a_package_is_the_machines_own(host: ObservedHost, root: Path) -> None:
    """Packages come from the machine's dpkg status; only installed ones have a version."""
    assert (host.package("nginx").is_installed, host.package("nginx").version) == (True, "1.22.1-9")
    assert not host.package("curl").is_installed
    assert not host.package("ngin.").is_installed
    with pytest.raises(NotObservable):
        _ = host.package("curl").version
    with pytest.raises(NotObservable):
        _ = host.package("nginx").release
    (root / "var/lib/dpkg/status").write_text("")
    assert not host.package("nginx").is_installed


def test_without_a_package_list_nothing_is_known(host: ObservedHost, root: Path) -> None:
    """A machine without dpkg's list has packages that cannot be observed."""
    (root / "var/lib/dpkg/status").unlink()
    with pytest.raises(NotObservable):
        _ = host.package("nginx").is_installed


@pytest.mark.parametrize(
    "module",
    [
        "ansible",
        "block_device",
        "command",
        "docker",
        "environment",
        "facter",
        "iptables",
        "mount_point",
        "pip",
        "podman",
        "puppet_resource",
        "salt",
        "sudo",
        "supervisor",
        "system_info",
        "no_such_module",
    ],
)
def test_other_modules_are_refused(module: str) -> None:
    """What would speak about the observer raises, also under a name that nobody knows."""
    with pytest.raises(NotObservable) as caught:
        getattr(told_by(), module)
    assert caught.value.values == {"what": module}


def test_other_ways_out_are_refused() -> None:
    """Our tools' presence, other hosts, the host's kernel and validity of our units are refused."""
    host = told_by()
    looks: list[Callable[[], object]] = [
        lambda: host.exists("ls"),
        lambda: host.get_host("local://"),
        lambda: host.get_hosts(["local://"]),
        lambda: host.sysctl("kernel.hostname"),
        lambda: host.service("nginx").is_valid,
        lambda: host.process.filter(user="anna"),
        lambda: host.socket("tcp://80").is_listening,
        lambda: host.interface("ens3").exists,
    ]
    for look in looks:
        with pytest.raises(NotObservable):
            look()


def test_commands_run_on_our_tools_with_quoted_arguments() -> None:
    """`run` and `check_output` use the tools shell, and an argument cannot become a command."""
    host = ObservedHost("pc", FakeObserver(LocalShell(), ScriptedShell()))
    assert host.check_output("printf %%s %s", "é; echo no") == "é; echo no"
    assert host.run("exit 3").rc == 3
    assert host.run_expect([3], "exit 3").stdout_bytes == b""


@pytest.mark.parametrize(
    ("status", "word", "errors", "expected"),
    [
        (0, "enabled", "", (True, False, True)),
        (1, "disabled", "", (False, False, True)),
        (1, "masked", "", (False, True, True)),
        (1, "", "Failed to get unit file state for x.service: No such file", (False, False, False)),
    ],
)
def test_a_service_is_pid_1s_word(
    status: int, word: str, errors: str, expected: tuple[bool, bool, bool]
) -> None:
    """Whether a unit is enabled, masked or there at all is read from one answer."""
    service = told_by(is_enabled=CommandResult(status, word + "\n", errors)).service("x")
    assert (service.is_enabled, service.is_masked, service.exists) == expected


@pytest.mark.parametrize(("status", "word"), [(0, "active"), (3, "inactive"), (4, "inactive")])
def test_a_service_runs_when_it_is_active(status: int, word: str) -> None:
    """Only an active unit runs."""
    host = told_by(is_active=CommandResult(status, word + "\n", ""))
    assert host.service("x").is_running == (status == 0)


def test_a_silent_pid_1_is_no_answer() -> None:
    """When systemd cannot be reached, no service is called stopped or disabled."""
    silent = CommandResult(1, "", "Failed to connect to bus: No such file or directory")
    service = told_by(is_active=silent, is_enabled=silent).service("x")
    with pytest.raises(NotObservable):
        _ = service.is_running
    with pytest.raises(NotObservable):
        _ = service.is_enabled


def test_the_network_is_seen_by_our_tools() -> None:
    """Sockets, interfaces, network settings and processes come from the namespaces."""
    here = ObservedHost("pc", FakeObserver(LocalShell(), ScriptedShell()))
    assert here.sysctl("net.ipv4.ip_forward") in {0, 1}
    assert here.process.filter(pid=os.getpid()) == []
    told = told_by(
        **{"ss --version": CommandResult(0, "ss", "")},
        **{"ss --numeric": CommandResult(0, "head\nLISTEN 0 1 0.0.0.0:80 0.0.0.0:*\n", "")},
    )
    assert told.socket("tcp://0.0.0.0:80").is_listening
    assert not told.socket("tcp://0.0.0.0:81").is_listening


def test_the_observers_processes_are_not_the_machines() -> None:
    """The observer's own processes, which share the machine's numbering, are left out."""
    start = "Tue Nov 24 06:00:00 2026"
    table = f"head\nsleep 0.0 1 0.0 {start} sleep 9\nsleep 0.0 7 0.0 {start} sleep 9\n"
    told = told_by(
        **{"ps -Aww": CommandResult(0, table, ""), "/proc/[0-9]*": CommandResult(0, "1\n30\n", "")}
    )
    assert [process.pid for process in told.process.filter(comm="sleep")] == [1]


def test_units_are_never_read_beside_pid_1() -> None:
    """Where systemd does not run, a service is not looked up in the observer's own files."""
    shell = ScriptedShell({"test -d /run/systemd/system/ && ": CommandResult(1, "", "")})
    with pytest.raises(NotObservable):
        _ = ObservedHost("pc", FakeObserver(shell, ScriptedShell())).service("ssh").is_enabled
