"""An index of members from an archive that is trusted: an image's, or a machine of ours."""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Callable
from typing import IO

from breakfix.evidence.headers import CAPABILITY
from breakfix.evidence.members import kind_of, member_of
from breakfix.evidence.places import is_system
from breakfix.model.evidence import FileIndex, Member


def index_of(stream: IO[bytes], wanted: Callable[[str], bool] = is_system) -> FileIndex:
    """What stands at the wanted paths of a tar stream, like an engine's export of an image."""
    members: dict[str, Member] = {}
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            info.name = info.name.strip("/")
            info.linkname = info.linkname.strip("/") if info.islnk() else info.linkname
            if wanted(f"/{info.name}") and kind_of(info):
                members[f"/{info.name}"] = _member(archive, info)
    return FileIndex(members)


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    content = archive.extractfile(info) if info.isreg() else None
    digest = hashlib.file_digest(content, "sha256").hexdigest() if content else ""  # type: ignore[arg-type]
    return member_of(info, digest, capability=CAPABILITY in info.pax_headers)
