"""The plain requests while no engine answers: the lists come, and why no machine does is told."""

from __future__ import annotations

import asyncio
from typing import Any
from unittest.mock import patch

import pytest

from breakfix.errors import BreakfixError, EngineAbsent, EngineForbidden
from tests.unit.server.serving import LAB, Serving

ABSENT = EngineAbsent("engine.absent", address="nowhere")
FORBIDDEN = EngineForbidden("engine.forbidden", address="unix:///var/run/docker.sock")


@pytest.fixture
def alone(started: Serving) -> Serving:
    """A server with a lab in progress, whose engine went away."""
    started.trouble.append(ABSENT)
    return started


def test_the_labs_are_listed(alone: Serving) -> None:
    """Every lab is listed, and the one in progress as that."""
    status, told = alone.ask("GET", "api/labs")
    assert status == 200
    assert {lab["slug"]: lab["state"] for lab in told["labs"]}[LAB] == "running"


@pytest.mark.parametrize("page", ["progress", "logbook"])
def test_the_learner_s_own_pages_are_told(alone: Serving, page: str) -> None:
    """Progress and logbook are read as ever."""
    assert alone.ask("GET", f"api/{page}")[0] == 200


def test_a_note_is_kept(alone: Serving) -> None:
    """What the learner writes in the logbook is kept."""
    entry = alone.ask("GET", "api/logbook")[1]["entries"][0]["id"]
    status, told = alone.ask("PUT", f"api/logbook/{entry}", {"text": "First the cable."})
    assert (status, told["note"]) == (200, "First the cable.")


def test_a_notebook_opens(alone: Serving) -> None:
    """The lab's notebook is made and opened."""
    assert alone.ask("POST", f"api/labs/{LAB}/open") == (200, {"path": f"{LAB}.ipynb"})


def test_what_cannot_start_is_not_begun(served: Serving) -> None:
    """A lab that is started just when the engine went away says so, and is none to go on with."""

    async def work() -> Any:  # noqa: ANN401 (JSON)
        async with served.socket(f"panel/{LAB}") as panel:
            await panel.state()
            with patch.object(served.runtime, "list", side_effect=ABSENT):
                return await panel.do("start")

    assert asyncio.run(work())["key"] == "engine.absent"
    labs = served.ask("GET", "api/labs")[1]["labs"]
    assert {lab["slug"]: lab["state"] for lab in labs}[LAB] in {None, "finished"}


@pytest.mark.parametrize("trouble", [ABSENT, FORBIDDEN])
def test_why_is_told_until_it_is_over(served: Serving, trouble: BreakfixError) -> None:
    """Who asks about the engine hears what is wrong and what to do, and nothing once it is back."""
    served.trouble.append(trouble)
    status, told = served.ask("GET", "api/engine")
    assert (status, told["trouble"]["key"]) == (200, trouble.key)
    assert "Docker" in told["trouble"]["text"]
    served.trouble.clear()
    assert served.ask("GET", "api/engine") == (200, {"trouble": None})
