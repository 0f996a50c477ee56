"""The project's pages as their tests read them: blocks of code, links, headings.

The convention for pages that a test follows: a `sh` block is typed; a `text` block below it is what
that prints (`…` stands for anything); a block below a line with only a path in code and a colon is
the whole content of that file. The word `not-run` behind `sh` keeps a block from being run, for
what needs a person, a browser or another computer; `status=1` says with what its last command
ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_NOT_OURS = {"node_modules", "build", "dist", "workspace", "data", "skeleton"}
_FENCE = re.compile(r"^(`{3,}|~{3,})\s*(.*)$")
_FILE = re.compile(r"^`([^`\s]+)`:$")
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One fenced block: where it opens, the words behind its fence, its text, and the file whose
    content it is."""

    page: Path
    line: int
    info: tuple[str, ...]
    text: str
    file: str = ""

    @property
    def language(self) -> str:
        """The first word behind the fence."""
        return self.info[0] if self.info else ""

    @property
    def where(self) -> str:
        """Its place, as editors make it clickable."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def status(self) -> int:
        """How its commands end."""
        said = [word for word in self.info if word.startswith("status=")]
        return int(said[0].partition("=")[2]) if said else 0


def pages() -> list[Path]:
    """Every Markdown file of the project that people read as a page."""
    return sorted(
        path
        for path in ROOT.rglob("*.md")
        if not any(
            part.startswith(".") or part in _NOT_OURS for part in path.relative_to(ROOT).parts
        )
    )


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return list(_blocks(page, page.read_text("utf-8").splitlines()))


def prose(text: str) -> str:
    """A page's text with its fenced blocks left empty, line by line the same."""
    kept, fence = [], ""
    for line in text.splitlines():
        found = _FENCE.match(line)
        if not fence and found:
            fence = found[1]
            kept.append("")
        elif fence:
            kept.append("")
            fence = "" if line.strip() == fence else fence
        else:
            kept.append(line)
    return "\n".join(kept)


def inline_code(page: Path) -> list[str]:
    """What stands in code marks between words."""
    return _INLINE.findall(prose(page.read_text("utf-8")))


def links(text: str) -> list[str]:
    """The targets of a text's links and pictures that lead into the project."""
    found = [match["target"] for match in _LINK.finditer(_INLINE.sub("", prose(text)))]
    return [target for target in found if not re.match(r"[a-z]+:|//", target)]


def anchors(text: str) -> set[str]:
    """The names by which the headings of a text can be linked to, as a forge makes them."""
    names: set[str] = set()
    for heading in _HEADING.findall(prose(text)):
        name = _slug(heading)
        number = 0
        while (again := f"{name}-{number}" if number else name) in names:
            number += 1
        names.add(again)
    return names


def _slug(heading: str) -> str:
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    kept = re.sub(r"[^\w\- ]", "", plain.lower())
    return kept.replace(" ", "-")


def _blocks(page: Path, lines: list[str]) -> Iterator[Block]:
    number, above = 0, ""
    while number < len(lines):
        found = _FENCE.match(lines[number])
        if found is None:
            above = lines[number].strip() or above
            number += 1
            continue
        end = _end(lines, number, found[1])
        named = _FILE.match(above)
        yield Block(
            page,
            number + 1,
            tuple(found[2].split()),
            "\n".join(lines[number + 1 : end]) + "\n",
            named[1] if named else "",
        )
        number, above = end + 1, ""


def _end(lines: list[str], start: int, fence: str) -> int:
    for number in range(start + 1, len(lines)):
        if lines[number].strip() == fence:
            return number
    raise ValueError(f"the block of line {start + 1} is never closed")
