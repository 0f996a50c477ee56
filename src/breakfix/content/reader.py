"""A lab folder to a `LoadedLab`, or all of its reading problems at once."""

from __future__ import annotations

from pathlib import Path

from breakfix.content.draft import Draft, FaultDraft, read_draft
from breakfix.content.loaded import LoadedFault, LoadedLab
from breakfix.content.problem import Problem, Problems
from breakfix.errors import LabInvalid

__all__ = ["LoadedFault", "LoadedLab", "read_lab"]


def read_lab(root: Path) -> LoadedLab:
    """The lab in the folder `root`.

    Raises LabInvalid with every problem that keeps it from being read, each with file and line.
    What could be read but breaks a rule is for `lint` to say.
    """
    draft = read_draft(root)
    loaded = _loaded(draft)
    problems = Problems(sorted([*draft.problems, *_missing(draft)], key=lambda one: one.order))
    if loaded is None or problems:
        raise LabInvalid(
            "content.lab-invalid", path=str(root), count=len(problems), problems=problems
        )
    return loaded


def _missing(draft: Draft) -> list[Problem]:
    """Faults with a folder that lab.toml does not know."""
    lab = draft.lab.value
    unknown = [one for one in draft.faults.values() if lab and one.name not in lab.faults]
    return [Problem("L013", one.folder, 1, {"fault": one.name}) for one in unknown]


def _loaded(draft: Draft) -> LoadedLab | None:
    lab, form, ticket = draft.lab.value, draft.form.value, draft.ticket.value
    if lab is None or form is None or ticket is None:
        return None
    root = draft.root.resolve()
    faults = {one.name: _fault(one) for one in draft.faults.values()}
    return LoadedLab(root.name, root.parent.name, root, lab, form, ticket, draft.health, faults)


def _fault(draft: FaultDraft) -> LoadedFault:
    second = draft.of_kind("second-line")
    return LoadedFault(
        draft.name,
        draft.hints.value or (),
        draft.of_kind("inject")[0],
        draft.of_kind("repair")[0],
        draft.of_kind("rejected"),
        draft.of_kind("accepted"),
        second[0] if second else None,
    )
