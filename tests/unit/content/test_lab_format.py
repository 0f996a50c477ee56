"""docs/lab-format.md is the specification: it fails here when it lies."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from breakfix.content.rules import Rule, all_rules
from breakfix.model.diagnosis import DiagnosisForm, Handover
from breakfix.model.lab import Lab
from breakfix.model.topology import Cable

PAGE = (Path(__file__).parents[3] / "docs" / "lab-format.md").read_text("utf-8")


def inside(hint: object) -> Iterator[type]:
    """The dataclasses in a type hint."""
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        yield hint
    for part in get_args(hint):
        yield from inside(part)


def reachable(*roots: type) -> set[type]:
    """The dataclasses that can be reached from `roots`, with themselves."""
    found: set[type] = set()
    waiting = list(roots)
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.add(kind)
            waiting += [one for hint in get_type_hints(kind).values() for one in inside(hint)]
    return found


KINDS = sorted(reachable(Lab, DiagnosisForm, Handover, Cable), key=lambda kind: kind.__name__)
FIELDS = [
    (kind.__name__, name)
    for kind in KINDS
    for name in get_type_hints(kind)
    if not name.startswith("_")
]


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=[".".join(pair) for pair in FIELDS])
def test_every_key_is_documented(kind: str, name: str) -> None:
    """A key that a lab may have stands on the page, in code marks."""
    assert f"`{name}`" in PAGE or f".{name}`" in PAGE, f"{kind}.{name}"


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: str(rule.id))
def test_every_rule_is_documented(rule: Rule) -> None:
    """Each rule has its row with its own sentence."""
    assert f"| {rule.id} | {rule.sentence} |" in PAGE
