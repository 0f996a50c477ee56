"""Text in both languages."""

from __future__ import annotations

from breakfix.messages import Language
from breakfix.model.value import Text


def test_plain_text_has_no_marks() -> None:
    """Bold marks and the backslash of a hard line end go; the words and other stars stay."""
    text = Text("**Van:** Els\\\nDag, 2 * 3 is 6", "**From:** Els")

    assert text.plain_in(Language.NL) == "Van: Els\nDag, 2 * 3 is 6"
    assert text.plain_in(Language.EN) == "From: Els"
