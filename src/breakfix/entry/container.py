"""`python -m breakfix.entry.container`: the desk in a container, as its first process.

It begins as root, becomes the owner of the work, and then is `breakfix desk`. Everything that must
outlive the container is in the folder `WORK`, which is one of the computer's own.
"""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

from breakfix.errors import EngineError
from breakfix.machines import engine
from breakfix.messages import language_of_environment, say
from breakfix.ports.children import python

WORK = Path("/work")
_SOCKET = Path("/var/run/docker.sock")
#: Settings, sessions and journals: beside the notebooks, and out of sight.
_HOME = ".breakfix"


@dataclass(frozen=True)
class Owner:
    """Whose files they become, by numbers: this container knows no names of the computer."""

    user: int
    group: int


def main() -> None:
    """Become the owner of the work, and open the desk."""
    owner = owner_of(WORK, os.environ.get("BREAKFIX_OWNER", ""))
    home = prepared(WORK, owner)
    become(owner, home)
    os.environ.update(settings(WORK))
    try:
        engine.connect()
    except EngineError:
        sys.exit(say("desk.no-engine", language_of_environment(), address=engine.address()))
    os.execv(sys.executable, python("breakfix", "desk", "--no-browser"))  # noqa: S606 (no shell is wanted)


def owner_of(work: Path, told: str) -> Owner:
    """The owner of the folder, unless another one is told (`1000:1000`)."""
    if told:
        user, _, group = told.partition(":")
        return Owner(int(user), int(group or user))
    found = work.stat()
    return Owner(found.st_uid, found.st_gid)


def prepared(work: Path, owner: Owner) -> Path:
    """Make what is not there yet, for its owner; returns the home folder."""
    home = work / _HOME
    for folder in (work / "notebooks", home):
        folder.mkdir(exist_ok=True)
        os.chown(folder, owner.user, owner.group)
    return home


def become(owner: Owner, home: Path) -> None:
    """Go on as the owner, who may also speak to the engine. Nobody who is not root can."""
    if owner.user == 0 or os.geteuid() != 0:
        return
    # Programs ask for the name behind a number.
    with Path("/etc/passwd").open("a", encoding="utf-8") as known:
        known.write(f"learner:x:{owner.user}:{owner.group}::{home}:/bin/bash\n")
    os.setgroups([_SOCKET.stat().st_gid] if _SOCKET.exists() else [])
    os.setgid(owner.group)
    os.setuid(owner.user)


def settings(work: Path) -> dict[str, str]:
    """The variables by which everything of this desk stays in the folder of the work."""
    home = work / _HOME
    return {
        "HOME": str(home),
        "BREAKFIX_WORKSPACE": str(work / "notebooks"),
        "BREAKFIX_INSTALLATION": installation(home / "installation"),
        # It says which servers run, and none of another container does.
        "JUPYTER_RUNTIME_DIR": "/tmp/jupyter",  # noqa: S108 (this container's own)
    }


def installation(file: Path) -> str:
    """The id of this work: in a container the folder of the program is the same for everybody."""
    if not file.exists():
        file.write_text(secrets.token_hex(4), "utf-8")
    return file.read_text("utf-8").strip()


if __name__ == "__main__":
    main()
