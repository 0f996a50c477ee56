"""docs/authoring.md, followed literally: every command, every file, and what is printed."""

from __future__ import annotations

import pytest

from tests.docs.pages import DOCS, blocks
from tests.docs.shell import Shell

PAGE = blocks(DOCS / "authoring.md")


@pytest.mark.engine
def test_who_follows_the_page_has_a_proven_lab(terminal: Shell) -> None:
    """From an empty folder to a lab that is red once, then green, locked and shown to learners."""
    terminal.follow(PAGE)

    lab = terminal.home / "my-labs" / "m020-os" / "no-bookings"
    assert (lab.parents[1] / "proven.lock").is_file()
    assert terminal.run("breakfix lab lint no-bookings") == (0, "")


def test_every_block_of_the_page_is_followed() -> None:
    """No block is left out: each is a command, a file of the lab, or what is printed."""
    left = [
        block.where
        for block in PAGE
        if not block.file and (block.language not in {"sh", "text"} or "not-run" in block.info)
    ]
    assert left == []


def test_the_lab_of_the_page_is_whole() -> None:
    """A fault has two wrong repairs on the page, and a question its rubric."""
    files = {block.file for block in PAGE if block.file}
    rejected = [name for name in files if "/rejected/" in name]
    assert len(rejected) == 4
    assert {"lab.toml", "staff/checks.py", "staff/answers/reply.md"} <= files
