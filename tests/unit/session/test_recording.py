"""Recording terminals: only what shows, only when it is wanted, and never beyond a bound."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from breakfix.errors import NotFound
from breakfix.evidence import asciicast
from breakfix.evidence.asciicast import read_cast
from breakfix.evidence.limits import LIMITS
from breakfix.session.casting import CastFile
from breakfix.session.journal import Journal
from breakfix.session.recorded import RecordedTerminal
from breakfix.session.recordings import Recordings

START = {"slug": "lab", "fault": "f", "seed": "7", "mode": "evaluation", "cables": []}


class Said:
    """A shell that prints what it is given to print."""

    def __init__(self, *output: bytes) -> None:
        self.output = list(output)
        self.typed: list[bytes] = []
        self.size = (0, 0)

    def read(self) -> bytes:
        """The next output."""
        return self.output.pop(0) if self.output else b""

    def write(self, data: bytes) -> None:
        """Remember what was typed."""
        self.typed.append(data)

    def resize(self, rows: int, columns: int) -> None:
        """Remember the size."""
        self.size = (rows, columns)

    def close(self) -> int:
        """End with a status."""
        return 3


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """The journal of a session in which the learner was told of recordings."""
    made = Journal(tmp_path / "journal.jsonl")
    made.append("starting", **START)
    made.append("recording", on=True)
    return made


@pytest.fixture
def recordings(tmp_path: Path, journal: Journal) -> Recordings:
    """The recordings of that session."""
    return Recordings(tmp_path / "recordings", journal)


def run(terminal: RecordedTerminal) -> bytes:
    """Read a terminal to its end, and hang up."""
    found = b""
    while data := terminal.read():
        found += data
    assert terminal.close() == 3
    return found


def shown(recordings: Recordings, number: str = "01-pc") -> str:
    """All the text of a recording."""
    events = read_cast(recordings.read(number)).events
    return "".join(one.data for one in events if one.code == "o")


def test_what_shows_is_recorded_and_what_is_typed_is_not(recordings: Recordings) -> None:
    """A password that is typed without being shown is not in the recording; everything on the
    screen is, and the terminal is none the wiser."""
    inner = Said(b"[sudo] password: ", b"\r\n", "café\r\n".encode()[:4], "café\r\n".encode()[4:])
    terminal = RecordedTerminal(inner, "pc", recordings)
    terminal.resize(40, 120)
    terminal.write(b"hunter2\r")

    assert run(terminal) == "[sudo] password: \r\ncafé\r\n".encode()
    assert (inner.typed, inner.size) == ([b"hunter2\r"], (40, 120))
    cast = read_cast(recordings.read("01-pc"))
    assert (cast.columns, cast.rows) == (120, 40)
    assert shown(recordings) == "[sudo] password: \r\ncafé\r\n"
    assert {one.code for one in cast.events} == {"o"}
    assert b"hunter2" not in recordings.read("01-pc")


def test_nothing_is_recorded_before_the_learner_was_told(tmp_path: Path) -> None:
    """As long as the journal does not say so there is no file at all, and none after it was
    switched off."""
    journal = Journal(tmp_path / "journal.jsonl")
    recordings = Recordings(tmp_path / "recordings", journal)
    journal.append("starting", **START)
    run(RecordedTerminal(Said(b"one"), "pc", recordings))
    journal.append("recording", on=False)
    run(RecordedTerminal(Said(b"two"), "pc", recordings))

    assert recordings.all() == ()
    assert not (tmp_path / "recordings").exists()


def test_the_switch_counts_at_once_for_an_open_terminal(
    recordings: Recordings, journal: Journal
) -> None:
    """What comes while it is off is not in the recording, which says where it went on."""
    inner = Said(b"before ", b"secret ", b"after")
    terminal = RecordedTerminal(inner, "pc", recordings)
    terminal.read()
    journal.append("recording", on=False)
    terminal.read()
    journal.append("recording", on=True)
    run(terminal)

    events = read_cast(recordings.read("01-pc")).events
    assert [(one.code, one.data) for one in events] == [
        ("o", "before "), ("m", asciicast.OFF), ("m", asciicast.ON), ("o", "after"),
    ]  # fmt: skip


def test_a_size_is_recorded_while_it_is_on(recordings: Recordings) -> None:
    """Another size of the screen is an event of the recording; the same one again is not."""
    terminal = RecordedTerminal(Said(b"a", b"b"), "pc", recordings)
    terminal.read()
    for rows in (24, 30, 30):
        terminal.resize(rows, 80)
    run(terminal)

    sizes = [one.data for one in read_cast(recordings.read("01-pc")).events if one.code == "r"]
    assert sizes == ["80x30"]


def test_a_flood_stops_at_the_bound_and_says_so(recordings: Recordings) -> None:
    """A recording is never larger than it may be, ends with a sentence in both languages, and the
    terminal goes on."""
    flood = [b"y\n" * 32_768] * 40
    terminal = RecordedTerminal(Said(*flood, b"the end"), "pc", recordings)

    assert run(terminal).endswith(b"the end")
    data = recordings.read("01-pc")
    assert len(data) <= LIMITS.recording_bytes
    assert "De opname stopt hier" in shown(recordings)
    assert "The recording stops here" in shown(recordings)
    assert "the end" not in shown(recordings)
    (listed,) = recordings.all()
    assert (listed.full, listed.size, listed.machine) == (True, len(data), "pc")


def test_there_are_only_so_many(recordings: Recordings) -> None:
    """A session has a bound of recordings; more terminals work, and are not recorded."""
    for _ in range(LIMITS.recordings + 2):
        assert run(RecordedTerminal(Said(b"x"), "pc", recordings)) == b"x"

    assert len(recordings.all()) == LIMITS.recordings


def test_a_recording_that_is_erased_is_gone_and_its_number_too(
    recordings: Recordings, journal: Journal
) -> None:
    """What was left out is not there any more; a terminal that is still open begins another
    recording, which is never taken for the one before."""
    terminal = RecordedTerminal(Said(b"secret", b"more"), "pc", recordings)
    terminal.read()
    gone = recordings.remove("01-pc")
    journal.append("left-out", recording=gone.id)
    run(terminal)

    assert [one.id for one in recordings.all()] == ["02-pc"]
    assert shown(recordings, "02-pc") == "more"
    with pytest.raises(NotFound):
        recordings.read("01-pc")


@pytest.mark.parametrize("name", ["../journal", "01-pc/../../x", "", "01-PC", "/etc/passwd"])
def test_only_a_recording_is_read(recordings: Recordings, name: str) -> None:
    """A name that is no recording's leads nowhere."""
    with pytest.raises(NotFound):
        recordings.read(name)


