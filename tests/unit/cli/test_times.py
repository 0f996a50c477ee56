"""Moments that people type."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click
import pytest

from breakfix.cli.times import MOMENT, BadMoment, moment_of
from breakfix.messages import Language, say

BRUSSELS = ZoneInfo("Europe/Brussels")


def utc(text: str) -> float:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-01 14:00", "2026-12-01T13:00"),
        ("2026-12-01T14:00", "2026-12-01T13:00"),
        (" 2026-07-01 14:00:30 ", "2026-07-01T12:00:30"),
        ("2026-12-01T14:00Z", "2026-12-01T14:00"),
        ("2026-12-01 14:00+05:30", "2026-12-01T08:30"),
        ("2026-12-01 14:00 -0130", "2026-12-01T15:30"),
        ("2026-10-25 02:30+02:00", "2026-10-25T00:30"),
        ("2026-10-25 02:30+01:00", "2026-10-25T01:30"),
    ],
)
def test_a_moment_is_local_unless_it_names_a_zone(typed: str, meant: str) -> None:
    """Date and time with a space or a T are local; a zone behind them decides otherwise."""
    assert moment_of(typed, BRUSSELS) == utc(meant)


def test_without_more_the_zone_is_this_computers() -> None:
    """A moment without a zone is the same as nobody's but this computer's own."""
    assert moment_of("2026-12-01 14:00") == datetime(2026, 12, 1, 14).astimezone().timestamp()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "time.not-understood"),
        ("tomorrow", "time.not-understood"),
        ("2026-12-01", "time.not-understood"),
        ("01/12/2026 14:00", "time.not-understood"),
        ("2026-12-01 2pm", "time.not-understood"),
        ("2026-12-01 14:00 CET", "time.not-understood"),
        ("٢٠٢٦-12-01 14:00", "time.not-understood"),
        ("2026-02-30 14:00", "time.no-such-date"),
        ("2026-12-01 24:00", "time.no-such-date"),
        ("2026-12-01 14:00+25:00", "time.no-such-date"),
        ("0206-12-01 14:00", "time.no-such-date"),
        ("2206-12-01 14:00", "time.no-such-date"),
        ("2026-10-25 02:30", "time.twice"),
        ("2026-03-29 02:30", "time.skipped"),
    ],
)
def test_what_is_no_moment_is_told_as_such(typed: str, key: str) -> None:
    """What can't be understood, is not in the calendar, or comes twice or never, says so."""
    with pytest.raises(BadMoment) as raised:
        moment_of(typed, BRUSSELS)
    assert raised.value.key == key
    assert typed in say(key, Language.NL, text=typed)


def test_an_option_tells_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an option, a bad moment is wrong usage, with an example of a good one."""
    monkeypatch.setenv("BREAKFIX_LANGUAGE", "en")
    with pytest.raises(click.BadParameter, match="2026-12-01 14:00"):
        MOMENT.convert("soon", None, None)
    assert MOMENT.convert(1.5, None, None) == 1.5
