"""Recordings as asciicast v2 (docs.asciinema.org/manual/asciicast/v2), written and read."""

from __future__ import annotations

import json

import pytest

from breakfix.errors import EvidenceError
from breakfix.evidence.asciicast import (
    MOST_CELLS,
    CastEvent,
    event_line,
    header_line,
    read_cast,
    size_of,
)
from breakfix.evidence.limits import LIMITS

HEADER = b'{"version": 2, "width": 80, "height": 24}\n'


def test_what_is_written_is_asciicast_version_2() -> None:
    """The header is a JSON object with the keys that the format requires, and each event an array
    of a time, a code and a text, one a line."""
    header, event = (
        header_line(100, 30, 1504467315.7, "01-pc"),
        event_line(1.23456789, "o", "é\x1b"),
    )

    assert json.loads(header) == {
        "version": 2, "width": 100, "height": 30, "timestamp": 1504467315, "title": "01-pc",
        "env": {"TERM": "xterm-256color"},
    }  # fmt: skip
    assert json.loads(event) == [1.234568, "o", "é\x1b"]
    assert (header.count(b"\n"), event.count(b"\n")) == (1, 1)
    assert "é".encode() in event


def test_the_examples_of_the_format_are_read() -> None:
    """The format's own example is read, without the events that we have no use for."""
    found = read_cast(
        b'{"version": 2, "width": 80, "height": 24, "timestamp": 1504467315, "title": "Demo",'
        b' "env": {"TERM": "xterm-256color", "SHELL": "/bin/zsh"}}\n'
        b'[0.248848, "o", "\\u001b[1;31mHello \\u001b[32mWorld!\\u001b[0m\\n"]\n'
        b'[1.001376, "i", "secret"]\n'
        b'[1.500000, "m", ""]\n'
        b'[4.050000, "r", "80x24"]\n'
        b'[6.541828, "o", "Bye!"]\n'
    )
    assert (found.columns, found.rows, found.started) == (80, 24, 1504467315.0)
    assert [(one.at, one.code) for one in found.events] == [
        (0.248848, "o"), (1.5, "m"), (4.05, "r"), (6.541828, "o"),
    ]  # fmt: skip
    assert found.seconds == 6.541828
    assert "secret" not in repr(found)


def test_a_half_line_at_the_end_is_skipped() -> None:
    """What a process that was killed left half-written costs only that line."""
    found = read_cast(HEADER + b'[0.5, "o", "one"]\n[1, "o", "tw')
    assert found.events == (CastEvent(0.5, "o", "one"),)


def test_time_never_goes_back() -> None:
    """An event that says it came before the one above it comes right after that."""
    found = read_cast(HEADER + b'[5, "o", "a"]\n[1, "o", "b"]\n[-3, "o", "c"]\n[1e999, "o", "d"]\n')
    assert [(one.at, one.data) for one in found.events] == [(5.0, "a"), (5.0, "b")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]\n",
        b"not JSON\n",
        b'{"version": 3, "width": 80, "height": 24}\n',
        b'{"version": 2, "width": 80}\n',
        b'{"version": 2, "width": "80", "height": 24}\n',
        b'{"version": 2, "width": 80, "height": 1000000}\n',
        b'{"version": 2, "width": true, "height": 24}\n',
        b"[" * 100_000,
        HEADER + b" " * LIMITS.recording_bytes,
    ],
)
def test_what_is_no_recording_is_told_so(data: bytes) -> None:
    """Whatever else a file holds is one error with a sentence."""
    with pytest.raises(EvidenceError) as found:
        read_cast(data)
    assert found.value.key == "recording.unreadable"


@pytest.mark.parametrize(
    "line",
    ['["a", "o", "x"]', '[1, "o"]', '[1, "o", 5]', '{"a": 1}', "7", '[1e400, "o", "x"]',
     '[NaN, "o", "x"]', f'[{10**400}, "o", "x"]', '[true, "o", "x"]'],
)  # fmt: skip
def test_an_event_that_is_none_is_skipped(line: str) -> None:
    """A line that is no event we know takes nothing else with it."""
    assert read_cast(HEADER + line.encode() + b'\n[2, "o", "x"]\n').events == (
        CastEvent(2.0, "o", "x"),
    )


@pytest.mark.parametrize(
    ("text", "size"),
    [("80x24", (80, 24)), (f"{MOST_CELLS}x1", (MOST_CELLS, 1)), ("0x24", None), ("80", None),
     ("99999x9", None), ("8 x 9", None), ("-1x5", None)],
)  # fmt: skip
def test_a_size_is_one_that_a_screen_can_have(text: str, size: tuple[int, int] | None) -> None:
    """Columns and rows from 1 on, and no more than any screen has."""
    assert size_of(text) == size
