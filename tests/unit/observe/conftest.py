"""A machine made of a small folder, and shells on this computer."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from breakfix.errors import NotObservable
from breakfix.ports.shell import CommandResult, Shell

STATUS = """Package: nginx
Status: install ok installed
Architecture: amd64
Description: web server
 a small one
Version: 1.22.1-9

Package: curl
Status: deinstall ok config-files
Version: 7.88
"""


@dataclass
class LocalShell:
    """Each command in a new shell started by `argv`; stands for our kept shells."""

    argv: list[str] = field(default_factory=lambda: ["sh"])
    commands: list[str] = field(default_factory=list)
    closed: bool = False

    def run(self, command: str, seconds: float = 10.0) -> CommandResult:
        """Run `command`."""
        self.commands.append(command)
        try:
            done = subprocess.run(
                [*self.argv, "-c", command],
                capture_output=True,
                timeout=seconds,
                check=False,
                env={"PATH": "/nonexistent" if "chroot" in self.argv else os.environ["PATH"]},
            )
        except subprocess.TimeoutExpired as error:
            raise NotObservable("observe.timed-out") from error
        return CommandResult(
            done.returncode,
            done.stdout.decode(errors="replace"),
            done.stderr.decode(errors="replace"),
        )

    def close(self) -> None:
        """Remember it."""
        self.closed = True


@dataclass
class ScriptedShell:
    """Answers each command by the first of `answers` whose key it contains."""

    answers: dict[str, CommandResult] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)

    def run(self, command: str, seconds: float = 10.0) -> CommandResult:
        """The prepared answer; an unprepared command fails."""
        del seconds
        self.commands.append(command)
        for part, answer in self.answers.items():
            if part in command:
                return answer
        return CommandResult(127, "", "not found")

    def close(self) -> None:
        """Nothing to close."""


@dataclass
class FakeObserver:
    """Two shells."""

    tools: Shell
    root: Shell


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A machine's root with nothing of its own to run; busybox stands where it looks for itself."""
    busybox = shutil.which("busybox")
    if busybox is None or os.geteuid() != 0:
        pytest.skip("needs root (chroot) and a busybox: `make busybox` installs it")
    made = tmp_path / "root"
    for folder in ("etc", "var/lib/dpkg", "proc/self"):
        (made / folder).mkdir(parents=True)
    shutil.copy(busybox, made / "proc/self/exe")
    shutil.copy(busybox, made / "busybox")
    (made / "etc/passwd").write_text(
        "root:x:0:0:root:/root:/bin/bash\nanna:x:1000:1000:Anna:/home/anna:/bin/sh\n"
    )
    (made / "etc/group").write_text("root:x:0:\nanna:x:1000:\nhelp:x:50:anna,root\n")
    (made / "etc/shadow").write_text("anna:!locked:19000:0:99999:7:::\n")
    (made / "var/lib/dpkg/status").write_text(STATUS)
    return made


@pytest.fixture
def looking_shell(root: Path) -> LocalShell:
    """Busybox in the machine's root, as `observer.root` is."""
    busybox = shutil.which("busybox") or "busybox"
    return LocalShell([busybox, "chroot", str(root), "/busybox", "sh"])
