"""When a panel is told something, and what only at the end."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import Future
from typing import Any
from unittest.mock import patch

import pytest

from tests.panel_browser import Socket
from tests.unit.server.serving import LAB, Serving
from tests.unit.server.test_panel import ASSIGNED, PANEL, assign, on_panel, rulings


def test_time_that_goes_on_is_no_news(started: Serving) -> None:
    """A panel is told how long was worked, and hears nothing when only that went on."""
    started.inner.clock = lambda: time.time() + 60
    seconds = iter(range(1000, 9999, 10))

    async def work(panel: Socket) -> tuple[Any, Any]:
        first = await panel.do("check")
        with patch("breakfix.session.sessions.seconds_worked", lambda *_: next(seconds)):
            for _ in range(3):
                await asyncio.wrap_future(look_again(started))
            started.inner.hint(LAB)
            return first, await panel.next()

    first, hinted = on_panel(started, work)
    assert (first["view"]["seconds"] >= 60, bool(hinted["hints"])) == (True, True)
    assert hinted["view"]["seconds"] >= 1030


def look_again(served: Serving) -> Future[None]:
    """The server's next look at the lab."""
    lab = served.desk.labs[LAB]
    return asyncio.run_coroutine_threadsafe(lab.look(), served.loop)


def test_an_evaluation_s_causes_stay_open(served: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a hand-in another diagnosis may count, so nothing tells what rules a cause out."""
    monkeypatch.setenv("BREAKFIX_LEARNER", "ine")
    assign(served)

    async def work(panel: Socket) -> Any:  # noqa: ANN401 (JSON)
        found = await panel.do("start")
        await panel.do("diagnose", diagnosis={"place": found["view"]["form"]["places"][0]["id"]})
        seen = await panel.do("after-restart")
        return await panel.do("hand-in", sha256=seen["later"]["sha256"])

    handed = on_panel(served, work, ASSIGNED)
    assert handed["view"]["handed_in"]
    assert (handed["ruled_out"], rulings(handed)) == (False, {""})


def test_a_finished_assignment_is_not_finished_practice(
    served: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an attempt was ended its own panel says so, and a panel for practice begins."""
    monkeypatch.setenv("BREAKFIX_LEARNER", "noe")
    assign(served)

    async def work(panel: Socket) -> tuple[Any, Any]:
        await panel.do("start")
        over = await panel.do("finish", sure=True)
        async with served.socket(PANEL) as practice:
            return over, await practice.state()

    over, practice = on_panel(served, work, ASSIGNED)
    assert (over["summary"]["state"], over["summary"]["assignment"]) == ("finished", "week-3")
    assert (practice["view"], practice["summary"]["state"]) == (None, None)
