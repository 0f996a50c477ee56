"""The sheet: what a lab's notebook says that differs from learner to learner.

An assignment's notebook is the same for everybody, so cells with parameters can't stand in it. They
are shown when the lab starts, filled with the values of the learner's own variant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from breakfix.content.markdown import Cell
from breakfix.messages import Language
from breakfix.model.parameter import names_in
from breakfix.model.value import Text

TICKET = "TICKET"
_TICKET_LINE = re.compile(rf"^[ \t]*\$\{{?{TICKET}\}}?[ \t]*$", re.MULTILINE)


def without_ticket(text: str) -> str:
    """`text` without the customer's words; nothing when only a heading is left."""
    rest = _TICKET_LINE.sub("", text).strip()
    return "" if all(line.startswith("#") or not line for line in rest.splitlines()) else rest


def is_own(text: str, parameters: Iterable[str]) -> bool:
    """Whether `text` differs from learner to learner."""
    return not names_in(text).isdisjoint(parameters)


def sheet_of(cells: Sequence[Cell], parameters: Iterable[str]) -> tuple[Text, ...]:
    """Every pair of cells in which a parameter stands, in order."""
    names = frozenset(parameters)
    return tuple(pair for pair in _pairs(cells) if is_own(pair.nl + pair.en, names))


def _pairs(cells: Sequence[Cell]) -> Iterator[Text]:
    words = [cell for cell in cells if not cell.code]
    for first, second in zip(words[::2], words[1::2], strict=False):
        texts = {str(one.language): without_ticket(one.text) for one in (first, second)}
        if texts.keys() == {one.value for one in Language}:
            yield Text(**texts)
