"""Evidence that must be refused: a sentence about each, the reason, and how it is made."""

from __future__ import annotations

import gzip
import json
import tarfile
from collections.abc import Callable
from dataclasses import dataclass

import zstandard

from breakfix.evidence.refusal import Reason
from tests.unit.evidence.archives import (
    DIR,
    END,
    GOOD,
    HARD,
    JOURNAL,
    LINK,
    bomb,
    bomb_inside,
    compress,
    evidence,
    header,
    manifest,
    member,
    members,
    outer,
    outer_member,
    pax,
    record,
    without,
)


@dataclass(frozen=True)
class Case:
    """One bad file."""

    sentence: str
    reason: Reason
    make: Callable[[], bytes]


def text(**values: object) -> bytes:
    """Evidence with these values in its manifest."""
    return evidence(GOOD, JOURNAL, text=None, **values)


def deleted(*paths: str) -> Callable[[], bytes]:
    """Evidence that deletes these paths."""
    return lambda: evidence(p_deleted=list(paths))


def holding(*given: bytes) -> Callable[[], bytes]:
    """Evidence with these members after the folder etc."""
    return lambda: members(*given)


def named(name: str) -> Callable[[], bytes]:
    """Evidence with a file of this name, however long, in folders that are there."""
    return lambda: members(pax(path=name.encode("utf-8", "surrogateescape")), member("etc/x"))


def logged(journal: bytes) -> Callable[[], bytes]:
    """Evidence with this journal."""
    return lambda: evidence(journal=journal)


def swapped(old: bytes, new: bytes) -> Callable[[], bytes]:
    """Good evidence with one piece of its outer tar replaced."""
    return lambda: compress(outer().replace(old, new, 1))


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


def flipped() -> bytes:
    """Good evidence with one bit of its checksum turned."""
    good = bytearray(evidence())
    good[-1] ^= 1
    return bytes(good)


def bad_checksum() -> bytes:
    """A member's header with another letter than its checksum says."""
    return header("etc/hosts").replace(b"hosts", b"hostz")


