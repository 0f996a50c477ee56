"""A new lab folder: a small complete lab that lints clean, to change piece by piece."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from breakfix.errors import ContentError

# A checks.py with its own name would be imported, typed and formatted as ours.
_SUFFIX = ".in"


def create(root: Path, module: str, slug: str) -> Path:
    """Write the skeleton to `root/<module>/<slug>` and return that folder.

    Raises ContentError when the folder exists: an author's work is never overwritten.
    """
    folder = root / module / slug
    if folder.exists():
        raise ContentError("content.lab-exists", path=str(folder))
    _copy(files("breakfix.content").joinpath("skeleton"), folder, slug)
    return folder


def _copy(source: Traversable, target: Path, slug: str) -> None:
    target.mkdir(parents=True)
    for item in sorted(source.iterdir(), key=lambda one: one.name):
        if item.is_dir():
            _copy(item, target / item.name, slug)
        else:
            text = item.read_text("utf-8").replace("@SLUG@", slug)
            (target / item.name.removesuffix(_SUFFIX)).write_text(text, "utf-8")
