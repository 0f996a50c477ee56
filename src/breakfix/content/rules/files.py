"""Files and folders: what must be there, and what has no business there."""

from __future__ import annotations

from collections.abc import Iterator

from breakfix.content.draft import Draft
from breakfix.content.rules.rule import Finding, rule

_REQUIRED = ("staff/checks.py", "staff/design.md")
_PARTS = {"inject", "repair", "rejected", "accepted", "second-line", "hints.md"}


@rule("L010")
def required_files(draft: Draft) -> Iterator[Finding]:
    """Every required file is there: lab.toml, student/ticket.md, student/lab.md,
    student/diagnosis.toml, staff/checks.py, staff/design.md, and hints.md for each fault."""
    for problem in draft.problems:
        if problem.rule == "L010":
            yield problem.path, 1, problem.values
    for name in _REQUIRED:
        if not (draft.root / name).is_file():
            yield draft.root / name, 1, {"file": name}


@rule("L011")
def fault_parts(draft: Draft) -> Iterator[Finding]:
    """Each fault has an `inject` and a `repair` that do something (script, cable or hand-over)."""
    for fault in draft.faults.values():
        for kind in ("inject", "repair"):
            if all(action.empty for action in fault.of_kind(kind)):
                yield fault.folder / kind, 1, {"fault": fault.name, "part": kind}


@rule("L013")
def undeclared_faults(draft: Draft) -> Iterator[Finding]:
    """Each folder in staff/faults is a fault of lab.toml."""
    lab = draft.lab.value
    for fault in draft.faults.values():
        if lab and fault.name not in lab.faults:
            yield fault.folder, 1, {"fault": fault.name}


@rule("L014")
def strange_parts(draft: Draft) -> Iterator[Finding]:
    """A fault's folder holds only inject, repair, rejected, accepted, second-line and hints.md."""
    for fault in draft.faults.values():
        inside = sorted(fault.folder.iterdir()) if fault.folder.is_dir() else []
        for path in inside:
            if path.name not in _PARTS and not path.name.startswith("."):
                yield path, 1, {"name": path.name, "parts": ", ".join(sorted(_PARTS))}
