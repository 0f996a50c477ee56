"""The kept shells of all labs: opened, found again, bounded, ended with a sentence."""

from __future__ import annotations

import asyncio
import atexit
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from breakfix.errors import SessionBusy, SessionError
from breakfix.messages import say
from breakfix.ports.lab_service import Terminal
from breakfix.server.ending import Run, is_up, run_of, why_ended, why_not
from breakfix.server.live import LiveLab
from breakfix.server.shell import Screen, Shell

#: Shells that one lab may have, and how long one lives without a page, in seconds.
MOST = 12
ALONE_SECONDS = 7200.0
#: Seconds for which opening waits until another command is ready with the session.
_BUSY_SECONDS = 60.0
_LEAVE_SECONDS = 3.0


@dataclass(frozen=True)
class Key:
    """Which shell: `id` is the page's own."""

    slug: str
    machine: str
    id: str


@dataclass
class Kept:
    """A shell, the run of its machine (`sure` once that was seen again after it was opened), since
    when (by the loop's clock) no page shows it, and what ends it then."""

    lab: LiveLab
    shell: Shell
    run: Run
    sure: bool = False
    alone_since: float = 0.0
    timer: asyncio.TimerHandle | None = None


@dataclass
class Shells:
    """Every shell of this server; used on its loop. `on_drop` hears whose shell is gone."""

    alone_seconds: float = ALONE_SECONDS
    most: int = MOST
    on_drop: Callable[[LiveLab], None] = lambda _: None
    _kept: dict[Key, Kept] = field(default_factory=dict)
    _opening: dict[Key, asyncio.Lock] = field(default_factory=dict)
    _tasks: set[asyncio.Future[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        atexit.register(self.leave)

    async def attach(self, key: Key, lab: LiveLab, screen: Screen) -> tuple[Shell, bool, bytes]:
        """The page's shell, whether it is new, and what to show first. Raises BreakfixError."""
        lock = self._opening.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                kept = self._kept.get(key)
                fresh = kept is None
                if kept is None:
                    kept = await self._open(key, lab)
                return kept.shell, fresh, self._show(kept, screen)
        finally:
            if not lock.locked():
                self._opening.pop(key, None)

    def detach(self, key: Key, screen: Screen) -> None:
        """A page is gone; its shell waits for it."""
        kept = self._kept.get(key)
        if kept is not None and kept.shell.detach(screen):
            loop = asyncio.get_running_loop()
            kept.alone_since = loop.time()
            kept.timer = loop.call_later(self.alone_seconds, self._drop, key)

    def end_lab(self, lab: LiveLab, reason: str) -> None:
        """End every shell of a lab, for `reason`."""
        for key in [key for key in self._kept if key.slug == lab.slug]:
            self._end(key, {"key": reason, "text": say(reason, lab.choice.language)})

    def end_left_over(self, lab: LiveLab) -> None:
        """End the shells of runs of machines that are over: an engine does not always tell that
        what ran on a machine ended with it."""
        view = lab.seen.view
        if lab.seen.trouble is not None or lab.busy is not None or view is None:
            return
        for key, kept in self._kept.items():
            over = kept.sure and run_of(view, key.machine) != kept.run
            if key.slug == lab.slug and over and not kept.shell.closed:
                lab.hands.calls.run(kept.shell.give_up)

    def count(self, slug: str) -> int:
        """How many shells a lab has."""
        return sum(key.slug == slug for key in self._kept)

    def leave(self) -> None:
        """The server ends: hang all of them up, and wait for that only a little."""
        kept, self._kept = list(self._kept.values()), {}
        hanging = [threading.Thread(target=one.shell.close, daemon=True) for one in kept]
        for thread in hanging:
            thread.start()
        end = time.monotonic() + _LEAVE_SECONDS
        for thread in hanging:
            thread.join(max(0.0, end - time.monotonic()))

    async def _open(self, key: Key, lab: LiveLab) -> Kept:
        before = lab.seen.view
        if self.count(key.slug) + len(self._others_opening(key)) >= self.most:
            self._drop(self._longest_alone(key.slug))
        terminal = await _opened(key, lab)
        name = f"{key.slug}-{key.machine}"
        shell = Shell(name, terminal, lambda status: self._begin_end(key, status))
        kept = self._kept[key] = Kept(lab, shell, run_of(before, key.machine))
        # Opening starts a machine that is off; the page need not wait until its run is known.
        self._aside(_learn_run(kept, key.machine, started=not is_up(before, key.machine)))
        return kept

    def _others_opening(self, key: Key) -> list[Key]:
        return [
            other
            for other, lock in self._opening.items()
            if other.slug == key.slug and other != key and lock.locked()
        ]

    def _longest_alone(self, slug: str) -> Key:
        """The shell that makes room. Raises SessionError when a page shows each of them."""
        alone = [
            (kept.alone_since, key)
            for key, kept in self._kept.items()
            if key.slug == slug and kept.shell.screen is None
        ]
        if not alone:
            raise SessionError("panel.terminals-full", most=self.most)
        return min(alone, key=lambda one: one[0])[1]

    def _show(self, kept: Kept, screen: Screen) -> bytes:
        if kept.timer is not None:
            kept.timer.cancel()
            kept.timer = None
        before = kept.shell.screen
        if before is not None and before is not screen:
            reason = "panel.terminal-elsewhere"
            before.end(reason, say(reason, kept.lab.choice.language))
        return kept.shell.attach(screen)

    def _begin_end(self, key: Key, status: int) -> None:
        kept = self._kept.get(key)
        if kept is not None and kept.shell.closed:
            # At once: a page that comes back meanwhile must not find a shell that has ended.
            self._drop(key)
            self._aside(_say_why(kept, key.machine, status))

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _end(self, key: Key, reason: dict[str, str]) -> None:
        kept = self._drop(key)
        if kept is not None:
            _say(kept, reason)

    def _drop(self, key: Key) -> Kept | None:
        kept = self._kept.pop(key, None)
        if kept is None:
            return None
        if kept.timer is not None:
            kept.timer.cancel()
        if not kept.shell.closed:
            kept.lab.hands.calls.run(kept.shell.close)
        self.on_drop(kept.lab)
        return kept


async def _opened(key: Key, lab: LiveLab) -> Terminal:
    """A new terminal; waits while another command holds the session."""
    loop = asyncio.get_running_loop()
    end = loop.time() + _BUSY_SECONDS
    while True:
        why_not(lab, key.machine)
        try:
            return await lab.hands.calls.run(
                lambda: lab.door.labs().terminal(key.slug, key.machine)
            )
        except SessionBusy:
            if loop.time() > end:
                raise
            await asyncio.sleep(0.5)


async def _learn_run(kept: Kept, machine: str, *, started: bool) -> None:
    await kept.lab.look()
    found = run_of(kept.lab.seen.view, machine)
    if started and found is not None and (kept.run is None or kept.run[:2] == found[:2]):
        kept.run = found
    # Another run than before may be the one that it is in, or one that began meanwhile.
    kept.sure = found == kept.run


async def _say_why(kept: Kept, machine: str, status: int) -> None:
    _say(kept, await why_ended(kept.lab, machine, kept.run, status))


def _say(kept: Kept, reason: dict[str, str]) -> None:
    if kept.shell.screen is not None:
        kept.shell.screen.end(reason["key"], reason["text"])
