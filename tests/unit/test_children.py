from __future__ import annotations

import subprocess
from pathlib import Path

from breakfix.ports.children import python


def test_a_child_takes_no_module_of_the_folder_it_starts_in(tmp_path: Path) -> None:
    """A submission's `pathlib.py` is not loaded by a child that is started inside it."""
    trap = tmp_path / "ran"
    (tmp_path / "pathlib.py").write_text(f"open({str(trap)!r}, 'w').close()", "utf-8")
    command = python("breakfix.entry.evidence_process", "missing", str(tmp_path))
    subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, timeout=60)
    assert not trap.exists()
