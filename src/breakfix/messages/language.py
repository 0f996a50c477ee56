"""The languages of the screens."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum


class Language(StrEnum):
    """A language that every sentence exists in."""

    NL = "nl"
    EN = "en"


def language_of_environment(environment: Mapping[str, str] = os.environ) -> Language:
    """The language asked for by BREAKFIX_LANGUAGE, else by the locale, else Dutch."""
    for variable in ("BREAKFIX_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for language in Language:
            if environment.get(variable, "").lower().startswith(language.value):
                return language
    return Language.NL
