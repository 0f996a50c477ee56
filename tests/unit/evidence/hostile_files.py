"""Bad files, manifests, deletions and journals: a sentence, the reason, and how each is made."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

import zstandard

from breakfix.evidence.refusal import Reason
from tests.unit.evidence.archives import (
    END,
    GOOD,
    JOURNAL,
    LINK,
    bomb,
    bomb_inside,
    compress,
    evidence,
    header,
    manifest,
    member,
    outer,
    pax,
    without,
)
from tests.unit.evidence.case import Case


def text(**values: object) -> bytes:
    """Evidence with these values in its manifest."""
    return evidence(GOOD, JOURNAL, text=None, **values)


def deleted(*paths: str) -> Callable[[], bytes]:
    """Evidence that deletes these paths."""
    return lambda: evidence(p_deleted=list(paths))


def logged(journal: bytes) -> Callable[[], bytes]:
    """Evidence with this journal."""
    return lambda: evidence(journal=journal)


def swapped(old: bytes, new: bytes) -> Callable[[], bytes]:
    """Good evidence with one piece of its outer tar replaced."""
    return lambda: compress(outer().replace(old, new, 1))


def flipped() -> bytes:
    """Good evidence with one bit of its checksum turned."""
    good = bytearray(evidence())
    good[-1] ^= 1
    return bytes(good)


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
    Case("a time after the year 9999", Reason.MANIFEST, lambda: text(captured=253_402_300_800)),
    Case("a time that fits no number", Reason.MANIFEST, lambda: text(started=10**400)),
    Case("a number that fits no other", Reason.MANIFEST, lambda: text(attempt=10**400)),
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
    Case("through a base link", Reason.BASE, deleted("/bin/ss")),
    Case("behind a link of the evidence", Reason.PARENT, deleted("/etc/zones/brussels")),
    Case("below a file of the evidence", Reason.PARENT, deleted("/etc/hosts/name")),
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
    Case("an endless time", Reason.JOURNAL, logged(b'{"event": "starting", "time": 1e400}\n')),
    Case("an endless hint", Reason.JOURNAL, logged(b'{"event": "hint", "number": -1e400}\n')),
    Case("a number without end", Reason.JOURNAL, logged(b'{"a": ' + b"9" * 9999 + b"}\n")),
    Case("half a letter", Reason.JOURNAL, logged(b'{"a": "\\ud800"}\n')),
    Case("no UTF-8", Reason.JOURNAL, logged(b'{"a": "\xff"}\n')),
    Case("21 000 lines", Reason.JOURNAL, logged(b"{}\n" * 21_000)),
]
