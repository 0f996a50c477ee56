"""A clean part without the paths that the integrity comparison puts back."""

from __future__ import annotations

import tarfile
from collections.abc import Collection
from pathlib import Path

from breakfix.evidence.disk import disk_full_told


def filtered(tar: Path, put_back: Collection[str], target: Path) -> None:
    """Write `tar`, which the reader made, to `target` without the paths in `put_back`."""
    with (
        disk_full_told(),
        tarfile.open(tar, "r") as source,
        tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as made,
    ):
        for info in source:
            if f"/{info.name}" not in put_back:
                made.addfile(info, source.extractfile(info) if info.isreg() else None)
