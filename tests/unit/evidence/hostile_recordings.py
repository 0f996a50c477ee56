"""Recordings in evidence that are not as the manifest says, and how each is made."""

from __future__ import annotations

import hashlib
import json

from breakfix.evidence.limits import LIMITS
from breakfix.evidence.refusal import Reason
from tests.unit.evidence.archives import END, GOOD, JOURNAL, compress, manifest, outer_member
from tests.unit.evidence.case import Case

CAST = b'{"version": 2, "width": 80, "height": 24}\n[0.5, "o", "x"]\n'


def recorded(*casts: tuple[str, bytes], content: bytes | None = None, **entry: object) -> bytes:
    """Evidence with these recordings, of which the entries are changed by `entry`; `content` is
    what truly stands there."""
    entries = [
        {"name": name, "size": len(cast), "sha256": hashlib.sha256(cast).hexdigest()} | entry
        for name, cast in casts
    ]
    return compress(
        outer_member("manifest.json", json.dumps(manifest(recordings=entries)).encode())
        + outer_member("journal.jsonl", JOURNAL)
        + b"".join(
            outer_member(f"recordings/{name}.cast", cast if content is None else content)
            for name, cast in casts
        )
        + outer_member("parts/pc.tar", GOOD)
        + END
    )


RECORDINGS = [
    Case(
        "another content than the manifest says",
        Reason.HASH,
        lambda: recorded(("01-pc", CAST), content=CAST.replace(b"x", b"y")),
    ),
    Case(
        "one that is longer than it says",
        Reason.FILE_SIZE,
        lambda: recorded(("01-pc", CAST), content=CAST * 2),
    ),
    Case("one outside", Reason.MANIFEST, lambda: recorded(("../../tmp/x", CAST))),
    Case("one with a folder", Reason.MANIFEST, lambda: recorded(("a/b", CAST))),
    Case("the same one twice", Reason.MANIFEST, lambda: recorded(("01-pc", CAST), ("01-pc", CAST))),
    Case(
        "more than there may be",
        Reason.MANIFEST,
        lambda: recorded(*((f"{n}-pc", CAST) for n in range(LIMITS.recordings + 1))),
    ),
    Case(
        "one that is too large",
        Reason.FILE_SIZE,
        lambda: recorded(("01-pc", b"x" * (LIMITS.recording_bytes + 1))),
    ),
    Case(
        "one that is told and not there",
        Reason.HEADER,
        lambda: compress(
            outer_member(
                "manifest.json",
                json.dumps(
                    manifest(recordings=[{"name": "01-pc", "size": 1 << 20, "sha256": "0" * 64}])
                ).encode(),
            )
            + outer_member("journal.jsonl", JOURNAL)
            + outer_member("parts/pc.tar", GOOD)
            + END
        ),
    ),
    Case("an unknown key", Reason.MANIFEST, lambda: recorded(("01-pc", CAST), grade=10)),
    Case("a size below zero", Reason.MANIFEST, lambda: recorded(("01-pc", b""), size=-1)),
]
