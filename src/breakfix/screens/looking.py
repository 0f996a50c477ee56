"""Looking at a screen: what it shows now, or why it shows nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from breakfix.model.screen import Look, Screen, ScreenKind, Shown, Trouble
from breakfix.observe.machines import copy_name_files
from breakfix.ports.shell import Observer
from breakfix.screens.answer import Answer
from breakfix.screens.asking import ask
from breakfix.screens.drawing import Draw
from breakfix.screens.mailbox import messages
from breakfix.screens.reading import read


class Eyes(Protocol):
    """How screens are seen."""

    def settle(self, observer: Observer) -> None:
        """Take the place of the customer's computer; nobody else may look through this observer
        meanwhile. Raises NotObservable."""

    def see(self, observer: Observer, screen: Screen, at: float) -> Look:
        """What `screen` shows. Raises NotObservable."""


@dataclass(frozen=True)
class ObserverEyes:
    """Eyes that look through an observer, and draw pages with `draw`."""

    draw: Draw

    def settle(self, observer: Observer) -> None:
        """Look names up as the customer's computer does."""
        copy_name_files(observer)

    def see(self, observer: Observer, screen: Screen, at: float) -> Look:
        """What `screen` shows."""
        answer = _answer(observer, screen)
        look = Look(screen.id, at, address=answer.address, status=answer.status)
        if answer.trouble:
            return replace(look, trouble=answer.trouble)
        shown = self._shown(screen.kind, answer)
        return replace(look, shown=shown, trouble=None if shown else Trouble.ODD)

    def _shown(self, kind: ScreenKind, answer: Answer) -> Shown | None:
        """What there is to see; None when it is nothing that such a screen can show."""
        if kind is ScreenKind.MAILBOX:
            return Shown(messages=messages(answer.content), cut=answer.cut)
        if kind is ScreenKind.BROWSER and answer.is_page:
            page = self.draw(answer.text())
            return Shown(page=page, cut=answer.cut) if page else None
        return Shown(text=answer.text(), cut=answer.cut) if answer.is_text else None


def _answer(observer: Observer, screen: Screen) -> Answer:
    if screen.url:
        return ask(observer.tools, screen.url, screen.hosts)
    return read(observer.root, screen.file, end=screen.kind is ScreenKind.MAILBOX)
