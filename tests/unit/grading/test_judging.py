"""Judging submissions: once each, kept as long as nothing changes that a verdict stands on."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from breakfix.codec import to_json
from breakfix.grading.folder import CourseFolder
from breakfix.grading.judging import Judging, judge_all
from breakfix.grading.kept import kept_verdict
from breakfix.grading.pool import Pool
from breakfix.model.course import Planned
from breakfix.model.grading import Decision, Verdict
from tests.unit.grading.child_for_tests import asked_of
from tests.unit.grading.conftest import COMMAND, ENVIRONMENT, EXPECTED, submitted
from tests.unit.grading.reports import report

NAME = "week-3"
Change = Callable[[Planned], Planned]


def judging(folder: CourseFolder, pool: Pool, name: str = NAME, *, anew: bool = False) -> Judging:
    """Judging for one assignment of the course as it is now."""
    return Judging(folder, name, folder.planned(name), pool, anew)


def verdict(
    folder: CourseFolder, pool: Pool, learner: str = "els", *, anew: bool = False
) -> Verdict:
    """The verdict about a learner's submission."""
    return judging(folder, pool, anew=anew).verdict(learner, folder.submitted(learner, NAME))


def asked(folder: CourseFolder, learner: str = "els") -> int:
    """How often a learner's evidence was replayed."""
    file = asked_of(folder.submitted(learner, NAME) / EXPECTED)
    return len(file.read_text("utf-8").splitlines()) if file.exists() else 0


def change(folder: CourseFolder, how: Change) -> None:
    """Change what the course has planned."""
    folder.change(
        lambda course: replace(
            course, assignments={**course.assignments, NAME: how(course.assignments[NAME])}
        )
    )


def test_a_verdict_is_kept(course: CourseFolder, pool: Pool) -> None:
    """The second time nothing is replayed, and the verdict is the same."""
    submitted(course, "els", "good")
    first = verdict(course, pool)

    assert (first.decision, first.report) == (Decision.SCORED, report("good"))
    assert kept_verdict(course, NAME, "els") == first
    assert verdict(course, pool) == first
    assert asked(course) == 1


def test_anew_replays_again(course: CourseFolder, pool: Pool) -> None:
    """Who asks for it anew gets a new replay."""
    submitted(course, "els", "good")
    verdict(course, pool)
    verdict(course, pool, anew=True)

    assert asked(course) == 2


@pytest.mark.parametrize(
    "how",
    [
        lambda planned: replace(planned, lab_digest="another"),
        lambda planned: replace(planned, images={"pc": "newer"}),
        lambda planned: replace(planned, assignment=replace(planned.assignment, seed="new")),
        lambda planned: replace(planned, assignment=replace(planned.assignment, attempts=2)),
    ],
)
def test_what_a_verdict_stands_on_counts(course: CourseFolder, pool: Pool, how: Change) -> None:
    """Another lab, image or assignment makes a kept verdict worth nothing."""
    submitted(course, "els", "good")
    verdict(course, pool)
    change(course, how)
    verdict(course, pool)

    assert asked(course) == 2


def test_another_closing_time_changes_no_verdict(course: CourseFolder, pool: Pool) -> None:
    """When an assignment closes decides nothing about machines."""
    submitted(course, "els", "good")
    verdict(course, pool)
    change(course, lambda one: replace(one, assignment=replace(one.assignment, closes=9.0)))
    verdict(course, pool)

    assert asked(course) == 1


def test_other_evidence_is_replayed(course: CourseFolder, pool: Pool) -> None:
    """Who hands in again is judged again."""
    submitted(course, "els", "good")
    first = verdict(course, pool)
    submitted(course, "els", "refused")

    assert verdict(course, pool).sha256 != first.sha256
    assert asked(course) == 2


@pytest.mark.parametrize("text", ["", "rubbish", "{}", '{"key": 5}'])
def test_a_damaged_verdict_is_made_anew(course: CourseFolder, pool: Pool, text: str) -> None:
    """A file that can't be read is no verdict."""
    submitted(course, "els", "good")
    verdict(course, pool)
    course.verdict("els", NAME).write_text(text, "utf-8")

    assert verdict(course, pool).decision is Decision.SCORED
    assert asked(course) == 2


