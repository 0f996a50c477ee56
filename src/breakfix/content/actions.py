"""What is done to the machines of a lab: scripts, cables and hand-overs in one folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from breakfix.content.problem import Problem
from breakfix.content.source import Source, text_of
from breakfix.content.toml import read_toml
from breakfix.model.diagnosis import Handover
from breakfix.model.topology import Cable
from breakfix.model.value import Value

T = TypeVar("T")

_CAUGHT = re.compile(r"^#\s*caught by:\s*(.+)$", re.IGNORECASE)
_RUNTIME = re.compile(r"^#\s*runtime-only\b", re.IGNORECASE)
_STAYS = re.compile(r"^#\s*complaint stays:\s*(.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Action:
    """One folder of scripts (by machine), and what else it does.

    `kind` is inject, repair, rejected, accepted or second-line; `name` is the folder's name.
    A rejected repair names the checks that catch it; `complaint_stays` says why the customer's
    complaint does not go away although the learner believes it did.
    """

    kind: str
    name: str
    folder: Path
    scripts: Mapping[str, str] = field(default_factory=dict)
    cables: tuple[Cable, ...] = ()
    handover: Handover | None = None
    caught_by: tuple[str, ...] = ()
    runtime_only: bool = False
    complaint_stays: bool = False

    @property
    def empty(self) -> bool:
        """Whether it would do nothing at all."""
        return not (self.scripts or self.cables or self.handover)

    def script_path(self, machine: str) -> Path:
        """The file of the script for `machine`."""
        return self.folder / f"{machine}.sh"


@dataclass(frozen=True)
class Wire(Value):
    """Everything in a `wire.toml`."""

    cable: tuple[Cable, ...]


@dataclass(frozen=True)
class ActionSource:
    """An action with the files that it was read from."""

    action: Action
    problems: tuple[Problem, ...] = ()
    wire: Source[Wire] | None = None
    handover: Source[Handover] | None = None


def read_action(kind: str, folder: Path) -> ActionSource:
    """The action in `folder`; an absent folder is an empty action."""
    scripts, problems = read_scripts(folder)
    wire = _optional(Wire, folder / "wire.toml")
    handover = _optional(Handover, folder / "handover.toml")
    sources: list[Source[Wire] | Source[Handover]] = [s for s in (wire, handover) if s]
    texts = [*scripts.values(), *(source.text for source in sources)]
    action = Action(
        kind,
        folder.name,
        folder,
        scripts,
        wire.value.cable if wire and wire.value else (),
        handover.value if handover else None,
        *_marks(texts),
    )
    found = [problem for source in sources for problem in source.problems]
    return ActionSource(action, (*problems, *found), wire, handover)


def read_actions(kind: str, folder: Path) -> tuple[ActionSource, ...]:
    """One action per sub-folder, by name."""
    return tuple(read_action(kind, one) for one in folders_in(folder))


def read_scripts(folder: Path) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The shell scripts in `folder`, by machine."""
    scripts: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.sh")):
        text, found = text_of(path)
        problems += found
        if text is not None:
            scripts[path.stem] = text
    return scripts, tuple(problems)


def folders_in(folder: Path) -> list[Path]:
    """The sub-folders, sorted; hidden ones and caches are nobody's content."""
    if not folder.is_dir():
        return []
    inside = sorted(path for path in folder.iterdir() if path.is_dir())
    return [path for path in inside if not path.name.startswith((".", "__"))]


def _optional(kind: type[T], path: Path) -> Source[T] | None:
    return read_toml(kind, path) if path.exists() else None


def _head(text: str) -> Iterator[str]:
    """The comment lines before the first line that does something."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            return
        yield line.strip()


def _marks(texts: list[str]) -> tuple[tuple[str, ...], bool, bool]:
    """What the head comments say: caught by, runtime-only, complaint stays."""
    head = [line for text in texts for line in _head(text)]
    named = [match[1] for line in head if (match := _CAUGHT.match(line))]
    checks = [name.strip() for names in named for name in names.split(",")]
    runtime = any(_RUNTIME.match(line) for line in head) or "runtime-only" in checks
    caught = tuple(dict.fromkeys(name for name in checks if name and name != "runtime-only"))
    return caught, runtime, any(_STAYS.match(line) for line in head)
