"""Accessibility as axe-core sees it: WCAG 2.2 AA and best practices, no rule switched off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from breakfix.wiring import checkout

_AXE = checkout() / "ui" / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def violations(page: Page, root: str = ".bf-root") -> list[str]:
    """What is wrong inside `root`: the rule, and the elements."""
    if not _AXE.exists():
        pytest.skip("axe-core is not here: `make modules` installs it")
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=_AXE)
    found = page.evaluate(
        "([root, values]) => axe.run({include: [root]}, {runOnly: {type: 'tag', values}})",
        [root, _TAGS],
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
