"""Threads for what takes time, so that the server goes on answering meanwhile.

They end with the process, however long an engine takes to answer: the threads of Python's own pools
would keep a server alive that was told to stop.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
_Work = tuple[asyncio.AbstractEventLoop, "asyncio.Future[Any]", Callable[[], Any]]


class Workers:
    """At most `most` threads; one that is idle is used before another is made, because each thread
    that checks keeps a process of its own."""

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._most = most
        self._made = 0
        self._idle = threading.Semaphore(0)
        self._work: queue.SimpleQueue[_Work] = queue.SimpleQueue()

    def run(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Do `work` in a thread; called on the server's loop."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._work.put((loop, done, work))
        if not self._idle.acquire(blocking=False) and self._made < self._most:
            self._made += 1
            threading.Thread(
                target=self._serve, name=f"{self._name}-{self._made}", daemon=True
            ).start()
        return done

    def _serve(self) -> None:
        while True:
            loop, done, work = self._work.get()
            settle, found = _worked(done, work)
            # First idle, then told: whoever hears of it may have more to do at once.
            self._idle.release()
            _tell(loop, settle, done, found)


def _worked(
    done: asyncio.Future[Any], work: Callable[[], Any]
) -> tuple[Callable[[Any], None], object]:
    try:
        return done.set_result, work()
    except BaseException as error:  # noqa: BLE001 (whoever waits gets it)
        return done.set_exception, error


def _tell(
    loop: asyncio.AbstractEventLoop,
    settle: Callable[[Any], None],
    done: asyncio.Future[Any],
    value: object,
) -> None:
    def settled() -> None:
        if not done.done():
            settle(value)

    if not loop.is_closed():
        loop.call_soon_threadsafe(settled)
