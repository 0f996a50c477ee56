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
from breakfix.session.explaining import Explanation, explained


@dataclass(frozen=True)
class Examiner:
    """Replays and explains evidence of the labs in `catalog`."""

    catalog: Catalog
    replayer: Replayer

    def explain(self, file: Path) -> Explanation:
        """What a file says about itself, and what was changed. Raises EvidenceError, NotFound and
        EngineError."""
        self.replayer.tidy()
        with self.replayer.scratch.use() as folder:
            evidence = self.replayer.open_evidence(file, folder)
            loaded = self.catalog.load(evidence.manifest.lab)
            self.replayer.fitting(loaded, evidence)
            return explained(loaded, evidence, self.replayer.expectations)

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
