"""Parts and manifests made with our own writer, for tests of what is good."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

from breakfix.evidence.headers import CAPABILITY
from breakfix.evidence.opened import Part
from breakfix.evidence.part_tar import PartTar
from breakfix.model.evidence import ImageIdentity, Manifest, Member, MemberKind, PartEntry
from breakfix.model.session import Mode

IMAGE = ImageIdentity("pc", "0" * 12, "a" * 64, "b" * 64)
CAPABILITY_VALUE = b"\1\0\0\2\0\x84\0\0".decode("utf-8", "surrogateescape") + "\0" * 12


def info(
    name: str, kind: bytes = tarfile.REGTYPE, link: str = "", mode: int = 0
) -> tarfile.TarInfo:
    """What an engine's archive says of a path."""
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.mtime = kind, link, 1_763_980_000
    made.mode = mode or (0o755 if kind == tarfile.DIRTYPE else 0o644)
    made.uname = "root"
    return made


def add(archive: PartTar, name: str, content: str | bytes = b"", mode: int = 0) -> None:
    """Add a file, or a folder when its name ends with a slash."""
    if name.endswith("/"):
        archive.add(info(name, tarfile.DIRTYPE, mode=mode))
        return
    raw = content.encode() if isinstance(content, str) else content
    archive.add(info(name, mode=mode), io.BytesIO(raw))


def typical(target: Path) -> Path:
    """A part with one of everything."""
    with PartTar(target) as archive:
        for name in ("etc/", "etc/network/", "opt/", "run/", "run/x/"):
            add(archive, name)
        add(archive, "etc/network/interfaces", "auto ens3\niface ens3 inet dhcp\n")
        add(archive, "etc/é" + "n" * 110, "long")
        add(archive, "etc/bad\nname", "x")
        add(archive, "etc/sudo-like", "x", 0o4755)
        archive.add(info("opt/b", tarfile.LNKTYPE, "opt/c"))
        archive.add(info("opt/a", tarfile.LNKTYPE, "opt/c"))
        add(archive, "opt/c", "shared")
        archive.add(info("opt/pipe", tarfile.FIFOTYPE))
        archive.add(info("opt/link", tarfile.SYMTYPE, "/usr/bin/true"))
        archive.add(info("opt/device", tarfile.CHRTYPE))
        able = info("opt/able")
        able.pax_headers = {
            CAPABILITY: CAPABILITY_VALUE,
            "SCHILY.xattr.trusted.overlay.opaque": "y",
        }
        archive.add(able, io.BytesIO(b"able"))
    return target


def manifest(*machines: str, deleted: tuple[str, ...] = ()) -> Manifest:
    """A manifest without sizes and hashes, as capture makes it."""
    parts = tuple(PartEntry("machine", name, 0, "", IMAGE, deleted) for name in machines)
    return Manifest(
        1, "m021-network/no-internet", "1", "c" * 64, "Yıldız", "", 0, Mode.PRACTICE, "dns", "7",
        1.5, 2.5, "", (), parts,
    )  # fmt: skip


def part(members: list[Member], *deleted: str) -> Part:
    """A part that only has a list of members."""
    return Part(PartEntry("machine", "pc", 0, "", IMAGE, deleted), Path("/none"), tuple(members))


def at(
    path: str,
    kind: MemberKind = MemberKind.FILE,
    content: str = "image",
    mode: int = 0o755,
    *,
    capability: bool = False,
) -> Member:
    """What stands at a path; for a file, two contents are the same when their words are."""
    content = "" if kind in {MemberKind.FOLDER, MemberKind.PIPE} else content
    return Member(path, kind, mode, 0, 0, 0, content, capability)
