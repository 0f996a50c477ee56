"""Which labs there are, and the lab of a given name."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from breakfix.content.loaded import LoadedLab
from breakfix.content.reader import read_lab
from breakfix.errors import ContentError, LabInvalid, NotFound
from breakfix.ports.kept import Kept

VARIABLE = "BREAKFIX_LABS"
_AUTHOR = "BREAKFIX_AUTHOR"
_CHECKOUT = Path(__file__).resolve().parents[3]
#: Every look at a session needs its lab, and reading one takes longer than everything else.
_LABS = Kept(read_lab)


def lab_roots(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Where labs are looked for, first hit first: BREAKFIX_LABS, then the checkout."""
    named = [Path(part) for part in environment.get(VARIABLE, "").split(os.pathsep) if part]
    return (*named, _CHECKOUT / "labs")


def is_author(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether labs that are not proven are shown and started: BREAKFIX_AUTHOR says so (1 or 0),
    else whoever has labs of their own (BREAKFIX_LABS) is an author."""
    said = environment.get(_AUTHOR, "")
    return said != "0" if said else bool(environment.get(VARIABLE))


@dataclass(frozen=True)
class Catalog:
    """The labs under some folders, each at `<module>/<slug>/lab.toml`."""

    roots: tuple[Path, ...]

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> Catalog:
        """The labs of this computer."""
        return cls(lab_roots(environment))

    def folders(self) -> dict[str, Path]:
        """Every lab's folder by slug, sorted by module; an earlier root hides a later one."""
        found: dict[str, Path] = {}
        for root in self.roots:
            for file in sorted(root.glob("*/*/lab.toml")):
                found.setdefault(file.parent.name, file.parent)
        return found

    def folder(self, slug: str) -> Path:
        """The folder of one lab. Raises NotFound with the nearest names."""
        folders = self.folders()
        if slug not in folders:
            nearest = _nearest(slug, folders)
            raise NotFound("content.lab-not-found", slug=slug, nearest=nearest)
        return folders[slug]

    def load(self, slug: str) -> LoadedLab:
        """One lab. Raises NotFound or LabInvalid."""
        return _LABS.of(self.folder(slug))

    def load_usable(self, slug: str) -> LoadedLab:
        """One lab, for learners. What is wrong in one that can't be read names staff files, so
        only `load` tells that. Raises NotFound or ContentError."""
        try:
            return self.load(slug)
        except LabInvalid as error:
            raise ContentError(
                "content.lab-unusable", lab=slug, count=error.values["count"]
            ) from error

    def usable(self) -> Iterator[LoadedLab]:
        """Every lab that can be read: one that is being written hides no other."""
        for folder in self.folders().values():
            with contextlib.suppress(LabInvalid):
                yield _LABS.of(folder)


def _nearest(slug: str, slugs: Iterable[str]) -> str:
    """Up to three names like `slug`; all of them when none is alike and there are few."""
    names = list(slugs)
    return ", ".join(get_close_matches(slug, names, cutoff=0.4) or names[:5]) or "-"
