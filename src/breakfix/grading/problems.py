"""Problems of a file that a teacher gives: all of them at once, each with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from breakfix.messages import Language, language_of_environment, say


@dataclass(frozen=True)
class LineProblem:
    """One thing to mend: the line of the file, the key of its sentence, and its values."""

    line: int
    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def in_(self, language: Language) -> str:
        """The problem as one line of text."""
        return say(
            "roster.on-line", language, line=self.line, what=say(self.key, language, **self.values)
        )


class LineProblems(tuple[LineProblem, ...]):
    """Several problems; as text, one a line, so that it can fill the place of a sentence."""

    __slots__ = ()

    def __str__(self) -> str:
        language = language_of_environment()
        return "\n".join(problem.in_(language) for problem in self)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)
