"""Image recipes: the folders of `images/`, each named by the hash of what it is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from breakfix.errors import NotFound

BASE = "base"


@dataclass(frozen=True)
class Recipe:
    """One image: its folder, and the image it stands on."""

    name: str
    folder: Path
    parent: Recipe | None

    @property
    def digest(self) -> str:
        """The hash of the recipe and of everything below it (12 hexadecimal digits)."""
        found = hashlib.sha256((self.parent.digest if self.parent else "").encode())
        for path in sorted(self.files()):
            executable = path.stat().st_mode & 0o100
            found.update(f"{path.relative_to(self.folder)}:{executable}\0".encode())
            found.update(path.read_bytes() + b"\0")
        return found.hexdigest()[:12]

    @property
    def tag(self) -> str:
        """The full name of the image on the engine."""
        return f"breakfix/{self.name}:{self.digest}"

    def files(self) -> Iterator[Path]:
        """What goes into the image: the folder without its description and its verify."""
        for path in self.folder.rglob("*"):
            if path.is_file() and path.name not in ("README.md", "verify"):
                yield path


def recipes(images: Path) -> dict[str, Recipe]:
    """Every recipe of the folder, the base first."""
    base = Recipe(BASE, images / BASE, None)
    others = sorted(path.parent.name for path in images.glob("*/Dockerfile"))
    return {BASE: base} | {
        name: Recipe(name, images / name, base) for name in others if name != BASE
    }


def recipe(images: Path, name: str) -> Recipe:
    """The recipe called `name`. Raises NotFound."""
    found = recipes(images)
    if name not in found:
        raise NotFound("image.not-found", image=name, known=", ".join(found))
    return found[name]
