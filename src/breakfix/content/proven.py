"""`proven.lock`: which content of each lab was proven, with which images and by which prover.

It stands beside the modules of a folder of labs, and `breakfix prove --lock` alone writes it. Why
these three hashes: docs/decisions/0007-proven-lock.md.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from breakfix.codec import from_json
from breakfix.content.loaded import LoadedLab
from breakfix.errors import ContentError
from breakfix.model.value import Value

_NAME = "proven.lock"
_HEAD = "# What was proven, by content. Written by `breakfix prove --lock`; never by hand.\n"


@dataclass(frozen=True)
class Proven(Value):
    """What a proof stands on, each as a hash: the lab's content, its images and the prover."""

    lab: str
    images: str
    prover: str


class Standing(StrEnum):
    """What the lock says of a lab as it is now; `older`: it was proven by an earlier prover."""

    PROVEN = "proven"
    OLDER = "older"
    UNPROVEN = "unproven"


def proven_now(loaded: LoadedLab, tags: Iterable[str], prover: str) -> Proven:
    """What a proof of the lab would stand on now; `tags` are the full names of all its images."""
    images = sha256("\n".join(sorted(set(tags))).encode()).hexdigest()
    return Proven(loaded.digest, images, prover)


def lock_of(loaded: LoadedLab) -> Path:
    """The lock of the folder of labs that a lab is in."""
    return loaded.root.parents[1] / _NAME


def read_lock(path: Path) -> dict[str, Proven]:
    """What was proven, by slug. Raises ContentError when the file is damaged."""
    if not path.exists():
        return {}
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return {slug: from_json(Proven, json.dumps(entry)) for slug, entry in data.items()}
    except (ValueError, ValidationError) as error:
        raise ContentError("content.lock-damaged", path=str(path)) from error


def write_lock(path: Path, proven: Mapping[str, Proven]) -> None:
    """Put `proven` into the lock; what it holds of other labs stays."""
    entries = read_lock(path) | dict(proven)
    tables = (
        f'\n[{slug}]\nlab = "{one.lab}"\nimages = "{one.images}"\nprover = "{one.prover}"\n'
        for slug, one in sorted(entries.items())
    )
    part = path.with_name(f"{path.name}.part")
    part.write_text(_HEAD + "".join(tables), "utf-8")
    part.replace(path)


def standing(loaded: LoadedLab, now: Proven) -> Standing:
    """What the lock says of the lab; a damaged lock proves nothing."""
    try:
        kept = read_lock(lock_of(loaded)).get(loaded.slug)
    except ContentError:
        kept = None
    if kept is None or (kept.lab, kept.images) != (now.lab, now.images):
        return Standing.UNPROVEN
    return Standing.PROVEN if kept.prover == now.prover else Standing.OLDER
