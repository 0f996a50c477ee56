"""Which paths of a machine differ from its published image, also after a start from a snapshot."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping

from docker.models.containers import Container

from breakfix.machines import labels
from breakfix.model.evidence import ChangeKind, combined

#: The engine's own numbers.
_KINDS = {0: ChangeKind.CHANGED, 1: ChangeKind.ADDED, 2: ChangeKind.DELETED}


def since_published(container: Container) -> dict[str, ChangeKind]:
    """Every path that differs from the published image, with how it differs."""
    own = since_image(container)
    kept = (container.image.labels if container.image else {}).get(labels.CHANGED)
    return combined(unpacked(kept), own) if kept else own


def since_image(container: Container) -> dict[str, ChangeKind]:
    """Every path that differs from the image, or snapshot, that the container was made of."""
    return {str(entry["Path"]): _KINDS[int(entry["Kind"])] for entry in container.diff() or []}


def packed(changes: Mapping[str, ChangeKind]) -> str:
    """`changes` as one label of a snapshot."""
    text = json.dumps({path: kind.value for path, kind in changes.items()})
    return base64.b64encode(zlib.compress(text.encode())).decode()


def unpacked(label: str) -> dict[str, ChangeKind]:
    """What `packed` made a label of."""
    data = json.loads(zlib.decompress(base64.b64decode(label)))
    return {path: ChangeKind(kind) for path, kind in data.items()}