def test_a_full_disk_ends_the_recording_alone(
    recordings: Recordings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When there is no room the recording stops at a whole line, and the terminal goes on."""
    terminal = RecordedTerminal(Said(b"kept", b"lost", b"more"), "pc", recordings)
    terminal.read()
    before = recordings.read("01-pc")
    real = os.write

    def full(file: int, data: bytes) -> int:
        """Take half of it, then nothing."""
        monkeypatch.setattr(os, "write", _refuse)
        return real(file, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", full)
    assert run(terminal) == b"lostmore"
    assert recordings.read("01-pc") == before


def _refuse(_file: int, _data: bytes) -> int:
    raise OSError(errno.ENOSPC, "no room")


def test_a_killed_server_loses_nothing_that_was_shown(tmp_path: Path, journal: Journal) -> None:
    """Each piece of output is in the file before the next one is read."""
    script = textwrap.dedent(f"""
        import os, signal
        from pathlib import Path
        from breakfix.session.casting import CastFile
        cast = CastFile(Path({str(tmp_path / "recordings" / "01-pc.cast")!r}), 80, 24)
        cast.output("shown")
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    (tmp_path / "recordings").mkdir()
    done = subprocess.run([sys.executable, "-c", script], check=False)

    assert done.returncode < 0
    assert shown(Recordings(tmp_path / "recordings", journal)) == "shown"


def test_times_count_from_the_beginning_by_a_clock_that_only_goes_on(tmp_path: Path) -> None:
    """An event's time is how long the recording has lasted, whatever the computer's clock says."""
    clock = iter([100.0, 100.5, 102.25])
    cast = CastFile(tmp_path / "01-pc.cast", 80, 24, lambda: next(clock))
    cast.output("a")
    cast.output("b")
    cast.close()

    lines = (tmp_path / "01-pc.cast").read_text("utf-8").splitlines()
    assert [json.loads(line)[0] for line in lines[1:]] == [0.5, 2.25]
    assert (tmp_path / "01-pc.cast").stat().st_mode & 0o777 == 0o600
