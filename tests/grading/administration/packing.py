"""What learners hand in, as `breakfix assignment pack` makes it, right or wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from tests.unit.evidence import archives
from tests.unit.grading.zipping import zipped

LAB = "no-note"
EVIDENCE = f"evidence/{LAB}.breakfix.tar.zst"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
HOUR = 3600.0


def notebook(answer: str = "") -> bytes:
    """A notebook with one answer in it."""
    cell = {"cell_type": "markdown", "id": "one", "metadata": {}, "source": answer}
    return json.dumps(
        {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    ).encode()


def label(learner: str, assignment: str = "week-1", **other: object) -> bytes:
    """`handed-in.json`."""
    told = {
        "format": 1,
        "course": "net",
        "assignment": assignment,
        "learner": learner,
        "time": NOON,
    }
    return json.dumps(told | other).encode()


def files(
    learner: str, assignment: str = "week-1", *, work: str = "repaired", **other: object
) -> dict[str, bytes]:
    """The files of a pack; `work` stands for what was done, `other` changes its label."""
    secret = hashlib.sha512(f"{learner}{work}{sorted(other.items())}".encode()).hexdigest()
    return {
        f"{assignment}.ipynb": notebook(work),
        EVIDENCE: f"evidence of {work}".encode(),
        "timestamp.txt": b"2026-11-20 12:00:00.000000 UTC",
        "submission_secret.txt": secret.encode(),
        "handed-in.json": label(learner, assignment, **other),
    }


def pack(learner: str, assignment: str = "week-1", **how: object) -> bytes:
    """A whole pack."""
    return zipped(files(learner, assignment, **how))  # type: ignore[arg-type]


def without(given: Mapping[str, bytes], *names: str) -> dict[str, bytes]:
    """Files without some of them."""
    return {name: content for name, content in given.items() if name not in names}


def real_evidence(learner: str, assignment: str = "net/week-1", **other: object) -> bytes:
    """Evidence that can be read."""
    told = {"lab": LAB, "mode": "evaluation", "attempt": 1, "captured": NOON}
    return archives.evidence(learner=learner, assignment=assignment, **(told | other))  # type: ignore[arg-type]
