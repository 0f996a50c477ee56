"""A machine is changed behind our back, and every answer of its observer changes with it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from breakfix.machines import engine
from breakfix.machines.cleaning import clean, remove_cgroups
from breakfix.machines.runtime import DockerRuntime
from breakfix.observe.host import ObservedHost
from breakfix.observe.machines import copy_name_files
from breakfix.ports.runtime import MachineKey, MachineSpec
from breakfix.ports.shell import Observer
from breakfix.wiring import image_tag

pytestmark = pytest.mark.engine
KEY = MachineKey("contract", "pc")
PAGE = "/srv/page"
OWN_FILES = (
    "cat /etc/passwd /etc/group /etc/shadow /var/lib/dpkg/status | sha256sum;"
    " stat -c '%n %s %a %u %g' /srv /etc; ls -A /srv"
)
Answer = Callable[[ObservedHost], object]


@dataclass
class Watched:
    """A machine, its observer, and what a check holds."""

    runtime: DockerRuntime
    observer: Observer
    host: ObservedHost

    def change(self, script: str) -> None:
        """Change something on the machine only."""
        done = self.runtime.run(KEY, script, {})
        assert done.status == 0, done.errors

    def own_files(self) -> str:
        """What the observer itself has where the machine is changed."""
        return self.observer.tools.run(OWN_FILES).output


@pytest.fixture(scope="module")
def watched() -> Iterator[Watched]:
    """One booted machine with its observer."""
    installation = f"test{secrets.token_hex(3)}"
    runtime = DockerRuntime(engine.connect(), installation, image_tag)
    runtime.create([MachineSpec(KEY, "pc", "pc", {})])
    runtime.start(KEY.session, [KEY.machine], ())
    runtime.wait_booted([KEY])
    observer = runtime.observer(KEY)
    yield Watched(runtime, observer, ObservedHost("pc", observer))
    observer.tools.close()
    observer.root.close()
    clean(engine.connect(), installation)
    remove_cgroups(engine.connect(), installation, image_tag("wire"))


@pytest.mark.parametrize(
    ("before", "change", "look", "answers"),
    [
        (
            f"echo one >{PAGE}",
            f"echo two >{PAGE}",
            lambda host: host.file(PAGE).content_string,
            ("one\n", "two\n"),
        ),
        (
            f"echo one >{PAGE}; chmod 644 {PAGE}",
            f"chmod 4700 {PAGE}",
            lambda host: oct(host.file(PAGE).mode),
            ("0o644", "0o4700"),
        ),
        (
            f"echo one >{PAGE}; chown root:root {PAGE}",
            f"chown support:adm {PAGE}",
            lambda host: (host.file(PAGE).user, host.file(PAGE).group),
            (("root", "root"), ("support", "adm")),
        ),
        (
            f"rm -rf {PAGE}; echo one >{PAGE}",
            f"rm {PAGE}; ln -s /etc/hostname {PAGE}",
            lambda host: (host.file(PAGE).is_symlink, host.file(PAGE).linked_to),
            ((False, PAGE), (True, "/etc/hostname")),
        ),
        (
            f"rm -rf {PAGE}; mkdir {PAGE}; echo >{PAGE}/a",
            f"mv {PAGE}/a {PAGE}/b",
            lambda host: host.file(PAGE).listdir(),
            (["a"], ["b"]),
        ),
        (
            f"rm -rf {PAGE}",
            f"touch {PAGE}",
            lambda host: host.file(PAGE).exists,
            (False, True),
        ),
        (
            "userdel noor 2>/dev/null || true",
            "useradd --uid 1777 --shell /bin/dash --home-dir /srv/noor noor",
            lambda host: host.user("noor").exists
            and (host.user("noor").uid, host.user("noor").shell, host.user("noor").home),
            (False, (1777, "/bin/dash", "/srv/noor")),
        ),
        (
            "id lena >/dev/null 2>&1 || useradd --password '$y$j9T$a$b' lena",
            "usermod --lock lena",
            lambda host: host.user("lena").password.startswith("!"),
            (False, True),
        ),
        (
            "groupdel desk 2>/dev/null || true",
            "groupadd --gid 1888 --users support desk",
            lambda host: host.group("desk").exists
            and (host.group("desk").gid, host.group("desk").members),
            (False, (1888, ["support"])),
        ),
        (
            "true",
            "gpasswd --add support games >/dev/null",
            lambda host: "games" in host.user("support").groups,
            (False, True),
        ),
        (
            "true",
            "dpkg --force-all --remove less >/dev/null 2>&1",
            lambda host: host.package("less").is_installed,
            (True, False),
        ),
        (
            "true",
            "mkdir -p /root/new/DEBIAN; printf '%s\\n' 'Package: till' 'Version: 2.1'"
            " 'Architecture: all' 'Maintainer: T <t@example.org>' 'Description: till'"
            " >/root/new/DEBIAN/control; dpkg-deb --build /root/new /root/till.deb >/dev/null;"
            " dpkg --install /root/till.deb >/dev/null",
            lambda host: host.package("till").is_installed and host.package("till").version,
            (False, "2.1"),
        ),
    ],
    ids=[
        "content", "mode", "owner", "link", "folder", "existence",
        "user", "password", "group", "membership", "removed-package", "new-package",
    ],
)  # fmt: skip
def test_the_answer_follows_the_machine(
    watched: Watched, before: str, change: str, look: Answer, answers: tuple[object, object]
) -> None:
    """What testinfra answers is the machine's state, while the observer's own files stay."""
    watched.change(before)
    own = watched.own_files()
    assert look(watched.host) == answers[0]

    watched.change(change)

    assert look(watched.host) == answers[1]
    assert watched.own_files() == own


def test_names_are_looked_up_as_the_machine_does(watched: Watched) -> None:
    """The observer gets the machine's name files, links followed there, and loses what is gone."""
    watched.change(
        "echo \"10.9.8.7 it's-here\" >>/etc/hosts; echo 'nameserver 10.9.8.6' >/srv/resolv;"
        " ln -sf /srv/resolv /etc/resolv.conf; rm -f /etc/gai.conf"
    )
    copy_name_files(watched.observer)

    assert watched.host.run("getent hosts it\\'s-here").stdout.split()[0] == "10.9.8.7"
    assert watched.host.run("cat /etc/resolv.conf").stdout == "nameserver 10.9.8.6\n"
    assert watched.host.run("cat /etc/gai.conf").stdout == ""
