"""A problem in a lab's content: which rule, where, and the values of its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from breakfix.messages import Language, language_of_environment, say


@dataclass(frozen=True)
class Problem:
    """One thing that an author must mend. Line 1 also stands for a file that is not there."""

    rule: str
    path: Path
    line: int = 1
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of its sentence in the catalogue."""
        return f"lint.{self.rule}"

    def in_(self, language: Language) -> str:
        """One line, in the form that editors make clickable."""
        return f"{self.path}:{self.line}: {self.rule} {say(self.key, language, **self.values)}"

    @property
    def order(self) -> tuple[str, int, str, str]:
        """Sorts problems by file, then line."""
        return (str(self.path), self.line, self.rule, str(sorted(self.values.items())))


class Problems(tuple[Problem, ...]):
    """Several problems; as text, one a line, so that it can fill the place of a sentence."""

    __slots__ = ()

    def in_(self, language: Language) -> str:
        """All of them in `language`."""
        return "\n".join(problem.in_(language) for problem in self)

    def __str__(self) -> str:
        return self.in_(language_of_environment())

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)
