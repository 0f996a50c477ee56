"""The customer's screens in a terminal: `breakfix lab look`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from breakfix.cli.output import Screen, json_option, screen
from breakfix.evidence.refusal import visible
from breakfix.model.screen import Look, ScreenKind, ScreenView, Shown, Trouble
from breakfix.model.session import SessionView
from breakfix.wiring import lab_service

#: A page has no title of its own to show then, or the trouble is not the site's.
_NO_HEADLINE = {Trouble.OFF, Trouble.UNSEEN, Trouble.ODD, Trouble.SILENT}
_REFUSED = {Trouble.SERVER, Trouble.NOT_THERE}
#: Characters of one line.
_LONGEST = 2000
_CELLS = {"td", "th"}
_LINES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "pre", "div", "br", "dt", "dd"}


@click.command()
@click.argument("slug")
@click.argument("asked", metavar="[SCREEN]", required=False)
@json_option
def look(slug: str, asked: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Show what the customer sees: one screen, or all of a lab's.

    A look changes nothing, and is no check.

    \b
    Examples: breakfix lab look no-internet
              breakfix lab look till-does-not-start counter
    """
    service, shown = lab_service(), screen(as_json=as_json)
    view = service.status(slug)
    names = [asked] if asked else [one.id for one in view.screens]
    looks = [service.look_at(slug, name) for name in names]
    told: object = looks[0] if asked else tuple(looks)
    shown.show(told, lambda console: _print(shown, console, view, looks))


def _print(shown: Screen, console: Console, view: SessionView, looks: Sequence[Look]) -> None:
    screens = {one.id: one for one in view.screens}
    for seen in looks:
        lines = text_of(shown, view, screens[seen.screen], seen).splitlines()
        text = "\n".join(visible(line.expandtabs(), _LONGEST) for line in lines)
        title = escape(screens[seen.screen].title.in_(shown.language))
        console.print(Panel(escape(text.strip()), title=title, title_align="left"))
    if not looks:
        console.print(shown.say("screen.none"))


def text_of(shown: Screen, view: SessionView, screen: ScreenView, seen: Look) -> str:
    """What there is to read on a screen, or why there is nothing."""
    if seen.trouble is not None:
        return f"{_headline(shown, seen)}\n{_cause(shown, view, screen, seen)}".strip()
    found = seen.shown or Shown()
    cut = [shown.say("screen.cut")] if found.cut else []
    if screen.kind is ScreenKind.MAILBOX and not found.messages:
        return shown.say("screen.nothing-mailbox")
    letters = [f"{one.sender}\n{one.subject}\n{one.date}\n\n{one.text}\n" for one in found.messages]
    page = [found.page.title, "", plain(found.page.body)] if found.page else []
    return "\n".join([*page, found.text, *letters, *cut])


def plain(body: str) -> str:
    """The words of a page, a line for each paragraph."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    lines = (line.strip() for line in "".join(reader.found).splitlines())
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._as_it_is = False

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self._as_it_is = self._as_it_is or tag == "pre"
        self.found.append("\n" if tag in _LINES else " " if tag in _CELLS else "")

    def handle_endtag(self, tag: str) -> None:
        self.found.append("\n" if tag in _LINES else "")
        self._as_it_is = self._as_it_is and tag != "pre"

    def handle_data(self, data: str) -> None:
        self.found.append(data if self._as_it_is else re.sub(r"\s+", " ", data))


def _headline(shown: Screen, seen: Look) -> str:
    if seen.trouble in _REFUSED:
        return shown.say("screen.error-page") if seen.status else ""
    return "" if seen.trouble in _NO_HEADLINE else shown.say("screen.unreachable")


def _cause(shown: Screen, view: SessionView, screen: ScreenView, seen: Look) -> str:
    if seen.trouble is Trouble.SILENT and seen.silent:
        return seen.silent.in_(shown.language)
    if seen.trouble is Trouble.NOT_THERE and not seen.status:
        return shown.say(f"screen.nothing-{screen.kind}")
    name = next(one.hostname for one in view.machines if one.name == screen.machine)
    host = urlsplit(seen.address or screen.address).netloc
    return shown.say(f"screen.{seen.trouble}", host=host, status=seen.status, name=name)
