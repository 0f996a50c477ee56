"""A learner's computer: a folder, JupyterLab on it, the command line, and a browser's page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from playwright.sync_api import Page, expect

from breakfix.codec import to_json
from breakfix.content import read_lab
from breakfix.content.desk import lab_notebook
from breakfix.grading.notebooks import assignment_notebook
from breakfix.messages import Language
from breakfix.model.assignment import Assignment
from breakfix.model.parameter import draw_all
from breakfix.model.session import Mode
from breakfix.session.store import SessionStore
from breakfix.wiring import checkout
from tests.engine.conftest import Run
from tests.engine.journeys.panel import LONG, Panel
from tests.engine.jupyter import Jupyter
from tests.panel_browser import TOKEN

TILL, NO_INTERNET = "till-does-not-start", "no-internet"
FOLDERS = {TILL: "m020-os", NO_INTERNET: "m021-network"}
LEARNER, NAME, FAULT = "els", "kassa", "not-enabled"
REPAIR = "sudo systemctl enable -q --now kassa"
VERSION = read_lab(checkout() / "labs" / FOLDERS[TILL] / TILL).lab.version
ASSIGNMENT = Assignment(
    1, f"helpdesk/{NAME}", TILL, VERSION, "5eed", (FAULT,), attempts=0, mode=Mode.PRACTICE
)


@dataclass
class Home:
    """What a learner has; `root` is the folder that JupyterLab shows."""

    server: Jupyter
    run: Run
    root: Path
    page: Page

    def practice(self, slug: str) -> str:
        """A lab's notebook, as the list of labs makes it; its path."""
        loaded = read_lab(checkout() / "labs" / FOLDERS[slug] / slug)
        values = draw_all(loaded.lab.parameters, "7")
        return lab_notebook(self.root, loaded, Language.NL, values).name

    def assignment(self) -> str:
        """An assignment with a known fault, as it is fetched; the notebook's path."""
        folder = self.root / NAME
        folder.mkdir()
        (folder / "assignment.json").write_text(to_json(ASSIGNMENT), "utf-8")
        loaded = read_lab(checkout() / "labs" / FOLDERS[TILL] / TILL)
        made = assignment_notebook(loaded, ASSIGNMENT, NAME, Language.NL)
        (folder / f"{NAME}.ipynb").write_text(json.dumps(made), "utf-8")
        return f"{NAME}/{NAME}.ipynb"

    def open(self, notebook: str, slug: str = TILL) -> Panel:
        """Open a notebook in the browser; its panel."""
        self.page.goto(f"http://127.0.0.1:{self.server.port}/lab/tree/{notebook}?token={TOKEN}")
        return self.panel(slug)

    def panel(self, slug: str = TILL) -> Panel:
        """The panel of a lab, live."""
        return Panel(self.page, slug)

    def close_the_message_of_jupyterlab(self) -> None:
        """JupyterLab lays a message of its own over everything when its server is gone."""
        message = self.page.locator(".jp-Dialog")
        expect(message).to_be_visible(timeout=LONG)
        message.get_by_role("checkbox").check()
        message.get_by_role("button").click()
        expect(message).to_have_count(0)

    def told(self, *words: str) -> Any:  # noqa: ANN401 (JSON)
        """What a command tells; it may find the machines wanting."""
        return told_by(self.run, *words)

    def machines(self, slug: str) -> Any:  # noqa: ANN401 (JSON)
        """The machines of a session, as the command line sees them."""
        return self.told("lab", "status", slug)["machines"]

    @property
    def evidence(self) -> Path:
        """The file that was handed in."""
        return self.root / NAME / "evidence" / f"{TILL}.breakfix.tar.zst"

    def grade(self) -> Any:  # noqa: ANN401 (JSON)
        """What a replay finds of the evidence that was handed in, as for a grade."""
        assignment = self.root / NAME / "assignment.json"
        given = ("--assignment", str(assignment), "--learner", LEARNER)
        return self.told("evidence", "replay", str(self.evidence), *given)


def told_by(run: Run, *words: str) -> Any:  # noqa: ANN401 (JSON)
    """What a command tells; it may find the machines wanting."""
    done = run(*words, "--json")
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return json.loads(done.stdout)


def repair_of_what_was_drawn(state: Path, slug: str, machine: str) -> list[str]:
    """The commands on `machine` that repair the fault of the session in this state folder."""
    (sessions,) = (state / "breakfix").glob("*/sessions")
    record = SessionStore(sessions).journal(slug).record()
    assert record is not None
    folder = checkout() / "labs" / FOLDERS[slug] / slug
    values = draw_all(read_lab(folder).lab.parameters, record.seed)
    script = (folder / "staff" / "faults" / record.fault / "repair" / f"{machine}.sh").read_text()
    lines = [line for line in script.splitlines() if line and not line.startswith("#")]
    return [Template(line).safe_substitute(values) for line in lines]
