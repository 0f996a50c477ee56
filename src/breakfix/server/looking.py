"""Seeing a lab as it is now. Runs in a thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

from breakfix.errors import BreakfixError, SessionError
from breakfix.model.screen import Look
from breakfix.model.session import Hint, LabSummary, SessionView
from breakfix.ports.lab_service import LabService, Listener
from breakfix.server.doing import session_of
from breakfix.server.place import Place
from breakfix.server.state import Seen

_LOG = logging.getLogger(__name__)


class Door:
    """The labs, opened when they are first needed, and tried again as long as that fails."""

    def __init__(self, open_labs: Callable[[], LabService], listener: Listener) -> None:
        self._open = open_labs
        self._listener = listener
        self._lock = threading.Lock()
        self._labs: LabService | None = None

    def labs(self) -> LabService:
        """The labs. Raises EngineError where no engine answers."""
        with self._lock:
            if self._labs is None:
                labs = self._open()
                labs.events(self._listener)
                self._labs = labs
            return self._labs


def look(door: Door, slug: str, before: Seen) -> Seen:
    """The lab as it is now; what can't be seen stays as `before`, and the trouble is told."""
    try:
        labs = door.labs()
        view = session_of(labs, slug)
        return Seen(_summary(labs, slug, view, before), view, _hints(labs, view, before))
    except BreakfixError as error:
        return replace(before, trouble=error)
    except Exception as error:  # noqa: BLE001 (told, and written down)
        # A mistake of ours must not leave a panel without an answer.
        _LOG.exception("looking at a lab failed: %s", slug)
        trouble = SessionError("panel.mistake", error=type(error).__name__)
        return replace(before, trouble=trouble)


def glance(door: Door, slug: str, place: Place, screen: str) -> Look:
    """What a screen shows, to the work of this place only. Raises BreakfixError."""
    labs = door.labs()
    place.need_own(session_of(labs, slug))
    return labs.look_at(slug, screen)


def _summary(labs: LabService, slug: str, view: SessionView | None, before: Seen) -> LabSummary:
    """What the list says. Where no session goes on it is read anew: the last one may be over."""
    if view is None:
        return labs.lab(slug)
    return replace(before.summary or labs.lab(slug), state=view.state)


def _hints(labs: LabService, view: SessionView | None, before: Seen) -> tuple[Hint, ...]:
    if view is None or not view.hints_shown:
        return ()
    # They change rarely, and reading them takes as long as looking at the session.
    same = before.view is not None and before.view.started == view.started
    if same and len(before.hints) == view.hints_shown:
        return before.hints
    return labs.hints(view.slug)
