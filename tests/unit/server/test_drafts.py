"""What is being typed in a panel: kept by the server, whatever else happens."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from breakfix.model.session import MOST_ANSWER, Report
from tests.contract.asking import QUESTION, asking
from tests.panel_browser import Socket
from tests.unit.server.serving import LAB, Serving, serve
from tests.unit.server.test_panel import PANEL, on_panel

TYPED = "Dag, uw nota"


@pytest.fixture(autouse=True)
def with_a_question(served: Serving, tmp_path: Path) -> Iterator[None]:
    """The lab asks one question."""
    before, served.inner.catalog = served.inner.catalog, asking(tmp_path / "asking")
    served.inner.start(LAB)
    yield
    served.inner.catalog = before


async def type_on(panel: Socket, text: str = TYPED, question: str = QUESTION) -> Any:  # noqa: ANN401 (JSON)
    """Type, and see it kept or refused."""
    await panel.send(id=7, do="draft", question=question, text=text)
    return await panel.until(
        lambda found: found["kind"] == "failed" or found.get("drafts") == {question: text}
    )


def test_what_is_typed_is_told_to_every_panel(served: Serving) -> None:
    """A draft is in the state of all panels, and is no answer yet."""

    async def work(panel: Socket) -> Any:  # noqa: ANN401 (JSON)
        async with served.socket(PANEL) as other:
            await other.state()
            await type_on(panel)
            return await other.state(lambda found: found["drafts"])

    seen = on_panel(served, work)
    assert seen["drafts"] == {QUESTION: TYPED}
    assert (seen["busy"], seen["view"]["questions"][0]["answer"]) == (None, "")


def test_a_draft_waits_for_no_verb(served: Serving) -> None:
    """What is typed while a check runs is kept meanwhile, and the check goes on."""
    go_on, check = threading.Event(), served.inner.check

    def slow(slug: str) -> Report:
        go_on.wait(60)
        return check(slug)

    async def work(panel: Socket) -> tuple[Any, Any]:
        await panel.send(id=1, do="check")
        await panel.state(lambda found: found["busy"])
        typed = await type_on(panel)
        go_on.set()
        return typed, await panel.state(lambda found: not found["busy"] and found["report"])

    with patch.object(served.inner, "check", slow):
        typed, after = on_panel(served, work)
    assert typed["busy"]["verb"] == "check"
    assert after["drafts"] == {QUESTION: TYPED}


def test_an_answer_takes_the_place_of_the_draft(served: Serving) -> None:
    """Once it is given as an answer, the draft is gone and the example is there."""

    async def work(panel: Socket) -> Any:  # noqa: ANN401 (JSON)
        await type_on(panel)
        return await panel.do("answer", question=QUESTION, text=f"{TYPED} is er.")

    seen = on_panel(served, work)
    question = seen["view"]["questions"][0]
    assert (seen["drafts"], question["answer"]) == ({}, f"{TYPED} is er.")
    assert question["example"]["nl"].startswith("- 1 punt")


@pytest.mark.parametrize(("question", "text"), [
    ("other", "x"), (QUESTION, "x" * (MOST_ANSWER + 1)), ("", "x"),
])  # fmt: skip
def test_a_draft_of_nothing_is_refused(served: Serving, question: str, text: str) -> None:
    """A draft for no question, or longer than an answer may be, is told and not kept."""

    async def work(panel: Socket) -> tuple[Any, Any]:
        failed = await type_on(panel, text, question)
        async with served.socket(PANEL) as other:
            return failed, await other.state()

    failed, seen = on_panel(served, work)
    assert (failed["key"], seen["drafts"]) == ("panel.not-understood", {})


def test_a_draft_survives_the_server(served: Serving, tmp_path: Path) -> None:
    """A server that starts later shows what was typed; a new session of the lab does not."""
    on_panel(served, type_on)
    state = served.desk.makings.state
    file = state / "panel" / f"{LAB}.json"
    for _ in range(300):
        if file.exists() and TYPED in file.read_text("utf-8"):
            break
        threading.Event().wait(0.1)
    (tmp_path / "later").mkdir()
    later = serve(tmp_path / "later", state)
    try:
        # The machines in memory are this server's own; the session is the same.
        later.inner.runtime = served.inner.runtime
        later.inner.catalog = served.inner.catalog

        async def look() -> Any:  # noqa: ANN401 (JSON)
            async with later.socket(PANEL) as panel:
                first = await panel.state(lambda found: found["view"])
                await panel.do("finish")
                return first, await panel.do("start")

        first, again = asyncio.run(look())
    finally:
        later.stop()
    assert first["drafts"] == {QUESTION: TYPED}
    assert again["drafts"] == {}
