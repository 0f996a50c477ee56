"""The pages that people follow, followed: in order, in a scratch folder, on real machines."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, Block, blocks
from tests.docs.shell import Shell

FOLLOWED = [ROOT / "README.md", DOCS / "self-study.md", DOCS / "teaching.md", DOCS / "authoring.md"]
LEFT_OUT = [block for page in FOLLOWED for block in blocks(page) if "not-run" in block.info]


@pytest.mark.engine
def test_the_front_page(terminal: Shell, tmp_path: Path) -> None:
    """What the front page shows works without a browser: start, a terminal, check, hand in."""
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    terminal.run(f"cd {tmp_path}")

    terminal.follow(blocks(ROOT / "README.md"))

    assert (tmp_path / "evidence" / "no-internet.breakfix.tar.zst").is_file()


@pytest.mark.engine
def test_self_study(terminal: Shell) -> None:
    """Somebody at home sets up, works on a lab, hands in, and takes the images along."""
    terminal.follow(blocks(DOCS / "self-study.md"))

    assert (terminal.home / "my-work" / "evidence").is_dir()
    labs = json.loads(terminal.run("breakfix lab list --json")[1])
    assert {lab["slug"]: lab["state"] for lab in labs if lab["state"]} == {
        "till-does-not-start": "finished"
    }


@pytest.mark.engine
def test_teaching(terminal: Shell) -> None:
    """A teacher makes a course, one learner does the assignment, and a grade comes of it; then all
    that comes after, up to the next year."""
    terminal.follow(blocks(DOCS / "teaching.md"))

    course = terminal.home / "courses" / "helpdesk"
    rows = list(csv.DictReader((course / "grades.csv").read_text("utf-8-sig").splitlines()))
    scores = {row["student_id"]: row["score"] for row in rows if row["assignment"] == "till"}
    assert scores == {"els": "55.0", "noe": ""}
    assert list((course.with_name("helpdesk-next")).glob("submitted/*")) == []


def test_the_index_marks_what_is_followed() -> None:
    """Exactly the pages that a test follows carry the mark for it in docs/README.md."""
    marked = re.findall(r"▶ \[[^\]]+\]\(([^)]+)\)", (DOCS / "README.md").read_text("utf-8"))
    assert {DOCS / name for name in marked} == set(FOLLOWED) - {ROOT / "README.md"}


@pytest.mark.parametrize("block", LEFT_OUT, ids=lambda block: str(block.where))
def test_what_is_not_run_needs_more_than_a_terminal(block: Block) -> None:
    """A block is left out only where it opens a browser, takes the whole tests, or needs another
    computer or a second person."""
    opens = ("make lab", "docker compose up")
    reasons = (*opens, "make test", "pip download", "PIP_NO_INDEX", "evidence replay")
    assert any(reason in block.text for reason in reasons)
