"""What a recording may do to the terminal of whoever plays it: show text, move the cursor, colour.

Everything else is left out: titles, the clipboard and links (OSC), questions that a terminal would
answer as if somebody typed, modes that change its keys or its mouse. A recording comes from a
machine on which a learner was root, so nothing in it is trusted.
"""

from __future__ import annotations

import re

#: The longest string of a sequence (a title, say) for whose end is waited.
_LONGEST = 4096
#: The numbers of a sequence may have this many digits: none repeats or moves without end.
_NUMBERS = r"(?:\d{0,3}(?:[;:]\d{0,3}){0,15})"
#: Moving, erasing, scrolling within the screen, colours.
_CSI = re.compile(rf"\x1b\[{_NUMBERS}[@A-HJKLMPSTXZ`a-bdef-gmr]")
#: The cursor's visibility, wrapping, and the other screen that editors and pagers use.
_MODES = re.compile(r"\x1b\[\?(?:7|25|47|1047|1048|1049)[hl]")
#: Saving the cursor, lines up and down, and the character sets for drawing boxes.
_SHORT = re.compile(r"\x1b(?:[78DEM]|[()][0AB])")
_ANY_CSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_ANY_SHORT = re.compile(r"\x1b[ -/]*[0-OQ-WYZ\\`-~]")
_STRING = re.compile(
    r"\x1b[]PX^_][^\x07\x18\x1a\x1b\x9c]*(?:[\x07\x18\x1a\x9c]|\x1b\\|(?=\x1b.))", re.DOTALL
)
#: The beginning of a sequence of which the rest may still come.
_BEGUN = re.compile(r"\x1b(?:[ -/]*|\[[0-?]*[ -/]*|[]PX^_][^\x07\x18\x1a\x1b\x9c]*\x1b?)\Z")
_CONTROLS = "\b\t\n\r\x0e\x0f"

#: Puts a terminal back as it was: one screen, a cursor, no colours, scrolling everywhere.
RESTORE = "\x1b[?1049l\x1b[?25h\x1b[?7h\x1b[r\x1b(B\x0f\x1b[0m"


class Harmless:
    """Makes what a recording prints harmless, piece after piece: a sequence may be cut anywhere."""

    def __init__(self) -> None:
        self._rest = ""

    def clean(self, text: str) -> str:
        """`text` without what may not reach a terminal."""
        text, self._rest = self._rest + text, ""
        kept: list[str] = []
        at = 0
        while at < len(text):
            step = text.find("\x1b", at)
            step = len(text) if step < 0 else step
            kept.append(_plain(text[at:step]))
            at = step
            if at < len(text):
                at = self._sequence(text, at, kept)
        return "".join(kept)

    def _sequence(self, text: str, at: int, kept: list[str]) -> int:
        """Keep the sequence at `at` when it is harmless; where the text goes on after it."""
        for known in (_CSI, _MODES, _SHORT):
            if found := known.match(text, at):
                kept.append(found[0])
                return found.end()
        for unwanted in (_STRING, _ANY_CSI, _ANY_SHORT):
            if found := unwanted.match(text, at):
                return found.end()
        if len(text) - at <= _LONGEST and _BEGUN.match(text, at):
            self._rest = text[at:]
            return len(text)
        return at + 1


def _plain(text: str) -> str:
    """`text` without control characters but those of a line."""
    return "".join(one for one in text if one in _CONTROLS or not _is_control(one))


def _is_control(one: str) -> bool:
    return one < " " or "\x7f" <= one <= "\x9f"
