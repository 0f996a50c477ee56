"""`breakfix journal`, on machines in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from breakfix.cli import journal, lab
from breakfix.errors import NotFound, SessionMissing
from breakfix.evidence.opened import Evidence
from breakfix.messages import Language, say
from breakfix.model.assignment import Assignment
from breakfix.session.service import LocalLabService
from tests.contract.fake_labs import fake_labs
from tests.contract.fake_runtime import FakeRuntime

LAB = "tiny"
EVALUATION = Assignment(1, "helpdesk/week-3", LAB, "0.1.0", "5eed", ("note-missing",))


@pytest.fixture
def labs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalLabService:
    """The labs that the commands work on."""
    made = fake_labs(tmp_path, FakeRuntime())

    @contextmanager
    def read(file: Path) -> Iterator[Evidence]:
        with made.replayer.scratch.use() as folder:
            yield made.replayer.open_evidence(file, folder)

    monkeypatch.setattr(journal, "lab_service", lambda: made)
    monkeypatch.setattr(lab, "lab_service", lambda: made)
    monkeypatch.setattr(journal, "kept_sessions", lambda _: made.store)
    monkeypatch.setattr(journal, "read_handed_in", read)
    monkeypatch.setattr(lab, "attach", lambda _: 0)
    monkeypatch.setenv("BREAKFIX_LANGUAGE", "en")
    return made


def give(command: click.Command, *words: str, typed: str = "") -> Result:
    """Give a command, and type an answer."""
    return CliRunner().invoke(command, words, input=typed)


def work(labs: LocalLabService, data: bytes) -> None:
    """A terminal on which something is shown."""
    terminal = labs.terminal(LAB, "pc")
    terminal.write(data)
    while terminal.read():
        pass
    terminal.close()


@pytest.fixture
def recorded(labs: LocalLabService) -> LocalLabService:
    """An evaluation with one recording."""
    labs.start_assigned(EVALUATION, "els")
    labs.record(LAB, on=True)
    work(labs, b"hello\x1b]0;title\x07\r\n")
    return labs


@pytest.mark.usefixtures("recorded")
def test_a_journal_is_told() -> None:
    """The events in words with their moment, and the recordings; never the fault."""
    found = give(journal.show, LAB)

    assert "Ready to begin." in found.output
    assert "01-pc: terminal on pc, 0:00" in found.output
    assert "note-missing" not in found.output


@pytest.mark.usefixtures("recorded")
def test_programs_read_a_journal() -> None:
    """The same as JSON, with nothing of the fault in it."""
    found = give(journal.show, LAB, "--json")
    told = json.loads(found.output)

    assert [one["event"] for one in told["events"]] == ["starting", "started", "recording"]
    assert [one["id"] for one in told["recordings"]] == ["01-pc"]
    assert "note-missing" not in found.output


@pytest.mark.usefixtures("recorded")
def test_a_recording_is_played() -> None:
    """The only one without saying which, and what could touch the terminal is left out."""
    found = give(journal.play, LAB, "--speed", "100")

    assert "hello" in found.output
    assert "title" not in found.output
    assert "End of the recording." in found.output


def test_which_recording_must_be_said_when_there_are_more(recorded: LocalLabService) -> None:
    """None, several or an unknown one are told, with those that there are."""
    work(recorded, b"again")
    several, unknown = give(journal.play, LAB), give(journal.play, LAB, "09-pc")
    assert isinstance(several.exception, NotFound)
    assert several.exception.values == {"known": "01-pc, 02-pc"}
    assert isinstance(unknown.exception, NotFound)
    assert "again" in give(journal.play, LAB, "02-pc").output


@pytest.mark.usefixtures("labs")
def test_a_lab_that_was_never_started_has_no_journal() -> None:
    """That is told, and nothing else happens."""
    assert isinstance(give(journal.show, LAB).exception, SessionMissing)


def test_a_teacher_reads_what_was_handed_in(recorded: LocalLabService, tmp_path: Path) -> None:
    """Of a file that was handed in, journal and recordings are told and played alike."""
    seen = recorded.after_restart(LAB)
    recorded.hand_in(LAB, seen.sha256)
    file = tmp_path / "tiny.breakfix.tar.zst"
    file.write_bytes(b"".join(recorded.evidence(LAB)))

    assert "01-pc: terminal on pc" in give(journal.show, str(file)).output
    assert "hello" in give(journal.play, str(file)).output


def test_the_switch(labs: LocalLabService) -> None:
    """Recording goes on and off by a command, which says what it means."""
    labs.start(LAB)
    on, off = give(journal.record, LAB, "on"), give(journal.record, LAB, "off", "--json")

    assert on.output.strip() == say("recording.is-on", Language.EN, lab=LAB)
    assert json.loads(off.output) == {"recording": False}


def test_leaving_out_asks(recorded: LocalLabService) -> None:
    """With a no nothing is erased; with a yes it is, and the journal says so."""
    give(journal.leave_out, LAB, "01-pc", typed="n\n")
    assert len(recorded.recordings(LAB)) == 1

    give(journal.leave_out, LAB, "01-pc", typed="y\n")

    assert recorded.recordings(LAB) == ()
    assert "Left out recording 01-pc" in give(journal.show, LAB).output


def test_a_terminal_in_an_evaluation_is_announced_once(labs: LocalLabService) -> None:
    """Before the first terminal the command line says that it is recorded, and how to stop that;
    then it is. A single command, and an evaluation without recordings, say nothing."""
    labs.start_assigned(EVALUATION, "els")
    told = say("recording.announce", Language.EN, lab=LAB)
    assert told not in give(lab.shell, LAB, "pc", "cat /srv/nota.txt").output
    assert labs.status(LAB).recording is None

    assert told in give(lab.shell, LAB, "pc").output
    assert labs.status(LAB).recording is True
    assert told not in give(lab.shell, LAB, "pc").output

    labs.finish(LAB)
    labs.start_assigned(replace(EVALUATION, id="x/y", record_terminals=False), "els")
    assert told not in give(lab.shell, LAB, "pc").output
    assert labs.status(LAB).recording is None
