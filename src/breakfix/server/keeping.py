"""Small files that are nice to have: a disk that is full only makes the panel forget."""

from __future__ import annotations

import contextlib
from pathlib import Path


def keep(file: Path, text: str) -> None:
    """Write a file whole, or leave it as it was."""
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, "utf-8")
        part.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
