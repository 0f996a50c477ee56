"""The places on a machine that the integrity comparison looks at."""

from __future__ import annotations

import posixpath

from breakfix.evidence.names import BASE_LINKS
from breakfix.model.evidence import Member, MemberKind

#: What the image owns: programs, libraries, and the modules of tools that are scripts. An index of
#: an image holds everything in them. `/usr/local` is the machine's administrator's.
SYSTEM_FOLDERS = tuple(
    f"/usr/{name}" for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32", "libexec")
) + tuple(
    f"/usr/share/{name}"
    for name in (
        "bash-completion", "ca-certificates", "dbus-1", "debconf", "dpkg", "initramfs-tools",
        "keyrings", "pam", "pam-configs", "perl", "perl5", "polkit-1", "python3", "systemd",
    )
)  # fmt: skip

#: From here programs can be fooled, or more can be run: each path, and what lies below it.
_SENSITIVE = (
    "/etc/ld.so.preload", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/ld.so.cache",
    "/etc/nsswitch.conf", "/etc/pam.conf", "/etc/pam.d", "/etc/security", "/etc/perl",
    "/etc/profile", "/etc/profile.d", "/etc/bash.bashrc", "/etc/environment", "/etc/environment.d",
    "/etc/systemd/system", "/etc/systemd/system.conf", "/etc/systemd/system.conf.d",
    "/etc/systemd/system-generators", "/etc/systemd/system-environment-generators",
    "/etc/systemd/system-preset", "/etc/systemd/user", "/etc/systemd/user-generators",
    "/usr/local/bin", "/usr/local/sbin", "/usr/local/lib", "/usr/local/libexec",
    "/usr/local/share/perl", "/etc/udev", "/etc/alternatives", "/etc/apt", "/etc/dpkg",
    "/etc/init.d", "/etc/rc.local", "/etc/crontab", "/etc/cron.d", "/etc/cron.hourly",
    "/etc/cron.daily", "/etc/cron.weekly", "/etc/cron.monthly", "/var/spool/cron",
    "/root/.bashrc", "/root/.profile", "/root/.bash_profile", "/root/.bash_login",
    "/root/.config/systemd",
)  # fmt: skip
_UNIT_FOLDERS = {"/lib/systemd/system", "/usr/lib/systemd/system"}
_WANTED = (".wants", ".requires")


def real_path(path: str) -> str:
    """Where `path` leads on a machine: packages list `/bin/ip`, which stands in `/usr/bin`."""
    first = path.split("/")[1] if path.startswith("/") else ""
    return f"/usr{path}" if first in BASE_LINKS else path


def is_system(path: str) -> bool:
    """Whether `path` is one of the system's folders or lies in one."""
    return any(_within(path, folder) for folder in SYSTEM_FOLDERS)


def holds_system(path: str) -> bool:
    """Whether one of the system's folders goes when `path` is deleted."""
    return any(_within(folder, path) for folder in SYSTEM_FOLDERS)


def is_sensitive(path: str) -> bool:
    """Whether programs can be fooled from `path`."""
    return any(_within(path, place) for place in _SENSITIVE)


def holds_sensitive(path: str) -> bool:
    """Whether a sensitive place goes when `path` is deleted."""
    return is_sensitive(path) or any(_within(place, path) for place in _SENSITIVE)


def switches_unit(path: str) -> bool:
    """Whether a link at `path` only says that a unit starts: what `systemctl enable` makes."""
    folder = posixpath.dirname(path)
    return _within(path, "/etc/systemd/system") and folder.endswith(_WANTED)


def is_plain_switch(member: Member) -> bool:
    """Whether `member` starts a unit of the system under the unit's own name, or masks one."""
    if member.kind is not MemberKind.LINK or not _within(member.path, "/etc/systemd/system"):
        return False
    if member.content == "/dev/null":
        return True
    name = posixpath.basename(member.path)
    folder, unit = posixpath.split(member.content)
    template = f"{name.partition('@')[0]}@{name[name.rfind('.') :]}"
    return switches_unit(member.path) and folder in _UNIT_FOLDERS and unit in {name, template}


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
