"""Sentences and lab texts, filled, in both languages at once."""

from __future__ import annotations

from collections.abc import Mapping

from breakfix.messages import Language, say
from breakfix.model.parameter import fill
from breakfix.model.value import Text


def sentence(key: str, **values: object) -> Text:
    """A sentence of ours in both languages."""
    return Text(say(key, Language.NL, **values), say(key, Language.EN, **values))


def filled(text: Text, values: Mapping[str, str]) -> Text:
    """`text` with its parameters filled in."""
    return Text(fill(text.nl, values), fill(text.en, values))
