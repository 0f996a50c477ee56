"""The customer's screens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from breakfix.content.draft import Draft
from breakfix.content.rules.rule import Finding, rule
from breakfix.model.screen import Screen, ScreenKind

_MOST = 4
_SECONDS = range(5, 301)
_URL = re.compile(r"http://[\w.${}-]+(:[\w${}]+)?/[\w./~%?=&;${}-]*")
_HOST = re.compile(r"[\w.${}-]+(:[\w${}]+)?")
_FILE = re.compile(r"(/[\w.@${}-]+)+/?")


@rule("L054")
def screens_of_machines(draft: Draft) -> Iterator[Finding]:
    """Each screen is that of a machine of the lab."""
    for number, screen in _screens(draft):
        if draft.lab.value and screen.machine not in draft.lab.value.machines:
            line = draft.lab.line("screens", number, "machine")
            yield draft.lab.path, line, {"screen": screen.id, "machine": screen.machine}


@rule("L055")
def screens_show_one_thing(draft: Draft) -> Iterator[Finding]:
    """A browser shows a `url`, paper and a mailbox a `file`, a display one of both; only a display
    has `silent`, and must have it; `hosts` goes with a `url`."""
    for number, screen in _screens(draft):
        if not _fits(screen):
            line = draft.lab.line("screens", number)
            yield draft.lab.path, line, {"screen": screen.id}


@rule("L056")
def screens_in_bounds(draft: Draft) -> Iterator[Finding]:
    """A lab has at most 4 screens, each looked at every 5 to 300 seconds."""
    for number, screen in _screens(draft):
        if number >= _MOST or screen.seconds not in _SECONDS:
            line = draft.lab.line("screens", number, "seconds")
            yield draft.lab.path, line, {"screen": screen.id}


@rule("L057")
def screens_at_plain_places(draft: Draft) -> Iterator[Finding]:
    """A screen's `url` is a whole `http://` address, its `hosts` are names, and its `file` is a
    whole path without `..`."""
    for number, screen in _screens(draft):
        for key, good in (
            ("url", not screen.url or _URL.fullmatch(screen.url)),
            ("file", not screen.file or _plain(screen.file)),
            ("hosts", all(map(_HOST.fullmatch, screen.hosts))),
        ):
            if not good:
                line = draft.lab.line("screens", number, key)
                yield draft.lab.path, line, {"screen": screen.id, "key": key}


def _plain(path: str) -> bool:
    return bool(_FILE.fullmatch(path)) and not {".", ".."} & set(path.split("/"))


def _fits(screen: Screen) -> bool:
    url, file = bool(screen.url), bool(screen.file)
    display = screen.kind is ScreenKind.DISPLAY
    source = {
        ScreenKind.BROWSER: url and not file,
        ScreenKind.DISPLAY: url != file,
    }.get(screen.kind, file and not url)
    return source and display == (screen.silent is not None) and (url or not screen.hosts)


def _screens(draft: Draft) -> list[tuple[int, Screen]]:
    return list(enumerate(draft.lab.value.screens)) if draft.lab.value else []
