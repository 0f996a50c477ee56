"""A shell on a machine that outlives its page: read, typed into, and shown again."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Protocol

from breakfix.errors import EngineError
from breakfix.ports.lab_service import Terminal
from breakfix.server.credit import Credit
from breakfix.server.replaying import Ring

#: Bytes that may wait to be typed: what a machine that takes nothing may keep in our memory.
MOST_WAITING = 1 << 20
#: The exit status when nobody can say it.
UNKNOWN = -1


class Screen(Protocol):
    """Where a shell is shown: one socket."""

    def show(self, data: bytes) -> None:
        """Print `data`."""

    def end(self, reason: str, text: str) -> None:
        """Say that nothing more comes, and why."""


class Shell:
    """One kept shell. All methods are called on the server's loop; two threads block for it.

    `on_end` is called with its exit status when the shell has ended by itself.
    """

    def __init__(self, name: str, terminal: Terminal, on_end: Callable[[int], None]) -> None:
        self._terminal = terminal
        self._on_end = on_end
        self._loop = asyncio.get_running_loop()
        self._ring = Ring()
        self._credit = Credit()
        self._typed: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._waiting = 0
        self._fresh: list[bytes] = []
        self._lock = threading.RLock()
        self.screen: Screen | None = None
        self.closed = False
        for work in (self._read, self._type):
            threading.Thread(target=work, name=f"shell-{name}", daemon=True).start()

    def attach(self, screen: Screen) -> bytes:
        """Show it on `screen` from now on; what is to be shown there first."""
        with self._lock:
            # What is read meanwhile is on the way to this screen, and counted once.
            self._flush()
            replay = self._ring.replay()
            self.screen = screen
            self._credit.begin(watched=True, away=len(replay))
        return replay

    def detach(self, screen: Screen) -> bool:
        """`screen` is gone; false when another one took over before."""
        if self.screen is not screen:
            return False
        self.screen = None
        self._credit.begin(watched=False)
        return True

    def type(self, data: bytes) -> bool:
        """Type `data`; false when too much is waiting already."""
        with self._lock:
            if self._waiting + len(data) > MOST_WAITING:
                return False
            self._waiting += len(data)
        self._typed.put(data)
        return True

    def ack(self, count: int) -> None:
        """The screen has shown `count` bytes."""
        self._credit.pay_back(count)

    def resize(self, rows: int, columns: int) -> None:
        """Tell the shell how large the screen is; blocks."""
        self._terminal.resize(rows, columns)

    def close(self) -> int:
        """Hang up, in any thread; returns the exit status. Blocks."""
        self.closed = True
        self._credit.close()
        self._typed.put(None)
        try:
            return self._terminal.close()
        except (EngineError, OSError):
            return UNKNOWN

    def give_up(self) -> None:
        """End a shell whose reader may wait for ever, in any thread. Blocks."""
        if not self.closed:
            self.close()
            self._loop.call_soon_threadsafe(self._on_end, UNKNOWN)

    def _read(self) -> None:
        while data := self._next():
            with self._lock:
                self._credit.spend(len(data))
                self._fresh.append(data)
                first = len(self._fresh) == 1
            if first:
                self._loop.call_soon_threadsafe(self._flush)
            self._credit.wait()
        if not self.closed:
            status = self.close()
            self._loop.call_soon_threadsafe(self._on_end, status)

    def _next(self) -> bytes:
        try:
            return b"" if self.closed else self._terminal.read()
        except (EngineError, OSError):
            return b""

    def _flush(self) -> None:
        """Show what was read since the last time, in one go."""
        with self._lock:
            data, self._fresh = b"".join(self._fresh), []
        if data:
            self._ring.add(data)
            if self.screen is not None:
                self.screen.show(data)

    def _type(self) -> None:
        while (data := self._typed.get()) is not None:
            try:
                self._terminal.write(data)
            except (EngineError, OSError):
                # Its reader sees the end too, and tells.
                return
            with self._lock:
                self._waiting -= len(data)
