"""What a lint rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from breakfix.content.draft import Draft
from breakfix.content.problem import Problem

# What a rule yields: where, on which line, and the values of its sentence.
Finding = tuple[Path, int, Mapping[str, str]]
Look = Callable[[Draft], Iterable[Finding]]

_MARKED: dict[str, Rule] = {}


@dataclass(frozen=True)
class Rule:
    """A rule with its id and the sentence that documents it."""

    id: str
    sentence: str
    findings: Look

    def look(self, draft: Draft) -> Iterable[Problem]:
        """The problems that this rule sees."""
        return [Problem(self.id, *finding) for finding in self.findings(draft)]


def rule(number: str) -> Callable[[Look], Look]:
    """Mark a function as the rule `number`; its docstring is the rule's sentence."""

    def mark(look: Look) -> Look:
        if number in _MARKED:
            raise ValueError(f"two rules are called {number}")
        _MARKED[number] = Rule(number, " ".join((look.__doc__ or "").split()), look)
        return look

    return mark


def marked() -> tuple[Rule, ...]:
    """The rules of all modules imported so far."""
    return tuple(_MARKED.values())
