"""Without an engine: what stands in files is still told, and what needs machines says why not."""

from __future__ import annotations

import gc
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docker
import pytest
import requests
from click.testing import CliRunner

from breakfix.cli.main import breakfix
from breakfix.errors import EngineAbsent, EngineForbidden
from breakfix.machines import engine
from breakfix.wiring import lab_overview, lab_service, need_engine, state_folder
from tests.contract.fake_labs import LABS, fake_labs
from tests.contract.fake_runtime import FakeRuntime

LAB = "tiny"
#: The engine's client lets go of a socket that did not open without closing it.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(autouse=True)
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The socket where an engine should answer; sessions and labs are the test's own."""
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("BREAKFIX_LABS", str(LABS))
    engine.connect.cache_clear()
    yield tmp_path / "nobody"
    engine.connect.cache_clear()
    gc.collect()


@pytest.fixture
def begun() -> None:
    """A lab that was started when there was an engine."""
    labs = fake_labs(state_folder() / "sessions", FakeRuntime())
    labs.start(LAB)
    labs.write_note(labs.logbook().entries[0].id, "First the cable.")


def told(*words: str) -> Any:  # noqa: ANN401 (JSON)
    """What a command answers to a program."""
    found = CliRunner().invoke(breakfix, [*words, "--json"], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


@pytest.mark.usefixtures("begun")
def test_the_list_tells_what_is_in_progress() -> None:
    """The labs are listed as ever, and one in progress stands as its journal left it."""
    labs = {lab["slug"]: lab for lab in told("lab", "list")}
    assert labs[LAB]["state"] == "running"
    assert labs[LAB]["used"] > 0
    assert {lab["state"] for slug, lab in labs.items() if slug != LAB} == {None}


@pytest.mark.usefixtures("begun")
def test_the_logbook_is_read_and_written() -> None:
    """The learner's attempts and notes are there, and a new note is kept."""
    entry = told("logbook")["entries"][0]
    assert (entry["lab"], entry["note"]) == (LAB, "First the cable.")
    lab_overview().write_note(entry["id"], "Then the settings.")
    assert told("logbook")["entries"][0]["note"] == "Then the settings."


def test_the_progress_is_read() -> None:
    """The whole profile is told, with what was shown."""
    found = told("progress")
    assert len(found["modules"]) > 5
    assert found["occasions"] == []


@pytest.mark.usefixtures("begun")
def test_a_damaged_journal_hides_no_lab() -> None:
    """A journal that makes no sense leaves its lab in the list, as one that was not begun."""
    journal = state_folder() / "sessions" / LAB / "journal.jsonl"
    journal.write_text('{"time": 1, "event": "starting"}\n', "utf-8")
    states = {lab.slug: lab.state for lab in lab_overview().labs()}
    assert states[LAB] is None
    assert len(states) > 1


def test_machines_are_not_to_be_had() -> None:
    """What needs machines says that no engine answers, and starts nothing."""
    with pytest.raises(EngineAbsent):
        need_engine()
    with pytest.raises(EngineAbsent):
        lab_service()


def test_an_engine_that_says_nothing_is_not_waited_for(
    nobody: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who only asks whether it answers waits a few seconds, and not as long as a call may take."""
    monkeypatch.setattr(engine, "ASK_SECONDS", 0.2)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(nobody))
        silent.listen()
        with pytest.raises(EngineAbsent):
            need_engine()


def test_a_closed_door_is_another_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that does not let this user in is told as such."""

    def refuse(*_: object, **__: object) -> None:
        why = PermissionError(13, "Permission denied")
        raise requests.exceptions.ConnectionError("Connection aborted.", why)

    monkeypatch.setattr(docker.APIClient, "get", refuse)
    with pytest.raises(EngineForbidden):
        need_engine()
