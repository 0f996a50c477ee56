"""A course whose learners may do anything: made, collected and graded by nbgrader's own steps."""

from __future__ import annotations

import copy
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import AutogradeApp, CollectApp
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from breakfix.content.reader import read_lab
from breakfix.grading.course import Terms, add_assignment, create_course
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import api_of
from breakfix.messages import Language
from breakfix.model.session import Mode
from tests.grading.verdicts import FAULT, HALF, evidence

TINY = Path(__file__).parents[1] / "data" / "labs" / "m021-network" / "tiny"
NAME = "nota"
ANSWER = "question-cause"
EVIDENCE = "evidence/tiny.breakfix.tar.zst"
SECRET = "a1" * 64
#: A check that guards against damage, and a question that a person judges.
_MORE = """
[[checks]]
id = "others-kept"
aspect = "harmless"
sight = "observer"
points = 3
text.pass = { nl = "De andere bestanden staan er nog.", en = "The other files are still there." }
text.fail = { nl = "Er is een ander bestand weg.", en = "Another file is gone." }

[[questions]]
id = "cause"
points = 5
text = { nl = "Hoe zag je dat?", en = "How did you see that?" }

"""
_RUBRIC = """+++ {"tags": ["lang-nl"]}

Noemt het bevel ls. RUBRIEK

+++ {"tags": ["lang-en"]}

Names the command ls. RUBRIC
"""


@dataclass
class School:
    """A course with its exchange."""

    root: Path
    folder: CourseFolder
    exchange: Path

    @property
    def inbound(self) -> Path:
        """Where nbgrader's submit puts things."""
        return self.exchange / "helpdesk" / "inbound"

    def notebook(self) -> dict[str, Any]:
        """The notebook as learners get it."""
        text = (self.folder.release(NAME) / f"{NAME}.ipynb").read_text("utf-8")
        found: dict[str, Any] = json.loads(text)
        return found

    def hand_in(
        self,
        learner: str,
        notebook: object = None,
        files: Mapping[str, bytes] | None = None,
        when: str = "2026-11-20 10:00:00.000000 UTC",
        holds: frozenset[str] | None = HALF,
    ) -> Path:
        """Put a hand-in into the exchange, as nbgrader's submit does; its folder."""
        place = self.inbound / f"{learner}+{NAME}+{when}+{len(list(self.inbound.iterdir()))}"
        place.mkdir(parents=True)
        data = self.notebook() if notebook is None else notebook
        text = data if isinstance(data, bytes) else json.dumps(data).encode()
        (place / f"{NAME}.ipynb").write_bytes(text)
        (place / "timestamp.txt").write_text(when)
        (place / "submission_secret.txt").write_text(SECRET)
        if holds is not None:
            (place / "evidence").mkdir()
            (place / EVIDENCE).write_bytes(evidence(holds))
        for path, content in (files or {}).items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(content)
        return place

    def collect(self, *, update: bool = True) -> dict[str, Any]:
        """What `nbgrader collect` and formgrader's button do."""
        result: dict[str, Any] = api_of(self.folder).collect(NAME, update)
        return result

    def autograde(self, learner: str = "*", *, force: bool = False) -> dict[str, Any]:
        """What `nbgrader autograde` and formgrader's button do."""
        result: dict[str, Any] = api_of(self.folder).autograde(NAME, learner, force)
        return result

    def commands(self) -> int:
        """`nbgrader collect` and `nbgrader autograde`, as the commands do it; how many failed."""
        before = Path.cwd()
        os.chdir(self.folder.root)
        try:
            steps: tuple[tuple[Any, list[str]], ...] = (
                (CollectApp, ["--update"]),
                (AutogradeApp, []),
            )
            return sum(_failed(app, *more) for app, more in steps)
        finally:
            os.chdir(before)

    def points(self, learner: str) -> dict[str, float] | None:
        """The points in the gradebook by cell; None where nothing is known of this learner."""
        with self.gradebook() as book:
            try:
                found = book.find_submission_notebook(NAME, NAME, learner)
            except MissingEntry:
                return None
            return {grade.name: grade.score for grade in found.grades}

    def grade(self, learner: str, cell: str) -> dict[str, Any]:
        """One row of the gradebook."""
        with self.gradebook() as book:
            found: dict[str, Any] = book.find_grade(cell, NAME, NAME, learner).to_dict()
            return found

    def gradebook(self) -> Gradebook:
        """The gradebook of the course."""
        return Gradebook(self.folder.database, "helpdesk")

    def graded(self, learner: str) -> dict[str, Any]:
        """The graded notebook."""
        file = self.folder.autograded(learner, NAME) / f"{NAME}.ipynb"
        found: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return found

    def page(self, learner: str) -> str:
        """What formgrader shows of a graded notebook."""
        config = Config()
        config.HTMLExporter.template_name = "formgrade"
        config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
        make: Any = HTMLExporter
        exporter = make(config=config)
        file = self.folder.autograded(learner, NAME) / f"{NAME}.ipynb"
        resources = {
            "assignment_id": NAME, "notebook_id": NAME, "submission_id": "1", "index": 0,
            "total": 1, "base_url": "/", "student": "x", "last_name": "x", "first_name": "x",
            "notebook_path": "x",
        }  # fmt: skip
        html, _ = exporter.from_filename(str(file), resources=resources)
        return str(html)


def open_school(root: Path) -> School:
    """A course with one released evaluation of the small lab."""
    lab = root / "labs" / "m021-network" / "tiny"
    shutil.copytree(TINY, lab)
    text = (lab / "lab.toml").read_text("utf-8")
    before, mark, after = text.partition("[faults.note-missing]")
    (lab / "lab.toml").write_text(f"{before}{_MORE}{mark}{after}", "utf-8")
    (lab / "staff" / "answers").mkdir()
    (lab / "staff" / "answers" / "cause.md").write_text(_RUBRIC, "utf-8")
    images = root / "images"
    (images / "base").mkdir(parents=True)
    (images / "base" / "Dockerfile").write_text("FROM scratch\n")
    exchange = root / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    folder = create_course(root / "course", "helpdesk", Language.NL, images, exchange)
    add_assignment(
        folder, NAME, read_lab(lab), Terms(Mode.EVALUATION, (FAULT,)), lambda _: {"pc": "pc"}
    )
    released = api_of(folder).release_assignment(NAME)
    assert released["success"], released
    return School(root, folder, exchange)


def copy_school(school: School, root: Path) -> School:
    """A school of one's own, as the other one is; making one takes long."""
    for name in ("course", "exchange"):
        shutil.copytree(school.root / name, root / name, copy_function=shutil.copy2)
    copied = School(root, CourseFolder(root / "course"), root / "exchange")
    for config in copied.folder.root.glob("nbgrader_config*.py"):
        text = config.read_text("utf-8")
        config.write_text(text.replace(str(school.exchange), str(copied.exchange)), "utf-8")
    return copied


def _failed(kind: Any, *more: str) -> bool:  # noqa: ANN401
    """Whether one of nbgrader's commands ends with an error."""
    app = kind()
    try:
        app.initialize([NAME, *more])
        app.start()
    except SystemExit as end:
        return bool(end.code)
    return False


def answered(notebook: dict[str, Any], text: str) -> dict[str, Any]:
    """The notebook with an answer to the question."""
    made = copy.deepcopy(notebook)
    cell_of(made, ANSWER)["source"] = text
    return made


def cell_of(notebook: dict[str, Any], grade_id: str) -> dict[str, Any]:
    """One of nbgrader's cells."""
    return next(
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )
