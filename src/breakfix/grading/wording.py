"""Words, numbers and moments on the pages that people read after grading."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from breakfix.messages import Language, say
from breakfix.model.value import Text

#: Longer texts are cut on a page; the whole of it stays where it came from.
LONGEST = 20_000
#: Letters that turn the order of what follows: a name could make a line say something else.
_TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_KEPT = "\n\t"
_ODD = frozenset({"Cc", "Cs", "Zl", "Zp"})
_CUT = " […]"


@dataclass(frozen=True)
class Words:
    """How a page speaks: in one language, with that language's numbers."""

    language: Language

    def say(self, key: str, /, **values: object) -> str:
        """One of our sentences."""
        return say(key, self.language, **values)

    def text(self, text: Text | None) -> str:
        """A text of a lab or a verdict, without the marks of Markdown."""
        return "" if text is None else text.plain_in(self.language)

    def number(self, value: float) -> str:
        """A number with at most two decimals: `7,5` in Dutch, `7.5` in English."""
        told = f"{value:.2f}".rstrip("0").rstrip(".")
        return told.replace(".", ",") if self.language is Language.NL else told

    def points(self, points: float, of: float) -> str:
        """Points out of the most that there are: `7,5/10`."""
        return f"{self.number(points)}/{self.number(of)}"

    def moment(self, seconds: float | None) -> str:
        """A moment in local time. What a learner's computer says may be no moment at all."""
        try:
            local = datetime.fromtimestamp(seconds or 0.0, UTC).astimezone()
        except (ValueError, OverflowError, OSError):
            return "?"
        return f"{local:%d/%m/%Y %H:%M}" if seconds else "?"

    def duration(self, seconds: float) -> str:
        """How long something took, to the minute; to the second when that is all there is."""
        if not 0 <= seconds < 1e9:  # noqa: PLR2004 (thirty years: not a duration of a lab)
            return "?"
        minutes = round(seconds / 60)
        if minutes == 0:
            return self.say("feedback.seconds", seconds=round(seconds))
        hours, rest = divmod(minutes, 60)
        if hours == 0:
            return self.say("feedback.minutes", minutes=rest)
        return self.say("feedback.hours", hours=hours, minutes=f"{rest:02d}")


def clean(text: str, longest: int = LONGEST) -> str:
    """`text` as a page may show it: nothing invisible that changes how the rest reads, and no
    longer than somebody would read."""
    short = text if len(text) <= longest else text[:longest] + _CUT
    return "".join(_plain(char) for char in short)


def _plain(char: str) -> str:
    if char in _KEPT:
        return char
    if char in _TURNING or unicodedata.category(char) in _ODD:
        return char.encode("unicode_escape", "surrogatepass").decode()
    return char
