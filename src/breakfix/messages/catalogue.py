"""Looking a sentence up by its key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from breakfix.messages.language import Language


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """All sentences of one language, by dotted key."""
    text = files("breakfix.messages").joinpath(f"{language.value}.toml").read_text("utf-8")
    return dict(_flatten(tomllib.loads(text)))


def say(key: str, language: Language, /, **values: object) -> str:
    """The sentence `key` in `language`, with its places filled.

    Raises KeyError when the sentence or one of its values is missing: that is a mistake of ours,
    and the tests look for it in every language.
    """
    return catalogue(language)[key].format(**values)


def _flatten(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value).strip()
