"""Bad names, members and headers in a part: a sentence, the reason, and how each is made."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable

from breakfix.evidence.refusal import Reason
from tests.unit.evidence.archives import (
    DIR,
    END,
    GOOD,
    HARD,
    JOURNAL,
    LINK,
    bomb_inside,
    compress,
    evidence,
    header,
    manifest,
    member,
    members,
    outer_member,
    pax,
    record,
)
from tests.unit.evidence.case import Case


def holding(*given: bytes) -> Callable[[], bytes]:
    """Evidence with these members after the folder etc."""
    return lambda: members(*given)


def named(name: str) -> Callable[[], bytes]:
    """Evidence with a file of this name, however long, in folders that are there."""
    return lambda: members(pax(path=name.encode("utf-8", "surrogateescape")), member("etc/x"))


def oversized_header() -> bytes:
    """A part whose PAX header is 200 MiB of one letter: 9 KiB as a file."""
    size = 200 << 20
    start = member("etc", kind=DIR) + header("pax", tarfile.XHDTYPE, size)
    return bomb_of(start, size)


def bomb_of(start: bytes, size: int) -> bytes:
    """Evidence whose part begins so, followed by zeros."""
    made = json.dumps(manifest(p_size=size + len(start))).encode()
    begin = outer_member("manifest.json", made) + outer_member("journal.jsonl", JOURNAL)
    info = tarfile.TarInfo("parts/pc.tar")
    info.size = size + len(start)
    return compress(begin + info.tobuf(tarfile.USTAR_FORMAT) + start + b"\0" * size, level=1)


def bad_checksum() -> bytes:
    """A member's header with another letter than its checksum says."""
    return header("etc/hosts").replace(b"hosts", b"hostz")


NAMES = [
    Case("climbs", Reason.PATH, named("../etc/passwd")),
    Case("climbs in the middle", Reason.PATH, named("etc/../../root/x")),
    Case("absolute", Reason.PATH, named("/etc/passwd")),
    Case("two slashes", Reason.PATH, named("etc//passwd")),
    Case("a dot", Reason.PATH, named("./etc/passwd")),
    Case("empty", Reason.PATH, named("")),
    Case("a new line", Reason.PATH, named("etc/a\nb")),
    Case("the end of a text", Reason.PATH, named("etc/a\0b")),
    Case("colours", Reason.PATH, named("etc/\x1b[2J")),
    Case("no UTF-8", Reason.PATH, named("etc/\udcff")),
    Case("a name of 300", Reason.PATH, named("etc/" + "n" * 300)),
    Case("a path of 2000", Reason.PATH, named("etc/" + "/".join(["n" * 99] * 20))),
    Case("65 deep", Reason.PATH, named("/".join(["etc"] * 65))),
    Case("processes", Reason.LEFT_OUT, named("proc/1/mem")),
    Case("our own folder", Reason.LEFT_OUT, named(".lab/busybox")),
    Case("host keys", Reason.LEFT_OUT, named("etc/ssh/ssh_host_rsa_key")),
    Case("twice", Reason.DUPLICATE, holding(member("etc/x"), member("etc/x"))),
    Case("file and folder", Reason.DUPLICATE, holding(member("etc/x"), member("etc/x/", kind=DIR))),
    Case("in no folder", Reason.PARENT, holding(member("opt/x"))),
    Case("in a later folder", Reason.PARENT, holding(member("opt/x"), member("opt", kind=DIR))),
    Case("in a file", Reason.PARENT, holding(member("etc/x"), member("etc/x/y"))),
    Case(
        "behind a link",
        Reason.PARENT,
        holding(member("etc/x", kind=LINK, linkname="/usr/lib"), member("etc/x/y")),
    ),
    Case("behind a base link", Reason.PARENT, holding(member("lib/x"))),
    Case("a base link as a folder", Reason.BASE, holding(member("lib", kind=DIR))),
    Case("a base link anew", Reason.BASE, holding(member("bin", kind=LINK, linkname="etc"))),
    Case(
        "the run link anew",
        Reason.BASE,
        holding(member("var", kind=DIR), member("var/run", kind=LINK, linkname="/etc")),
    ),
    Case("usr as a file", Reason.BASE, holding(member("usr", b"x"))),
    Case("home as a link", Reason.BASE, holding(member("home", kind=LINK, linkname="/proc"))),
    Case("etc as a link", Reason.BASE, lambda: evidence(member("etc", kind=LINK) + END)),
    Case(
        "the libraries as a link",
        Reason.BASE,
        holding(member("usr", kind=DIR), member("usr/lib", kind=LINK, linkname="/home")),
    ),
]

