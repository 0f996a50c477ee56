from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.grading.school import ANSWER, NAME, School, answered

# SQLAlchemy warns of nbgrader's own tables.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
_TRAPS = ("nbformat.py", "pathlib.py", "sitecustomize.py", "conftest.py", "nbgrader_config.py")


def nbgrader(school: School, *words: str) -> str:
    """What one of nbgrader's commands says, given in the course's folder."""
    program = Path(sys.executable).with_name("nbgrader")
    done = subprocess.run(
        [program, *words],
        cwd=school.folder.root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_nbgraders_own_commands_are_ours(school: School, tmp_path: Path) -> None:
    """`nbgrader collect` and `nbgrader autograde`, given as a teacher gives them, take what is
    wanted, judge by evidence alone and run nothing."""
    trace = tmp_path / "trace"
    trap = f"open({str(trace)!r}, 'a').write('ran')"
    notebook = answered(school.notebook(), "Met <b>ls</b>.")
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = trap
    school.hand_in("anna", notebook, files=dict.fromkeys(_TRAPS, trap.encode()), holds=None)
    assert "Opgehaald: anna." in nbgrader(school, "collect", NAME)
    nbgrader(school, "autograde", NAME)
    assert not trace.exists()
    assert school.points("anna") == dict.fromkeys(
        ("complaint", "cause", "care", "diagnosis", ANSWER), 0.0
    )
    assert not any((school.folder.autograded("anna", NAME) / name).exists() for name in _TRAPS)
    assert "<b>ls</b>" not in school.page("anna")
