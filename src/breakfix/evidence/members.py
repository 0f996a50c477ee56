"""The rules for the members of a machine's part, and what is made of a good one."""

from __future__ import annotations

import tarfile
from collections.abc import Collection

from breakfix.evidence.headers import CAPABILITY, Header
from breakfix.evidence.limits import LIMITS
from breakfix.evidence.names import (
    BASE_FOLDERS,
    BASE_LINKS,
    folders_above,
    has_unseen,
    member_name,
)
from breakfix.evidence.refusal import Reason, Refused
from breakfix.model.evidence import Member, MemberKind

_KINDS = {
    tarfile.REGTYPE: MemberKind.FILE,
    tarfile.AREGTYPE: MemberKind.FILE,
    tarfile.DIRTYPE: MemberKind.FOLDER,
    tarfile.SYMTYPE: MemberKind.LINK,
    tarfile.LNKTYPE: MemberKind.HARD_LINK,
    tarfile.FIFOTYPE: MemberKind.PIPE,
}
_LAST_ID = 65534
_LAST_TIME = (1 << 33) - 1
_CAPABILITY_SIZES = {12, 20, 24}
PERMISSIONS = 0o7777


def kind_of(info: tarfile.TarInfo) -> MemberKind | None:
    """What stands there, or None for what evidence never holds."""
    return _KINDS.get(info.type)


def member_of(info: tarfile.TarInfo, content: str, *, capability: bool) -> Member:
    """The value of a member of a known kind; `content` is the SHA-256 of a file, else empty."""
    kind = _KINDS[info.type]
    if kind is MemberKind.LINK:
        content = info.linkname
    elif kind is MemberKind.HARD_LINK:
        content = f"/{info.linkname}"
    # Some engines put the kind into the mode as well.
    mode = info.mode & PERMISSIONS
    return Member(f"/{info.name}", kind, mode, info.uid, info.gid, info.size, content, capability)


class Rules:
    """Holds each member of one part against the rules and against those before it."""

    def __init__(self, deleted: Collection[str], room: int = LIMITS.members) -> None:
        self._room = room
        self._deleted = frozenset(path[1:] for path in deleted)
        self._above_deleted = {one for name in self._deleted for one in folders_above(name)}
        self._seen: dict[str, MemberKind] = {}

    def clean(self, header: Header) -> tarfile.TarInfo:
        """The member as it goes on, with nothing in it but what was looked at. Raises Refused."""
        name = member_name(header.info.name)
        kind = self._kind(header.info, name)
        self._place(name)
        made = _bare(header.info, name)
        if kind is MemberKind.FILE:
            made.size = header.info.size
            made.pax_headers = _capability(header, name)
        elif kind is MemberKind.LINK:
            made.linkname = _target(header.info.linkname, name)
        elif kind is MemberKind.HARD_LINK:
            made.linkname = self._other(header.info.linkname, name)
        self._seen[name] = kind
        return made

    def _kind(self, info: tarfile.TarInfo, name: str) -> MemberKind:
        kind = kind_of(info)
        if kind is None:
            raise Refused(Reason.TYPE, name)
        if info.size > (LIMITS.file_bytes if kind is MemberKind.FILE else 0):
            raise Refused(Reason.FILE_SIZE, name)
        if name in self._above_deleted and kind is not MemberKind.FOLDER:
            raise Refused(Reason.PARENT, name)
        if name in BASE_LINKS or (name in BASE_FOLDERS and kind is not MemberKind.FOLDER):
            raise Refused(Reason.BASE, name)
        return kind

    def _place(self, name: str) -> None:
        """Each folder comes before what it holds, so no member lies behind a link: not behind one
        of the evidence, and not behind one of the image either."""
        if name in self._seen:
            raise Refused(Reason.DUPLICATE, name)
        parent = name.rpartition("/")[0]
        if parent and self._seen.get(parent) is not MemberKind.FOLDER:
            raise Refused(Reason.PARENT, name)
        if name in self._deleted:
            raise Refused(Reason.DUPLICATE, name)
        if len(self._seen) >= self._room:
            raise Refused(Reason.MEMBERS)

    def _other(self, linkname: str, name: str) -> str:
        if self._seen.get(linkname) is not MemberKind.FILE:
            raise Refused(Reason.HARD_LINK, name)
        return linkname


def _bare(info: tarfile.TarInfo, name: str) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type = tarfile.REGTYPE if info.isreg() else info.type
    made.mode = info.mode & PERMISSIONS
    made.uid, made.gid = (min(max(one, 0), _LAST_ID) for one in (info.uid, info.gid))
    made.mtime = min(max(int(info.mtime), 0), _LAST_TIME)
    return made


def _target(linkname: str, name: str) -> str:
    size = len(linkname.encode("utf-8", "surrogateescape"))
    if not linkname or has_unseen(linkname) or size > LIMITS.path_bytes:
        raise Refused(Reason.LINK, name)
    return linkname


def _capability(header: Header, name: str) -> dict[str, str]:
    if not header.capability:
        return {}
    if len(header.capability) not in _CAPABILITY_SIZES:
        raise Refused(Reason.CAPABILITY, name)
    return {CAPABILITY: header.capability.decode("utf-8", "surrogateescape")}
