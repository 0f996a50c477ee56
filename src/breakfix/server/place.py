"""Where a panel stands: the folder of its notebook, and the assignment that is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from breakfix.errors import BreakfixError, SessionError, SessionExists
from breakfix.model.assignment import Assignment
from breakfix.model.session import LabSummary, SessionView
from breakfix.ports.learner import learner_name
from breakfix.ports.saving import SUFFIX
from breakfix.server.makings import Makings


@dataclass(frozen=True)
class Place:
    """A notebook's folder; without an `assignment` the panel is for practice. `trouble` is why
    nothing can be done there."""

    folder: Path
    assignment: Assignment | None = None
    learner: str = ""
    trouble: BreakfixError | None = None

    def evidence(self, slug: str) -> Path:
        """Where what is handed in here is written, relative to the folder."""
        return Path("evidence") / f"{slug}{SUFFIX}"

    def did(self, summary: LabSummary) -> bool:
        """Whether the last session of a lab was this panel's work."""
        if self.assignment is None:
            return not summary.assignment
        return (summary.assignment, summary.learner) == (self.assignment.id, self.learner)

    def need_own(self, view: SessionView | None) -> None:
        """Raise SessionExists when the lab is busy with something else than this panel's work, or
        the trouble of this place."""
        if self.trouble is not None:
            raise self.trouble
        if view is None:
            return
        if self.assignment is None:
            if view.assignment:
                raise SessionExists("panel.lab-assigned", assignment=view.assignment)
        elif (view.assignment, view.learner) != (self.assignment.id, self.learner):
            raise SessionExists("assignment.lab-taken", lab=view.slug)


def folder_of(root: Path, notebook: str) -> Path:
    """The folder of a notebook that Jupyter serves from `root`. Raises SessionError when the path
    leads out of there."""
    path = PurePosixPath(notebook.lstrip("/"))
    if ".." in path.parts:
        raise SessionError("panel.not-understood")
    return root / path.parent


def find_place(makings: Makings, root: Path, notebook: str, slug: str) -> Place:
    """The place of a panel; what is wrong with it is told when somebody wants to work there."""
    folder = root
    try:
        folder = folder_of(root, notebook)
        assignment = makings.assignment_in(folder, slug) if notebook else None
        return Place(folder, assignment, learner_name() if assignment else "")
    except BreakfixError as error:
        return Place(folder, trouble=error)
