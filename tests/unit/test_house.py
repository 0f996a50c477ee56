"""The rules of the house that no other tool looks after."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "breakfix"
MOST_LINES = 400
MEDIAN_LINES = 110
NOT_OURS = {"node_modules", "build", "dist", "workspace", "data"}
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1\s*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"^`?make ([a-z][a-z-]*)", re.MULTILINE)


def ours(pattern: str) -> list[Path]:
    """The files of the repository that match, without what is hidden, built or made to be bad."""
    return sorted(
        path
        for path in ROOT.rglob(pattern)
        if not any(
            part.startswith(".") or part in NOT_OURS for part in path.relative_to(ROOT).parts
        )
    )


def length(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text("utf-8").splitlines())


def functions_that_test(path: Path) -> Iterator[ast.FunctionDef]:
    """Every test function of a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def links_in(text: str) -> list[str]:
    """The targets of a Markdown text's links that point into the repository."""
    targets = [match["target"] for match in LINK.finditer(CODE.sub("", text))]
    return [target for target in targets if not re.match(r"[a-z]+:|#|//", target)]


def targets_of(makefile: str) -> set[str]:
    """The names that `make` knows."""
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def commands_in(text: str) -> set[str]:
    """The targets that a Markdown text tells people to make, in code."""
    return {name for match in CODE.finditer(text) for name in MAKE.findall(match[0])}


def test_packages_import_only_what_their_layer_may() -> None:
    """Every import contract of `.importlinter` is kept."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_stay_small() -> None:
    """No Python file is longer than 400 lines, and half of the source's are at most 110."""
    long = {str(path.relative_to(ROOT)): length(path) for path in ours("*.py")}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}
    assert statistics.median(length(path) for path in SOURCE.rglob("*.py")) <= MEDIAN_LINES


def test_every_test_states_its_behaviour() -> None:
    """Every test has a docstring of one sentence that ends with a full stop."""
    wrong = [
        f"{path.relative_to(ROOT)}:{test.lineno} {test.name}"
        for path in ours("test_*.py")
        for test in functions_that_test(path)
        if not (ast.get_docstring(test) or "").endswith(".")
    ]
    assert wrong == []


def test_links_between_documents_lead_somewhere() -> None:
    """Every relative link in a Markdown file names a file or folder that exists."""
    broken = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in ours("*.md")
        for target in links_in(page.read_text("utf-8"))
        if not (page.parent / target.partition("#")[0]).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_make_commands_in_the_front_pages_exist(page: str) -> None:
    """Every `make` command that README or CONTRIBUTING shows is a target of the Makefile."""
    shown = commands_in((ROOT / page).read_text("utf-8"))
    assert shown
    assert shown <= targets_of((ROOT / "Makefile").read_text("utf-8"))


def test_make_help_tells_every_target() -> None:
    """Every target that is a command carries the sentence that `make help` prints."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    told = set(re.findall(r"^([a-z][a-z-]*):.*## ", makefile, re.MULTILINE))
    assert targets_of(makefile) == told


def test_a_broken_link_is_found() -> None:
    """The link reader sees links and pictures, and leaves code and addresses alone."""
    text = "[a](one.md) ![b](two.svg) [c](https://x.y) [d](#here) `[e](three.md)`"
    assert links_in(text) == ["one.md", "two.svg"]
