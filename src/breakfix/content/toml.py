"""TOML files to model values: every problem at once, each with its line."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from breakfix import codec
from breakfix.content.locator import Loc, line_at, lines_of
from breakfix.content.problem import Problem
from breakfix.content.source import Found, Source, read

T = TypeVar("T")

_LANGUAGES = ("nl", "en")


def read_toml(kind: type[T], path: Path) -> Source[T]:
    """The value of `kind` in the file `path`, or all that is wrong with it."""
    source = read(path, lambda where, text: _parse(kind, where, text))
    return replace(source, lines=lines_of(source.text))


def _parse(kind: type[T], path: Path, text: str) -> Found[T]:
    try:
        # A TOML date has no JSON form; as text it fails (or fits) like any other wrong type.
        data = json.dumps(tomllib.loads(text), default=str)
    except tomllib.TOMLDecodeError as error:
        return None, (Problem("L001", path, _line_in(str(error), text), {"detail": str(error)}),)
    try:
        return codec.from_json(kind, data), ()
    except ValidationError as error:
        return None, _problems(path, text, error)


def _line_in(message: str, text: str) -> int:
    found = re.search(r"at line (\d+)", message)
    return int(found[1]) if found else max(1, len(text.splitlines()))


def _problems(path: Path, text: str, error: ValidationError) -> tuple[Problem, ...]:
    lines = lines_of(text)
    return tuple(
        _problem(path, lines, item["type"], item["loc"], item["msg"]) for item in error.errors()
    )


def _problem(path: Path, lines: dict[Loc, int], kind: str, loc: Loc, detail: str) -> Problem:
    line = line_at(lines, loc)
    place, name = ".".join(map(str, loc)), str(loc[-1]) if loc else ""
    if kind == "unexpected_keyword_argument":
        return Problem("L002", path, line, {"key": place})
    if kind == "missing" and name in _LANGUAGES:
        return Problem("L080", path, line, {"key": place})
    if kind == "missing":
        return Problem("L003", path, line, {"key": place})
    return Problem("L004", path, line, {"key": place, "detail": detail})
