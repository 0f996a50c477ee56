"""A lab folder in memory: everything that a session or a proof needs of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from breakfix.content.actions import Action
from breakfix.content.digest import digest
from breakfix.model.diagnosis import DiagnosisForm
from breakfix.model.lab import Lab
from breakfix.model.value import Text
from breakfix.ports.kept import Kept

_DIGESTS = Kept(digest)


@dataclass(frozen=True)
class LoadedFault:
    """The folder of one fault."""

    name: str
    hints: tuple[Text, ...]
    inject: Action
    repair: Action
    rejected: tuple[Action, ...] = ()
    accepted: tuple[Action, ...] = ()
    second_line: Action | None = None


@dataclass(frozen=True)
class LoadedLab:
    """A whole lab. `module` is the name of the module's folder (`m021-network`); `health` holds
    the scripts that set machines up before any fault; `sheet` are the texts of the notebook that
    differ from learner to learner; `rubrics` says of each question, by its id, what a good answer
    is."""

    slug: str
    module: str
    root: Path
    lab: Lab
    form: DiagnosisForm
    ticket: Text
    health: Mapping[str, str]
    faults: Mapping[str, LoadedFault]
    sheet: tuple[Text, ...] = ()
    rubrics: Mapping[str, Text] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The hash of everything in the folder now that decides how machines start and are
        checked."""
        return _DIGESTS.of(self.root)

    @property
    def checks_file(self) -> Path:
        """The Python file with one function per check."""
        return self.root / "staff" / "checks.py"

    def hints(self, fault: str) -> tuple[Text, ...]:
        """The hints of `fault`, in order."""
        return self.faults[fault].hints

    def inject(self, fault: str) -> Action:
        """What puts `fault` in."""
        return self.faults[fault].inject

    def repair(self, fault: str) -> Action:
        """The reference repair of `fault`."""
        return self.faults[fault].repair

    def rejected(self, fault: str) -> tuple[Action, ...]:
        """Wrong repairs of `fault` that must be refused."""
        return self.faults[fault].rejected

    def accepted(self, fault: str) -> tuple[Action, ...]:
        """Other right repairs of `fault`."""
        return self.faults[fault].accepted

    def second_line(self, fault: str) -> Action | None:
        """What the second line does when a right hand-over of `fault` arrives."""
        return self.faults[fault].second_line
