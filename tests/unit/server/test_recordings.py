"""Recordings of terminals over the panel's routes."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from breakfix.codec import to_json
from breakfix.content.assignments import FILE
from breakfix.model.assignment import Assignment
from tests.panel_browser import TOKEN
from tests.unit.server.serving import LAB, Serving

PANEL = f"panel/{LAB}"
TERMINAL = f"terminal/{LAB}/pc?id={'a' * 16}"
LIST = f"api/labs/{LAB}/recordings"
ASSIGNED = "notebook=week-3/week-3.ipynb"


def assigned(served: Serving) -> None:
    """An evaluation beside a notebook."""
    version = served.inner.catalog.load(LAB).lab.version
    found = Assignment(1, "week-3", LAB, version, "s33d", ("note-missing",), attempts=99)
    folder: Path = served.root / "week-3"
    folder.mkdir()
    (folder / FILE).write_text(to_json(found), "utf-8")


async def shown(served: Serving, text: str) -> None:
    """A terminal that says back `text`, and ends."""
    async with served.socket(TERMINAL) as terminal:
        assert (await terminal.next())["t"] == "ready"
        await terminal.send(t="in", d=text)
        found = b""
        while len(found) < len(text):
            found += await terminal.next()
        await terminal.send(t="in", d="exit\n")
        while await terminal.next() is not None:
            pass


def on_panel(served: Serving, query: str, *verbs: dict[str, Any], text: str = "") -> list[Any]:
    """Do verbs on a panel, each with the state after it; then something on a terminal."""

    async def work() -> list[Any]:
        async with served.socket(f"{PANEL}?{query}") as panel:
            await panel.state()
            found = [await panel.do(verb["do"], **_rest(verb)) for verb in verbs]
            if text:
                await shown(served, text)
            return found

    return asyncio.run(work())


def _rest(verb: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in verb.items() if name != "do"}


def test_an_evaluation_is_told_switched_recorded_and_read(served: Serving) -> None:
    """A panel sees that it must announce; after the answer a terminal is recorded, and the
    recording can be listed and read as an asciicast."""
    assigned(served)
    started, on = on_panel(
        served, ASSIGNED, {"do": "start"}, {"do": "record", "on": True}, text="ip route"
    )
    assert started["view"]["policy"]["record_terminals"] is True
    assert started["view"]["recording"] is None
    assert on["view"]["recording"] is True

    status, listed = served.ask("GET", f"{LIST}?{ASSIGNED}")
    assert (status, [one["id"] for one in listed["recordings"]]) == (200, ["01-pc"])
    assert listed["most"] == 16
    status, found = served.ask("GET", f"{LIST}/01-pc?{ASSIGNED}")
    lines = [json.loads(line) for line in found["cast"].splitlines()]
    assert (status, lines[0]["version"]) == (200, 2)
    assert "ip route" in "".join(line[2] for line in lines[1:] if line[1] == "o")


def test_leaving_out_erases_and_wants_another_look(served: Serving) -> None:
    """A recording that was left out is gone, and so is what was made to hand in."""
    assigned(served)
    on_panel(served, ASSIGNED, {"do": "start"}, {"do": "record", "on": True}, text="secret")
    seen, left = on_panel(
        served, ASSIGNED, {"do": "after-restart"}, {"do": "leave-out", "recording": "01-pc"}
    )
    assert seen["later"]
    assert left["later"] is None
    assert served.ask("GET", f"{LIST}?{ASSIGNED}")[1]["recordings"] == []
    status, error = served.ask("GET", f"{LIST}/01-pc?{ASSIGNED}")
    assert (status, error["key"]) == (404, "recording.not-found")


def test_practice_records_nothing_by_itself(started: Serving) -> None:
    """A terminal in practice leaves no recording."""
    on_panel(started, "", text="hello")
    assert started.ask("GET", LIST) == (200, {"recordings": [], "most": 16})


def test_work_of_another_kind_is_not_shown(served: Serving) -> None:
    """A notebook for practice learns nothing of the recordings of an evaluation."""
    assigned(served)
    on_panel(served, ASSIGNED, {"do": "start"}, {"do": "record", "on": True}, text="mine")
    for path in (LIST, f"{LIST}/01-pc"):
        status, error = served.ask("GET", path)
        assert (status, error["key"]) == (409, "panel.lab-assigned")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{LIST}/99-pc", 404),
        ("api/labs/nothing/recordings", 404),
        (f"{LIST}?notebook=../../x.ipynb", 409),
    ],
)
def test_only_recordings_are_reached(started: Serving, path: str, status: int) -> None:
    """Any other name, lab or place is refused."""
    assert started.ask("GET", path)[0] == status


@pytest.mark.parametrize("name", ["..%2F..%2Fjournal", "../journal", "1-pc", "01-PC", "01-pc.cast"])
def test_another_name_has_no_address(started: Serving, name: str) -> None:
    """What cannot be a recording's name is not even looked for."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{started.port}/breakfix/{LIST}/{name}",
        headers={"Authorization": f"token {TOKEN}"},
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=60)  # noqa: S310
    with refused.value as answer:
        assert answer.code == 404


@pytest.mark.parametrize("path", [LIST, f"{LIST}/01-pc"])
def test_a_recording_needs_a_login(started: Serving, path: str) -> None:
    """Without a valid token nothing is told."""
    assert started.ask("GET", path, token="wrong")[0] == 403


@pytest.mark.parametrize("verb", [{"do": "record"}, {"do": "record", "on": 1}, {"do": "leave-out"}])
def test_a_verb_that_is_not_whole_is_refused(started: Serving, verb: dict[str, Any]) -> None:
    """What lacks its value, or has one of another kind, is not understood."""

    async def work() -> Any:  # noqa: ANN401 (JSON)
        async with started.socket(PANEL) as panel:
            await panel.state()
            await panel.send(id=1, **verb)
            return await panel.until(lambda found: found["kind"] == "failed")

    assert asyncio.run(work())["key"] == "panel.not-understood"
