"""One shell without a socket: bytes are counted once, however fast a browser is."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from breakfix.server.credit import HIGH
from breakfix.server.shell import Shell

#: The most that is read of a machine in one go.
CHUNK = 128 << 10


@dataclass
class Flood:
    """A machine that prints so many pieces, once it begins, and then ends."""

    pieces: int = 8 * HIGH // CHUNK
    begin: threading.Event = field(default_factory=threading.Event)

    def read(self) -> bytes:
        """The next piece."""
        self.begin.wait(60)
        self.pieces -= 1
        return b"x" * CHUNK if self.pieces >= 0 else b""

    def write(self, data: bytes) -> None:
        """Nobody types."""

    def resize(self, rows: int, columns: int) -> None:
        """It has no size."""

    def close(self) -> int:
        """It ends by itself."""
        return 0


@dataclass(eq=False)
class Page:
    """A browser that acknowledges its first bytes before the server can turn round, and later ones
    when it gets to it; `first` happens at those first bytes."""

    shell: Shell
    first: Callable[[], None] | None = None
    shown: int = 0
    owed: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def show(self, data: bytes) -> None:
        """Take it."""
        self.shown += len(data)
        with self.lock:
            self.owed += len(data)
        if self.shown == len(data):
            if self.first is not None:
                self.first()
            self.pay()

    def pay(self) -> None:
        """Acknowledge all of it."""
        with self.lock:
            owed, self.owed = self.owed, 0
        self.shell.ack(owed)

    def end(self, reason: str, text: str) -> None:
        """Nothing more comes."""


@dataclass
class AtOnce:
    """A loop on which everything is done at the very moment at which it is asked."""

    ended: threading.Event = field(default_factory=threading.Event)

    def call_soon_threadsafe(self, work: Callable[..., None], *values: object) -> None:
        """Do it now, in the thread that asks."""
        work(*values)


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> AtOnce:
    """The loop that each shell gets."""
    made = AtOnce()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: made)
    return made


def until_ended(loop: AtOnce, page: Page, seconds: float = 60.0) -> bool:
    """Acknowledge now and then; whether the shell came to its end."""
    end = time.monotonic() + seconds
    while not loop.ended.wait(0.01) and time.monotonic() < end:
        page.pay()
    return loop.ended.is_set()


def test_an_ack_is_never_too_early(loop: AtOnce) -> None:
    """A browser that acknowledges before the server turned round loses no credit, so its terminal
    never stands still."""
    machine = Flood()
    shell = Shell("pc", machine, lambda _: loop.ended.set())
    page = Page(shell)
    shell.attach(page)
    machine.begin.set()
    assert until_ended(loop, page)
    assert page.shown == 8 * HIGH


def test_a_page_that_comes_back_in_a_flood_counts_no_byte_twice(loop: AtOnce) -> None:
    """A page that takes a shell over while it prints gets every byte counted once, and the shell
    goes on."""
    machine = Flood()
    shell = Shell("pc", machine, lambda _: loop.ended.set())
    second = Page(shell)
    shell.attach(Page(shell, lambda: second.show(shell.attach(second))))
    machine.begin.set()
    assert until_ended(loop, second)
    assert second.shown == 8 * HIGH
