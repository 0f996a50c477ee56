"""The hash of a lab's folder: two labs with the same hash start the same machines."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path


def digest(root: Path, *, with_text: bool = False) -> str:
    """The hash of everything that decides how machines start and are checked.

    `with_text` takes the learner's texts and the hints in as well.
    """
    found = sha256()
    suffixes = {".sh", ".toml", ".py"} | ({".md"} if with_text else set())
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix in suffixes:
            found.update(f"{path.relative_to(root)}\0".encode())
            found.update(path.read_bytes() + b"\0")
    return found.hexdigest()
