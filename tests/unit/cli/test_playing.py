"""Playing a recording: at the speed that was asked, and harmless to whoever plays it."""

from __future__ import annotations

import io

import pytest

from breakfix.cli.harmless import RESTORE, Harmless
from breakfix.cli.playing import play
from breakfix.evidence.asciicast import Cast, CastEvent

CAST = Cast(
    80,
    24,
    0.0,
    (
        CastEvent(1.0, "o", "one "),
        CastEvent(1.5, "r", "100x30"),
        CastEvent(11.0, "o", "two"),
        CastEvent(12.0, "m", "x"),
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "plain, é 漢 🙂\r\n\ttab \b\x1b[1;31mred\x1b[0m",
        "\x1b[2J\x1b[H\x1b[10;20H\x1b[K\x1b[3A",
        "\x1b[?1049h\x1b[?25l\x1b7\x1b8\x1b(0lqk\x1b(B\x1b[1;20r",
        "\x1b[38;2;10;20;30mcolour\x1b[38:5:3m",
    ],
)
def test_what_only_draws_goes_through(text: str) -> None:
    """Text, moving the cursor, erasing, colours and the second screen of editors stay."""
    assert Harmless().clean(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "\x1b]0;title\x07",
        "\x1b]2;title\x1b\\",
        "\x1b]52;c;aGVsbG8=\x07",
        "\x1b]8;;https://evil.example\x1b\\",
        "\x1bP+q544e\x1b\\",
        "\x1b_application\x1b\\",
        "\x1b^private\x1b\\",
        "\x1b[c",
        "\x1b[>0c",
        "\x1b[6n",
        "\x1b[?6n",
        "\x1b[?1000h\x1b[?1006h",
        "\x1b[?2004h",
        "\x1b[21t",
        "\x1b[?1$p",
        "\x1b[>q",
        "\x1bc",
        "\x1b[!p",
        "\x1b[99999b",
        "\x05",
        "\x07",
        "\x9b6n"[:1],
        "\x1b[5i",
    ],
)
def test_what_touches_a_terminal_is_left_out(text: str) -> None:
    """Titles, the clipboard, links, questions that are answered, modes of keys and mouse, resets,
    printing and endless repeats do not reach the terminal, in one piece or cut anywhere."""
    assert Harmless().clean(f"a{text}b") == "ab"
    for cut in range(1, len(text)):
        harmless = Harmless()
        assert harmless.clean("a" + text[:cut]) + harmless.clean(text[cut:] + "b") == "ab"


def test_a_string_without_end_takes_not_everything() -> None:
    """A title that never ends is given up: what follows is shown again."""
    harmless = Harmless()
    harmless.clean("\x1b]0;" + "x" * 10_000)
    assert harmless.clean("\r\nafter") == "\r\nafter"


def test_nothing_is_as_loud_as_random_bytes() -> None:
    """Whatever comes, no escape is left but the harmless ones."""
    text = "".join(chr(number * 7919 % 256) for number in range(50_000))
    for piece in Harmless().clean(text).split("\x1b")[1:]:
        assert piece[:1] in "[()78DEM"


def test_it_is_played_as_fast_as_asked() -> None:
    """Waits are divided by the speed, and where nothing happened they are cut short."""
    out, waits = io.StringIO(), list[float]()

    assert play(CAST, 2.0, 3.0, out, waits.append)
    assert waits == [0.5, 1.5]
    assert out.getvalue() == f"one two{RESTORE}\r\n"


def test_ctrl_c_stops_and_leaves_the_terminal_in_order() -> None:
    """Who stops gets back the own screen, cursor and colours."""
    out = io.StringIO()

    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    assert not play(CAST, 1.0, 2.0, out, interrupted)
    assert out.getvalue() == f"{RESTORE}\r\n"
