"""The rules of the house that no other tool looks after."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "breakfix"
MOST_LINES = 400
MEDIAN_LINES = 110
NOT_OURS = {"node_modules", "build", "dist", "workspace", "data"}


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


def test_no_child_looks_in_the_current_folder_for_its_modules() -> None:
    """Every Python that we start is started by `ports.children`: the current folder may be a
    submission, with modules of a learner's in it."""
    mine = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "src").rglob("*.py")
        if re.search(r"sys\.executable,?\s*\"-", path.read_text("utf-8"))
    }
    assert mine == {"src/breakfix/ports/children.py"}
