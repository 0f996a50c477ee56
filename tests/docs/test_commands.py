"""Every command in the documentation exists, with the options that it is told with.

Whether each command of breakfix has its place in docs/commands.md is looked after in
tests/unit/cli/test_commands.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.commands import of_ours, targets, told, trouble_with
from tests.docs.pages import ROOT, pages

PAGES = [page for page in pages() if any(told(page))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_exists(page: Path) -> None:
    """A command that a page tells is there, and so is each of its options."""
    found = [(where, words, trouble_with(words)) for where, words in told(page)]
    assert [one for one in found if one[2]] == []


def test_make_help_tells_every_target() -> None:
    """Every target that is a command carries the sentence that `make help` prints."""
    assert [name for name, has_help in targets().items() if not has_help] == []


def test_every_target_is_told_somewhere() -> None:
    """What `make help` lists, some page explains by using it."""
    used = {
        word for page in PAGES for _, words in told(page) if words[0] == "make" for word in words
    }
    assert set(targets()) - used == set()


@pytest.mark.parametrize(
    "line",
    [
        "breakfix lab strat no-internet",
        "breakfix lab list --colour",
        "breakfix course add no-internet --mode exam",
        "make coffee",
        "nbgrader autogrades kassa",
        "nbgrader collect kassa --all-of-them",
        "cd ~/x && breakfix lesson",
    ],
)
def test_a_command_that_is_not_there_is_found(line: str) -> None:
    """Wrong commands, options, choices and targets are all seen."""
    (words,) = of_ours(line)
    assert trouble_with(words)


@pytest.mark.parametrize(
    "line",
    [
        "breakfix lab start <lab>    # any lab",
        "BREAKFIX_AUTHOR=1 breakfix lab list --all",
        ".venv/bin/breakfix lab shell no-internet pc -- ip route --colour",
        "breakfix lab cable no-internet pc ens3 in",
        "make prove LAB=no-internet",
        "nbgrader collect kassa --update",
        "nbgrader generate_feedback kassa --CourseDirectory.ignore=evidence",
    ],
)
def test_a_right_command_is_no_trouble(line: str) -> None:
    """Places to fill in, variables, remarks and what runs on a machine are understood."""
    (words,) = of_ours(line)
    assert trouble_with(words) == ""
