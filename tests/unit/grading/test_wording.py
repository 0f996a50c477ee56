from __future__ import annotations

import re

import pytest

from breakfix.grading.wording import Words, clean
from breakfix.messages import Language

NL, EN = Words(Language.NL), Words(Language.EN)


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (7.5, "7,5", "7.5"),
        (10.0, "10", "10"),
        (0.0, "0", "0"),
        (3.333, "3,33", "3.33"),
        (100, "100", "100"),
    ],
)
def test_numbers_are_written_as_the_language_does(value: float, dutch: str, english: str) -> None:
    """A comma in Dutch, a point in English, two decimals at most and none that say nothing."""
    assert (NL.number(value), EN.number(value)) == (dutch, english)


def test_points_are_out_of_the_most() -> None:
    """Points come with the most that there are."""
    assert NL.points(7.5, 10) == "7,5/10"


@pytest.mark.parametrize("value", [1e300, float("nan"), float("inf"), -1e18, None, 0.0])
def test_what_is_no_moment_is_told_as_unknown(value: float | None) -> None:
    """A learner's computer may say anything of time."""
    assert NL.moment(value) == "?"


def test_a_moment_has_day_and_time() -> None:
    """A moment is written as day, month, year and time."""
    assert re.fullmatch(r"\d\d/\d\d/2026 \d\d:\d\d", NL.moment(1_795_000_000.0))


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(20.4, "20 s"), (90, "2 min"), (3600, "1 u 00 min"), (5430, "1 u 30 min"), (-1, "?"),
     (float("nan"), "?"), (1e12, "?")],
)  # fmt: skip
def test_durations_are_told_to_the_minute(seconds: float, told: str) -> None:
    """Hours and minutes; seconds only where there is nothing more."""
    assert NL.duration(seconds) == told


def test_real_names_and_signs_stay_as_they_are() -> None:
    """Letters of any language, signs and line ends are no trouble."""
    text = "Yıldız, Noë, Ngoma ë ü\n\u0645\u0631\u062d\u0628\u0627 👩‍💻 € “x”\t|"
    assert clean(text) == text


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\u202e", "\u2067", "\u200f", "\ud800", "\u2028"])
def test_what_would_change_the_rest_is_shown(char: str) -> None:
    """Control characters, turning marks and halves of characters are written out."""
    shown = clean(f"a{char}b")
    assert char not in shown
    assert re.fullmatch(r"a\\[xu][0-9a-f]+b", shown)
    assert shown.encode("utf-8")


def test_a_long_text_is_cut() -> None:
    """What nobody would read to the end says that it was cut."""
    assert clean("x" * 100, longest=10) == "x" * 10 + " […]"
