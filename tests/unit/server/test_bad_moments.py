"""A lab that changes or goes while its panel is open, and mistakes of ours: always a sentence."""

from __future__ import annotations

import asyncio
from typing import Any
from unittest.mock import patch

import pytest

from breakfix.content.catalog import Catalog
from breakfix.model.session import SessionView
from tests.panel_browser import Socket
from tests.unit.server.serving import LAB, Serving

PANEL = f"panel/{LAB}"


def powers(state: dict[str, Any]) -> list[str]:
    """Which machines are on, and which are not."""
    return [one["power"] for one in state["view"]["machines"]] if state["view"] else []


def test_an_updated_lab_is_told_and_can_be_closed(started: Serving) -> None:
    """A panel of a lab that was updated meanwhile shows the session with the sentence, refuses to
    check, keeps its terminals, and closes the lab."""
    journal = started.inner.store.folder(LAB) / "journal.jsonl"
    was = journal.read_text("utf-8")
    journal.write_text(was.replace('"version": "0.1.0"', '"version": "0.0.9"'), "utf-8")

    async def work(panel: Socket) -> tuple[Any, Any, Any]:
        seen = await panel.state(lambda found: found["trouble"])
        async with started.socket(f"terminal/{LAB}/pc?id={'a' * 16}") as terminal:
            assert (await terminal.next())["fresh"]
        return seen, await panel.do("check"), await panel.do("finish")

    async def opened() -> tuple[Any, Any, Any]:
        async with started.socket(PANEL) as panel:
            return await work(panel)

    seen, checked, finished = asyncio.run(opened())
    assert (seen["trouble"]["key"], powers(seen)) == ("session.lab-updated", ["running"])
    assert "0.0.9" in seen["trouble"]["text"]
    assert checked["key"] == "session.lab-updated"
    assert (finished["view"], finished["trouble"]) == (None, None)


def test_a_lab_that_is_removed_stays_in_sight(
    started: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A panel of a lab that goes away meanwhile keeps showing the work, with the sentence; a new
    one gets the sentence too."""

    async def work(panel: Socket) -> tuple[Any, Any, Any]:
        whole = started.inner.catalog
        monkeypatch.setattr(started.inner, "catalog", Catalog(()))
        seen = await panel.state(lambda found: found["trouble"])
        async with started.socket(PANEL) as other:
            new = await other.state(lambda found: found["trouble"])
        monkeypatch.setattr(started.inner, "catalog", whole)
        return seen, new, await panel.state(lambda found: not found["trouble"])

    async def opened() -> tuple[Any, Any, Any]:
        async with started.socket(PANEL) as panel:
            await panel.state()
            return await work(panel)

    seen, new, back = asyncio.run(opened())
    assert (seen["trouble"]["key"], new["trouble"]["key"]) == ("session.lab-gone",) * 2
    assert powers(seen) == powers(back) == ["running"]
    assert "breakfix" not in seen["trouble"]["text"]


def test_a_look_that_breaks_off_keeps_nobody_waiting(started: Serving) -> None:
    """When the look after a verb breaks off, the lab stays busy no longer: the next verb works."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    async def work() -> Any:  # noqa: ANN401 (JSON)
        async with started.socket(PANEL) as panel:
            await panel.state()
            with patch.object(started.desk.labs[LAB], "end_left_over", broken):
                await panel.send(id=1, do="check")
                await panel.state(lambda found: found["busy"])
                await panel.state(lambda found: not found["busy"])
            return await panel.do("hint")

    assert asyncio.run(work())["hints"]


def test_a_look_that_fails_is_told(started: Serving) -> None:
    """When seeing a lab fails in a way that nobody foresaw, the panel says so, and goes on."""

    def broken(_: str) -> SessionView:
        raise ZeroDivisionError

    async def work() -> tuple[Any, Any]:
        with patch.object(started.inner, "status", broken):
            async with started.socket(PANEL) as panel:
                return await panel.state(), await panel.do("check")

    seen, failed = asyncio.run(work())
    assert (seen["trouble"]["key"], failed["key"]) == ("panel.mistake", "panel.mistake")
