from __future__ import annotations

from pathlib import Path

import pytest

from breakfix.content import create


@pytest.fixture
def lab_folder(tmp_path: Path) -> Path:
    """A new, clean lab to spoil."""
    return create(tmp_path / "labs", "m021-network", "no-note")
