"""What a teacher does with a file that was handed in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from breakfix.content.catalog import Catalog
from breakfix.content.loaded import LoadedLab
from breakfix.model.assignment import Assignment
from breakfix.model.evidence import Manifest
from breakfix.model.replay import ReplayReport
from breakfix.replay.fitting import fit_assignment
from breakfix.replay.replayer import Replayer, Tell


@dataclass(frozen=True)
class Examiner:
    """Replays and explains evidence of the labs in `catalog`."""

    catalog: Catalog
    replayer: Replayer

    def replay(
        self,
        file: Path,
        tell: Tell,
        *,
        assignment: Assignment | None = None,
        learner: str = "",
        keep: str | None = None,
    ) -> ReplayReport:
        """Replay a file, for a grade when there is an `assignment`; with `keep` its machines stay,
        as a session of that name. Raises EvidenceError, NotFound and EngineError."""

        def find(manifest: Manifest) -> LoadedLab:
            if assignment is not None:
                fit_assignment(manifest, assignment, learner)
            return self.catalog.load(manifest.lab)

        return self.replayer.replay(find, file, tell, keep=keep)
