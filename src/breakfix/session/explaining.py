"""What a learner changed, against the machines that were given out."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from breakfix.content.loaded import LoadedLab
from breakfix.evidence.indexing import index_of
from breakfix.evidence.opened import Evidence, Part
from breakfix.evidence.showing import changes
from breakfix.model.evidence import Baseline, Change, ChangeKind, FileIndex, Manifest
from breakfix.model.parameter import draw_all
from breakfix.model.value import Value
from breakfix.ports.runtime import MachineKey, MachineSpec
from breakfix.replay.expected import Expectations
from breakfix.replay.specs import broken_machine

_MOST = 64 << 10
#: What a machine writes by itself, whoever works on it.
_OWN = (
    "/etc/machine-id", "/etc/mtab", "/home/support/.sudo_as_admin_successful",
    "/var/lib/dbus/machine-id", "/var/lib/dhcp/", "/var/lib/misc/", "/var/lib/systemd/",
)  # fmt: skip


@dataclass(frozen=True)
class Explanation(Value):
    """What evidence says about itself, and what was changed on each machine."""

    manifest: Manifest
    machines: Mapping[str, tuple[Change, ...]]


def explained(loaded: LoadedLab, evidence: Evidence, expectations: Expectations) -> Explanation:
    """Every change of each machine, with differences of texts."""
    manifest = evidence.manifest
    values = draw_all(loaded.lab.parameters, manifest.seed)
    found = {}
    for part in evidence.parts:
        key = MachineKey("explain", part.entry.name)
        fresh = broken_machine(loaded, key, manifest.fault, values)
        found[part.entry.name] = _of_machine(part, fresh, expectations)
    return Explanation(manifest, found)


def _of_machine(part: Part, fresh: MachineSpec, expectations: Expectations) -> tuple[Change, ...]:
    baseline, archive = expectations.broken(fresh, part.entry.image)
    paths = {member.path for member in part.members} | set(part.entry.deleted)
    with expectations.runtime.export(fresh.image) as stream:
        image = index_of(stream, paths.__contains__)
    given = _given(image, baseline)
    base = _base(fresh.image, baseline, archive, expectations)
    gone = set(baseline.deleted)
    return tuple(
        change
        for change in changes(part, given, base)
        if not (change.kind is ChangeKind.DELETED and change.path in gone)
        and not change.path.startswith(_OWN)
    )


def _given(image: FileIndex, baseline: Baseline) -> FileIndex:
    """The machine as it was given out."""
    kept = {path: member for path, member in image.members.items() if path not in baseline.deleted}
    return FileIndex({**kept, **baseline.index.members})


def _base(
    image: str, baseline: Baseline, archive: Path, expectations: Expectations
) -> Callable[[str], bytes | None]:
    def content(path: str) -> bytes | None:
        if path not in baseline.index.members:
            return expectations.runtime.read_file(image, path, _MOST)
        with tarfile.open(archive) as given:
            stream = given.extractfile(path.lstrip("/"))
            return stream.read(_MOST + 1) if stream else None

    return content
