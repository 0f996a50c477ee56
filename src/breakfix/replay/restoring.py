"""From a part of evidence to a sealed machine: comparison first, then what is laid over the image."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from breakfix.evidence.integrity import compare, merged, touches
from breakfix.evidence.opened import Part
from breakfix.model.evidence import FileIndex, IntegrityFinding
from breakfix.ports.runtime import MachineSpec
from breakfix.replay.expected import Expectations, Expected

_LISTS = "/var/lib/dpkg/info"
_MOST = 4 << 20


@dataclass(frozen=True)
class Restored:
    """A machine to make, and what the comparison found."""

    spec: MachineSpec
    findings: tuple[IntegrityFinding, ...]


def restored(
    fresh: MachineSpec,
    part: Part,
    expectations: Expectations,
    updates: Collection[str],
    folder: Path,
) -> Restored:
    """The machine of `part`; `fresh` is the broken machine that the learner was given, `updates`
    are the packages whose files the lab lets change, `folder` takes the archive that is restored."""
    expected, archive = Expected((), ()), None
    image = FileIndex()
    if touches(part.members, part.entry.deleted):
        expected, archive = expectations.broken(fresh, part.entry.image)
        image = expectations.image(part.entry.image)
    declared = _declared(expectations, fresh.image, updates)
    found = compare(part, image, expected.index, expected.deleted, declared)
    target = folder / f"{part.entry.name}.restored.tar"
    merged(part.tar, found.put_back, archive, target)
    deleted = set(part.entry.deleted) - found.put_back
    deleted |= set(expected.deleted) & found.put_back
    spec = replace(fresh, scripts=(), environment={}, restore=target, deleted=sorted(deleted))
    return Restored(spec, found.findings)


def _declared(expectations: Expectations, image: str, updates: Collection[str]) -> set[str]:
    """The files of the packages that may change, by the image's own list."""
    found: set[str] = set()
    for package in updates:
        text = expectations.runtime.read_file(image, f"{_LISTS}/{package}.list", _MOST)
        found |= set((text or b"").decode(errors="replace").splitlines())
    return found
