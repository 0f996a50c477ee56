"""A child that replays as the tests' judge judges: by what a test's evidence says of itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from breakfix.codec import from_json, to_json
from breakfix.content.catalog import Catalog
from breakfix.content.text import sentence
from breakfix.model.replaying import ReplayAnswer, ReplayRequest, Trouble
from tests.grading.verdicts import REPAIRED, report

TROUBLE = b"trouble"


def answer(request: ReplayRequest) -> ReplayAnswer:
    """A report, a refusal of what is no evidence of a test, or trouble of ours."""
    data = Path(request.file).read_bytes()
    if data == TROUBLE:
        text = sentence("engine.timeout", seconds=120)
        return ReplayAnswer(error=Trouble("engine.timeout", {}, text, ours=True, lasting=False))
    holds, _, named = data.decode("utf-8", "replace").partition(";")
    known = set(holds.split(",")) - {""}
    if not known <= REPAIRED:
        text = sentence("evidence.practice")
        return ReplayAnswer(error=Trouble("evidence.practice", {}, text, ours=False, lasting=True))
    loaded = Catalog.of_environment().load(request.assignment.lab)
    return ReplayAnswer(report=report(loaded, request.learner, known, named))


def main() -> None:
    """Answer each line; who was asked about is written down where the variable says."""
    for line in sys.stdin:
        request = from_json(ReplayRequest, line)
        with Path(os.environ["ASKED"]).open("a", encoding="utf-8") as log:
            log.write(f"{request.learner}\n")
        sys.stdout.write(to_json(answer(request)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
