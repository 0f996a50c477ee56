"""`terminal/<slug>/<machine>`: bytes out, typing in."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Literal

from pydantic import ValidationError
from tornado import web

from breakfix.codec import from_json
from breakfix.errors import BreakfixError, EngineError
from breakfix.messages import say
from breakfix.model.value import Value
from breakfix.server.ending import machines_of
from breakfix.server.guard import GuardedSocket
from breakfix.server.live import LiveLab
from breakfix.server.shell import Shell
from breakfix.server.shells import Key
from breakfix.server.state import told

_ID = re.compile(r"[0-9a-f]{16}")
#: The largest screen that anybody has, in rows or columns.
_MOST_CELLS = 1000
_WRONG = 1008


@dataclass(frozen=True)
class Frame(Value):
    """What a browser sends: typing, its size in cells, or how many bytes it has shown."""

    t: Literal["in", "size", "ack"]
    d: str = ""
    cols: int = 0
    rows: int = 0
    n: int = 0


class TerminalSocket(GuardedSocket):
    """One open terminal; see `breakfix.server.shell.Screen`."""

    lab: LiveLab
    key: Key
    shell: Shell | None = None
    closed = False
    _size: tuple[int, int] | None = None
    _sizing = False
    _too_early = False

    async def look_up(self, *names: str) -> None:
        """Find the machine among those of the session. Raises HTTPError 404 for any other, and for
        what is no id."""
        slug, machine = names
        number = self.get_query_argument("id", "")
        if not _ID.fullmatch(number):
            raise web.HTTPError(404)
        self.lab, self.key = self.desk.lab(slug), Key(slug, machine, number)
        if not self.lab.panels or self.lab.seen.view is None:
            await self.lab.look()
        view = self.lab.seen.view
        if view is not None and machine not in machines_of(view):
            raise web.HTTPError(404)

    def open(self, *names: str, **more: str) -> None:
        """Show the page's shell."""
        super().open(*names, **more)
        self._early: list[bytes] = []
        self._opening = asyncio.ensure_future(self._attach())

    def on_message(self, message: str | bytes) -> None:
        """Type, resize, or take note of what was shown."""
        try:
            frame = from_json(Frame, message)
        except ValidationError:
            self.close(_WRONG)
            return
        if frame.t == "ack" and self.shell is not None:
            self.shell.ack(frame.n)
        elif frame.t == "size":
            self._resize(frame)
        elif frame.t == "in":
            self.note_activity()
            self._type(frame.d.encode("utf-8", "surrogatepass"))

    def on_close(self) -> None:
        """The shell waits for the page to come back."""
        super().on_close()
        self.closed = True
        if self.shell is not None:
            self.desk.shells.detach(self.key, self)
        self.desk.let_go(self.lab)

    def show(self, data: bytes) -> None:
        """Print `data`."""
        self.say(data)

    def end(self, reason: str, text: str) -> None:
        """Say that nothing more comes, and why."""
        self.shell = None
        self.say(json.dumps({"t": "end", "reason": reason, "text": text}))
        self.close()

    async def _attach(self) -> None:
        try:
            shell, fresh, first = await self.desk.shells.attach(self.key, self.lab, self)
        except BreakfixError as error:
            self.end(**_reason(told(error, self.lab.choice.language)))
            return
        if self.closed or self._too_early:
            self.desk.shells.detach(self.key, self)
            return
        self.shell = shell
        self.say(json.dumps({"t": "ready", "fresh": fresh}))
        if first:
            self.say(first)
        self._apply_size()
        early, self._early = self._early, []
        for data in early:
            self._type(data)

    def _type(self, data: bytes) -> None:
        if self.shell is None:
            self._type_early(data)
        elif not self.shell.type(data):
            self._end_too_much()

    def _type_early(self, data: bytes) -> None:
        """Keep it until there is a shell: all of it or nothing, for half a command is another."""
        self._early.append(data)
        if not self._too_early and sum(map(len, self._early)) > _MOST_EARLY:
            self._too_early = True
            self._end_too_much()
        if self._too_early:
            self._early.clear()

    def _end_too_much(self) -> None:
        reason = "panel.too-much-typed"
        self.end(reason, say(reason, self.lab.choice.language))

    def _resize(self, frame: Frame) -> None:
        if 0 < frame.rows <= _MOST_CELLS and 0 < frame.cols <= _MOST_CELLS:
            self._size = (frame.rows, frame.cols)
            self._apply_size()

    def _apply_size(self) -> None:
        """Tell the shell the newest size, one at a time: a window that is dragged has many."""
        if self.shell is None or self._size is None or self._sizing:
            return
        shell, (rows, columns) = self.shell, self._size
        self._size, self._sizing = None, True
        done = self.desk.hands.calls.run(lambda: shell.resize(rows, columns))
        done.add_done_callback(self._sized)

    def _sized(self, done: asyncio.Future[None]) -> None:
        self._sizing = False
        # A machine that just went off can't be told; its end is told elsewhere.
        if done.exception() is None or isinstance(done.exception(), EngineError):
            self._apply_size()


#: Bytes that may be typed before there is a shell.
_MOST_EARLY = 64 << 10


def _reason(error: dict[str, str]) -> dict[str, str]:
    return {"reason": error["key"], "text": error["text"]}
