"""From a place in the value (`("checks", 2, "points")`) to its line in the TOML text.

tomllib keeps no positions, so this follows table heads and keys by itself. It need not be exact:
what stands inside an inline value is found at the line where that value begins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Loc = tuple[str | int, ...]

_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEAD = re.compile(rf"^\s*(\[\[?)\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"^\s*({_DOTTED})\s*=(.*)$")
_QUOTES = ('"""', "'''")


def lines_of(text: str) -> dict[Loc, int]:
    """The line of every table and key that stands at the start of a line."""
    return _Scan().run(text)


def line_at(lines: Mapping[Loc, int], loc: Loc) -> int:
    """The line of `loc`, or of the nearest thing around it."""
    for length in range(len(loc), 0, -1):
        if loc[:length] in lines:
            return lines[loc[:length]]
    return 1


class _Scan:
    def __init__(self) -> None:
        self.lines: dict[Loc, int] = {}
        self.counts: dict[Loc, int] = {}
        self.table: Loc = ()
        self.quote: str | None = None

    def run(self, text: str) -> dict[Loc, int]:
        for number, line in enumerate(text.splitlines(), 1):
            if self.quote is not None:
                self.quote = None if self.quote in line else self.quote
            elif head := _HEAD.match(line):
                self._enter(_names(head[2]), number, is_array=head[1] == "[[")
            elif key := _KEY.match(line):
                self._put((*self.table, *_names(key[1])), number)
                self.quote = _left_open(key[2])
        return self.lines

    def _enter(self, names: Loc, number: int, *, is_array: bool) -> None:
        place: Loc = ()
        for name in names[:-1]:
            place = self._latest((*place, name))
        place = (*place, names[-1])
        if is_array:
            self.counts[place] = self.counts.get(place, -1) + 1
        self.table = self._latest(place)
        self._put(self.table, number)

    def _latest(self, place: Loc) -> Loc:
        return (*place, self.counts[place]) if place in self.counts else place

    def _put(self, place: Loc, number: int) -> None:
        for length in range(1, len(place) + 1):
            self.lines.setdefault(place[:length], number)


def _names(dotted: str) -> Loc:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, dotted))


def _left_open(value: str) -> str | None:
    for quote in _QUOTES:
        if value.count(quote) % 2:
            return quote
    return None
