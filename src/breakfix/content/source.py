"""A file as it was read: its value if there is one, its problems, and where things stand in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from breakfix.content.locator import Loc, line_at
from breakfix.content.problem import Problem

T = TypeVar("T")
Found = tuple[T | None, tuple[Problem, ...]]


@dataclass(frozen=True)
class Source(Generic[T]):
    """One file. `value` is None when the file is missing or too wrong to use."""

    path: Path
    text: str = ""
    value: T | None = None
    problems: tuple[Problem, ...] = ()
    lines: Mapping[Loc, int] = field(default_factory=dict)

    def line(self, *loc: str | int) -> int:
        """The line where `loc` stands, or the nearest thing around it."""
        return line_at(self.lines, loc)


def text_of(path: Path) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file, or the problem that it is missing or not UTF-8."""
    try:
        return path.read_text("utf-8"), ()
    except UnicodeDecodeError:
        return None, (Problem("L001", path, 1, {"detail": "UTF-8"}),)
    except OSError:
        return None, (Problem("L010", path, 1, {"file": path.name}),)


def read(path: Path, parse: Callable[[Path, str], Found[T]]) -> Source[T]:
    """Read `path` as `parse` understands it."""
    text, problems = text_of(path)
    if text is None:
        return Source(path, problems=problems)
    value, problems = parse(path, text)
    return Source(path, text, value, problems)
