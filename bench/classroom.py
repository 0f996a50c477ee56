"""Thirty learners who handed in: for a course of ours, and the same notebooks in a stock one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breakfix.content.loaded import LoadedLab
from breakfix.evidence.record import Record
from breakfix.grading.course import Terms, add_assignment, create_course
from breakfix.grading.folder import CourseFolder
from breakfix.messages import Language
from breakfix.model.assignment import Assignment, variant
from breakfix.model.session import Mode
from breakfix.ports.passing import passing
from breakfix.ports.runtime import MachineKey
from breakfix.replay.specs import broken_machine
from breakfix.session.handing_in import Desk
from breakfix.session.machines import Crew
from breakfix.session.service import LocalLabService
from breakfix.wiring import images_folder, pinned_tags

LAB, FAULT, NAME = "no-internet", "forwarding-off", "bench"
_STOCK = 'c = get_config()\nc.CourseDirectory.course_id = "stock"\n'


@dataclass(frozen=True)
class Classroom:
    """A folder with both courses; `wrong` of the learners repaired nothing."""

    root: Path
    learners: int
    wrong: int = 0

    @property
    def ours(self) -> CourseFolder:
        """The course of ours."""
        return CourseFolder(self.root / "ours")

    @property
    def stock(self) -> CourseFolder:
        """The stock course: the same folders, nothing else of ours."""
        return CourseFolder(self.root / "stock")

    @property
    def names(self) -> list[str]:
        """Everybody in the class."""
        return [f"learner-{number:02d}" for number in range(1, self.learners + 1)]

    def make(self, service: LocalLabService) -> None:
        """Make what is not there yet: every learner works on machines with values of their own."""
        loaded = service.catalog.load(LAB)
        if not self.ours.file.exists():
            create_course(self.ours.root, NAME, Language.EN, images_folder())
            terms = Terms(Mode.EVALUATION, (FAULT,))
            add_assignment(
                self.ours, NAME, loaded, terms, lambda lab: pinned_tags(lab, self.ours.images)
            )
        self._make_stock()
        assignment = self.ours.planned(NAME).assignment
        for number, name in enumerate(self.names):
            file = self.ours.submitted(name, NAME) / "evidence" / f"{LAB}.breakfix.tar.zst"
            if not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                crew = _crew(service, loaded, assignment, name)
                _work(crew, file, repair=number >= self.wrong)
                notebook = f"{NAME}.ipynb"
                shutil.copy(self.ours.release(NAME) / notebook, file.parents[1] / notebook)
            there = self.stock.submitted(name, NAME)
            if not there.exists():
                shutil.copytree(file.parents[1], there)
                shutil.copy(self.stock.release(NAME) / f"{NAME}.ipynb", there)

    def forget(self, *, verdicts: bool) -> None:
        """Nothing is graded; with `verdicts` nothing was ever replayed either."""
        for course in (self.ours, self.stock):
            shutil.rmtree(course.root / "autograded", ignore_errors=True)
        if verdicts:
            shutil.rmtree(self.ours.root / "verdicts", ignore_errors=True)

    def _make_stock(self) -> None:
        if (self.stock.release(NAME) / f"{NAME}.ipynb").exists():
            return
        source = self.stock.source(NAME)
        source.mkdir(parents=True, exist_ok=True)
        (self.stock.root / "nbgrader_config.py").write_text(_STOCK, "utf-8")
        text = (self.ours.source(NAME) / f"{NAME}.ipynb").read_text("utf-8")
        notebook = json.loads(text)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["source"] = _plain(cell["metadata"].get("nbgrader"))
        (source / f"{NAME}.ipynb").write_text(json.dumps(notebook), "utf-8")
        run(self.stock.root, "nbgrader", "generate_assignment", NAME)


def run(where: Path, program: str, *words: str) -> None:
    """One of the programs of this environment, which must succeed."""
    folder = Path(sys.executable).parent
    # nbgrader looks for another program among those of the user.
    own = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        [folder / program, *words], cwd=where, env=own, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{program} {' '.join(words)}: {done.stdout}{done.stderr}")


def _plain(told: dict[str, Any] | None) -> str:
    """What a code cell becomes in the stock course: a grade cell's points, or nothing to do."""
    return f"{told['points']}.0" if told and told["grade"] else "pass"


def _crew(
    service: LocalLabService, loaded: LoadedLab, assignment: Assignment, learner: str
) -> Crew:
    """The machines of a learner's own variant."""
    drawn = variant(assignment, learner, 1)
    record = Record(
        passing("proof"), drawn.fault, drawn.seed, Mode.EVALUATION, complete=True,
        cables={f"{one.machine}/{one.nic}": one for one in loaded.inject(drawn.fault).cables},
        learner=learner, assignment=assignment.id, attempt=1,
    )  # fmt: skip
    return Crew(loaded, service.runtime, record, "")


def _work(crew: Crew, target: Path, *, repair: bool) -> None:
    """What a learner does: the repair, and handing in."""
    loaded, fault = crew.loaded, crew.record.fault
    try:
        crew.runtime.create([broken_machine(loaded, key, fault, crew.values) for key in crew.keys])
        crew.boot(list(loaded.lab.machines))
        for machine, script in loaded.repair(fault).scripts.items() if repair else ():
            crew.runtime.run(MachineKey(crew.session, machine), script, crew.values)
        with tempfile.TemporaryDirectory(prefix="breakfix-bench-") as folder:
            desk = Desk(Path(folder))
            desk.make(crew, b"")
            shutil.copy(desk.candidate, target)
    finally:
        crew.runtime.remove(crew.session)
