"""A lab folder to a `LoadedLab`, or all of its reading problems at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from breakfix.content.draft import Draft, FaultDraft, read_draft
from breakfix.content.loaded import LoadedFault, LoadedLab
from breakfix.content.problem import Problem, Problems
from breakfix.content.sheet import sheet_of
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


def _missing(draft: Draft) -> Iterator[Problem]:
    """Faults with a folder that lab.toml does not know, and questions without a rubric."""
    lab = draft.lab.value
    if lab is None:
        return
    for one in draft.faults.values():
        if one.name not in lab.faults:
            yield Problem("L013", one.folder, 1, {"fault": one.name})
    for question in lab.questions:
        if question.id not in draft.rubrics:
            yield Problem("L015", draft.rubric_path(question.id), 1, {"question": question.id})


def _loaded(draft: Draft) -> LoadedLab | None:
    lab, form, ticket = draft.lab.value, draft.form.value, draft.ticket.value
    if lab is None or form is None or ticket is None:
        return None
    root = draft.root.resolve()
    faults = {one.name: _fault(one) for one in draft.faults.values()}
    sheet = sheet_of(draft.book.value or (), lab.parameters)
    rubrics = {name: one.value for name, one in draft.rubrics.items() if one.value}
    module, health = root.parent.name, draft.health
    return LoadedLab(root.name, module, root, lab, form, ticket, health, faults, sheet, rubrics)


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
