"""From a part of evidence to a sealed machine: compared first, then laid over the image."""

from __future__ import annotations

import tarfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from breakfix.evidence.disk import disk_full_told
from breakfix.evidence.filtering import filtered
from breakfix.evidence.integrity import compare, worth_comparing
from breakfix.evidence.opened import Part
from breakfix.evidence.places import holds_system, is_system
from breakfix.model.evidence import Baseline, Comparison, FileIndex, IntegrityFinding
from breakfix.ports.runtime import MachineSpec
from breakfix.replay.expected import Expectations

_LISTS = "/var/lib/dpkg/info"
_MOST = 4 << 20


@dataclass(frozen=True)
class Restored:
    """A machine to make, and what the comparison found."""

    spec: MachineSpec
    findings: tuple[IntegrityFinding, ...] = ()


def restored(
    fresh: MachineSpec,
    part: Part,
    expectations: Expectations,
    updates: Sequence[str],
    folder: Path,
) -> Restored:
    """The machine of `part`. `fresh` is the broken machine that the learner was given, `updates`
    are packages whose files the lab lets change; `folder` takes the archive that is restored."""
    baseline, archive = Baseline(), None
    found = Comparison()
    if worth_comparing(part):
        baseline, archive = expectations.broken(fresh, part.entry.image)
        image = expectations.image(part.entry.image) if _touches_system(part) else FileIndex()
        declared = _declared(expectations, fresh.image, updates)
        found = compare(part, image, baseline, declared)
    target = folder / f"{part.entry.name}.restored.tar"
    filtered(part.tar, found.put_back, target)
    if archive is not None and found.from_baseline:
        _append(archive, found.from_baseline, target)
    deleted = set(part.entry.deleted) - found.put_back
    deleted |= found.from_baseline & set(baseline.deleted)
    spec = replace(fresh, scripts=(), environment={}, restore=target, deleted=sorted(deleted))
    return Restored(spec, found.findings)


def _touches_system(part: Part) -> bool:
    """Whether the image's own index is needed; working one out takes seconds."""
    deleted = part.entry.deleted
    return any(is_system(path) or holds_system(path) for path in deleted) or any(
        is_system(member.path) for member in part.members
    )


def _declared(expectations: Expectations, image: str, updates: Sequence[str]) -> set[str]:
    """The files of the packages that may change, by the image's own list."""
    found: set[str] = set()
    for package in updates:
        # A library that may be there for several architectures has its own in the name.
        for name in (package, f"{package}:amd64", f"{package}:arm64"):
            text = expectations.runtime.read_file(image, f"{_LISTS}/{name}.list", _MOST)
            found |= set((text or b"").decode(errors="replace").splitlines())
    return found


def _append(archive: Path, paths: Collection[str], target: Path) -> None:
    """Add what the expected machine has at `paths`."""
    with disk_full_told(), tarfile.open(archive) as source, tarfile.open(target, "a") as made:
        for info in source:
            if f"/{info.name}" not in paths:
                continue
            # A hard link comes as a copy: the file that it shares may not come along.
            content = source.extractfile(info) if info.isreg() or info.islnk() else None
            if info.islnk():
                info.size = source.getmember(info.linkname).size
                info.type = tarfile.REGTYPE
            made.addfile(info, content)
