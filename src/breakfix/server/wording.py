"""Words for the panel: its catalogue, its language, and an error's sentence."""

from __future__ import annotations

from pathlib import Path

from breakfix.errors import BreakfixError
from breakfix.messages import Language, catalogue, language_of_environment, say
from breakfix.server.keeping import keep

#: Sections that speak to authors, teachers and the command line.
_NOT_FOR_PANELS = frozenset(
    {"lint", "prove", "course", "cli", "setup", "clean", "doctor", "part", "sample", "handout",
     "journal"}
)  # fmt: skip
_INSTEAD = "instead."


def words(language: Language) -> dict[str, str]:
    """Every sentence that a panel may need, by key."""
    return {
        key: sentence
        for key, sentence in catalogue(language).items()
        if key.partition(".")[0] not in _NOT_FOR_PANELS
    }


def sentence(error: BreakfixError, language: Language) -> str:
    """What a panel says of an error: not the sentence that names a command."""
    own = _INSTEAD + error.key
    key = own if own in catalogue(language) else error.key
    return say(key, language, **error.values)


class Choice:
    """The language of this person's screens, kept in a file; until one is chosen, the
    environment's."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.language = self._kept()

    def choose(self, language: Language) -> None:
        """Use `language` from now on."""
        self.language = language
        keep(self._file, language.value)

    def _kept(self) -> Language:
        try:
            return Language(self._file.read_text("utf-8").strip())
        except (OSError, ValueError):
            return language_of_environment()
