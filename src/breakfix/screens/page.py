"""Pages that only can be read: a few plain elements, made of whatever a machine sent.

Runs in a child process (`breakfix.screens.child`): a page can make any parser work very long.
"""

from __future__ import annotations

import html
import re

import nh3

from breakfix.model.screen import Page
from breakfix.screens.limits import MOST_TITLE

_TEXT = "p br hr div pre blockquote h1 h2 h3 h4 h5 h6 header footer main section article address"
_LISTS = "ul ol li dl dt dd table caption thead tbody tfoot tr th td figure figcaption"
_WORDS = "a b strong i em u s small sub sup code kbd samp q cite abbr mark del ins time span"
_FORMS = "label input button fieldset legend"
_TAGS = set(f"{_TEXT} {_LISTS} {_WORDS} {_FORMS}".split())
#: What stands inside these is no text for people.
_EMBEDDED = "script style template iframe object embed svg math audio video canvas frameset"
_SILENT = set(f"{_EMBEDDED} title noscript textarea select noframes noembed xmp plaintext".split())
#: Of all attributes only these, with these values.
_INPUTS = {"text", "search", "email", "password", "number", "tel", "submit", "button", "reset",
           "checkbox", "radio", "hidden"}  # fmt: skip
_SPANS = {str(number) for number in range(2, 13)}
_VALUES = {
    "input": {"type": _INPUTS},
    "td": {"colspan": _SPANS, "rowspan": _SPANS},
    "th": {"colspan": _SPANS, "rowspan": _SPANS},
}
#: Nothing in a form can be used.
_FORCED = {name: {"disabled": ""} for name in ("input", "button", "fieldset")}
_TITLE = re.compile(r"<title[^>]{0,100}>([^<]{0,2000})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]{0,200}?\blang=[\"']?([a-zA-Z]{2}(?:-[a-zA-Z]{2})?)\b")


def draw(source: str) -> Page:
    """The page of `source`, harmless."""
    body = nh3.clean(
        source,
        tags=_TAGS,
        clean_content_tags=_SILENT,
        attributes={"input": {"value"}},
        tag_attribute_values=_VALUES,
        set_tag_attribute_values=_FORCED,
        url_schemes=set(),
        link_rel=None,
        strip_comments=True,
    )
    title, language = _TITLE.search(source), _LANGUAGE.search(source[:4096])
    words = " ".join(html.unescape(title[1]).split()) if title else ""
    return Page(words[:MOST_TITLE], body.strip(), language[1] if language else "")
