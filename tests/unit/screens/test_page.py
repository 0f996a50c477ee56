"""Whatever a machine sends as a page, what is shown of it can only be read."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakfix.ports.children import python
from breakfix.screens.drawing import drawer
from breakfix.screens.limits import MOST_BYTES
from breakfix.screens.page import draw

_QUIET = {
    "type", "value", "disabled", "colspan", "rowspan",
}  # fmt: skip
_LOUD = {
    "script", "style", "svg", "math", "iframe", "object", "embed", "img", "image", "form", "base",
    "meta", "link", "template", "noscript", "textarea", "select", "video", "audio", "canvas",
    "frameset", "applet", "marquee", "title", "body", "html", "head", "plaintext", "xmp",
}  # fmt: skip
HOSTILE = {
    "script": "<p>a<script>window.hacked=1</script>",
    "a script in pieces": "<scr<script>ipt>window.hacked=1</scr</script>ipt>",
    "an event of a picture": '<img src=x onerror="window.hacked=1">',
    "an event without quotes": "<p onclick=window.hacked=1 onmouseover=alert(1)>a",
    "an event after a slash": "<p/onclick=window.hacked=1>a",
    "svg": "<svg onload=window.hacked=1><script>window.hacked=1</script><a xlink:href=x>",
    "math and style, read in two ways": (
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1'
        ' onerror=window.hacked=1&gt;">'
    ),
    "svg in a form in math": (
        '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style>'
        '<img onerror=window.hacked=1 src>">'
    ),
    "noscript, read in two ways": (
        '<noscript><p title="</noscript><img src=x onerror=window.hacked=1>">'
    ),
    "a comment that ends in two ways": "<!--><script>window.hacked=1</script>-->",
    "a refresh": '<meta http-equiv="refresh" content="0;url=javascript:window.hacked=1">',
    "another base": '<base href="http://elsewhere.example/"><a href="x">a</a>',
    "frames": '<iframe src="/lab" srcdoc="<script>1</script>"></iframe><frameset onload=a()>',
    "objects": '<object data="x.swf"></object><embed src="x"><applet code="x">',
    "a style sheet": "<style>@import 'http://elsewhere.example/';p{position:fixed}</style><p>a",
    "a style": '<p style="background:url(http://elsewhere.example/);position:fixed" class="x">a',
    "a link that is a script": '<a href="java\tscript:window.hacked=1">a</a>',
    "a link to elsewhere": '<a href="http://elsewhere.example" target="_top" ping="x">a</a>',
    "a form": (
        '<form action="http://elsewhere.example" method="post"><input name="user" autofocus'
        ' onfocus="window.hacked=1" formaction="javascript:1" value="v"><button>ok</button></form>'
    ),
    "a document inside a field": "<textarea></textarea><script>window.hacked=1</script>",
    "names that hide ours": '<p id="bf-root" name="body">a</p><form name="document"></form>',
    "entities": "&lt;script&gt;window.hacked=1&lt;/script&gt;&#60;script&#62;",
    "no end": "<p title='",
    "only half a tag": "<script",
    "the end of our own": "</body></html><script>window.hacked=1</script>",
    "attributes of our own": '<td colspan="9999999" rowspan="-1"><input type="image" src="x">',
}


class Reader(HTMLParser):
    """What stands in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, set[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element and its attributes."""
        self.found.append((tag, {name for name, _ in attrs}))

    def handle_comment(self, data: str) -> None:
        """A comment is no element, and none may be left."""
        self.found.append(("comment", {data}))


def loud(body: str) -> list[object]:
    """What in a page could do anything, load anything or lead anywhere."""
    reader = Reader()
    reader.feed(body)
    reader.close()
    return [
        (tag, attributes)
        for tag, attributes in reader.found
        if tag in _LOUD or tag == "comment" or not attributes <= _QUIET
    ] + re.findall(r"<(?!/?[a-z][a-z0-9]*[ >])", body)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_can_only_be_read(name: str) -> None:
    """No element, attribute or comment is left that acts, loads or leads anywhere."""
    page = draw(f'<!doctype html><html lang="nl"><title>t</title>{HOSTILE[name]}<p>rest')
    assert loud(page.body) == []
    # Drawn again it stays what it is: what a browser makes of it is what was looked at here.
    assert draw(page.body).body == page.body


@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<b a=1>", "</b>", "<script>", "</script>", "<svg>", "</svg>", "<math>",
    "<style>", "</style>", "<table>", "<td colspan=3>", "</table>", "<a href=x>", "<!--", "-->",
    "<img src=x onerror=y>", "<title>", "</title>", "<textarea>", "</textarea>", "<select>",
    "<noscript>", "</noscript>", "<![CDATA[", "]]>", "<form>", "<input value='<x>'>", "'", '"',
    "&lt;", "&#x0;", "<", ">", "tekst", "<template>", "<mglyph>", "<mtext>", "<foreignObject>",
    "<plaintext>", "<option>", "<frameset>", "<annotation-xml encoding='text/html'>", "é\x00",
]), max_size=30).map("".join))  # fmt: skip
def test_no_mixture_of_marks_is_loud(source: str) -> None:
    """Whatever follows whatever, nothing loud is left."""
    assert loud(draw(source).body) == []


def test_what_people_read_stays() -> None:
    """Headings, lists, tables, words and the page's own name and language are kept."""
    page = draw(
        '<!doctype html><html lang="nl"><head><title> Welkom &amp; meer\n</title></head><body>'
        '<h1 class="x">Dag</h1><ul><li>een</li></ul><table><tr><th colspan="2">Prijs</th></tr>'
        '</table><p><b>vet</b> &lt;getal&gt; <a href="/lijst">lijst</a></p>'
    )
    assert (page.title, page.language) == ("Welkom & meer", "nl")
    assert page.body == (
        '<h1>Dag</h1><ul><li>een</li></ul><table><tbody><tr><th colspan="2">Prijs</th></tr>'
        "</tbody></table><p><b>vet</b> &lt;getal&gt; <a>lijst</a></p>"
    )


def test_a_form_is_drawn_and_cannot_be_used() -> None:
    """Fields and buttons are there to see, disabled, and send nothing anywhere."""
    body = draw('<form><input value="10"><input type="hidden" value="s"><button>Koop</button>').body
    assert body.count('disabled=""') == 3
    assert 'value="10"' in body
    assert "<form" not in body


DRAW = drawer(python("breakfix.entry.page_process"))


def test_the_child_draws_what_the_library_draws() -> None:
    """A page comes back from the child as it was drawn there."""
    source = "<title>Ça va?</title><p>é ü ë"
    assert DRAW(source) == draw(source)


@pytest.mark.parametrize(
    "source",
    [
        # 27 KB for which the parser alone would use 1 GiB.
        "<p>" + "".join(f"<b a={n}>" for n in range(2000)) + "<p>x" * 2000,
        "<div>" * (MOST_BYTES // 5),
        "<a><table>" * (MOST_BYTES // 10),
        "<b>" * (MOST_BYTES // 3),
        "<!--" * (MOST_BYTES // 4),
        "<a " * (MOST_BYTES // 3),
        "&lt" * (MOST_BYTES // 3),
        "\x00" * MOST_BYTES,
    ],
    ids=["copies", "deep", "misplaced", "open", "comments", "attributes", "entities", "nothing"],
)
def test_a_page_that_is_too_much_costs_little(source: str) -> None:
    """A page made to use up the computer comes back harmless, or not at all."""
    page = DRAW(source)
    assert page is None or loud(page.body) == []


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        "raise SystemExit(3)",
        "print('{}')",
        "print('x' * 9_000_000)",
        "import os; os.kill(os.getpid(), 9)",
    ],
)
def test_a_child_that_fails_is_a_page_that_cannot_be_shown(code: str) -> None:
    """A child that hangs, dies or talks nonsense ends the look, and nothing else."""
    assert drawer([sys.executable, "-c", code], seconds=1.0)("<p>a") is None


def test_without_a_child_there_is_no_page() -> None:
    """A program that is not there is no page either."""
    assert drawer(["/nonexistent/python"])("<p>a") is None
