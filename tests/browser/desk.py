"""A server that speaks the panel's protocol without labs: for looks, keyboard and bad moments."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from tornado import web, websocket
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from breakfix.codec import to_data
from breakfix.errors import BreakfixError
from breakfix.messages import Language, catalogue, say
from breakfix.model.lab import Level
from breakfix.model.logbook import Entry
from breakfix.model.progress import Occasion
from breakfix.model.recording import Recording
from breakfix.model.screen import Look, Trouble
from breakfix.model.session import LabSummary, State
from breakfix.model.value import Text
from breakfix.server.state import told
from breakfix.session.view import summary
from tests.browser.asked import (
    EXTENSION,
    EngineAsked,
    LabsAsked,
    LanguageAsked,
    LogbookAsked,
    Page,
    ProgressAsked,
    RecordingsAsked,
    WordsAsked,
)  # fmt: skip
from tests.browser.entries import ENTRIES
from tests.browser.states import LAB, STATES, Story


def some_labs() -> tuple[LabSummary, ...]:
    """One that is finished, one to go on with, and one that nobody opened."""
    one = summary(LAB, State.STOPPED, proven=True)
    return (
        replace(one, module="m020-os", slug="till", level=Level.STARTER, state=State.FINISHED,
                title=Text("De kassa start niet meer", "The till does not start any more")),
        one,
        replace(one, slug="slow", state=None, proven=False, level=Level.ADVANCED, minutes=35,
                title=Text("Het net is zo traag", "The network is so slow")),
    )  # fmt: skip


@dataclass
class Fake:
    """What the server does, for a test to choose and to look at."""

    language: Language = Language.NL
    answers: bool = True
    #: Requests pass and sockets do not; nobody is logged in.
    blocked: bool = False
    stranger: bool = False
    #: Why no machine can run; with `refuses`, why the lists and notebooks are refused.
    engine: BreakfixError | None = None
    refuses: BreakfixError | None = None
    #: A mistake of ours answers every request.
    breaks: bool = False
    labs: tuple[LabSummary, ...] = field(default_factory=some_labs)
    occasions: tuple[Occasion, ...] = ()
    entries: tuple[Entry, ...] = ENTRIES
    notes: list[str] = field(default_factory=list)
    keeps: bool = True
    story: Story = field(default_factory=Story)
    #: With which of its states it began.
    began: str = ""
    typed: list[str] = field(default_factory=list)
    sizes: list[tuple[int, int]] = field(default_factory=list)
    acknowledged: int = 0
    #: A machine that gives no terminal.
    hangs: bool = False
    terminals: dict[str, list[bytes]] = field(default_factory=dict)
    recordings: tuple[Recording, ...] = ()
    cast: str = ""
    asked_for: list[str] = field(default_factory=list)
    sockets: set[websocket.WebSocketHandler] = field(default_factory=set)
    #: Sockets that are open and pass nothing: their computer sleeps.
    dead: set[websocket.WebSocketHandler] = field(default_factory=set)
    panels: set[Panel] = field(default_factory=set)
    loop: asyncio.AbstractEventLoop | None = None
    #: What each screen shows, for a test to choose; the screens that were looked at.
    looks: dict[str, Look | str] = field(default_factory=dict)
    looked: list[str] = field(default_factory=list)

    def look(self, screen: str) -> dict[str, object]:
        """What the panel is told of a screen; words say why it could not be looked at."""
        found = self.looks.get(screen, Look(screen, 1_790_000_000.0, trouble=Trouble.UNSEEN))
        if isinstance(found, str):
            return {"kind": "unseen", "screen": screen, "key": "x", "text": found}
        return {"kind": "look", "look": to_data(found)}

    def call(self, work: Any) -> None:  # noqa: ANN401 (any coroutine or function of the loop)
        """Do `work` on the server's loop, and wait for it."""

        async def doing() -> None:
            work()

        assert self.loop is not None
        asyncio.run_coroutine_threadsafe(doing(), self.loop).result(10)

    def cut(self) -> None:
        """Cut every line."""

        def cutting() -> None:
            for socket in list(self.sockets):
                socket.close()

        self.call(cutting)

    def tell(self) -> None:
        """Tell every panel how it is."""

        def telling() -> None:
            for panel in self.panels - self.dead:
                panel.tell()

        self.call(telling)

    def sleep(self) -> None:
        """No socket that is open now passes anything any more, and nobody closes it."""
        self.dead |= self.sockets

    def output(self, data: bytes) -> None:
        """Every machine prints `data`."""
        for kept in self.terminals.values():
            kept.append(data)
        self.call(
            lambda: [
                socket.write_message(data, binary=True)
                for socket in list(self.sockets)
                if isinstance(socket, Shell)
            ]
        )


class _Socket(websocket.WebSocketHandler):
    def initialize(self, fake: Fake) -> None:
        self.fake = fake

    def prepare(self) -> None:
        if self.fake.stranger or self.fake.blocked:
            raise web.HTTPError(403 if self.fake.stranger else 502)

    def open(self, *_: str) -> None:
        if not self.fake.answers:
            self.close()
            return
        self.fake.sockets.add(self)
        self.opened()

    def opened(self) -> None:
        """The line is there."""

    def on_close(self) -> None:
        self.fake.sockets.discard(self)


