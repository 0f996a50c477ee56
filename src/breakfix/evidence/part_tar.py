"""The archive of a machine's part, in its one canonical form."""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from breakfix.evidence.disk import disk_full_told
from breakfix.evidence.headers import CAPABILITY
from breakfix.evidence.members import PERMISSIONS, kind_of
from breakfix.evidence.names import has_unseen, holdable
from breakfix.model.evidence import left_out


class PartTar:
    """Collects changed paths in any order; when closed without an error, `target` holds them sorted
    and without anything that differs from one computer or moment to the next.

    What evidence never holds is left out: `left_out` paths, devices and sockets, and what the
    format can't hold (names with a control character, a hard link whose file did not come); the
    last are listed in `unheld`, to be told.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        # Closed by __exit__: the contents wait here until all names are known.
        self._contents = tempfile.TemporaryFile(dir=target.parent)  # noqa: SIM115
        self._members: dict[str, tuple[tarfile.TarInfo, int]] = {}
        self.unheld: list[str] = []

    def add(self, info: tarfile.TarInfo, content: IO[bytes] | None = None) -> None:
        """Take one member; `content` is that of a file. A hard link may come before its file."""
        name = info.name.strip("/")
        if kind_of(info) is None or left_out(f"/{name}"):
            return
        if not holdable(name) or has_unseen(info.linkname):
            self.unheld.append(f"/{name}")
            return
        made = _canonical(info, name)
        with disk_full_told():
            offset = self._contents.seek(0, os.SEEK_END)
            if content is not None:
                shutil.copyfileobj(content, self._contents)
                made.size = self._contents.tell() - offset
        self._members[name] = (made, offset)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: object, __: TracebackType | None
    ) -> None:
        with self._contents:
            if kind is None:
                self._write()

    def _write(self) -> None:
        self._turn_links()
        with (
            disk_full_told(),
            tarfile.open(self._target, "w", format=tarfile.PAX_FORMAT) as archive,
        ):
            # A folder's name is the beginning of its members' names, so it comes before them.
            for _, (info, offset) in sorted(self._members.items(), key=_name):
                self._contents.seek(offset)
                archive.addfile(info, self._contents if info.isreg() else None)

    def _turn_links(self) -> None:
        """Of paths that share one file, the first in order holds it and the others link to it."""
        groups: dict[str, list[str]] = {}
        for name, (info, _) in self._members.items():
            if info.islnk():
                groups.setdefault(info.linkname, []).append(name)
        for owner, names in groups.items():
            if owner not in self._members:
                self.unheld += [f"/{self._members.pop(name)[0].name}" for name in names]
                continue
            file, offset = self._members[owner]
            first, *others = sorted([owner, *names])
            self._members[first] = (_canonical(file, first), offset)
            for name in others:
                self._members[name] = (_link(file, name, first), offset)


def _name(item: tuple[str, object]) -> str:
    return item[0]


def _canonical(info: tarfile.TarInfo, name: str) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type = tarfile.REGTYPE if info.isreg() else info.type
    made.mode = info.mode & PERMISSIONS
    made.uid, made.gid, made.mtime = info.uid, info.gid, int(info.mtime)
    made.size = info.size if info.isreg() else 0
    made.linkname = info.linkname.strip("/") if info.islnk() else info.linkname
    if info.isreg() and CAPABILITY in info.pax_headers:
        made.pax_headers = {CAPABILITY: info.pax_headers[CAPABILITY]}
    return made


def _link(file: tarfile.TarInfo, name: str, target: str) -> tarfile.TarInfo:
    made = _canonical(file, name)
    made.type, made.size, made.linkname, made.pax_headers = tarfile.LNKTYPE, 0, target, {}
    return made
