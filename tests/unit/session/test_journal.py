"""The journal: what happened, whatever process died when."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from breakfix.errors import DiskFull, SessionBusy
from breakfix.model.diagnosis import Diagnosis
from breakfix.model.session import State
from breakfix.model.topology import Cable
from breakfix.session.journal import Journal
from breakfix.session.store import SessionStore


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal in which a lab was announced."""
    made = Journal(tmp_path / "lab" / "journal.jsonl")
    pulled = Cable("pc", "ens3", connected=False)
    made.append("starting", slug="lab", fault="f", seed="7", mode="practice", cables=[pulled])
    return made


def test_announced_is_not_complete(journal: Journal) -> None:
    """Between the announcement and the end of a start the session is not complete."""
    record = journal.record()

    assert record is not None
    assert (record.complete, record.state) == (False, State.STARTING)
    assert not record.cables["pc/ens3"].connected


def test_started_runs(journal: Journal) -> None:
    """The end of a start makes it complete and running."""
    journal.append("started")
    record = journal.record()

    assert record is not None
    assert (record.complete, record.state) == (True, State.RUNNING)


def test_half_a_line_is_skipped(journal: Journal, tmp_path: Path) -> None:
    """A line that a dying process left half-written loses nothing that was written before."""
    with (tmp_path / "lab" / "journal.jsonl").open("a") as stream:
        stream.write('{"time": 1, "event": "star')
    record = journal.record()

    assert record is not None
    assert record.fault == "f"


def test_reset_is_a_new_generation(journal: Journal) -> None:
    """A reset counts up, puts the fault's cables back and keeps the diagnosis."""
    journal.append("started")
    journal.append("diagnosed", diagnosis=Diagnosis("pc", "x"))
    journal.append("cable", cable=Cable("pc", "ens3"))
    journal.append("resetting", cables=[Cable("pc", "ens3", connected=False)])
    record = journal.record()

    assert record is not None
    assert (record.generation, record.complete) == (2, False)
    assert record.diagnosis == Diagnosis("pc", "x")
    assert not record.cables["pc/ens3"].connected


def test_one_command_at_a_time(tmp_path: Path) -> None:
    """A second command on one session is told that it is busy, and changes nothing."""
    store = SessionStore(tmp_path)

    with store.locked("lab"), pytest.raises(SessionBusy), store.locked("lab", seconds=0):
        pass


def test_half_line_swallows_nothing(journal: Journal, tmp_path: Path) -> None:
    """An event that follows a line which a dying process left half-written is read."""
    with (tmp_path / "lab" / "journal.jsonl").open("a") as stream:
        stream.write('{"time": 1, "event": "hi')

    journal.append("started")

    assert [event["event"] for event in journal.events()] == ["starting", "started"]


def test_full_disk_keeps_what_was_there(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk has no room the journal says so, and stays as it was."""
    before = (tmp_path / "lab" / "journal.jsonl").read_bytes()

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskFull):
        journal.append("started")

    assert (tmp_path / "lab" / "journal.jsonl").read_bytes() == before
