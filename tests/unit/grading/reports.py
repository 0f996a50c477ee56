"""Reports of replays that never were."""

from __future__ import annotations

from breakfix.model.diagnosis import Diagnoses
from breakfix.model.outcome import Outcome, Result
from breakfix.model.replay import Boot, History, ReplayReport
from breakfix.model.replaying import Trouble
from breakfix.model.score import Score
from breakfix.model.session import Mode, Report
from breakfix.model.value import Text

_SCORE = Score(5, 10, 0, 4, passed=True)
REFUSED = Trouble(
    "evidence.damaged", {}, Text("beschadigd", "damaged"), ours=False, lasting=True
)  # fmt: skip
TROUBLE = Trouble(
    "engine.timeout", {}, Text("motor", "engine"), ours=True, lasting=False
)  # fmt: skip


def report(word: str) -> ReplayReport:
    """A report that is `good`, has an `error` that nobody explains, or a machine that is `off`."""
    result = Result.PASS if word == "good" else Result.ERROR
    boot = Boot.OFF if word == "off" else Boot.RUNNING
    return ReplayReport(
        "lab", "1.0.0", lab_changed=False, learner="els", assignment="week-3", attempt=1,
        mode=Mode.EVALUATION, fault="a", seed="7", captured=1.0,
        outcomes=(Outcome("site-opens", result, "case"),), lines=(),
        report=Report("lab", (), _SCORE, 1.0), score=_SCORE, findings=(),
        machines={"pc": boot, "router": Boot.RUNNING}, seconds=3.0,
        history=History(0.0, 60.0, 0, 1, 0, Diagnoses()),
    )  # fmt: skip
