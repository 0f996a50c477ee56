"""Everything that the panels of one server share."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from breakfix.messages import Language
from breakfix.model.logbook import Entry, Logbook
from breakfix.model.progress import Progress
from breakfix.model.recording import Recording
from breakfix.model.session import Event, LabSummary
from breakfix.ports.lab_service import LabService
from breakfix.server.doing import session_of
from breakfix.server.lab_settings import speak
from breakfix.server.live import Hands, LiveLab, Panel
from breakfix.server.looking import Door
from breakfix.server.makings import Makings
from breakfix.server.place import find_place
from breakfix.server.shells import Shells
from breakfix.server.wording import Choice
from breakfix.server.workers import Workers

#: Verbs at the same time, of different labs; each may keep a process of its own that checks.
_VERBS = 4
#: Short questions at the same time.
_CALLS = 16


@dataclass
class Desk:
    """The labs that somebody looks at, the shells, and the language; `root` is the folder that
    Jupyter serves."""

    makings: Makings
    root: Path
    labs: dict[str, LiveLab] = field(default_factory=dict)
    shells: Shells = field(default_factory=Shells)

    def __post_init__(self) -> None:
        self.hands = Hands(Workers("breakfix-verb", _VERBS), Workers("breakfix-call", _CALLS))
        self.choice = Choice(self.makings.state / "language")
        self.shells.on_drop = self.let_go
        self._door = Door(self.makings.open_labs, _nobody)

    def lab(self, slug: str) -> LiveLab:
        """One lab, live from now on."""
        if slug not in self.labs:
            self.labs[slug] = LiveLab(
                slug,
                self.makings,
                self.hands,
                self.choice,
                end_terminals=self.shells.end_lab,
                end_left_over=self.shells.end_left_over,
            )
        return self.labs[slug]

    def leave(self, lab: LiveLab, panel: Panel) -> None:
        """A panel was closed."""
        lab.leave(panel)
        self.let_go(lab)

    def let_go(self, lab: LiveLab) -> None:
        """Keep nothing of a lab at which nobody looks any more."""
        in_use = lab.panels or lab.busy is not None or self.shells.count(lab.slug)
        if not in_use and self.labs.get(lab.slug) is lab:
            del self.labs[lab.slug]

    async def choose(self, language: Language) -> None:
        """Speak `language` from now on, on every open panel; JupyterLab follows once reloaded."""
        await self.hands.calls.run(lambda: self._choose(language))
        for lab in self.labs.values():
            lab.tell()

    async def listed(self) -> list[tuple[LabSummary, str | None]]:
        """Every lab to show, with its notebook where there is one. Raises BreakfixError."""
        found = await self.hands.calls.run(self.makings.overview.labs)
        return [
            (lab, self._notebook(lab.slug)) for lab in found if lab.proven or self.makings.author
        ]

    async def need_engine(self) -> None:
        """Look whether the engine answers. Raises EngineError."""
        await self.hands.calls.run(self.makings.need_engine)

    async def progress(self) -> Progress:
        """Which competences were shown here. Raises BreakfixError."""
        return await self.hands.calls.run(self.makings.overview.progress)

    async def logbook(self) -> Logbook:
        """Every attempt, with what was written about it. Raises BreakfixError."""
        return await self.hands.calls.run(self.makings.overview.logbook)

    async def write_note(self, entry: str, text: str) -> Entry:
        """Keep a note. Raises BreakfixError."""
        return await self.hands.calls.run(lambda: self.makings.overview.write_note(entry, text))

    async def notebook(self, slug: str) -> str:
        """The notebook of a lab, made where there is none. Raises BreakfixError."""
        language = self.choice.language
        made = await self.hands.calls.run(
            lambda: self.makings.make_notebook(self._folder, slug, language)
        )
        return made.relative_to(self.root).as_posix()

    def _choose(self, language: Language) -> None:
        self.choice.choose(language)
        speak(self.makings.state, language)

    async def recordings(self, slug: str, notebook: str) -> tuple[Recording, ...]:
        """The recordings of a lab's terminals, for a panel in that notebook. Raises
        BreakfixError."""
        return await self.hands.calls.run(lambda: self._own(slug, notebook).recordings(slug))

    async def recording(self, slug: str, notebook: str, number: str) -> bytes:
        """One of them, as an asciicast. Raises BreakfixError."""
        return await self.hands.calls.run(
            lambda: b"".join(self._own(slug, notebook).recording(slug, number))
        )

    def _own(self, slug: str, notebook: str) -> LabService:
        """The labs, when the work in progress is that of the notebook."""
        labs = self._door.labs()
        place = find_place(self.makings, self.root, notebook, slug)
        place.need_own(session_of(labs, slug))
        return labs

    @property
    def _folder(self) -> Path:
        """Where notebooks are made: the workspace, where Jupyter serves that."""
        workspace = self.makings.workspace
        return workspace if workspace.is_relative_to(self.root) else self.root

    def _notebook(self, slug: str) -> str | None:
        file = self._folder / f"{slug}.ipynb"
        return file.relative_to(self.root).as_posix() if file.exists() else None


def _nobody(_: Event) -> None:
    """Playing a recording has no progress."""
