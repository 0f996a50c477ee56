"""`breakfix.lab(…)`: the verbs of a session, for a notebook cell."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TypeVar

from breakfix.errors import BreakfixError
from breakfix.messages import Language, say
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.replay import AfterRestart
from breakfix.model.session import QuestionView, Report, SessionView
from breakfix.model.topology import Cable
from breakfix.notebook import pages
from breakfix.notebook.progress import Progress
from breakfix.ports.lab_service import LabService, StaffService
from breakfix.ports.saving import SUFFIX, readable, save_whole

T = TypeVar("T")


#: What our extension of JupyterLab draws as the panel.
PANEL = "application/vnd.breakfix.panel+json"


@dataclass(frozen=True)
class Page:
    """Something to look at: HTML in a notebook, plain words elsewhere. With `panel`, a lab's slug,
    a JupyterLab that has our extension shows the panel instead."""

    html: str
    plain: str
    panel: str = ""

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        shown: dict[str, object] = {"text/html": self.html, "text/plain": self.plain}
        return shown | ({PANEL: {"panel": self.panel}} if self.panel else {})

    def __repr__(self) -> str:
        return self.plain


_REPLAY_STEPS = 5


class Verbs:
    """The verbs of a session. Every one returns a page; a mistake is one clear sentence.

    While nbgrader runs the notebook no verb does anything: *Validate* must never start or stop a
    machine. `with_sheet`: the notebook is the same for everybody, so the session's own values are
    shown with the ticket.
    """

    slug: str
    language: Language
    with_sheet: bool

    def __repr__(self) -> str:
        # Where a cell ends with it, nothing of a fault or a service may show.
        return say("notebook.handle", self.language, lab=self.slug)

    def _service(self) -> LabService:
        """The labs, as they are opened the first time that they are needed."""
        raise NotImplementedError

    def _labs(self) -> LabService:
        """The labs, for a verb that works on the session of this handle."""
        return self._service()

    def _target(self) -> Path:
        """Where the file goes that is handed in."""
        return Path("evidence") / f"{self.slug}{SUFFIX}"

    def status(self) -> Page:
        """The ticket, the machines and the cables."""
        return self._session(lambda: self._labs().status(self.slug))

    def check(self, *, after_restart: bool = False) -> Page:
        """Look whether the trouble is repaired; with `after_restart`, whether it stays so when the
        machines are started again elsewhere."""
        if after_restart:
            return self._do(
                lambda: self._labs().after_restart(self.slug), self._after_restart, _REPLAY_STEPS
            )
        return self._do(lambda: self._labs().check(self.slug), self._report)

    def hand_in(self, *, sure: bool = False) -> Page:
        """Show what the teacher will see; with `sure=True`, hand that in as a file."""

        def verb() -> tuple[AfterRestart, str]:
            seen = self._labs().after_restart(self.slug)
            if not sure:
                return seen, say("hand-in.if-sure", self.language)
            handed = self._labs().hand_in(self.slug, seen.sha256)
            file = save_whole(self._target(), self._labs().evidence(self.slug))
            return seen, say("hand-in.done", self.language, file=file, size=readable(handed.size))

        return self._do(verb, lambda found: self._handed(*found), _REPLAY_STEPS)

    def hint(self, *, sure: bool = False) -> Page:
        """The next hint; where it costs points, only with `sure=True`."""
        return self._do(
            lambda: self._labs().hint(self.slug, sure),
            lambda hint: self._words(hint.text.in_(self.language)),
        )

    def diagnose(self, place: str | None = None, cause: str | None = None, **tests: str) -> Page:
        """Say where the trouble is, what it is, and what proves it (as `pc_link="no-link"`);
        without arguments, show the choices."""
        if place is None:
            return self._do(
                lambda: self._labs().status(self.slug),
                lambda view: Page(pages.form(view.form, self.language), ""),
            )
        return self._do(
            lambda: self._labs().diagnose(self.slug, Diagnosis(place, cause, _proof(tests))),
            lambda _: self._words(say("lab.diagnosis-kept", self.language)),
        )

    def answer(self, question: str | None = None, text: str = "") -> Page:
        """Write the reply to the customer or the work note; without arguments, show the questions,
        what you wrote, and beside that an example to compare with."""

        def verb() -> Sequence[QuestionView]:
            if question is None:
                return self._labs().status(self.slug).questions
            found = self._labs().answer(self.slug, question, text).questions
            return [one for one in found if one.id == question]

        return self._do(verb, lambda found: Page(pages.questions(found, self.language), ""))

    def hand_over(self, place: str, **tests: str) -> Page:
        """Hand the ticket to the second line; tests as `ping_router="answers"`."""
        return self._do(
            lambda: self._labs().hand_over(self.slug, Handover(place, _proof(tests))),
            lambda reply: self._words(reply.text.in_(self.language)),
        )

    def plug_in(self, machine: str, nic: str) -> Page:
        """Plug a cable in."""
        return self._session(lambda: self._labs().set_cable(self.slug, Cable(machine, nic)))

    def pull_out(self, machine: str, nic: str) -> Page:
        """Pull a cable out."""
        cable = Cable(machine, nic, connected=False)
        return self._session(lambda: self._labs().set_cable(self.slug, cable))

    def reset(self) -> Page:
        """Begin again with the same trouble."""
        return self._session(lambda: self._labs().reset(self.slug), 4)

    def finish(self, *, sure: bool = False) -> Page:
        """End the lab and remove its machines; an evaluation of which nothing was handed in ends
        only with `sure=True`."""

        def verb() -> str:
            if not sure and self._labs().status(self.slug).at_stake:
                return say("lab.finish-if-sure", self.language)
            self._labs().finish(self.slug)
            return say("lab.finished", self.language, lab=self.slug)

        return self._do(verb, self._words)

    def _session(self, verb: Callable[[], SessionView], steps: int = 0) -> Page:
        return self._do(
            verb,
            lambda view: Page(
                pages.session(view, self.language, with_sheet=self.with_sheet),
                view.title.in_(self.language),
                self.slug,
            ),
            steps,
        )

    def _report(self, report: Report) -> Page:
        plain = "\n".join(
            f"{pages.SIGNS[line.result]} {line.text.in_(self.language)}" for line in report.lines
        )
        return Page(pages.report(report, self.language), plain)

    def _after_restart(self, seen: AfterRestart) -> Page:
        told = [say("hand-in.only-now", self.language)] if seen.lost else []
        told += [say("hand-in.late", self.language)] if seen.late else []
        later = self._report(seen.later)
        noticed = "hand-in.heading" if seen.later.score else "hand-in.heading-evaluation"
        heading = say(noticed, self.language)
        html = f"<h3>{escape(heading)}</h3>{later.html}"
        html += "".join(f"<p>{escape(line)}</p>" for line in told)
        return Page(html, "\n".join([heading, later.plain, *told]))

    def _handed(self, seen: AfterRestart, words: str) -> Page:
        shown = self._after_restart(seen)
        return Page(f"{shown.html}<p>{escape(words)}</p>", f"{shown.plain}\n{words}")

    def _do(self, verb: Callable[[], T], show: Callable[[T], Page], steps: int = 0) -> Page:
        if nbgrader_does():
            return self._words(say("notebook.only-looking", self.language))
        try:
            with Progress(self._service(), self.language, steps):
                return show(verb())
        except BreakfixError as error:
            return self._words(say(error.key, self.language, **error.values))

    def _words(self, text: str) -> Page:
        return Page(pages.table([], [[text]]), text)


@dataclass(repr=False)
class LabHandle(Verbs):
    """One lab in a notebook."""

    slug: str
    service: LabService
    staff: StaffService
    language: Language
    with_sheet: bool = False

    def start(self, fault: str | None = None, seed: str | None = None) -> Page:
        """Start the lab, or go on with it."""
        return self._session(lambda: self.staff.start_chosen(self.slug, fault, seed), 4)

    def _service(self) -> LabService:
        return self.service


def nbgrader_does() -> str:
    """What nbgrader runs this kernel for (`validate`); empty where a person runs it."""
    return os.environ.get("NBGRADER_EXECUTION", "")


def _proof(tests: dict[str, str]) -> dict[str, str]:
    """Tests and their results; a name in Python has underscores for hyphens."""
    return {name.replace("_", "-"): result for name, result in tests.items()}
