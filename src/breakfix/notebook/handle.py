"""`breakfix.lab(…)`: the verbs of a session, for a notebook cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TypeVar

from breakfix.errors import BreakfixError
from breakfix.messages import Language, say
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.replay import AfterRestart
from breakfix.model.session import Report, SessionView
from breakfix.model.topology import Cable
from breakfix.notebook import pages
from breakfix.notebook.progress import Progress
from breakfix.ports.lab_service import LabService, StaffService
from breakfix.ports.saving import SUFFIX, readable, save_whole

T = TypeVar("T")


@dataclass(frozen=True)
class Page:
    """Something to look at: HTML in a notebook, plain words elsewhere."""

    html: str
    plain: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.plain


_REPLAY_STEPS = 5


@dataclass
class LabHandle:
    """One lab in a notebook. Every verb returns a page; a mistake is one clear sentence."""

    slug: str
    service: LabService
    staff: StaffService
    language: Language

    def start(self, fault: str | None = None, seed: str | None = None) -> Page:
        """Start the lab, or go on with it."""
        return self._session(lambda: self.staff.start_chosen(self.slug, fault, seed), 4)

    def status(self) -> Page:
        """The ticket, the machines and the cables."""
        return self._session(lambda: self.service.status(self.slug))

    def check(self, *, after_restart: bool = False) -> Page:
        """Look whether the trouble is repaired; with `after_restart`, whether it stays so when the
        machines are started again elsewhere."""
        if after_restart:
            return self._do(
                lambda: self.service.after_restart(self.slug), self._after_restart, _REPLAY_STEPS
            )
        return self._do(lambda: self.service.check(self.slug), self._report)

    def hand_in(self, *, sure: bool = False) -> Page:
        """Show what the teacher will see; with `sure=True`, hand that in as a file."""

        def verb() -> tuple[AfterRestart, str]:
            seen = self.service.after_restart(self.slug)
            if not sure:
                return seen, say("hand-in.if-sure", self.language)
            handed = self.service.hand_in(self.slug, seen.sha256)
            file = save_whole(
                Path("evidence") / f"{self.slug}{SUFFIX}", self.service.evidence(self.slug)
            )
            return seen, say("hand-in.done", self.language, file=file, size=readable(handed.size))

        return self._do(verb, lambda found: self._handed(*found), _REPLAY_STEPS)

    def hint(self) -> Page:
        """The next hint."""
        return self._do(
            lambda: self.service.hint(self.slug),
            lambda hint: self._words(hint.text.in_(self.language)),
        )

    def diagnose(self, place: str | None = None, cause: str | None = None, **tests: str) -> Page:
        """Say where the trouble is, what it is, and what proves it (as `pc_link="no-link"`);
        without arguments, show the choices."""
        if place is None:
            return self._do(
                lambda: self.service.status(self.slug),
                lambda view: Page(pages.form(view.form, self.language), ""),
            )
        return self._do(
            lambda: self.service.diagnose(self.slug, Diagnosis(place, cause, _proof(tests))),
            lambda _: self._words(say("lab.diagnosis-kept", self.language)),
        )

    def hand_over(self, place: str, **tests: str) -> Page:
        """Hand the ticket to the second line; tests as `ping_router="answers"`."""
        return self._do(
            lambda: self.service.hand_over(self.slug, Handover(place, _proof(tests))),
            lambda reply: self._words(reply.text.in_(self.language)),
        )

    def plug_in(self, machine: str, nic: str) -> Page:
        """Plug a cable in."""
        return self._session(lambda: self.service.set_cable(self.slug, Cable(machine, nic)))

    def pull_out(self, machine: str, nic: str) -> Page:
        """Pull a cable out."""
        cable = Cable(machine, nic, connected=False)
        return self._session(lambda: self.service.set_cable(self.slug, cable))

    def reset(self) -> Page:
        """Begin again with the same trouble."""
        return self._session(lambda: self.service.reset(self.slug), 4)

    def finish(self) -> Page:
        """End the lab and remove its machines."""
        return self._do(
            lambda: self.service.finish(self.slug),
            lambda _: self._words(say("lab.finished", self.language, lab=self.slug)),
        )

    def _session(self, verb: Callable[[], SessionView], steps: int = 0) -> Page:
        return self._do(
            verb,
            lambda view: Page(pages.session(view, self.language), view.title.in_(self.language)),
            steps,
        )

    def _report(self, report: Report) -> Page:
        plain = "\n".join(
            f"{pages.SIGNS[line.result]} {line.text.in_(self.language)}" for line in report.lines
        )
        return Page(pages.report(report, self.language), plain)

    def _after_restart(self, seen: AfterRestart) -> Page:
        lost = say("hand-in.only-now", self.language) if seen.lost else ""
        later = self._report(seen.later)
        heading = say("hand-in.heading", self.language)
        html = f"<h3>{escape(heading)}</h3>{later.html}<p>{escape(lost)}</p>"
        return Page(html, f"{heading}\n{later.plain}\n{lost}".rstrip())

    def _handed(self, seen: AfterRestart, words: str) -> Page:
        shown = self._after_restart(seen)
        return Page(f"{shown.html}<p>{escape(words)}</p>", f"{shown.plain}\n{words}")

    def _do(self, verb: Callable[[], T], show: Callable[[T], Page], steps: int = 0) -> Page:
        try:
            with Progress(self.service, self.language, steps):
                return show(verb())
        except BreakfixError as error:
            return self._words(say(error.key, self.language, **error.values))

    def _words(self, text: str) -> Page:
        return Page(pages.table([], [[text]]), text)


def _proof(tests: dict[str, str]) -> dict[str, str]:
    """Tests and their results; a name in Python has underscores for hyphens."""
    return {name.replace("_", "-"): result for name, result in tests.items()}
