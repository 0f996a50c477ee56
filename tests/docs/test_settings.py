"""docs/settings.md names every variable that breakfix reads, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import breakfix
from tests.docs.pages import DOCS

SOURCE = Path(breakfix.__file__).parent
#: Everybody's, or what one program tells another; nobody sets them for breakfix.
NOT_SETTINGS = {
    "PATH", "DISPLAY", "WAYLAND_DISPLAY", "LC_ALL", "LC_MESSAGES", "LANG", "BREAKFIX_GROUP",
    "JUPYTERHUB_USER", "NBGRADER_EXECUTION",
}  # fmt: skip
NAME = re.compile(r"[A-Z][A-Z_]{2,}")


def told() -> set[str]:
    """The variables of the page's table."""
    return set(
        re.findall(r"^\| `([A-Z_]+)` \|", (DOCS / "settings.md").read_text("utf-8"), re.MULTILINE)
    )


def read_in(source: str) -> Iterator[str]:
    """The variables of the environment that a module reads; where the name is a constant or stands
    in a list, every name that looks like a variable of ours."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call | ast.Subscript) and _is_environment(node):
            key = node.args[0] if isinstance(node, ast.Call) else node.slice
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and text.startswith("BREAKFIX_") and NAME.fullmatch(text):
            yield text


def _is_environment(node: ast.Call | ast.Subscript) -> bool:
    place = ast.unparse(node.func if isinstance(node, ast.Call) else node.value)
    asked = isinstance(node, ast.Subscript) or place.endswith((".get", ".getenv", ".pop"))
    return asked and "environ" in place and not (isinstance(node, ast.Call) and not node.args)


def test_every_variable_is_documented() -> None:
    """What the source reads of the environment stands on the page, and nothing else does."""
    found = {
        name for path in SOURCE.rglob("*.py") for name in read_in(path.read_text("utf-8"))
    } - NOT_SETTINGS
    assert found == told()


def test_reading_of_variables_is_seen() -> None:
    """Each way to read a variable is seen, and other texts are not."""
    source = (
        'import os\nos.environ.get("ONE")\nos.environ["TWO"]\n'
        'KEY = "BREAKFIX_THREE"\nsay("FOUR")\nenvironment.get("FIVE", "")\n'
    )
    assert set(read_in(source)) == {"ONE", "TWO", "BREAKFIX_THREE", "FIVE"}
