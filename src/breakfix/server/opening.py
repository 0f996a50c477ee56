"""What the panels share, made in a thread when the server starts: the engine's libraries take a
while to load, and neither the server's start nor anybody's click waits for that."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from breakfix.server.desk import Desk
from breakfix.server.makings import Makings


class Opening:
    """The desk of a server that serves the folder `root`, as soon as it is there."""

    def __init__(self, make: Callable[[], Makings], root: Path) -> None:
        self._make = make
        self._root = root
        self._made: Future[Desk] = self._begin()

    async def desk(self) -> Desk:
        """The desk; making it is tried again when it failed."""
        if self._made.done() and self._made.exception() is not None:
            self._made = self._begin()
        return await asyncio.shield(asyncio.wrap_future(self._made))

    def _begin(self) -> Future[Desk]:
        made: Future[Desk] = Future()
        threading.Thread(
            target=self._work, args=(made,), name="breakfix-opening", daemon=True
        ).start()
        return made

    def _work(self, made: Future[Desk]) -> None:
        try:
            made.set_result(Desk(self._make(), self._root))
        except BaseException as error:  # noqa: BLE001 (whoever asks gets it)
            made.set_exception(error)
