"""Pages that load nothing and run nothing: our templates, filled with escaped text."""

from __future__ import annotations

from functools import cache

import mistune
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from breakfix.grading.wording import Words, clean


class _TextOnly(mistune.HTMLRenderer):
    """Markdown of a lab without what would load or lead elsewhere, and without headings of its
    own, which would break the order of the page's."""

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002 (mistune's)
        """The words of a link, and its address as text."""
        shown = str(escape(url))
        return text if text == shown else f"{text} ({shown})"

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        """What an image shows, in words."""
        return text

    def heading(self, text: str, level: int, **attrs: object) -> str:  # noqa: ARG002
        """A line of its own."""
        return f"<p><strong>{text}</strong></p>\n"


def render(template: str, words: Words, **values: object) -> str:
    """One of our pages (`feedback.html.jinja`), in the language of `words`."""
    made = _environment().get_template(template)
    return made.render(words=words, say=words.say, lang=words.language.value, **values)


def markdown(text: str) -> Markup:
    """A lab's Markdown as HTML; HTML inside it is shown, not used."""
    rendered = _markdown()(clean(text))
    return Markup(rendered)  # noqa: S704 (the renderer has escaped everything)


@cache
def _markdown() -> mistune.Markdown:
    return mistune.create_markdown(renderer=_TextOnly(escape=True))


@cache
def _environment() -> Environment:
    """Everything that a template puts in is escaped, and cleaned before."""
    made = Environment(
        loader=PackageLoader("breakfix.grading", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["markdown"] = markdown
    return made


def _finalize(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