KINDS = [
    Case("a disk", Reason.TYPE, holding(member("etc/d", kind=tarfile.BLKTYPE, devmajor=8))),
    Case("a device", Reason.TYPE, holding(member("etc/d", kind=tarfile.CHRTYPE, devmajor=1))),
    Case("contiguous", Reason.TYPE, holding(member("etc/d", b"x", tarfile.CONTTYPE))),
    Case("unknown", Reason.TYPE, holding(member("etc/d", kind=b"s"))),
    Case("sparse", Reason.TYPE, holding(member("etc/d", b"x", tarfile.GNUTYPE_SPARSE))),
    Case(
        "sparse by PAX",
        Reason.TYPE,
        holding(pax(GNU__sparse__major=b"1", GNU__sparse__minor=b"0"), member("etc/d", b"9\n")),
    ),
    Case(
        "a long name of GNU",
        Reason.TYPE,
        holding(member("etc/long", b"etc/x\0", tarfile.GNUTYPE_LONGNAME), member("etc/x")),
    ),
    Case(
        "a header for all",
        Reason.TYPE,
        holding(member("etc/all", record("path", b"etc/y"), tarfile.XGLTYPE), member("etc/x")),
    ),
    Case("a header on a header", Reason.TYPE, holding(*[pax(path=b"etc/x")] * 500)),
    Case(
        "a folder with content", Reason.FILE_SIZE, holding(header("etc/x", DIR, 512), b"\0" * 512)
    ),
    Case("a link nowhere", Reason.LINK, holding(member("etc/x", kind=LINK))),
    Case(
        "a link with a new line",
        Reason.LINK,
        holding(member("etc/x", kind=LINK, linkname="a\nb")),
    ),
    Case(
        "an endless link",
        Reason.LINK,
        holding(pax(linkpath=b"a" * 3000), member("etc/x", kind=LINK, linkname="a")),
    ),
    Case(
        "a hard link outside",
        Reason.HARD_LINK,
        holding(member("etc/x", kind=HARD, linkname="../../etc/shadow")),
    ),
    Case(
        "a hard link to the image",
        Reason.HARD_LINK,
        holding(member("etc/x", kind=HARD, linkname="etc/shadow")),
    ),
    Case(
        "a hard link to a link",
        Reason.HARD_LINK,
        holding(
            member("etc/a", kind=LINK, linkname="/etc/shadow"),
            member("etc/x", kind=HARD, linkname="etc/a"),
        ),
    ),
    Case(
        "a hard link to a folder",
        Reason.HARD_LINK,
        holding(member("etc/x", kind=HARD, linkname="etc")),
    ),
    Case(
        "a hard link to itself",
        Reason.HARD_LINK,
        holding(member("etc/x", kind=HARD, linkname="etc/x")),
    ),
    Case(
        "a hard link to what comes",
        Reason.HARD_LINK,
        holding(member("etc/x", kind=HARD, linkname="etc/y"), member("etc/y")),
    ),
    Case(
        "capabilities of another size",
        Reason.CAPABILITY,
        holding(
            pax(SCHILY__xattr__security__capability=b"\1" * 99),
            member("etc/x"),
        ),
    ),
]

HEADERS = [
    Case("a header of 200 MiB", Reason.HEADER_SIZE, oversized_header),
    Case("a header of 9 KiB", Reason.HEADER_SIZE, holding(pax(comment=b"a" * 9000))),
    Case("an empty header", Reason.HEADER_SIZE, holding(member("pax", kind=tarfile.XHDTYPE))),
    Case("a size below zero", Reason.HEADER, holding(header("etc/x", size=-512))),
    Case("a size of 8 EiB", Reason.FILE_SIZE, holding(header("etc/x", size=1 << 63))),
    Case("a size in words", Reason.HEADER, holding(pax(size=b"-1"), member("etc/x"))),
    Case("an owner in words", Reason.HEADER, holding(pax(uid=b"root"), member("etc/x"))),
    Case(
        "a record longer than its header",
        Reason.HEADER,
        holding(member("pax", b"99 path=etc/x\n", tarfile.XHDTYPE), member("etc/x")),
    ),
    Case(
        "a record without length",
        Reason.HEADER,
        holding(member("pax", b"path=etc/x\n", tarfile.XHDTYPE), member("etc/x")),
    ),
    Case(
        "a record of no length",
        Reason.HEADER,
        holding(member("pax", b"0 path=etc/x\n", tarfile.XHDTYPE), member("etc/x")),
    ),
    Case(
        "a record without value",
        Reason.HEADER,
        holding(member("pax", b"8 path\n\n", tarfile.XHDTYPE), member("etc/x")),
    ),
    Case("a wrong checksum", Reason.HEADER, holding(bad_checksum())),
    Case("no header", Reason.HEADER, holding(b"?" * 512)),
    Case("a file cut short", Reason.TRUNCATED, lambda: evidence(GOOD[:1100])),
    Case("no end", Reason.TRUNCATED, lambda: evidence(GOOD[: -len(END)])),
    Case("half an end", Reason.TRUNCATED, lambda: evidence(GOOD[:-512])),
    Case("one empty block", Reason.HEADER, lambda: evidence(GOOD[:-512] + member("etc/y") + END)),
    Case("members after the end", Reason.TRAILING, lambda: evidence(GOOD + member("etc/y") + END)),
    Case(
        "60 000 members",
        Reason.MEMBERS,
        lambda: members(*(member(f"etc/{n}") for n in range(60_000))),
    ),
    Case("a file of 300 MiB", Reason.FILE_SIZE, lambda: bomb_inside(300)),
    Case("empty", Reason.TRUNCATED, lambda: evidence(b"")),
    Case("other text", Reason.HEADER, lambda: evidence(b"Dag, hier is mijn werk. " * 99)),
]
