"""Judging submissions: a kept verdict where one still holds, else replays in a child."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from breakfix.content.text import sentence
from breakfix.errors import BreakfixError, EvidenceRefused
from breakfix.grading.deciding import decided
from breakfix.grading.finding import arrived_at, find_evidence, sha256_of
from breakfix.grading.folder import CourseFolder
from breakfix.grading.kept import kept_verdict
from breakfix.grading.pool import Pool, PoolClosed, pool_of
from breakfix.grading.verdicts import keep, key_of, says_the_same, stays, still_holds
from breakfix.model.course import Planned
from breakfix.model.grading import Decision, Verdict
from breakfix.model.replaying import ReplayAnswer, ReplayRequest
from breakfix.model.value import Text

#: Hears which learner's replay came to which step.
Tell = Callable[[str, ReplayAnswer], None]


def judge(folder: CourseFolder, name: str, learner: str, submission: Path) -> Verdict:
    """The verdict about one submission for the assignment `name`, kept or made now.

    Raises CourseError for a course or assignment that can't be read, and DiskFull.
    """
    with pool_of(folder) as pool:
        return Judging(folder, name, folder.planned(name), pool).verdict(learner, submission)


def judge_all(
    judging: Judging, submissions: Mapping[str, Path], jobs: int
) -> Iterator[tuple[str, Verdict]]:
    """The verdict of every learner's submission, as it comes, `jobs` at the same time. One that
    can't be judged stops no other. At the end the children are gone, whatever happened."""
    workers = ThreadPoolExecutor(jobs)
    try:
        found = {
            workers.submit(judging.whatever_happens, learner, submission): learner
            for learner, submission in submissions.items()
        }
        for future in as_completed(found):
            yield found[future], future.result()
    finally:
        # Whoever waits for a child gets no answer any more, and so ends.
        judging.pool.close()
        workers.shutdown(cancel_futures=True)


@dataclass(frozen=True)
class Judging:
    """Judges submissions for one assignment: with `anew` also where a kept verdict holds."""

    folder: CourseFolder
    name: str
    planned: Planned
    pool: Pool
    anew: bool = False
    tell: Tell = lambda *_: None

    def whatever_happens(self, learner: str, submission: Path) -> Verdict:
        """The verdict; an error on the way to it is a reason to grade this one later."""
        try:
            return self.verdict(learner, submission)
        except PoolClosed:
            raise
        except BreakfixError as error:
            return self._reasoned(learner, Decision.TO_GRADE, error)
        except Exception as error:  # noqa: BLE001 (one submission must never stop the others)
            told = BreakfixError("grading.surprise", error=f"{type(error).__name__}: {error}"[:300])
            return self._reasoned(learner, Decision.TO_GRADE, told)

    def verdict(self, learner: str, submission: Path) -> Verdict:
        """The verdict about one submission, kept beside the course."""
        before = kept_verdict(self.folder, self.name, learner)
        try:
            self._need_theirs(learner)
            found = find_evidence(submission, self.planned.assignment.lab)
            evidence = sha256_of(found) if found else ""
        except EvidenceRefused as error:
            made = self._reasoned(learner, Decision.REFUSED, error)
            return self._unread(learner, made, before, submission)
        if found is None:
            made = self._made(learner, Decision.NOTHING)
            return self._unread(learner, made, before, submission)
        key = key_of(self.planned, learner, evidence)
        if before is not None and not self.anew and still_holds(before, key):
            return before
        made = self._replayed(learner, found, evidence)
        if before is not None and stays(before, made):
            return _with(made, sentence("grading.earlier-stays"))
        return self._keep(learner, made)

    def _unread(
        self, learner: str, made: Verdict, before: Verdict | None, submission: Path
    ) -> Verdict:
        """A verdict for which no evidence was read; the one of before stays when it says the same.
        Only its time tells that it is about what came last."""
        if before is not None and says_the_same(before, made, since=arrived_at(submission)):
            return before
        return self._keep(learner, made)

    def _keep(self, learner: str, verdict: Verdict) -> Verdict:
        return keep(self.folder.verdict(learner, self.name), verdict)

    def _need_theirs(self, learner: str) -> None:
        if not self.planned.is_for(learner):
            raise EvidenceRefused("grading.not-theirs", learner=learner, assignment=self.name)

    def _replayed(self, learner: str, evidence: Path, sha256: str) -> Verdict:
        request = ReplayRequest(
            str(evidence.absolute()),
            self.planned.assignment,
            learner,
            self.planned.lab_digest,
            self.planned.images,
        )
        came = decided(lambda: self.pool.ask(request, lambda step: self.tell(learner, step)))
        made = self._made(learner, came.decision, sha256)
        return replace(made, report=came.report, reason=came.reason)

    def _made(self, learner: str, decision: Decision, evidence: str = "") -> Verdict:
        key = key_of(self.planned, learner, evidence)
        return Verdict(key, decision, evidence, round(time.time(), 3))

    def _reasoned(self, learner: str, decision: Decision, error: BreakfixError) -> Verdict:
        reason = sentence(error.key, **error.values)
        return replace(self._made(learner, decision), reason=reason)


def _with(verdict: Verdict, more: Text) -> Verdict:
    """The verdict with one more sentence."""
    told = verdict.reason or Text("", "")
    return replace(
        verdict, reason=Text(f"{told.nl} {more.nl}".strip(), f"{told.en} {more.en}".strip())
    )
