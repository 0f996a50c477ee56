"""The customer's screens of a session: which there are, and what one shows."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace

from breakfix.content.text import filled
from breakfix.errors import NotFound, NotObservable
from breakfix.model.lab import Lab
from breakfix.model.parameter import fill
from breakfix.model.screen import Look, Screen, ScreenKind, ScreenView, Trouble
from breakfix.ports.runtime import MachineKey
from breakfix.ports.shell import Observer
from breakfix.screens.looking import Eyes
from breakfix.session.machines import Crew


def screens(lab: Lab, values: Mapping[str, str]) -> tuple[ScreenView, ...]:
    """The screens of a lab, as the learner hears of them."""
    return tuple(_view(screen_of(screen, values)) for screen in lab.screens)


def declared(lab: Lab, name: str, values: Mapping[str, str]) -> Screen:
    """The screen called `name`, with the values of the session. Raises NotFound."""
    for screen in lab.screens:
        if screen.id == name:
            return screen_of(screen, values)
    known = ", ".join(screen.id for screen in lab.screens) or "-"
    raise NotFound("lab.screen-not-found", screen=name, known=known)


def screen_of(screen: Screen, values: Mapping[str, str]) -> Screen:
    """A screen with its parameters filled in."""
    return replace(
        screen,
        title=filled(screen.title, values),
        url=fill(screen.url, values),
        file=fill(screen.file, values),
        hosts=tuple(fill(host, values) for host in screen.hosts),
        silent=filled(screen.silent, values) if screen.silent else None,
    )


def look(
    crew: Crew, screen: Screen, eyes: Eyes, alone: AbstractContextManager[object], at: float
) -> Look:
    """What a screen shows. `alone` holds the session while the look begins, and no longer: checks
    look through the same observer, and a check must not wait for a page that does not come."""
    if not crew.awake(screen.machine):
        return Look(screen.id, at, trouble=Trouble.OFF)
    try:
        with ExitStack() as afterwards:
            with alone:
                observer = crew.runtime.observer(MachineKey(crew.session, screen.machine))
                afterwards.callback(_hang_up, observer)
                eyes.settle(observer)
            return told(eyes.see(observer, screen, at), screen)
    except NotObservable:
        return Look(screen.id, at, trouble=Trouble.UNSEEN)


def _hang_up(observer: Observer) -> None:
    observer.tools.close()
    observer.root.close()


def told(found: Look, screen: Screen) -> Look:
    """What may be told of a look: a display does not say why it stays silent, and only a browser
    has an address bar."""
    if screen.kind is ScreenKind.BROWSER:
        return found
    quiet = screen.kind is ScreenKind.DISPLAY and found.trouble not in _OURS
    found = replace(found, address="", status=0)
    return replace(found, trouble=Trouble.SILENT, silent=screen.silent) if quiet else found


#: What has nothing to do with the display itself.
_OURS = {None, Trouble.OFF, Trouble.UNSEEN}


def _view(screen: Screen) -> ScreenView:
    address = screen.url if screen.kind is ScreenKind.BROWSER else ""
    return ScreenView(screen.id, screen.kind, screen.machine, screen.title, address, screen.seconds)
