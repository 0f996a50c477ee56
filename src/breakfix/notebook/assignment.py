"""`breakfix.assignment()`: the verbs of an assigned session, and the cells that grading fills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from breakfix.errors import SessionError, SessionMissing
from breakfix.messages import Language, moment, say
from breakfix.model.assignment import Assignment
from breakfix.model.evidence import Manifest
from breakfix.model.grading import Cell
from breakfix.notebook.handle import Page, Verbs, nbgrader_does
from breakfix.notebook.told import Told, told
from breakfix.ports.lab_service import LabService
from breakfix.ports.saving import SUFFIX, readable

_VALIDATE = "validate"


@dataclass(repr=False)
class AssignmentHandle(Verbs):
    """The assignment in the folder of a notebook.

    `open_labs` opens the labs, which takes an engine; `inspect` reads a file that was handed in and
    raises EvidenceError when it is not one of this assignment and learner.
    """

    assignment: Assignment
    learner: str
    folder: Path
    open_labs: Callable[[], LabService]
    inspect: Callable[[Path, Assignment, str], Manifest]
    language: Language
    slug: str = field(init=False)
    with_sheet: bool = field(init=False, default=True)
    _opened: LabService | None = field(init=False, default=None)
    _seen: dict[tuple[float, int], Manifest] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.slug = self.assignment.lab

    def start(self) -> Page:
        """Start the next attempt, or go on with the one that is busy."""
        return self._session(
            lambda: self._service().start_assigned(self.assignment, self.learner), 4
        )

    def graded(self, cell: str) -> Page:
        """The source of a cell that grading fills: what was handed in for it. Raises Told when
        there is nothing, or something else."""
        if cell not in set(Cell):
            raise self._told("assignment.no-cell", cell=cell)
        if nbgrader_does() not in {"", _VALIDATE}:
            # Whoever grades by running this would give points for nothing.
            raise self._told("assignment.never-run")
        file = self._target()
        made = moment(self._handed_in(file).captured)
        size = readable(file.stat().st_size)
        return self._words(
            self._say("assignment.filled", file=f"evidence/{file.name}", size=size, made=made)
        )

    def _service(self) -> LabService:
        if self._opened is None:
            self._opened = self.open_labs()
        return self._opened

    def _labs(self) -> LabService:
        """The labs, when their session is of this assignment and learner. Raises SessionError."""
        labs = self._service()
        try:
            view = labs.status(self.slug)
        except SessionMissing as error:
            raise SessionMissing("assignment.not-started") from error
        if (view.assignment, view.learner) != (self.assignment.id, self.learner):
            raise SessionError("assignment.lab-taken", lab=self.slug)
        return labs

    def _target(self) -> Path:
        return self.folder / "evidence" / f"{self.slug}{SUFFIX}"

    def _handed_in(self, file: Path) -> Manifest:
        """What a file says of itself; read once, however many cells ask. Raises Told."""
        if not file.is_file():
            raise self._told("assignment.nothing-handed-in", lab=self.slug)
        found = file.stat()
        key = (found.st_mtime, found.st_size)
        if key not in self._seen:
            self._seen[key] = self._inspected(file)
        return self._seen[key]

    def _inspected(self, file: Path) -> Manifest:
        with told(self.language):
            return self.inspect(file, self.assignment, self.learner)

    def _say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def _told(self, key: str, **values: object) -> Told:
        return Told(self._say(key, **values))
