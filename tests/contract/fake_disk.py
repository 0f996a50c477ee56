"""The disk of a machine in memory, and the few commands of a shell that it understands."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import Template

from breakfix.ports.shell import CommandResult

_NOTHING = CommandResult(0, "", "")


@dataclass
class FakeDisk:
    """Files and links by absolute path. What stands under `/run` is gone after a restart."""

    files: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def copy(self) -> FakeDisk:
        """A disk of its own with the same on it."""
        return FakeDisk(dict(self.files), dict(self.links))

    def restart(self) -> None:
        """Lose what does not last."""
        for path in [path for path in self.files if path.startswith("/run/")]:
            del self.files[path]

    def target(self, path: str) -> str:
        """Where `path` leads, links followed."""
        return self.links.get(path, path)

    def read(self, path: str) -> str | None:
        """The text of a file, or None when there is none."""
        return self.files.get(self.target(path))

    def write(self, path: str, text: str) -> None:
        """Put a text into a file."""
        self.files[self.target(path)] = text

    def remove(self, path: str) -> bool:
        """Remove a file or a link; whether it was there."""
        removed = [holder.pop(path, None) for holder in (self.links, self.files)]
        return any(text is not None for text in removed)

    def differences(self, image: FakeDisk) -> tuple[str, ...]:
        """The paths that differ from `image`."""
        mine, its = {**self.files, **self.links}, {**image.files, **image.links}
        return tuple(sorted(path for path in {*mine, *its} if mine.get(path) != its.get(path)))


def run(disk: FakeDisk, script: str, environment: Mapping[str, str]) -> CommandResult:
    """Run a script line by line; an unknown command fails, so that no script passes unread."""
    total = _NOTHING
    for line in script.splitlines():
        words = shlex.split(Template(line).safe_substitute(environment), comments=True)
        if not words:
            continue
        if words[0] == "exit":
            return replace(total, status=int(words[1]))
        done = _command(disk, *_redirected(words))
        total = CommandResult(done.status, total.output + done.output, total.errors + done.errors)
        if done.status:
            return total
    return total


def _redirected(words: Sequence[str]) -> tuple[list[str], str | None]:
    if words[-1].startswith(">"):
        return list(words[:-1]), words[-1][1:]
    return list(words), None


def _command(disk: FakeDisk, words: Sequence[str], target: str | None) -> CommandResult:
    done = _output(disk, words)
    if target is None or done.status:
        return done
    path = target.removeprefix(">")
    before = (disk.read(path) or "") if path != target else ""
    disk.write(path, before + done.output)
    return replace(done, output="")


def _output(disk: FakeDisk, words: Sequence[str]) -> CommandResult:
    match words:
        case ["set", *_] | ["ip", "link", "set", _, "up"]:
            return _NOTHING
        case ["systemctl", *_] | ["timeout", _, "systemctl", *_]:
            return _printed("running\n")
        case ["echo", *texts]:
            return _printed(" ".join(texts) + "\n")
        case ["cat", path]:
            text = disk.read(path)
            return _missing(path) if text is None else _printed(text)
        case ["head", "-c", count, "/dev/zero"]:
            return _printed("\0" * int(count))
    return _changed(disk, words)


def _changed(disk: FakeDisk, words: Sequence[str]) -> CommandResult:
    match words:
        case ["rm", path]:
            return _NOTHING if disk.remove(path) else _missing(path)
        case ["touch", path]:
            disk.write(path, disk.read(path) or "")
        case ["ln", "-s", old, new]:
            disk.links[new] = old
        case _:
            return CommandResult(127, "", f"{words[0]}: not found\n")
    return _NOTHING


def _printed(text: str) -> CommandResult:
    return CommandResult(0, text, "")


def _missing(path: str) -> CommandResult:
    return CommandResult(1, "", f"{path}: No such file or directory\n")
