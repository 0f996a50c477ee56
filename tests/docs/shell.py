"""A person at a terminal who types what a page says and looks at what it prints."""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.docs.pages import ROOT, Block

#: For one command; some prove a whole lab.
_SECONDS = 900
#: What a new terminal starts from; all else is set as a person would.
_BARE = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
#: A terminal on a machine: a person leaves it by typing `exit`.
_TERMINAL = re.compile(r"^(\.venv/bin/)?breakfix lab shell \S+ \S+\s*(#.*)?$")


@dataclass
class Shell:
    """One terminal: its folder and its variables stay from command to command."""

    home: Path
    installation: str
    printed: str = ""

    def __post_init__(self) -> None:
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        words = [f"export {name}={shlex.quote(value)}" for name, value in self._first.items()]
        self._kept.write_text("\n".join([*words, f"cd {shlex.quote(str(ROOT))}\n"]), "utf-8")

    def follow(self, blocks: Iterable[Block]) -> None:
        """Do what the blocks of a page say, in order."""
        for block in blocks:
            if block.file:
                self.write(block)
            elif block.language == "sh" and "not-run" not in block.info:
                self.type(block)
            elif block.language == "text":
                self.expect(block)

    def write(self, block: Block) -> None:
        """Put a block into the file that it is the content of."""
        path = Path(self.run("pwd")[1].strip()) / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")

    def type(self, block: Block) -> None:
        """Type the commands of a block; the last one's status is that of the block."""
        status, self.printed = 0, ""
        for command in _commands(block.text):
            status, printed = self._answered(command)
            self.printed += printed
        told = f"{block.where} ended with {status}:\n{block.text}\n{self.printed}"
        assert status == block.status, told

    def expect(self, block: Block) -> None:
        """What was printed last holds the lines of a block, in order; `…` stands for anything."""
        missing = unprinted(block.text, self.printed)
        assert not missing, f"{block.where} says {missing!r}, but this was printed:\n{self.printed}"

    def run(self, command: str, answer: str = "") -> tuple[int, str]:
        """Run one command: the status, and what it printed."""
        kept = shlex.quote(str(self._kept))
        # The variables and the folder are kept for the next command.
        script = (
            f". {kept}\n{command}\nended=$?\n"
            f"{{ export -p; printf 'cd %q\\n' \"$PWD\"; }} >{kept}\nexit $ended"
        )
        done = subprocess.run(
            ["bash", "-c", script], input=answer, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False, timeout=_SECONDS, env=_BARE,
        )  # fmt: skip
        return done.returncode, done.stdout

    def _answered(self, command: str) -> tuple[int, str]:
        return self._in_terminal(command) if _TERMINAL.match(command) else self.run(command, "y\n")

    @property
    def _kept(self) -> Path:
        """The file that holds variables and folder between commands."""
        return self.home.with_name("typed.sh")

    @property
    def _first(self) -> dict[str, str]:
        """What this person's terminal holds at first."""
        found = {
            "HOME": str(self.home),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "BREAKFIX_LANGUAGE": "en",
            "COLUMNS": "160",
            "BREAKFIX_INSTALLATION": self.installation,
        }
        return found | {name: os.environ[name] for name in ("DOCKER_HOST",) if name in os.environ}

    def _in_terminal(self, command: str) -> tuple[int, str]:
        """A command that wants a person: who types `exit` and Enter."""
        ours, theirs = pty.openpty()
        script = f". {shlex.quote(str(self._kept))}\n{command}"
        with subprocess.Popen(
            ["bash", "-c", script], stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True, env=_BARE,
        ) as process:  # fmt: skip
            os.close(theirs)
            printed, typed, ends = b"", False, time.monotonic() + _SECONDS
            while process.poll() is None:
                if time.monotonic() > ends:
                    process.kill()
                ready, _, _ = select.select([ours], [], [], 0.2)
                printed += _read(ours) if ready else b""
                if not typed and printed.endswith(b"$ "):
                    typed = os.write(ours, b"exit\r") > 0
            status = process.returncode
        os.close(ours)
        return status, printed.decode(errors="replace")


def unprinted(expected: str, printed: str) -> str:
    """The first line of `expected` that was not printed after the lines before it, if any. Runs of
    spaces are one space."""
    left = [" ".join(line.split()) for line in printed.splitlines()]
    for line in expected.splitlines():
        parts = [re.escape(part.strip()) for part in " ".join(line.split()).split("…")]
        pattern = re.compile(r"\s*.*?\s*".join(parts))
        for number, one in enumerate(left):
            if pattern.fullmatch(one):
                left = left[number + 1 :]
                break
        else:
            return line
    return ""


def reader(installation: str, folder: Path) -> Shell:
    """The terminal of somebody who begins a page: in the project's folder, with an empty home."""
    home = folder / "home"
    home.mkdir()
    return Shell(home, installation)


def _commands(text: str) -> list[str]:
    """The commands of a block; one may go on over lines, or hold a document."""
    found, lines = list[str](), text.splitlines()
    while lines:
        command = lines.pop(0)
        while lines and _goes_on(command):
            command += "\n" + lines.pop(0)
        if command.strip() and not command.lstrip().startswith("#"):
            found.append(command)
    return found


def _goes_on(command: str) -> bool:
    document = re.search(r"<<-?\s*['\"]?(\w+)['\"]?", command)
    if document:
        return document[1] not in command.splitlines()[1:]
    return command.endswith("\\")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other side is closed
        return b""
