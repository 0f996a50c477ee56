"""Who may speak to the engine: a user who is not root needs the group that owns its socket.

A group that was given just now counts from the next login on. `sg` gives it at once, so a command
that is refused runs itself again through it, and nobody has to log out.
"""

from __future__ import annotations

import grp
import os
import pwd
import shlex
from pathlib import Path

from breakfix.machines.engine import address

#: The only group that set-up gives: Docker's own. Another owner of a socket is somebody's decision.
GROUP = "docker"
_AGAIN = "BREAKFIX_GROUP"


def user() -> str:
    """The name of the user who runs this."""
    return pwd.getpwuid(os.getuid()).pw_name


def owner() -> grp.struct_group | None:
    """The group that owns the engine's socket, or None where there is no such socket."""
    scheme, _, path = address().partition("://")
    if scheme != "unix":
        return None
    try:
        return grp.getgrgid(Path(path).stat().st_gid)
    except (OSError, KeyError):
        return None


def may_join() -> bool:
    """Whether joining Docker's group would open the socket, and has not been done yet."""
    group = owner()
    return group is not None and group.gr_name == GROUP and user() not in group.gr_mem


def pending() -> str | None:
    """The group that this user has, but not yet in this login; None where that is not the case."""
    group = owner()
    if group is None or user() not in group.gr_mem or group.gr_gid in os.getgroups():
        return None
    # Once: a group that does not help will not help the second time.
    return None if os.environ.get(_AGAIN) else group.gr_name


def again(group: str, command: list[str]) -> None:
    """Become `command`, with the group."""
    os.environ[_AGAIN] = group
    os.execvp("sg", ["sg", group, "-c", f"exec {shlex.join(command)}"])  # noqa: S606 (`sg` takes a shell's text, and it is quoted)
