"""The journal in evidence: JSON objects, one a line."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from breakfix.evidence.limits import LIMITS
from breakfix.evidence.refusal import Reason, Refused

Event = dict[str, Any]


def events_of(data: bytes) -> tuple[Event, ...]:
    """Every event of a journal. Raises Refused."""
    lines = data.split(b"\n")
    if lines.pop() or len(lines) > LIMITS.journal_lines:
        raise Refused(Reason.JOURNAL)
    return tuple(map(_event, lines))


def tidy(data: bytes) -> bytes:
    """The journal without lines that are no event: a process that dies may leave half a line."""
    kept = []
    for line in data.split(b"\n"):
        try:
            _event(line)
        except Refused:
            continue
        kept.append(line + b"\n")
    return b"".join(kept)


def _event(line: bytes) -> Event:
    try:
        event = json.loads(line.decode("utf-8"), parse_float=_finite, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refused(Reason.JOURNAL) from error
    if not isinstance(event, dict):
        raise Refused(Reason.JOURNAL)
    _bounded(event, LIMITS.json_depth)
    return event


def _bounded(value: object, depth: int) -> None:
    """Refuse what is nested deeper than `depth`, or text that can't travel as UTF-8."""
    if depth == 0:
        raise Refused(Reason.JOURNAL)
    inner: list[object] = []
    if isinstance(value, dict):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, list):
        inner = value
    elif isinstance(value, str) and not value.isascii():
        _travels(value)
    for one in inner:
        _bounded(one, depth - 1)


def _travels(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refused(Reason.JOURNAL) from error


def _finite(digits: str) -> float:
    """A number that JSON can write again: `1e999` is none that anybody counted."""
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits)


def _no_number(constant: str) -> NoReturn:
    raise Refused(Reason.JOURNAL, constant)
