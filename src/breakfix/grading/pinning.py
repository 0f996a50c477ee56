"""Labs and image recipes are copied into a course, so that an update never changes a course that
runs."""

from __future__ import annotations

import shutil
from pathlib import Path

from breakfix.content.catalog import Catalog
from breakfix.content.loaded import LoadedLab
from breakfix.content.proven import lock_of, read_lock, write_lock
from breakfix.errors import disk_errors
from breakfix.grading.folder import CourseFolder
from breakfix.ports.passing import passing

#: Made for the code that looks and wires, not for a lab: these come with the breakfix that grades.
_OURS = ("observer", "wire")


def pin_images(folder: CourseFolder, images: Path) -> None:
    """Copy every recipe that the course has not yet; what it has stays as it is."""
    for recipe in sorted(path.parent for path in images.glob("*/Dockerfile")):
        if recipe.name not in _OURS:
            _copy(recipe, folder.images / recipe.name)
    _copy(images / "base", folder.images / "base")


def pin_lab(folder: CourseFolder, loaded: LoadedLab) -> LoadedLab:
    """The course's own copy of a lab, made now when there is none; with what was proven of it."""
    target = folder.labs / loaded.module / loaded.slug
    _copy(loaded.root, target)
    entry = read_lock(lock_of(loaded)).get(loaded.slug)
    if entry is not None and loaded.slug not in read_lock(folder.labs / "proven.lock"):
        write_lock(folder.labs / "proven.lock", {loaded.slug: entry})
    return pinned_lab(folder, loaded.slug)


def pinned_lab(folder: CourseFolder, slug: str) -> LoadedLab:
    """A lab as this course has it. Raises NotFound and LabInvalid."""
    return Catalog((folder.labs,)).load(slug)


def has_lab(folder: CourseFolder, slug: str) -> bool:
    """Whether the course has its own copy of a lab already."""
    return slug in Catalog((folder.labs,)).folders()


def _copy(source: Path, target: Path) -> None:
    """Copy a folder whole or not at all; one that is there already stays."""
    if target.exists():
        return
    part = target.with_name(f".{target.name}.{passing('part')}")
    with disk_errors():
        part.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copytree(source, part, ignore=shutil.ignore_patterns("__pycache__"))
            part.rename(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
