"""Work that a learner handed in, and what may be done to such a file."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard

from breakfix.codec import to_json
from breakfix.content.reader import read_lab
from breakfix.evidence import outer
from breakfix.model.assignment import Assignment, variant
from breakfix.model.parameter import draw_all

LAB, FAULT, LEARNER, SEED = "tiny", "note-missing", "els", "7"
FOLDER = Path(__file__).parents[1] / "data" / "labs" / "m021-network" / LAB
ASSIGNMENT = Assignment(1, "week-3", LAB, "0.1.0", "5eed", (FAULT,), attempts=1)
Run = Callable[..., subprocess.CompletedProcess[str]]
Manifest = dict[str, Any]


@dataclass(frozen=True)
class HandedIn:
    """Files: work that is right, work that is not, the same for a grade, and its assignment."""

    right: Path
    wrong: Path
    graded: Path
    assignment: Path


def hand_in_all(run: Run, folder: Path) -> HandedIn:
    """Work and hand in as a learner does."""
    right, wrong, graded = (folder / f"{name}.tar.zst" for name in ("right", "wrong", "graded"))
    assignment = folder / "week-3.json"
    assignment.write_text(to_json(ASSIGNMENT), "utf-8")
    good(run("lab", "start", LAB, "--fault", FAULT, "--seed", SEED))
    hand_in(run, wrong, 1)
    repair(run, SEED)
    hand_in(run, right)
    good(run("lab", "finish", LAB))
    good(run("lab", "start", LAB, "--assignment", str(assignment), "--learner", LEARNER))
    repair(run, variant(ASSIGNMENT, LEARNER, 1).seed)
    hand_in(run, graded)
    good(run("lab", "finish", LAB))
    return HandedIn(right, wrong, graded, assignment)


def repair(run: Run, seed: str) -> None:
    """Put the note back."""
    learner_runs(run, f"echo code: {code(seed)} >/srv/nota.txt")


def code(seed: str) -> str:
    """What must be in the note."""
    return draw_all(read_lab(FOLDER).lab.parameters, seed)["CODE"]


def learner_runs(run: Run, script: str) -> None:
    """Run a script as root on the machine, as the learner may."""
    good(run("lab", "shell", LAB, "pc", "--", f"sudo sh -euc '{script}'"))


def hand_in(run: Run, target: Path, status: int = 0) -> dict[str, Any]:
    """Hand in to a file; what the command told."""
    done = run("lab", "hand-in", LAB, "--yes", "--json", "--output", str(target))
    assert done.returncode == status, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def good(done: subprocess.CompletedProcess[str]) -> None:
    """It went well."""
    assert done.returncode == 0, done.stdout + done.stderr


def error_of(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """The error that a command with `--json` told, and nothing else."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert set(told) == {"error"}
    error: dict[str, str] = told["error"]
    assert set(error) == {"key", "text"}
    assert error["text"].strip()
    return error


def opened(file: Path) -> tuple[Manifest, bytes, dict[str, bytes]]:
    """The manifest, the journal and the archives of a file."""
    plain = zstandard.ZstdDecompressor().decompressobj().decompress(file.read_bytes())
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        members = {info.name: _content(archive, info) for info in archive}
    manifest = json.loads(members.pop(outer.MANIFEST))
    return manifest, members.pop(outer.JOURNAL), members


def rewritten(
    file: Path, target: Path, change: Callable[[Manifest], object], journal: bytes | None = None
) -> Path:
    """The same evidence with another manifest or journal, and every hash right."""
    manifest, old, parts = opened(file)
    journal = old if journal is None else journal
    change(manifest)
    manifest["journal_sha256"] = hashlib.sha256(journal).hexdigest()
    members = {outer.MANIFEST: json.dumps(manifest).encode(), outer.JOURNAL: journal, **parts}
    plain = b"".join(
        outer.header(name, len(content)) + content + outer.padding(len(content))
        for name, content in members.items()
    )
    target.write_bytes(zstandard.ZstdCompressor().compress(plain + outer.END))
    return target


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(info)
    assert stream is not None
    return stream.read()