def test_a_verdict_about_somebody_else_is_worth_nothing(course: CourseFolder, pool: Pool) -> None:
    """A verdict that was copied from another learner does not count, even with the same file."""
    submitted(course, "els", "good")
    submitted(course, "yusuf", "good")
    verdict(course, pool)
    shutil.copy(course.verdict("els", NAME), course.verdict("yusuf", NAME))
    verdict(course, pool, "yusuf")

    assert asked(course, "yusuf") == 1


def test_trouble_of_ours_is_tried_again_each_time(course: CourseFolder, pool: Pool) -> None:
    """A verdict that leaves a submission to grade is kept to be told, and never used again."""
    submitted(course, "els", "trouble, trouble, good")
    first = verdict(course, pool)

    assert first.decision is Decision.TO_GRADE
    assert kept_verdict(course, NAME, "els") == first
    assert verdict(course, pool).decision is Decision.SCORED
    assert asked(course) == 3


@pytest.mark.parametrize("first", ["good", "refused"])
@pytest.mark.parametrize("updated", [False, True])
def test_trouble_of_ours_undoes_no_verdict_of_the_same_evidence(
    course: CourseFolder, pool: Pool, first: str, *, updated: bool
) -> None:
    """Whoever replays anew, or after an update, while something of ours is wrong, keeps what was
    decided before, and reads that it stays."""
    submitted(course, "els", f"{first}, trouble, trouble, good")
    before = verdict(course, pool)
    if updated:
        change(course, lambda planned: replace(planned, images={"pc": "newer"}))
    found = verdict(course, pool, anew=not updated)

    assert found.decision is Decision.TO_GRADE
    assert found.reason is not None
    assert "still holds" in found.reason.en
    assert kept_verdict(course, NAME, "els") == before


def test_trouble_with_other_evidence_takes_the_place_of_a_verdict(
    course: CourseFolder, pool: Pool
) -> None:
    """What was decided about an older hand-in says nothing about a newer one."""
    submitted(course, "els", "good")
    verdict(course, pool)
    submitted(course, "els", "trouble, trouble")

    assert verdict(course, pool).decision is Decision.TO_GRADE
    kept = kept_verdict(course, NAME, "els")
    assert kept is not None
    assert kept.decision is Decision.TO_GRADE


@pytest.mark.parametrize(
    ("says", "decision", "times"),
    [
        ("dies, good", Decision.SCORED, 2),
        ("dies", Decision.TO_GRADE, 2),
        ("rubbish, good", Decision.SCORED, 2),
        ("refused", Decision.REFUSED, 1),
        ("off, off", Decision.SCORED, 2),
    ],
)
def test_bad_children_are_tried_once_more(
    course: CourseFolder, pool: Pool, says: str, decision: Decision, times: int
) -> None:
    """A child that dies gets a submission one more chance, then it stays to be graded."""
    submitted(course, "els", says)

    assert verdict(course, pool).decision is decision
    assert asked(course) == times


def test_a_child_that_hangs_is_tried_once_more(course: CourseFolder, hasty: Pool) -> None:
    """A child that hangs gets a submission one more chance too."""
    submitted(course, "els", "hangs, good")

    assert verdict(course, hasty).decision is Decision.SCORED
    assert asked(course) == 2


def test_a_refusal_is_kept(course: CourseFolder, pool: Pool) -> None:
    """Evidence that is at fault is replayed once, and the reason stays."""
    submitted(course, "els", "refused")
    first = verdict(course, pool)

    assert first.reason is not None
    assert verdict(course, pool) == first
    assert asked(course) == 1


def test_no_evidence_is_a_verdict(course: CourseFolder, pool: Pool) -> None:
    """A notebook alone earns nothing for the machines, and saying so again changes no file."""
    course.submitted("els", NAME).mkdir(parents=True)
    first = verdict(course, pool)
    before = course.verdict("els", NAME).stat().st_mtime_ns

    assert (first.decision, first.sha256, first.reason) == (Decision.NOTHING, "", None)
    assert verdict(course, pool) == first
    assert course.verdict("els", NAME).stat().st_mtime_ns == before


def test_nothing_again_is_about_what_came_last(course: CourseFolder, pool: Pool) -> None:
    """Who hands in nothing once more gets a verdict of that time."""
    place = course.submitted("els", NAME)
    place.mkdir(parents=True)
    first = verdict(course, pool)
    time.sleep(0.05)
    (place / "week-3.ipynb").write_text("{}", "utf-8")
    second = verdict(course, pool)

    assert second.decision is Decision.NOTHING
    assert second.replayed > first.replayed
    assert kept_verdict(course, NAME, "els") == second


