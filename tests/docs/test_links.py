"""Links, drawings and decisions of the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.drawings import trouble_in
from tests.docs.pages import DOCS, ROOT, Block, anchors, blocks, links, pages

PAGES = pages()
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
DRAWINGS = [block for page in PAGES for block in blocks(page) if block.language == "mermaid"]


def broken(page: Path) -> list[str]:
    """The links of a page that lead nowhere: no such file, or no such heading in it."""
    found = []
    for target in links(page.read_text("utf-8")):
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (
            anchor and path.suffix == ".md" and anchor not in anchors(path.read_text("utf-8"))
        ):
            found.append(target)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that exists, and a heading that stands in it."""
    assert broken(page) == []


def test_broken_links_are_found(tmp_path: Path) -> None:
    """Missing files and headings are seen; code, addresses and second headings are understood."""
    page = tmp_path / "page.md"
    page.write_text(
        "# One `two`: three\n## Again\n## Again\n"
        "[a](gone.md) ![b](two.svg) [c](https://x.y) `[e](three.md)`\n"
        "[f](#one-two-three) [g](#again-1) [h](#again-2) [i](page.md#nowhere)\n"
        "```sh\n# [no](heading.md)\n```\n",
        "utf-8",
    )
    assert broken(page) == ["gone.md", "two.svg", "#again-2", "page.md#nowhere"]


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda block: block.where)
def test_drawings_can_be_drawn(drawing: Block) -> None:
    """Each drawing is of a kind that exists, has its brackets closed, and a title and description
    for whoever can't see it."""
    assert trouble_in(drawing.text) == []


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("flowchart LR\n  accTitle: x\n  accDescr: y\n  a[b --> c\n", "open bracket"),
        ("flowhart LR\n  accTitle: x\n  accDescr: y\n  a --> c\n", "flowhart"),
        ("flowchart LR\n  accTitle: x\n  a --> c\n", "accDescr"),
        ("flowchart LR\n  accTitle: x\n  accDescr: y\n  subgraph s\n  a --> c\n", "end"),
        ("flowchart LR\n  accTitle: x\n  accDescr: y\n  a -->|no end c\n", "|"),
        ("flowchart LR\n  accTitle: x\n  accDescr: y\n  a --> c)\n", "bracket"),
    ],
)
def test_a_drawing_that_is_wrong_is_found(text: str, trouble: str) -> None:
    """What would show an error instead of a drawing is seen."""
    assert trouble in " ".join(trouble_in(text))


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: str(page.name))
def test_a_decision_has_a_number_a_date_and_is_listed(page: Path) -> None:
    """A decision begins with its number and title, then its date; the index links to it."""
    lines = page.read_text("utf-8").splitlines()

    assert lines[0].startswith(f"# {page.name[:4]} ")
    assert re.match(r"20\d\d-[01]\d-[0-3]\d\b", lines[2])
    assert f"decisions/{page.name}" in links((DOCS / "README.md").read_text("utf-8"))


def test_decisions_are_numbered_without_gaps() -> None:
    """Numbers run from 0001, each once."""
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_index_lists_every_page() -> None:
    """docs/README.md links to each page of the documentation."""
    listed = set(links((DOCS / "README.md").read_text("utf-8")))
    here = {page.name for page in DOCS.glob("*.md")} - {"README.md"}
    assert here - listed == set()
