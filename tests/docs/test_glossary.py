"""docs/glossary.md holds the words that people see."""

from __future__ import annotations

import re

import pytest

from breakfix.grading.states import State
from breakfix.messages import Language, say
from tests.docs.pages import DOCS

ROWS = [
    tuple(cell.strip() for cell in row.split("|")[1:4])
    for row in (DOCS / "glossary.md").read_text("utf-8").splitlines()
    if row.startswith("| ") and not row.startswith(("| Word", "| ---"))
]


def words(cell: str) -> set[str]:
    """The words of one cell, without what stands in brackets behind them."""
    return {word.strip() for word in re.split(r"[,;]", re.sub(r"\(.*?\)", "", cell))}


@pytest.mark.parametrize("state", list(State))
def test_states_of_learners_are_told_in_both_languages(state: State) -> None:
    """Where a learner stands is called in the glossary as it is on the screen."""
    english, dutch = (say(f"state.{state.value}", one) for one in (Language.EN, Language.NL))

    assert [dutch in words(row[1]) for row in ROWS if english in words(row[0])] == [True]
