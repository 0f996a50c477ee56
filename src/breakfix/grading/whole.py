"""A folder that is made whole or not at all: whoever stops it can give the same command again."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from breakfix.ports.passing import orphaned, passing


def is_free(target: Path) -> bool:
    """Whether a folder can be made there: nothing is, or nothing but what a killed making left."""
    if not target.exists():
        return not target.is_symlink()
    return target.is_dir() and all(_is_left(path, target) for path in target.iterdir())


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """A new folder to fill, which takes the place of `target` at the end, or is gone.

    `target` must be free. One that is there may be all that its owner can write to, and somebody's
    current folder: then it is filled instead.
    """
    home = target if target.exists() else target.parent
    home.mkdir(parents=True, exist_ok=True)
    for path in home.iterdir():
        if _is_left(path, target):
            shutil.rmtree(path, ignore_errors=True)
    part = home / f".{target.name}.{passing('scratch')}"
    part.mkdir()
    try:
        yield part
        _put(part, target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _put(part: Path, target: Path) -> None:
    if not target.exists():
        part.rename(target)
        return
    target.chmod(stat.S_IMODE(part.stat().st_mode))
    for path in list(part.iterdir()):
        path.rename(target / path.name)
    part.rmdir()


def _is_left(path: Path, target: Path) -> bool:
    prefix = f".{target.name}."
    return path.name.startswith(prefix) and orphaned(path.name.removeprefix(prefix))
