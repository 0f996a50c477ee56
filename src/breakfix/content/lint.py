"""Lint: every problem of a lab folder at once."""

from __future__ import annotations

from pathlib import Path

from breakfix.content.draft import read_draft
from breakfix.content.problem import Problems
from breakfix.content.rules import all_rules


def lint(path: Path) -> Problems:
    """All problems of the lab in `path`, by file and line; empty when it is clean."""
    draft = read_draft(path)
    found = {problem.order: problem for rule in all_rules() for problem in rule.look(draft)}
    return Problems(found[order] for order in sorted(found))
