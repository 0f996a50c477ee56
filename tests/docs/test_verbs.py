"""What pages and labs write in a notebook cell exists."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import breakfix
from breakfix.notebook.assignment import AssignmentHandle
from breakfix.notebook.handle import LabHandle
from tests.docs.pages import ROOT, blocks, inline_code, pages

_VERB = re.compile(r"\blab\.(\w+)\(([^)]*)\)?")
_MADE = re.compile(r"\bbreakfix\.(\w+)\(")


def cells(page: Path) -> Iterator[str]:
    """What a page shows of Python: inline code, and blocks that are code."""
    yield from (block.text for block in blocks(page) if "python" in " ".join(block.info))
    yield from inline_code(page)


def unknown_in(text: str) -> list[str]:
    """The verbs and arguments in a text that no notebook has."""
    verbs = _verbs()
    found = [name for name in _MADE.findall(text) if name not in breakfix.__all__]
    for name, given in _VERB.findall(text):
        words = re.findall(r"(\w+)=", given)
        if name not in verbs or not set(words) <= verbs[name]:
            found.append(f"{name}({given})")
    return found


def _verbs() -> dict[str, set[str]]:
    """Every verb that a notebook has for a lab or an assignment, with the names it takes."""
    found: dict[str, set[str]] = {}
    for kind in (LabHandle, AssignmentHandle):
        for name, verb in inspect.getmembers(kind, inspect.isfunction):
            if not name.startswith("_"):
                found.setdefault(name, set()).update(inspect.signature(verb).parameters)
    return found


PAGES = [page for page in pages() if any("lab." in text for text in cells(page))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_verb_of_a_page_exists(page: Path) -> None:
    """A page names no verb, argument or function that a notebook does not have."""
    assert [name for text in cells(page) for name in unknown_in(text)] == []


def test_a_verb_that_is_not_there_is_found() -> None:
    """Wrong verbs, arguments and functions are seen."""
    assert unknown_in("lab.begin()") == ["begin()"]
    assert unknown_in("lab.check(after_reboot=True)") == ["check(after_reboot=True)"]
    assert unknown_in("breakfix.labs()") == ["labs"]
    assert unknown_in("lab.check(after_restart=True)") == []
