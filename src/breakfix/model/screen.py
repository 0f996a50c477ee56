"""The customer's screen: what a lab declares of it, and what was seen on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from breakfix.model.value import Text, Value


class ScreenKind(StrEnum):
    """What the customer looks at.

    `browser` shows one page of a site; `display` is the small screen of a device, which shows plain
    text; `paper` is what was printed last; `mailbox` holds messages.
    """

    BROWSER = "browser"
    DISPLAY = "display"
    PAPER = "paper"
    MAILBOX = "mailbox"


class Trouble(StrEnum):
    """Why a screen shows nothing of what it should show."""

    NAME = "name"
    ROUTE = "route"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    ENDED = "ended"
    SERVER = "server"
    NOT_THERE = "not-there"
    AWAY = "away"
    ODD = "odd"
    SILENT = "silent"
    OFF = "off"
    UNSEEN = "unseen"


@dataclass(frozen=True)
class Screen(Value):
    """A screen as its lab declares it.

    It is seen from the place of `machine`. Either `url` is asked there, which may lead on to
    `hosts` only, or `file` is read there (with a `/` at its end: the newest file in that folder).
    `silent` is what a display says by itself when it gets nothing to show; `seconds` is how often
    it is looked at while it is shown.
    """

    id: str
    machine: str
    kind: ScreenKind
    title: Text
    url: str = ""
    file: str = ""
    hosts: tuple[str, ...] = ()
    silent: Text | None = None
    seconds: int = 15


@dataclass(frozen=True)
class ScreenView(Value):
    """A screen that may be looked at; `address` is what a browser's address bar says."""

    id: str
    kind: ScreenKind
    machine: str
    title: Text
    address: str = ""
    seconds: int = 15


@dataclass(frozen=True)
class Page(Value):
    """A page that only can be read: `body` holds a few plain elements, without a script, a style,
    a picture, or a link or form that works."""

    title: str
    body: str
    language: str = ""


@dataclass(frozen=True)
class Message(Value):
    """A message in a mailbox, as plain text."""

    sender: str
    subject: str
    date: str
    text: str


@dataclass(frozen=True)
class Shown(Value):
    """What a page or a file came to: one of `page`, `text` and `messages`; `cut` says that there
    was more than is shown."""

    page: Page | None = None
    text: str = ""
    messages: tuple[Message, ...] = ()
    cut: bool = False


@dataclass(frozen=True)
class Look(Value):
    """A screen as it was at the time `at` (seconds since 1970).

    `shown` is None when there is `trouble`. A display does not say which: it is silent, and shows
    the words `silent`. `status` is the number with which a server refused; `address` is where the
    browser ended.
    """

    screen: str
    at: float
    shown: Shown | None = None
    trouble: Trouble | None = None
    status: int = 0
    address: str = ""
    silent: Text | None = None
