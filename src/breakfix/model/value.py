"""The root of all model values, and text in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from breakfix.messages.language import Language


class Value:
    """A frozen value that can travel as JSON.

    The class attribute is read by the codec (pydantic): a key that a value does not know is an
    error, wherever the value comes from.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


@dataclass(frozen=True)
class Text(Value):
    """One piece of learner text in every language."""

    nl: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in `language`."""
        return self.nl if language is Language.NL else self.en

    def plain_in(self, language: Language) -> str:
        """The text in `language` for where nothing renders Markdown: without the marks of bold
        words and of hard line ends."""
        return re.sub(r"\*\*(.+?)\*\*", r"\1", self.in_(language)).replace("\\\n", "\n")
