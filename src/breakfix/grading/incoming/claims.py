"""What a hand-in says of itself, before any of it is believed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from breakfix.codec import from_json
from breakfix.errors import EvidenceError, SubmissionRefused
from breakfix.evidence.limits import LIMITS
from breakfix.evidence.process import open_evidence
from breakfix.grading.incoming.finding import (
    EVIDENCE,
    LABEL,
    NOTEBOOK,
    SECRET,
    Bare,
    Pack,
    is_evidence,
)
from breakfix.grading.incoming.limits import INCOMING
from breakfix.grading.incoming.trees import SubTree, Tree, copy_out, read_small
from breakfix.model.handing import LABEL_FORMAT, Label
from breakfix.ports.saving import SUFFIX

_SECRET = re.compile(r"[0-9a-f]{32,256}", re.ASCII)


@dataclass(frozen=True)
class Claim:
    """A hand-in, as it says. `lab` is known of bare evidence only; `secret` is what nbgrader names
    feedback by, empty when there is no good one; `files` are those of `tree` that it brings."""

    course: str
    assignment: str
    learner: str
    time: float
    tree: Tree
    lab: str = ""
    secret: str = ""

    @property
    def notebooks(self) -> Sequence[str]:
        """The notebooks that it brings."""
        return [name for name in self.tree.files if name.endswith(NOTEBOOK)]

    @property
    def evidence(self) -> Sequence[str]:
        """The evidence that it brings."""
        return [name for name in self.tree.files if is_evidence(name)]


def claim_of_pack(pack: Pack) -> Claim:
    """What a pack says. Raises SubmissionRefused when it can't be read, or holds what no pack
    holds."""
    for error in pack.tree.refused.values():
        raise error
    if len(pack.tree.files) > INCOMING.pack_members:
        raise SubmissionRefused("import.too-many-files", most=INCOMING.pack_members)
    label = _label(read_small(pack.tree, LABEL))
    secret = _secret(pack.tree)
    return Claim(
        label.course, label.assignment, label.learner, label.time, pack.tree, secret=secret
    )


def claim_of_evidence(bare: Bare, scratch: Path, reader: Sequence[str]) -> Claim:
    """What evidence says of itself, read by a child process in `scratch`.

    Raises SubmissionRefused.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as made:
        file, folder = Path(made, "evidence" + SUFFIX), Path(made, "parts")
        copy_out(bare.tree, bare.name, file, INCOMING.evidence)
        folder.mkdir()
        try:
            found = open_evidence(file, folder, reader).manifest
        except EvidenceError as error:
            values = error.values | {"file": bare.name.rpartition("/")[2]}
            raise SubmissionRefused(error.key, **values) from error
    course, _, _ = found.assignment.rpartition("/")
    tree = SubTree(bare.tree, "", {bare.name, *_beside(bare)})
    return Claim(course, found.assignment, found.learner, found.captured, tree, found.lab)


def _beside(bare: Bare) -> Sequence[str]:
    """The notebooks of the folder that somebody handed in as it is: beside the evidence, or beside
    the folder `evidence` that it lies in."""
    folder = bare.name.rpartition("/")[0]
    if f"{folder}/".endswith(f"/{EVIDENCE}") or f"{folder}/" == EVIDENCE:
        folder = folder.rpartition("/")[0]
    return [
        name
        for name in bare.tree.files
        if name.rpartition("/")[0] == folder and name.endswith(NOTEBOOK)
    ]


def _label(data: bytes) -> Label:
    try:
        found = from_json(Label, data)
    except ValidationError as error:
        raise SubmissionRefused("import.bad-label") from error
    if found.format != LABEL_FORMAT:
        raise SubmissionRefused("import.label-format", found=found.format, format=LABEL_FORMAT)
    if not 0 <= found.time <= LIMITS.moment:
        raise SubmissionRefused("import.bad-label")
    return found


def _secret(tree: Tree) -> str:
    if SECRET not in tree.files:
        return ""
    text = read_small(tree, SECRET).decode("ascii", "replace").strip()
    return text if _SECRET.fullmatch(text) else ""
