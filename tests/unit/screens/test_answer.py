"""What came back, as text."""

from __future__ import annotations

import pytest

from breakfix.screens.answer import Answer, readable


@pytest.mark.parametrize(
    ("content", "media", "text"),
    [
        ("é".encode(), "text/plain; charset=utf-8", "é"),
        ("é".encode(), "text/plain", "é"),
        (b"\xe9 \x80", "text/html; charset=ISO-8859-1", "é €"),
        (b'<meta charset="windows-1252"><p>\xe9', "text/html", '<meta charset="windows-1252"><p>é'),
        (b"\xa4", 'text/plain; charset="iso-8859-15"', "€"),
        (b"\xff\xfe\xe9", "text/plain", "�" * 3),
        (b"a", "text/plain; charset=zip", "a"),
        (b"+ADw-script+AD4-", "text/html; charset=utf-7", "+ADw-script+AD4-"),
        (b"a", "text/plain; charset=unicode_escape", "a"),
        (b"<meta charset=\xff><p>a", "text/html", "<meta charset=�><p>a"),
    ],
)
def test_an_answer_is_read_in_its_own_encoding(content: bytes, media: str, text: str) -> None:
    """A known encoding is used; another, or a wrong one, is read as UTF-8 and never fails."""
    assert Answer(content, media).text() == text


@pytest.mark.parametrize(
    ("content", "media", "page", "plain"),
    [
        (b"<p>", "text/html; charset=utf-8", True, False),
        (b" <p>", "", True, True),
        (b"<p>", "text/plain", False, True),
        (b"\x89PNG", "image/png", False, False),
        (b"a", "Text/HTML", True, False),
    ],
)
def test_the_media_type_decides(content: bytes, media: str, *, page: bool, plain: bool) -> None:
    """A page is what says so, or says nothing and looks like one; a picture is neither."""
    found = Answer(content, media)
    assert (found.is_page, found.is_text) == (page, plain)


def test_nothing_steers_the_reader() -> None:
    """Colours, titles, bells and turned writing are left out of plain text; lines stay."""
    text = "\x1b[31mrood\x1b[0m \x1b]0;titel\x07\x07een\r\ntwee\ttab\u202etxt\x00"
    assert readable(text) == "rood een\ntwee\ttabtxt"
