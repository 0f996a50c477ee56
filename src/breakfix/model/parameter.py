"""Parameters: the addresses and names of a lab that differ from seed to seed."""

from __future__ import annotations

import hashlib
import hmac
import string
from collections.abc import Mapping
from dataclasses import dataclass

from breakfix.model.value import Value


@dataclass(frozen=True)
class Parameter(Value):
    """One value, drawn by exactly one of these: `one_of` a list, a whole number `between` two
    (both included), or a text (`derived`) that names other parameters as `$NAME`."""

    one_of: tuple[str, ...] = ()
    between: tuple[int, int] | None = None
    derived: str | None = None

    def draw(self, dice: int) -> str | None:
        """The value that `dice` picks, or None for a derived text."""
        if self.one_of:
            return self.one_of[dice % len(self.one_of)]
        if self.between is not None:
            low, high = self.between
            return str(low + dice % (high - low + 1))
        return None


def dice(seed: str, name: str) -> int:
    """A number that only `seed` and `name` decide (HMAC-SHA256, first 8 bytes)."""
    digest = hmac.new(seed.encode(), name.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big")


def draw_all(parameters: Mapping[str, Parameter], seed: str) -> dict[str, str]:
    """Every parameter's value for `seed`.

    Raises KeyError when a derived text names an unknown parameter, ValueError when two derived
    texts name each other; `lab lint` finds both before a learner does.
    """
    values: dict[str, str] = {}
    waiting: dict[str, str] = {}
    for name, parameter in parameters.items():
        drawn = parameter.draw(dice(seed, name))
        if drawn is None:
            waiting[name] = parameter.derived or ""
        else:
            values[name] = drawn
    return _resolve(values, waiting)


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each `$NAME` or `${NAME}` that is a parameter replaced by its value."""
    return string.Template(text).safe_substitute(values)


def names_in(text: str) -> frozenset[str]:
    """The names that `text` uses as `$NAME` or `${NAME}`."""
    found = string.Template.pattern.finditer(text)
    return frozenset(name for match in found if (name := match["named"] or match["braced"]))


def _resolve(values: dict[str, str], waiting: dict[str, str]) -> dict[str, str]:
    while waiting:
        ready = {name for name, text in waiting.items() if names_in(text).isdisjoint(waiting)}
        if not ready:
            raise ValueError(f"these parameters name each other: {', '.join(sorted(waiting))}")
        for name in ready:
            values[name] = string.Template(waiting.pop(name)).substitute(values)
    return values
