"""A table that a school's administration exported: whatever Excel or a platform calls CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from breakfix.errors import CourseError

_MOST_BYTES = 4 << 20
_DELIMITERS = (";", ",", "\t")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
#: How the files of spreadsheet programs themselves begin.
_SPREADSHEET = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Row:
    """The cells of one row, and the line of the file where it begins."""

    line: int
    cells: tuple[str, ...]


class BadQuotes(Exception):
    """The quotes of a row are wrong, so that nobody can tell where its cells end."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_text(file: Path) -> str:
    """The text of `file`, in UTF-8, UTF-16 or Windows-1252. Raises CourseError."""
    try:
        with file.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise CourseError("roster.not-there", file=file, reason=error.strerror) from error
    if len(data) > _MOST_BYTES:
        raise CourseError("roster.too-large", file=file)
    text = None if data.startswith(_SPREADSHEET) else _decoded(data)
    if text is None or "\0" in text:
        raise CourseError("roster.not-text", file=file)
    return text


def rows(text: str, known: Callable[[str], bool]) -> Iterator[Row]:
    """The rows of a table that are not empty, headings first; `known` says of a cell whether it
    is a heading. Raises BadQuotes."""
    lines = text.splitlines()
    said = lines[0].strip().lower() if lines else ""
    if said.startswith("sep=") and len(said) <= len("sep=;"):
        # Excel's own way to say it; a tab was stripped.
        yield from _rows(text, said[4:] or "\t", 1)
    else:
        yield from _rows(text, _delimiter(text, known), 0)


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _delimiter(text: str, known: Callable[[str], bool]) -> str:
    """What separates cells: whatever gives most headings that are known, then most headings."""

    def worth(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(_rows(text, delimiter, 0), Row(1, ())).cells
        except BadQuotes:
            return (0, 0)
        return (sum(map(known, cells)), len(cells))

    return max(_DELIMITERS, key=worth)


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    stream = io.StringIO(text, newline="")
    for _ in range(skipped):
        stream.readline()
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    while True:
        line = skipped + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BadQuotes(line) from error
        if cells is None:
            return
        if _filled(cells):
            yield Row(line, tuple(cells))


def _filled(cells: Sequence[str]) -> bool:
    return any(cell.strip() for cell in cells)