FILES = [
    Case("empty", Reason.TRUNCATED, lambda: b""),
    Case("text", Reason.NOT_ZSTD, lambda: b"Dag, mijn labo zit erbij. Mvg, Els\n" * 20),
    Case("gzip", Reason.NOT_ZSTD, lambda: gzip.compress(outer())),
    Case(
        "a frame to be skipped before it",
        Reason.TRAILING,
        lambda: b"\x50\x2a\x4d\x18" + (1200).to_bytes(4, "little") + b"x" * 1200 + evidence(),
    ),
    Case("half of it", Reason.TRUNCATED, lambda: evidence()[: len(evidence()) // 2]),
    Case("without its last byte", Reason.TRUNCATED, lambda: evidence()[:-1]),
    Case("a frame of nothing", Reason.TRUNCATED, lambda: compress(b"")),
    Case("a byte after the frame", Reason.TRAILING, lambda: evidence() + b"x"),
    Case("a second frame", Reason.TRAILING, lambda: evidence() * 2),
    Case("many bytes after the frame", Reason.TRAILING, lambda: evidence() + b"\0" * 9999),
    Case("wrong checksum", Reason.NOT_ZSTD, flipped),
    Case(
        "a window of 128 MiB",
        Reason.NOT_ZSTD,
        lambda: zstandard.ZstdCompressor(
            compression_params=zstandard.ZstdCompressionParameters(
                window_log=27, write_content_size=False
            )
        ).compress(outer() + b"\0" * (9 << 20)),
    ),
    Case(
        "made with a dictionary",
        Reason.NOT_ZSTD,
        lambda: compress(outer(), dictionary=zstandard.ZstdCompressionDict(b"etc/hosts" * 99)),
    ),
    Case("3 GiB of zeros", Reason.UNPACKED_SIZE, lambda: bomb(3)),
    Case("a part of 1023 MiB that is one file", Reason.FILE_SIZE, lambda: bomb_inside(1023)),
]

OUTER = [
    Case("a plain tar", Reason.NOT_ZSTD, outer),
    Case("journal first", Reason.HEADER, swapped(b"manifest.json", b"journal.jsonl")),
    Case(
        "manifest is a link",
        Reason.HEADER,
        lambda: compress(header("manifest.json", LINK, linkname="/etc/passwd") + END),
    ),
    Case(
        "manifest with an owner",
        Reason.HEADER,
        lambda: compress(member("manifest.json", b"{}", uname="els") + END),
    ),
    Case("a member too many", Reason.HEADER, lambda: compress(outer()[: -len(END)] + GOOD)),
    Case("no part", Reason.HEADER, lambda: compress(outer()[: outer().index(b"parts/pc")] + END)),
    Case("another part", Reason.HEADER, swapped(b"parts/pc.tar", b"parts/xx.tar")),
    Case("no end", Reason.TRUNCATED, lambda: compress(outer()[: -len(END)])),
    Case("zeros after the end", Reason.TRAILING, lambda: compress(outer() + END)),
    Case("text after the end", Reason.TRAILING, lambda: compress(outer() + b"more")),
    Case(
        "a PAX header outside",
        Reason.HEADER,
        lambda: compress(pax(path=b"manifest.json") + outer()),
    ),
    Case(
        "a manifest of 5 MiB",
        Reason.FILE_SIZE,
        lambda: evidence(text=json.dumps(manifest()).encode() + b" " * (5 << 20)),
    ),
    Case("a journal of 5 MiB", Reason.FILE_SIZE, logged(b'{"a": 1}\n' * 600_000)),
    Case("padding with words", Reason.HEADER, swapped(JOURNAL + b"\0", JOURNAL + b"!")),
]

MANIFESTS = [
    Case("nested", Reason.MANIFEST, lambda: evidence(text=b"[" * 100_000 + b"]" * 100_000)),
    Case(
        "nested in a part",
        Reason.MANIFEST,
        lambda: evidence(
            text=b'{"format": 1, "parts": ' + b'{"a":' * 500 + b"1" + b"}" * 500 + b"}"
        ),
    ),
    Case("no JSON", Reason.MANIFEST, lambda: evidence(text=b"format = 1")),
    Case("no UTF-8", Reason.MANIFEST, lambda: evidence(text=b'{"format": 1, "lab": "\xff"}')),
    Case("a list", Reason.MANIFEST, lambda: evidence(text=b"[1, 2]")),
    Case("nothing", Reason.MANIFEST, lambda: evidence(text=b"")),
    Case("a part is a list", Reason.MANIFEST, lambda: text(parts=[["machine", "pc"]])),
    Case("parts by name", Reason.MANIFEST, lambda: text(parts={"pc": {}})),
    Case("deleted by name", Reason.MANIFEST, lambda: text(p_deleted={"/etc/x": True})),
    Case("an unknown key", Reason.MANIFEST, lambda: text(grade=10)),
    Case("a key too few", Reason.MANIFEST, lambda: evidence(text=without(manifest(), "fault"))),
    Case("another format", Reason.FORMAT, lambda: text(format=2)),
    Case("a format in words", Reason.MANIFEST, lambda: text(format="1")),
    Case("a format that is true", Reason.MANIFEST, lambda: text(format=True)),
    Case("no format", Reason.MANIFEST, lambda: evidence(text=without(manifest(), "format"))),
    Case("an unknown kind of part", Reason.PART_KIND, lambda: text(p_kind="volume")),
    Case("a part outside", Reason.MANIFEST, lambda: text(p_name="../../tmp/pc")),
    Case("a part without a name", Reason.MANIFEST, lambda: text(p_name="")),
    Case("the same part twice", Reason.MANIFEST, lambda: text(parts=manifest()["parts"] * 2)),
    Case("no parts", Reason.MANIFEST, lambda: text(parts=[])),
    Case(
        "a hundred parts",
        Reason.MANIFEST,
        lambda: text(parts=[manifest(p_name=f"pc{n}")["parts"][0] for n in range(100)]),
    ),
    Case("a time that is no number", Reason.MANIFEST, lambda: text(started=float("nan"))),
    Case("an endless time", Reason.MANIFEST, lambda: text(captured=float("inf"))),
    Case("an attempt below zero", Reason.MANIFEST, lambda: text(attempt=-1)),
    Case("an enormous attempt", Reason.MANIFEST, lambda: text(attempt=10**30)),
    Case("an unknown mode", Reason.MANIFEST, lambda: text(mode="exam")),
    Case("a learner with colours", Reason.MANIFEST, lambda: text(learner="\x1b[31mels")),
    Case("a learner without end", Reason.MANIFEST, lambda: text(learner="e" * 5000)),
    Case("a size below zero", Reason.MANIFEST, lambda: text(p_size=-1)),
    Case("another size", Reason.HEADER, lambda: text(p_size=len(GOOD) + 1)),
    Case("a smaller size", Reason.HEADER, lambda: text(p_size=len(GOOD) - 1)),
    Case("a size of 2 GiB", Reason.UNPACKED_SIZE, lambda: text(p_size=2 << 30)),
    Case("another hash", Reason.HASH, lambda: text(p_sha256="0" * 64)),
    Case("another hash of the journal", Reason.HASH, lambda: text(journal_sha256="0" * 64)),
    Case(
        "a cable with too much loss",
        Reason.MANIFEST,
        lambda: text(
            cables=[
                {"machine": "pc", "nic": "e", "connected": True, "delay": 0, "loss": 101, "rate": 0}
            ]
        ),
    ),
]

DELETIONS = [
    Case("30 000 of them", Reason.DELETED, deleted(*(f"/etc/{n}" for n in range(30_000)))),
    Case("a relative one", Reason.PATH, deleted("etc/hosts")),
    Case("one that climbs", Reason.PATH, deleted("/etc/../usr")),
    Case("the root", Reason.PATH, deleted("/")),
    Case("a new line", Reason.PATH, deleted("/etc/a\n/usr")),
    Case("the end of a text", Reason.PATH, deleted("/etc/a\0")),
    Case("a slash at the end", Reason.PATH, deleted("/usr/")),
    Case("what is left out", Reason.LEFT_OUT, deleted("/.lab/busybox")),
    Case("the libraries", Reason.BASE, deleted("/usr/lib")),
    Case("the settings", Reason.BASE, deleted("/etc")),
    Case("a base link", Reason.BASE, deleted("/lib64")),
    Case("deleted and there", Reason.DUPLICATE, deleted("/etc/hosts")),
]

JOURNALS = [
    Case("no JSON", Reason.JOURNAL, logged(b"started\n")),
    Case("a list", Reason.JOURNAL, logged(b"[1]\n")),
    Case("an empty line", Reason.JOURNAL, logged(b"\n")),
    Case("half a line", Reason.JOURNAL, logged(b'{"a": 1}\n{"b": 2}')),
    Case("nested", Reason.JOURNAL, logged(b'{"a": ' + b"[" * 9999 + b"]" * 9999 + b"}\n")),
    Case("nested a bit", Reason.JOURNAL, logged(b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}\n")),
    Case("no number", Reason.JOURNAL, logged(b'{"a": NaN}\n')),
    Case("a number without end", Reason.JOURNAL, logged(b'{"a": ' + b"9" * 9999 + b"}\n")),
    Case("half a letter", Reason.JOURNAL, logged(b'{"a": "\\ud800"}\n')),
    Case("no UTF-8", Reason.JOURNAL, logged(b'{"a": "\xff"}\n')),
    Case("21 000 lines", Reason.JOURNAL, logged(b"{}\n" * 21_000)),
]

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

GROUPS = {
    "file": FILES,
    "outer": OUTER,
    "manifest": MANIFESTS,
    "deleted": DELETIONS,
    "journal": JOURNALS,
    "name": NAMES,
    "member": KINDS,
    "header": HEADERS,
}
CASES = {f"{group}: {case.sentence}": case for group, cases in GROUPS.items() for case in cases}
