"""One lab, live: what is seen of it, the one verb at work, and the panels that are told."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from breakfix.errors import BreakfixError, SessionBusy, SessionError
from breakfix.messages import Language
from breakfix.model.screen import Look
from breakfix.model.session import Event
from breakfix.server.asked import ENDING, Asked, Glance, Verb
from breakfix.server.doing import Change, do, drafted
from breakfix.server.looking import Door, glance, look
from breakfix.server.makings import Makings
from breakfix.server.memory import Shelf
from breakfix.server.place import Place
from breakfix.server.state import Busy, Seen, message, state, told
from breakfix.server.wording import Choice
from breakfix.server.workers import Workers

_LOG = logging.getLogger(__name__)
#: Seconds between two looks while a panel is open. A look costs some 6 ms of one processor, and
#: sees what happens outside: the command line, another server, a machine that stopped.
EVERY = 2.0


class Panel(Protocol):
    """An open panel."""

    place: Place

    def send(self, text: str) -> None:
        """Send one message; nothing when it was closed meanwhile."""


@dataclass(frozen=True)
class Hands:
    """The threads: for verbs, and for short questions, which never wait behind a verb."""

    verbs: Workers
    calls: Workers


@dataclass
class LiveLab:
    """A lab of this server; everything here happens on the server's loop. `end_terminals` is
    called when its machines of before are gone, `end_left_over` when they were looked at."""

    slug: str
    makings: Makings
    hands: Hands
    choice: Choice
    seen: Seen = field(default_factory=Seen)
    busy: Busy | None = None
    panels: dict[Panel, str] = field(default_factory=dict)
    end_terminals: Callable[[LiveLab, str], None] = lambda _lab, _reason: None
    end_left_over: Callable[[LiveLab], None] = lambda _lab: None

    def __post_init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._door = Door(self.makings.open_labs, self._heard)
        self._shelf = Shelf(self.makings.state / "panel" / f"{self.slug}.json")
        self._memory = self._shelf.read()
        self._glancing = asyncio.Lock()
        self._glances: set[tuple[Panel, str]] = set()
        self._looking: asyncio.Future[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def door(self) -> Door:
        """The way to the labs."""
        return self._door

    def join(self, panel: Panel) -> None:
        """Tell a panel of everything from now on."""
        self.panels[panel] = ""
        if self._watching is None:
            self._watching = self._loop.create_task(self._watch())
        elif self.seen != Seen():
            self._tell(panel)

    def leave(self, panel: Panel) -> None:
        """A panel was closed."""
        self.panels.pop(panel, None)
        if not self.panels and self._watching is not None:
            self._watching.cancel()
            self._watching = None

    async def look(self) -> None:
        """See how it is now, and tell the panels when it is not as they know it. Who asks while
        somebody looks already waits for a look that begins later."""
        if self._looking is not None:
            await asyncio.shield(self._looking)
        await asyncio.shield(self._begin_look())

    async def ask(self, panel: Panel, asked: Asked) -> None:
        """Do a verb for a panel; a second one meanwhile is refused."""
        if asked.do is Verb.DRAFT:
            self._draft(panel, asked)
            return
        if self.busy is not None:
            self._fail(panel, asked, SessionBusy("session.busy", lab=self.slug))
            return
        self.busy = Busy(asked.do.value)
        self.tell()
        change: Change | None = None
        try:
            change = await self.hands.verbs.run(
                lambda: do(self._door.labs(), self.slug, panel.place, asked)
            )
        except BreakfixError as error:
            self._fail(panel, asked, error)
        except Exception as error:  # noqa: BLE001 (a mistake of ours ends no panel)
            _LOG.exception("a verb of the panel failed: %s", asked.do)
            self._fail(panel, asked, SessionError("panel.mistake", error=type(error).__name__))
        await self._after(change)
        if change is not None and asked.do in ENDING:
            self.end_terminals(self, ENDING[asked.do])

    async def glance(self, panel: Panel, asked: Glance) -> None:
        """Look at a screen for a panel. Looks of one lab wait for each other, so that a page that
        does not come holds up one thread and no more; who asks again meanwhile gets one answer."""
        screen = asked.look_at
        if (panel, screen) in self._glances:
            return
        self._glances.add((panel, screen))
        try:
            panel.send(message("look", look=await self._glance(panel, screen)))
        except BreakfixError as error:
            panel.send(message("unseen", screen=screen, **told(error, self.choice.language)))
        finally:
            self._glances.discard((panel, screen))

    def tell(self) -> None:
        """Tell every panel what it does not know yet."""
        for panel in list(self.panels):
            self._tell(panel)

    def _draft(self, panel: Panel, asked: Asked) -> None:
        """Keep what is being typed; that waits for no verb, and no verb waits for it."""
        try:
            panel.place.need_own(self.seen.view)
            self._remember(drafted(self.seen.view, asked))
        except BreakfixError as error:
            self._fail(panel, asked, error)
        self.tell()

    def _remember(self, change: Change) -> None:
        self._memory = change(self._memory)
        # Whoever reads it next is another server: no panel waits for it.
        self.hands.calls.run(lambda: self._shelf.write(lambda: self._memory))

    async def _after(self, change: Change | None) -> None:
        try:
            await self.look()
        except Exception:  # noqa: BLE001 (a mistake of ours keeps no lab busy)
            # The next look may see it; a lab that stays busy would refuse every verb.
            _LOG.exception("the look after a verb failed: %s", self.slug)
        finally:
            self.busy = None
        if change is not None:
            self._remember(change)
        self.tell()

    async def _glance(self, panel: Panel, screen: str) -> Look:
        async with self._glancing:
            try:
                return await self.hands.calls.run(
                    lambda: glance(self._door, self.slug, panel.place, screen)
                )
            except BreakfixError:
                raise
            except Exception as error:
                _LOG.exception("a look at a screen failed: %s", screen)
                raise SessionError("panel.mistake", error=type(error).__name__) from error

    def _begin_look(self) -> asyncio.Future[None]:
        if self._looking is None:
            self._looking = asyncio.ensure_future(self._look())
        return self._looking

    async def _look(self) -> None:
        before = self.seen
        try:
            self.seen = await self.hands.calls.run(lambda: look(self._door, self.slug, before))
        finally:
            self._looking = None
        if self.seen.trouble is None:
            self._memory = self._memory.fitting(self.seen.view)
        self.end_left_over(self)
        self.tell()

    async def _watch(self) -> None:
        while True:
            with contextlib.suppress(Exception):
                await self.look()
            await asyncio.sleep(EVERY)

    def _tell(self, panel: Panel) -> None:
        # The page counts the seconds by itself: that they went on is nothing new.
        known = self._state(self.seen.timeless, panel)
        if self.panels.get(panel) != known:
            self.panels[panel] = known
            panel.send(self._state(self.seen, panel))

    def _state(self, seen: Seen, panel: Panel) -> str:
        return state(seen, self._memory, self.busy, panel.place, self.choice.language)

    def _fail(self, panel: Panel, asked: Asked, error: BreakfixError) -> None:
        panel.send(failure(asked.id, asked.do.value, error, self.choice.language))

    def _heard(self, event: Event) -> None:
        self._loop.call_soon_threadsafe(self._progress, event)

    def _progress(self, event: Event) -> None:
        if self.busy is None:
            return
        first = not self.busy.step
        self.busy = Busy(self.busy.verb, event.kind, event.done, event.total)
        if first:
            # A lab that starts has its ticket already: there is something to read meanwhile.
            self._begin_look()
        text = message("progress", **vars(self.busy))
        for panel in list(self.panels):
            panel.send(text)


def failure(number: int, verb: str, error: BreakfixError, language: Language) -> str:
    """The message that a verb failed."""
    return message("failed", id=number, verb=verb, **told(error, language))