def test_evidence_that_came_later_counts(course: CourseFolder, pool: Pool) -> None:
    """Who had handed in nothing, and now does, is judged."""
    course.submitted("els", NAME).mkdir(parents=True)
    verdict(course, pool)
    submitted(course, "els", "good")

    assert verdict(course, pool).decision is Decision.SCORED


def test_two_hand_ins_are_refused_unread(course: CourseFolder, pool: Pool) -> None:
    """Of two files nobody is asked, and the reason names both."""
    place = submitted(course, "els", "good")
    (place / EXPECTED).rename(place / "evidence" / "a.breakfix.tar.zst")
    (place / "evidence" / "b.breakfix.tar.zst").write_text("good", "utf-8")
    found = verdict(course, pool)

    assert found.decision is Decision.REFUSED
    assert found.reason is not None
    assert "a.breakfix.tar.zst, b.breakfix.tar.zst" in found.reason.nl
    assert asked(course) == 0


def test_a_renamed_file_is_taken(course: CourseFolder, pool: Pool) -> None:
    """A single file of another name is what was meant."""
    place = submitted(course, "els", "good")
    (place / EXPECTED).rename(place / "evidence" / "els (1).breakfix.tar.zst")

    assert verdict(course, pool).decision is Decision.SCORED


def test_a_second_chance_is_for_whom_it_was_given(course: CourseFolder, pool: Pool) -> None:
    """Who was not granted a second chance is refused, unread."""
    for learner in ("els", "yusuf"):
        submitted(course, learner, "good", "again")
    found = {
        learner: judging(course, pool, "again").verdict(learner, course.submitted(learner, "again"))
        for learner in ("els", "yusuf")
    }

    assert found["els"].decision is Decision.SCORED
    assert found["yusuf"].decision is Decision.REFUSED
    assert found["yusuf"].reason is not None
    assert "yusuf" in found["yusuf"].reason.en


def test_one_never_stops_the_others(course: CourseFolder) -> None:
    """Whatever is wrong with a submission, every other gets its verdict."""
    says = {"els": "good", "yusuf": "dies", "noe": "rubbish", "rik": "refused"}
    for learner, word in says.items():
        submitted(course, learner, word)
    broken = course.submitted("zoe", NAME)
    broken.parent.mkdir(parents=True)
    broken.write_text("a file in the place of a folder", "utf-8")
    course.verdict("zoe", NAME).mkdir(parents=True)
    submissions = {name: course.submitted(name, NAME) for name in (*says, "zoe")}

    pool = Pool(COMMAND, ENVIRONMENT, seconds=60.0, grace=2.0)
    found = dict(judge_all(judging(course, pool), submissions, 2))

    assert {name: one.decision for name, one in found.items()} == {
        "els": Decision.SCORED,
        "yusuf": Decision.TO_GRADE,
        "noe": Decision.TO_GRADE,
        "rik": Decision.REFUSED,
        "zoe": Decision.TO_GRADE,
    }
    assert all(one.reason for name, one in found.items() if name != "els")


def test_what_is_done_when_it_stops_is_kept(course: CourseFolder) -> None:
    """Whoever stops halfway keeps the verdicts that were there, and the children are gone."""
    submitted(course, "els", "good")
    submitted(course, "yusuf", "hangs")
    pool = Pool(COMMAND, ENVIRONMENT, seconds=60.0, grace=2.0)
    submissions = {name: course.submitted(name, NAME) for name in ("els", "yusuf")}
    running = judge_all(judging(course, pool), submissions, 2)
    learner, first = next(running)
    running.close()  # type: ignore[attr-defined]  # it is a generator

    assert learner == "els"
    assert kept_verdict(course, NAME, "els") == first
    assert kept_verdict(course, NAME, "yusuf") is None


def test_a_verdict_is_written_whole(course: CourseFolder, pool: Pool) -> None:
    """What is kept can be read back as it was, and no half file lies beside it."""
    submitted(course, "els", "good")
    found = verdict(course, pool)
    folder = course.verdict("els", NAME).parent

    assert [file.name for file in folder.iterdir()] == ["els.json"]
    assert (folder / "els.json").read_text("utf-8") == to_json(found) + "\n"
