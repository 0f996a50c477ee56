"""A mistake in a cell, told in words: a notebook's reader can do nothing with a traceback."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager

from breakfix.errors import BreakfixError
from breakfix.messages import Language, say

#: nbgrader's Validate cuts longer lines off.
_WIDTH = 76


class Told(Exception):
    """Ends a cell with one clear message; IPython shows it without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return textwrap.wrap(str(self), _WIDTH, break_long_words=False, break_on_hyphens=False)


@contextmanager
def told(language: Language) -> Iterator[None]:
    """Turn an error of ours into its sentence."""
    try:
        yield
    except BreakfixError as error:
        raise Told(say(error.key, language, **error.values)) from None
