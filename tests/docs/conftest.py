"""Pages that are followed get an installation of their own, which is cleaned away."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.shell import Shell, reader


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Shell]:
    """A terminal in the project's folder, of somebody with an empty home folder."""
    shell = reader(f"test{secrets.token_hex(3)}", tmp_path)
    yield shell
    status, printed = shell.run("breakfix clean --yes")
    assert status == 0, printed
