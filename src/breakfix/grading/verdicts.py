"""Verdicts as they are kept beside the course: each stands on everything that decided it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from breakfix.codec import to_json
from breakfix.errors import disk_errors
from breakfix.model.course import Planned
from breakfix.model.grading import Decision, Verdict
from breakfix.proof.identity import prover_digest


def key_of(planned: Planned, learner: str, evidence: str) -> str:
    """The hash of what a verdict about the evidence with SHA-256 `evidence` stands on."""
    # When it opens and closes decides nothing about the machines.
    assignment = replace(planned.assignment, opens=None, closes=None)
    facts = (
        evidence,
        to_json(assignment),
        planned.lab_digest,
        *(f"{image}={name}" for image, name in sorted(planned.images.items())),
        version("breakfix"),
        prover_digest(),
        learner,
    )
    return sha256("\0".join(facts).encode()).hexdigest()


def still_holds(verdict: Verdict, key: str) -> bool:
    """Whether a kept verdict spares a replay: it is about the same evidence, and was no trouble of
    ours."""
    about_evidence = verdict.decision in (Decision.SCORED, Decision.REFUSED) and verdict.sha256
    return verdict.key == key and bool(about_evidence)


def stays(before: Verdict, now: Verdict) -> bool:
    """Whether a kept verdict stays although the same evidence was looked at again: trouble of ours
    says nothing about it, and must not undo a grade."""
    if now.decision is not Decision.TO_GRADE or before.sha256 != now.sha256:
        return False
    return before.decision in {Decision.SCORED, Decision.REFUSED} and bool(before.sha256)


def keep(file: Path, verdict: Verdict) -> Verdict:
    """Write `verdict`, whole or not at all. Raises DiskFull."""
    part = file.with_suffix(".part")
    with disk_errors():
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(to_json(verdict) + "\n", "utf-8")
        part.replace(file)
    return verdict


def says_the_same(before: Verdict, now: Verdict, since: float) -> bool:
    """Whether a verdict of `since` or later says what one of now says."""
    return before.replayed >= since and replace(before, replayed=now.replayed) == now