class Panel(_Socket):
    """A panel: it begins with the state that its address names, and goes on with the story."""

    def opened(self) -> None:
        """Tell how it is."""
        self.fake.panels.add(self)
        name = self.get_argument("notebook")
        if name in STATES and name != self.fake.began:
            self.fake.began = self.fake.story.at = name
        self.tell()

    def tell(self, busy: dict[str, object] | None = None) -> None:
        """Tell how it is."""
        canned = self.fake.story.canned()
        self.write_message(replace(canned, busy=busy or canned.busy).message(self.fake.language))

    async def on_message(self, message: str | bytes) -> None:
        """Do a verb."""
        if self in self.fake.dead:
            return
        asked = json.loads(message)
        if "look_at" in asked:
            self.fake.looked.append(asked["look_at"])
            self.write_message(json.dumps(self.fake.look(asked["look_at"])))
            return
        if asked["do"] == "draft":
            self.fake.story.drafts[asked["question"]] = asked["text"]
            return
        busy = {"verb": asked["do"], "step": "check", "done": 0, "total": 0}
        self.tell(busy)
        if asked["do"] == "leave-out":
            kept = tuple(one for one in self.fake.recordings if one.id != asked["recording"])
            self.fake.recordings = kept
        if asked["do"] == "stop":
            text = catalogue(self.fake.language)["engine.wire"].format(reason="…")
            failed = {"kind": "failed", "id": asked["id"], "verb": "stop", "key": "x", "text": text}
            self.write_message(json.dumps(failed))
        else:
            try:
                await asyncio.to_thread(self.fake.story.do, asked)
            except BreakfixError as error:
                failed = {"kind": "failed", "id": asked["id"], "verb": asked["do"]}
                self.write_message(json.dumps(failed | told(error, self.fake.language)))
        for panel in list(self.fake.panels):
            panel.tell()

    def on_close(self) -> None:
        """Nobody looks."""
        super().on_close()
        self.fake.panels.discard(self)


class Shell(_Socket):
    """A shell that shows what is typed; it is found again by its id."""

    def open(self, *names: str) -> None:
        """Greet, or show again what was there."""
        self.machine = names[1]
        super().open(*names)

    def opened(self) -> None:
        """Begin, or go on."""
        own = self.get_argument("id")
        fresh = own not in self.fake.terminals
        self.own = own
        for other in self.fake.sockets - self.fake.dead - {self}:
            if isinstance(other, Shell) and other.own == own:
                other.end("panel.terminal-elsewhere")
        self.kept = self.fake.terminals.setdefault(own, [])
        if self.fake.hangs:
            return
        if fresh:
            self.kept.append(f"Welkom op {self.machine}\r\nsupport@{self.machine}:~$ ".encode())
        self.write_message(json.dumps({"t": "ready", "fresh": fresh}))
        for data in self.kept:
            self.write_message(data, binary=True)

    def on_message(self, message: str | bytes) -> None:
        """Typing, a size, or an acknowledgement."""
        told = json.loads(message)
        if self in self.fake.dead:
            return
        if told["t"] == "size":
            self.fake.sizes.append((told["cols"], told["rows"]))
        elif told["t"] == "ack":
            self.fake.acknowledged += told["n"]
        else:
            self._type(told["d"])

    def _type(self, text: str) -> None:
        self.fake.typed.append(text)
        if text in _ENDS:
            self.end(_ENDS[text])
            return
        data = text.replace("\r", f"\r\nsupport@{self.machine}:~$ ").encode()
        self.kept.append(data)
        self.write_message(data, binary=True)

    def end(self, reason: str) -> None:
        """Say why nothing more comes."""
        text = say(reason, self.fake.language, machine=self.machine)
        self.write_message(json.dumps({"t": "end", "reason": reason, "text": text}))
        self.close()


#: Keys that end a shell here: Ctrl-D closes it, with Ctrl-Z its machine restarts.
_ENDS = {"\x04": "panel.shell-ended", "\x1a": "panel.machine-off"}


def _application(fake: Fake) -> web.Application:
    own = {"fake": fake}
    return web.Application(
        [
            ("/page", Page),
            ("/breakfix/api/words", WordsAsked, own),
            ("/breakfix/api/labs", LabsAsked, own),
            ("/breakfix/api/engine", EngineAsked, own),
            ("/breakfix/api/labs/([a-z-]+)/open", LabsAsked, own),
            ("/breakfix/api/labs/([a-z-]+)/recordings", RecordingsAsked, own),
            ("/breakfix/api/labs/([a-z-]+)/recordings/([0-9a-z-]+)", RecordingsAsked, own),
            ("/breakfix/api/language", LanguageAsked, own),
            ("/breakfix/api/progress", ProgressAsked, own),
            ("/breakfix/api/logbook", LogbookAsked, own),
            (r"/breakfix/api/logbook/([a-z-]+\.[0-9]+)", LogbookAsked, own),
            ("/breakfix/panel/([a-z-]+)", Panel, own),
            ("/breakfix/terminal/([a-z-]+)/([a-z-]+)", Shell, own),
        ],
        static_path=str(EXTENSION / "static"),
    )


async def _end(fake: Fake, server: HTTPServer) -> None:
    """Nothing stays open, for a later test would be told of that."""
    server.stop()
    await server.close_all_connections()
    while fake.sockets:
        for socket in list(fake.sockets):
            socket.close()
        await asyncio.sleep(0.01)


@contextmanager
def serving(fake: Fake) -> Iterator[str]:
    """The address of a server that does what `fake` says."""
    sock, port = bind_unused_port()
    loop = asyncio.new_event_loop()
    fake.loop = loop
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    servers: list[HTTPServer] = []

    def start() -> None:
        server = HTTPServer(_application(fake))
        server.add_socket(sock)
        servers.append(server)

    fake.call(start)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        asyncio.run_coroutine_threadsafe(_end(fake, servers[0]), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
        loop.close()
