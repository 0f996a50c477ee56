"""What the expected broken machine looks like: image, health and this fault, never the bare image
(a comparison with that would mend the fault). Worked out once and kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from breakfix.codec import from_json, to_json
from breakfix.evidence.disk import disk_full_told
from breakfix.evidence.indexing import index_of
from breakfix.evidence.part_tar import PartTar
from breakfix.model.evidence import Baseline, FileIndex, ImageIdentity
from breakfix.ports.passing import passing
from breakfix.ports.runtime import MachineKey, MachineSpec, Runtime
from breakfix.replay.scratch import Scratch

_MOST = 1 << 30
T = TypeVar("T")


@dataclass(frozen=True)
class Expectations:
    """What is known of images and expected machines, kept in `folder` from replay to replay.
    `scratch` lies on the same disk."""

    runtime: Runtime
    folder: Path
    scratch: Scratch

    def image(self, image: ImageIdentity) -> FileIndex:
        """What stands in the system's folders of a published image."""
        file = self.folder / f"image-{image.layers}.json"
        kept = _kept(FileIndex, file)
        if kept is None:
            with self.runtime.export(image.name) as stream:
                kept = index_of(stream)
            self._keep(file, to_json(kept))
        return kept

    def broken(self, spec: MachineSpec, image: ImageIdentity) -> tuple[Baseline, Path]:
        """The expected broken machine of a fresh `spec`, and the archive of what it holds."""
        facts = (image.layers, *spec.scripts, to_json(dict(spec.environment)), spec.hostname)
        name = hashlib.sha256("\0".join(facts).encode()).hexdigest()
        file, archive = self.folder / f"{name}.json", self.folder / f"{name}.tar"
        kept = _kept(Baseline, file) if archive.exists() else None
        if kept is None:
            kept = self._prepared(spec, archive)
            self._keep(file, to_json(kept))
        return kept, archive

    def _prepared(self, spec: MachineSpec, archive: Path) -> Baseline:
        key = MachineKey(passing("expected"), spec.key.machine)
        with self.scratch.use() as folder, disk_full_told():
            new = folder / archive.name
            try:
                self.runtime.prepare(replace(spec, key=key))
                with PartTar(new) as part:
                    captured = self.runtime.capture(key, part.add, _MOST)
            finally:
                self.runtime.remove(key.session)
            with new.open("rb") as stream:
                index = index_of(stream, lambda _: True)
            # Another process may be at the same: whoever is last, the file is whole.
            self.folder.mkdir(parents=True, exist_ok=True)
            new.replace(archive)
        return Baseline(index, captured.deleted)

    def _keep(self, file: Path, text: str) -> None:
        with self.scratch.use() as folder, disk_full_told():
            new = folder / file.name
            new.write_text(text, "utf-8")
            self.folder.mkdir(parents=True, exist_ok=True)
            new.replace(file)


def _kept(kind: type[T], file: Path) -> T | None:
    try:
        return from_json(kind, file.read_bytes())
    except (OSError, ValidationError):
        return None
