"""The feedback page: what a learner reads after grading, in the course's language.

nbgrader makes it (`generate_feedback`, formgrader's button) and carries it to the learner; only the
page itself is ours. It loads nothing and runs nothing, so it also reads well from a stick.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbgrader.api import Gradebook

from breakfix.content.text import filled
from breakfix.errors import CourseError
from breakfix.grading.chances import chances
from breakfix.grading.diagnoses import cause_in_words
from breakfix.grading.feedback_parts import parts_of, taken_off
from breakfix.grading.folder import CourseFolder
from breakfix.grading.graded import Work, read_work
from breakfix.grading.paper import render
from breakfix.grading.wording import Words
from breakfix.messages import language_of_environment, say
from breakfix.model.grading import Decision


class FeedbackExporter(Exporter):
    """nbgrader's exporter of feedback pages (`c.GenerateFeedback.exporter_class`)."""

    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self,
        nb: Any,  # noqa: ANN401 (nbformat's nodes have no types)
        resources: Any = None,  # noqa: ANN401
        **kw: Any,  # noqa: ANN401
    ) -> tuple[Any, Any]:
        """The page of one graded notebook. Raises CourseError, which nbgrader logs; the pages of
        others are still made."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        converter: Any = self.parent
        folder = CourseFolder(Path(converter.coursedir.root))
        try:
            return feedback_page(self._work(folder, notebook, resources["nbgrader"])), resources
        except CourseError as error:
            # nbgrader logs the traceback; this is the sentence for the teacher above it.
            told = say(error.key, language_of_environment(), **error.values)
            self.log.error(told)  # noqa: TRY400
            raise

    def _work(self, folder: CourseFolder, notebook: Any, told: Mapping[str, str]) -> Work:  # noqa: ANN401
        with Gradebook(told["db_url"], folder.read().id) as book:
            return read_work(folder, book, told["assignment"], told["student"], notebook)


def feedback_page(work: Work) -> str:
    """The whole page."""
    words = Words(work.course.language)
    return render(
        "feedback.html.jinja",
        words,
        work=work,
        title=words.text(filled(work.loaded.lab.title, work.values)),
        total=words.points(work.marks.points, work.marks.of),
        standing=_standing(work, words),
        trouble=_trouble(work, words),
        parts=parts_of(work, words),
        taken_off=taken_off(work, words),
        ticket=filled(work.loaded.ticket, work.values).in_(words.language),
        cause=_cause(work, words),
        solution=_solution(work, words),
    )


def _standing(work: Work, words: Words) -> list[str]:
    """Whether it counts, and whether it may still change."""
    if work.practice:
        return [words.say("feedback.counts.practice")]
    together = chances(work.course.assignments, work.name, work.learner)
    told = [
        words.say("feedback.counts.yes" if work.counting == work.name else "feedback.counts.no")
    ]
    if len(together) > 1:
        second = work.course.assignments[together[-1]].second_chance
        rule = second.counts.value if second else "first"
        told = [words.say(f"feedback.chances.{rule}", names=", ".join(together)), *told]
    if work.marks.waits:
        told.append(words.say("feedback.counts.open"))
    return told


def _trouble(work: Work, words: Words) -> str:
    """Why the machines were not looked at, if they were not."""
    if work.verdict.decision is Decision.SCORED:
        return ""
    return words.text(work.verdict.reason) or words.say(
        f"feedback.decision.{work.verdict.decision.value}"
    )


def _cause(work: Work, words: Words) -> str:
    """What was the matter; in practice only."""
    if not work.practice or work.report is None:
        return ""
    fault = work.loaded.lab.faults[work.variant.fault]
    return cause_in_words(work, words, fault.diagnosis)


def _solution(work: Work, words: Words) -> str:
    """How it is repaired: the last hint; in practice only."""
    hints = work.loaded.hints(work.variant.fault) if work.practice and work.report else ()
    return filled(hints[-1], work.values).in_(words.language) if hints else ""
