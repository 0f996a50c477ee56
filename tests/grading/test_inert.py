from __future__ import annotations

import time
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert import filters

from breakfix.grading.inert import MOST, inert, printed, readable, written
from tests.grading.attacks_texts import MARKDOWNS

#: What may come of a text: words in paragraphs, lists, definitions and code; no element that acts.
SAFE = {"p", "em", "strong", "ul", "ol", "li", "pre", "code", "dl", "dt", "dd", "hr", "br"}
#: Pieces that mean something to Markdown, HTML or MathJax.
PIECES = st.sampled_from(
    [*MARKDOWNS[:44], "<", ">", "&", "[", "]", "(", ")", "`", "```", "~~~", "$", "$$", "\\", "\\(",
     "\n", "\n\n", "    ", "\t", "#", "=", "-", "|", ":", "!", "*", "_", "https://x", "javascript:",
     "\r", "\u2028", "\x00", "\ud800", "a", "\\begin{a}", "\\end{a}", "]:", "~", "^"],
)  # fmt: skip


strip: Callable[[str], str] = filters.strip_files_prefix


def page_of(text: str) -> str:
    """What formgrader's page makes of a text."""
    return strip(filters.markdown2html(inert(text)))


class Elements(HTMLParser):
    """Every element with its attributes, and text outside code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.text = ""
        self._code = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self._code += tag == "code"
        self.found += [(tag, name) for name, _ in attrs] or [(tag, "")]

    def handle_endtag(self, tag: str) -> None:
        """Leave code."""
        self._code -= tag == "code"

    def handle_data(self, data: str) -> None:
        """Note text that MathJax reads."""
        self.text += "" if self._code else data


@settings(max_examples=300)
@given(st.lists(PIECES | st.text(), max_size=12).map("".join))
def test_no_text_comes_alive(text: str) -> None:
    """Whatever a learner writes becomes words and code: no address, handler, heading or formula."""
    page = Elements(page_of(text))
    assert {tag for tag, _ in page.found} <= SAFE
    assert {name for _, name in page.found} <= {"", "start"}
    assert "\\" not in page.text
    assert "$" not in page.text


@settings(max_examples=300)
@given(st.text(max_size=500))
def test_what_was_written_can_be_had_back(text: str) -> None:
    """What a learner wrote is found again in the Markdown that shows it."""
    assert written(inert(text)) == readable(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ik zag met ls dat de nota weg was.",
        "Eerst dit:\n\n- ls\n- cat\n\nDaarna 10.0.0.1/24.",
        "Noë Yıldız zag 7,5/10 punten, écht waar!",
    ],
)
def test_ordinary_words_stay_markdown(text: str) -> None:
    """An answer of words, lists and names is shown as text, not as code."""
    assert inert(text) == text
    assert "<code>" not in page_of(text)


def test_unseen_characters_are_spelled_out() -> None:
    """What turns or hides text, and half characters, are written in full; accents stay."""
    assert readable("a\u202eb\ud800\x00") == "a\\u202eb\\ud800\\u0000"
    assert readable("e\u0301 👩\u200d🔧 ë") == "e\u0301 👩\u200d🔧 ë"


def test_colours_of_a_terminal_are_left_out() -> None:
    """What a program printed is shown without its colours."""
    assert printed("\x1b[1;31mrood\x1b[0m") == "rood"


def test_an_endless_text_is_cut() -> None:
    """A text is cut after a bound, and shows that."""
    assert len(readable("a" * (2 * MOST))) < MOST + 10
    assert readable("a" * (2 * MOST)).endswith("[…]")


@pytest.mark.parametrize("piece", ["[", "`", "<", "*a", "- a\n", "$", "\\", "(a", "&", "!["])
def test_no_text_keeps_a_page_busy(piece: str) -> None:
    """A page with the longest of texts is there within seconds."""
    before = time.process_time()
    page_of(piece * MOST)
    assert time.process_time() - before < 3
