"""The customer's screen over the panel's socket: no verb, only what is declared, only one's own."""

from __future__ import annotations

import asyncio
import threading
from typing import Any
from unittest.mock import patch

import pytest

from breakfix.model.screen import Look
from tests.panel_browser import Socket
from tests.unit.server.serving import LAB, Serving
from tests.unit.server.test_panel import ASSIGNED, assign, on_panel, repair


async def looked(panel: Socket, screen: str = "printed-note") -> Any:  # noqa: ANN401 (JSON)
    """What a panel is told of a screen."""
    await panel.send(id=7, look_at=screen)
    return await panel.until(lambda found: found["kind"] in {"look", "unseen"})


def test_a_screen_is_looked_at(started: Serving) -> None:
    """The state names the screens; a look tells why nothing is there, and then shows the repair."""

    async def work(panel: Socket) -> tuple[Any, Any]:
        broken = await looked(panel)
        repair(started)
        return broken, await looked(panel)

    broken, repaired = on_panel(started, work)
    assert broken["look"]["trouble"] == "not-there"
    assert repaired["look"]["shown"]["text"].startswith("code: ")
    assert repaired["look"]["screen"] == "printed-note"


@pytest.mark.parametrize("screen", ["", "http://127.0.0.1:8888/", "../printed-note", "x" * 60_000])
def test_only_a_declared_screen_can_be_looked_at(started: Serving, screen: str) -> None:
    """An address, or another name, is no screen: it is told so, and nothing is asked."""
    with patch.object(started.inner.eyes, "see", side_effect=AssertionError):
        found = on_panel(started, lambda panel: looked(panel, screen))
    assert (found["kind"], found["key"]) == ("unseen", "lab.screen-not-found")


def test_the_screen_of_other_work_is_not_shown(started: Serving) -> None:
    """A panel of an assignment does not see the screens of free practice."""
    assign(started)
    found = on_panel(started, looked, ASSIGNED)
    assert (found["kind"], found["key"]) == ("unseen", "assignment.lab-taken")


def test_a_look_holds_up_no_verb(started: Serving) -> None:
    """While a page does not come, the learner checks; asking again meanwhile begins no other."""
    waiting, go_on, looks = threading.Event(), threading.Event(), list[str]()
    see = started.inner.eyes.see

    def slow(*arguments: Any) -> Look:  # noqa: ANN401 (passed on)
        looks.append(arguments[1].id)
        waiting.set()
        assert go_on.wait(60)
        return see(*arguments)

    async def work(panel: Socket) -> Any:  # noqa: ANN401 (JSON)
        await panel.send(id=1, look_at="printed-note")
        await asyncio.to_thread(waiting.wait, 60)
        await panel.send(id=2, look_at="printed-note")
        checked = await panel.do("check")
        go_on.set()
        await panel.until(lambda found: found["kind"] == "look")
        return checked

    with patch.object(started.inner.eyes, "see", slow):
        checked = on_panel(started, work)
    assert checked["report"]["lines"]
    assert looks == ["printed-note"]


def test_a_mistake_of_ours_ends_no_panel(started: Serving) -> None:
    """A look that fails in a way that nobody thought of gets a sentence, and the next one works."""

    async def work(panel: Socket) -> tuple[Any, Any]:
        with patch.object(started.inner.eyes, "see", side_effect=ZeroDivisionError):
            failed = await looked(panel)
        return failed, await looked(panel)

    failed, then = on_panel(started, work)
    assert (failed["kind"], failed["key"]) == ("unseen", "panel.mistake")
    assert then["kind"] == "look"


def test_a_screen_needs_a_session(served: Serving) -> None:
    """Before the start, and while a command works, the panel is told why there is nothing."""
    assert on_panel(served, looked)["key"] == "session.missing"
    served.inner.start(LAB)
    with served.inner.store.locked(LAB):
        assert on_panel(served, looked)["key"] == "session.busy"
