"""Errors as text: kept in both languages, or said in that of whoever reads them later."""

from __future__ import annotations

from breakfix.content.text import sentence
from breakfix.errors import BreakfixError
from breakfix.messages import language_of_environment, say
from breakfix.model.value import Text


def text_of(error: BreakfixError) -> Text:
    """The sentence of an error in every language."""
    return sentence(error.key, **{name: str(value) for name, value in error.values.items()})


class Late:
    """An error's sentence in the place of another sentence: said in the reader's language."""

    def __init__(self, error: BreakfixError) -> None:
        self._error = error

    def __format__(self, spec: str) -> str:
        said = say(self._error.key, language_of_environment(), **self._error.values)
        return format(said, spec)
