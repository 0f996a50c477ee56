"""Moments on the command line: `2026-12-01 14:00`, in local time unless a zone is given."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

import click

from breakfix.messages import language_of_environment, say

#: A closing time outside these years is a slip of the pen.
_YEARS = range(2000, 2101)
_WRITTEN = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)[ T](?P<time>\d\d:\d\d(?::\d\d)?) ?(?P<zone>Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)


class Moment(click.ParamType[float]):
    """A moment that somebody typed, as seconds since 1970 (UTC)."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The moment in `value`; whatever is wrong with it is told as wrong usage."""
        if isinstance(value, float):
            return value
        try:
            return moment_of(str(value))
        except BadMoment as error:
            self.fail(say(error.key, language_of_environment(), text=value), param, ctx)


class BadMoment(ValueError):
    """What was typed names no moment, or two; `key` is the sentence that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


MOMENT = Moment()


def moment_of(text: str, local: tzinfo | None = None) -> float:
    """The moment that `text` names, in seconds since 1970; `local` stands in for this computer's
    own zone. Raises BadMoment."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise BadMoment("time.not-understood")
    try:
        wall = datetime.fromisoformat(f"{found['date']}T{found['time']}")
        zone = _zone(found["zone"])
    except ValueError as error:
        raise BadMoment("time.no-such-date") from error
    if wall.year not in _YEARS:
        raise BadMoment("time.no-such-date")
    return wall.replace(tzinfo=zone).timestamp() if zone else _here(wall, local)


def _zone(written: str | None) -> tzinfo | None:
    if written is None or written == "Z":
        return UTC if written else None
    hours, minutes = int(written[1:3]), int(written[-2:])
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if written[0] == "-" else ahead)


def _here(wall: datetime, local: tzinfo | None) -> float:
    """A local time: twice a year the clock is turned, and an hour comes twice or not at all."""
    first, second = (
        wall.replace(tzinfo=local, fold=fold).timestamp()
        if local
        else wall.replace(fold=fold).timestamp()
        for fold in (0, 1)
    )
    if first == second:
        return first
    raise BadMoment("time.twice" if first < second else "time.skipped")
