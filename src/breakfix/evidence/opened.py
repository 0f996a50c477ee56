"""Evidence after the strict reader: well-formed, and no more to be trusted than that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breakfix.model.evidence import Manifest, Member, PartEntry
from breakfix.model.value import Value


@dataclass(frozen=True)
class Part:
    """One part: `tar` is a clean archive of its `members`, in the same order."""

    entry: PartEntry
    tar: Path
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Evidence:
    """A file that was read; its parts and recordings lie in the folder that the caller gave.
    What is in a recording nobody has looked at: no grade needs it."""

    manifest: Manifest
    journal: tuple[Mapping[str, Any], ...]
    parts: tuple[Part, ...]
    recordings: tuple[Path, ...] = ()

    def part(self, name: str) -> Part:
        """The part called `name`. Raises KeyError."""
        return {part.entry.name: part for part in self.parts}[name]


@dataclass(frozen=True)
class Listing(Value):
    """The members of a part, as they stand in `<name>.json`."""

    members: tuple[Member, ...]


def tar_file(folder: Path, name: str) -> Path:
    """Where the clean archive of a part is written."""
    return folder / f"{name}.tar"


def cast_file(folder: Path, name: str) -> Path:
    """Where a recording is written."""
    return folder / f"{name}.cast"


def listing_file(folder: Path, name: str) -> Path:
    """Where the list of a part's members is written."""
    return folder / f"{name}.json"
