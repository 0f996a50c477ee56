"""MyST files with both languages: cells opened by `+++ {"tags": ["lang-nl"]}`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from breakfix.content.problem import Problem
from breakfix.content.source import Found, Source, read
from breakfix.messages import Language
from breakfix.model.value import Text

_TAG = "lang-"
_CODE = re.compile(r"^(`{3,}|~{3,})\{code(?:-cell)?\}")
_TAGS_LINE = re.compile(r"^:tags:\s*(.*)$")


@dataclass(frozen=True)
class Cell:
    """One cell: the line where it begins, what it is, its tags and its text."""

    line: int
    tags: tuple[str, ...]
    text: str
    code: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """What follows `lang-` in its tags."""
        return tuple(tag[len(_TAG) :] for tag in self.tags if tag.startswith(_TAG))

    @property
    def language(self) -> str | None:
        """Its one language, or None."""
        return self.languages[0] if len(self.languages) == 1 else None


def read_text(path: Path) -> Source[Text]:
    """A file of exactly one text."""
    return read(path, _one_text)


def read_texts(path: Path) -> Source[tuple[Text, ...]]:
    """A file of texts in order, each a pair of cells."""
    return read(path, _texts)


def read_cells(path: Path) -> Source[tuple[Cell, ...]]:
    """A notebook; code cells may serve all languages."""
    return read(path, _cells_checked)


def cells_of(text: str) -> tuple[Cell, ...]:
    """The cells of MyST `text`, without its front matter. Empty untagged cells are left out."""
    found = (_cell(line, block) for line, block in _blocks(text))
    return tuple(cell for cell in found if cell.text or cell.tags)


def _one_text(path: Path, text: str) -> Found[Text]:
    texts, problems = _texts(path, text)
    if texts is None or problems:
        return None, problems
    if len(texts) == 1:
        return texts[0], ()
    return None, (Problem("L082", path, 1, {"languages": "nl + en"}),)


def _texts(path: Path, text: str) -> Found[tuple[Text, ...]]:
    cells, problems = _cells_checked(path, text)
    if cells is None:
        return None, problems
    pairs = [cells[start : start + 2] for start in range(0, len(cells), 2)]
    wrong = [_odd(path, pair) for pair in pairs if {c.language for c in pair} != set(Language)]
    if wrong or not pairs:
        empty = Problem("L082", path, 1, {"languages": "nl, en"})
        return None, (*wrong, *(() if wrong else (empty,)))
    return tuple(Text(**{str(c.language): c.text for c in pair}) for pair in pairs), ()


def _odd(path: Path, pair: tuple[Cell, ...]) -> Problem:
    missing = [one.value for one in Language if one.value not in {c.language for c in pair}]
    return Problem("L082", path, pair[0].line, {"languages": ", ".join(missing)})


def _cells_checked(path: Path, text: str) -> Found[tuple[Cell, ...]]:
    cells = cells_of(text)
    problems = tuple(_cell_problems(path, cells))
    return (None, problems) if problems else (cells, ())


def _cell_problems(path: Path, cells: Iterable[Cell]) -> Iterator[Problem]:
    for cell in cells:
        if not set(cell.languages) <= set(Language) or len(cell.languages) > 1:
            yield Problem("L083", path, cell.line, {"tags": ", ".join(cell.tags)})
        elif not cell.languages and not cell.code:
            yield Problem("L081", path, cell.line)
        elif not cell.text:
            yield Problem("L084", path, cell.line)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that make one cell each, with the number of their first line."""
    lines = text.splitlines()
    start, block, fence = _after_front_matter(lines), list[str](), ""
    begin = start + 1
    for number, line in enumerate(lines[start:], start + 1):
        opens = _CODE.match(line)
        if not fence and (line.startswith("+++") or opens):
            yield begin, block
            begin, block = number, []
            fence = opens[1] if opens else ""
        block.append(line)
        if fence and line.strip() == fence and not opens:
            yield begin, block
            begin, block, fence = number + 1, [], ""
    yield begin, block


def _after_front_matter(lines: list[str]) -> int:
    if lines and lines[0].strip() == "---" and "---" in lines[1:]:
        return lines.index("---", 1) + 1
    return 0


def _cell(line: int, block: list[str]) -> Cell:
    if block and _CODE.match(block[0]):
        return _code_cell(line, block)
    if block and block[0].startswith("+++"):
        return Cell(line, _tags(block[0][3:]), "\n".join(block[1:]).strip())
    return Cell(line, (), "\n".join(block).strip())


def _code_cell(line: int, block: list[str]) -> Cell:
    options = [match for text in block[1:] if (match := _TAGS_LINE.match(text))]
    names = options[0][1].strip("[] ") if options else ""
    tags = tuple(name.strip(" \"'") for name in names.split(",") if name.strip())
    body = [text for text in block[1:-1] if not text.startswith(":")]
    return Cell(line, tags, "\n".join(body).strip(), code=True)


def _tags(metadata: str) -> tuple[str, ...]:
    """The tags in a cell's metadata; a form that is no JSON is a tag that no language has."""
    try:
        data = json.loads(metadata) if metadata.strip() else {}
        return tuple(str(tag) for tag in data.get("tags", ()))
    except (ValueError, AttributeError, TypeError):
        return (f"{_TAG}?",)
