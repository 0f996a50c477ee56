"""Which of our classes nbgrader uses in the place of its own.

Everything that stands here is also written out in each course's `nbgrader_config.py`, so that
nbgrader refuses to grade where breakfix can't be loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Kilobytes, on both sides: nbgrader silently leaves out what is larger, or stops for everybody.
#: Our own bounds (`taking.py`) are far lower, and are told.
_SIZES: Mapping[str, object] = {
    "CourseDirectory.max_file_size": 600_000,
    "CourseDirectory.max_dir_size": 600_000,
}
#: The teacher's side.
NAMED: dict[str, object] = {
    "Autograde.exporter_class": "breakfix.grading.exporter.HandedInExporter",
    "Autograde.sanitize_preprocessors": [
        "breakfix.grading.rebuild.TrustedRebuild",
        "nbgrader.preprocessors.CheckCellMetadata",
    ],
    "Autograde.autograde_preprocessors": [
        "breakfix.grading.fill.FillFromVerdict",
        "nbgrader.preprocessors.LimitOutput",
        "breakfix.grading.saving.SavePoints",
        "breakfix.grading.correcting.ApplyCorrections",
        "breakfix.grading.late.LateByOwnTime",
        "nbgrader.preprocessors.CheckCellMetadata",
    ],
    "ExchangeFactory.collect": "breakfix.grading.collect.SafeCollect",
    "GenerateFeedback.exporter_class": "breakfix.grading.feedback.FeedbackExporter",
    "ExportApp.plugin_class": "breakfix.grading.export.HonestExport",
    **_SIZES,
}
#: The learner's side.
LEARNER: dict[str, object] = {
    "ExchangeFactory.submit": "breakfix.grading.submit.CheckedSubmit",
    **_SIZES,
}


def configure_grading(c: Any) -> None:  # noqa: ANN401 (traitlets' Config has no types)
    """Set the teacher's classes."""
    _set(c, NAMED)


def configure_learner(c: Any) -> None:  # noqa: ANN401
    """Set the learner's classes."""
    _set(c, LEARNER)


def _set(c: Any, named: Mapping[str, object]) -> None:  # noqa: ANN401
    for place, value in named.items():
        section, _, option = place.rpartition(".")
        setattr(c[section], option, list(value) if isinstance(value, list) else value)
