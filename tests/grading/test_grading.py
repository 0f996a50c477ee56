from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from breakfix.content.loaded import LoadedLab
from breakfix.content.text import sentence
from breakfix.errors import EngineAbsent
from breakfix.grading import judged, rebuild
from breakfix.grading.folder import CourseFolder
from breakfix.grading.keeping import keeping, kept_folder
from breakfix.grading.pinning import pinned_lab
from breakfix.model.check import Aspect
from breakfix.model.grading import Decision, Verdict
from breakfix.model.outcome import Result
from breakfix.model.session import Line
from breakfix.model.value import Text
from tests.grading.school import ANSWER, NAME, School, answered, cell_of
from tests.grading.verdicts import HALF, REPAIRED, judge

# SQLAlchemy warns of nbgrader's own tables.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
LATER = "2026-11-21 10:00:00.000000 UTC"
FULL = {"complaint": 4, "cause": 8, "care": 3, "diagnosis": 2, ANSWER: 0}
PART = {"complaint": 4, "cause": 0, "care": 0, "diagnosis": 2, ANSWER: 0}
Judge = Callable[[CourseFolder, str, str], Verdict]


def unable(folder: CourseFolder, name: str, learner: str) -> Verdict:
    """A judge to whom something happened while it looked at anna's work."""
    if learner != "anna":
        return judge(folder, name, learner)
    reason = sentence("engine.disk-full")
    return Verdict("k", Decision.TO_GRADE, "", 0.0, reason=reason)


def no_engine(folder: CourseFolder, name: str, learner: str) -> Verdict:
    """A judge without an engine."""
    if learner != "anna":
        return judge(folder, name, learner)
    raise EngineAbsent("engine.absent", address="unix:///var/run/docker.sock")


def broken(folder: CourseFolder, name: str, learner: str) -> Verdict:
    """A judge with a mistake of ours in it."""
    if learner != "anna":
        return judge(folder, name, learner)
    raise KeyError("a mistake of ours")


def done(result: dict[str, object]) -> None:
    """A step of nbgrader's succeeded."""
    assert result["success"], result


def shown(school: School, learner: str, cell: str) -> str:
    """What stands below a graded cell."""
    output = cell_of(school.graded(learner), cell)["outputs"][0]
    return "".join(output["text"])


def staff(school: School, learner: str) -> str:
    """Everything that only staff sees."""
    cells = school.graded(learner)["cells"]
    found = [one for one in cells if "breakfix-staff" in one["metadata"].get("tags", ())]
    return "\n".join("".join(one["source"]) for one in found)


@pytest.mark.parametrize("trouble", [unable, no_engine, broken])
def test_trouble_on_our_side_grades_nobody_with_zero(
    school: School, monkeypatch: pytest.MonkeyPatch, trouble: Judge
) -> None:
    """Without a verdict the gradebook knows nothing of that work; others get their points, and the
    step says who was left and why."""
    monkeypatch.setattr(judged, "ask", trouble)
    for learner in ("aaron", "anna", "zoe"):
        school.hand_in(learner, holds=REPAIRED)
    done(school.collect())
    result = school.autograde()
    assert not result["success"]
    assert "anna: niet beoordeeld" in result["log"]
    assert school.points("aaron") == school.points("zoe") == FULL
    assert school.points("anna") is None
    assert not school.folder.autograded("anna", NAME).exists()
    monkeypatch.setattr(judged, "ask", judge)
    done(school.autograde())
    assert school.points("anna") == FULL


@pytest.mark.parametrize("trouble", [unable, no_engine, broken])
@pytest.mark.parametrize("force", [False, True])
def test_trouble_on_our_side_loses_no_earlier_points(
    school: School, monkeypatch: pytest.MonkeyPatch, trouble: Judge, *, force: bool
) -> None:
    """A later hand-in that can't be judged leaves the graded folder, points and time of the earlier
    one as they were, until it can."""
    school.hand_in("anna", holds=HALF)
    done(school.collect())
    done(school.autograde())
    before, page = school.points("anna"), school.graded("anna")
    with school.gradebook() as book:
        moment = book.find_submission(NAME, "anna").timestamp
    school.hand_in("anna", holds=REPAIRED, when=LATER)
    done(school.collect())
    monkeypatch.setattr(judged, "ask", trouble)
    assert not school.autograde(force=force)["success"]
    assert school.points("anna") == before == PART
    assert school.graded("anna") == page
    with school.gradebook() as book:
        assert book.find_submission(NAME, "anna").timestamp == moment
    monkeypatch.setattr(judged, "ask", judge)
    done(school.autograde())
    assert school.points("anna") == FULL


def test_what_breaks_after_the_first_points_puts_all_back(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that fails when points were written already leaves those of before, and the others
    are graded."""
    school.hand_in("anna", holds=HALF)
    school.hand_in("bart", holds=HALF)
    done(school.collect())
    done(school.autograde())
    for learner in ("anna", "bart"):
        school.hand_in(learner, holds=REPAIRED, when=LATER)
    done(school.collect())
    school.folder.corrections.write_text("no correction\n")
    result = school.autograde("anna", force=True)
    assert not result["success"]
    assert "corrections.jsonl" in result["log"]
    assert school.points("anna") == PART
    school.folder.corrections.unlink()
    done(school.autograde())
    assert school.points("anna") == school.points("bart") == FULL
    monkeypatch.undo()


@pytest.mark.parametrize("trouble", [unable, no_engine, broken])
def test_points_that_a_person_gives_during_a_replay_stay(
    school: School, monkeypatch: pytest.MonkeyPatch, trouble: Judge
) -> None:
    """A grading that fails after its replay leaves what the teacher wrote meanwhile."""
    school.hand_in("anna", answered(school.notebook(), "Met ls."))
    done(school.collect())
    done(school.autograde())

    def meanwhile(folder: CourseFolder, name: str, learner: str) -> Verdict:
        by_hand(school, 3.5, "Goed gezien.")
        return trouble(folder, name, learner)

    monkeypatch.setattr(judged, "ask", meanwhile)
    assert not school.autograde(force=True)["success"]
    assert school.grade("anna", ANSWER)["manual_score"] == 3.5
    assert comment(school) == "Goed gezien."


def test_a_grading_that_was_killed_is_done_again(school: School) -> None:
    """Work whose grading was killed counts as not graded: the next run grades it, with no one
    asking for force, from what was there before."""
    school.hand_in("anna", holds=HALF)
    done(school.collect())
    done(school.autograde())
    with keeping(school.folder, NAME, "anna"):
        (school.folder.autograded("anna", NAME) / f"{NAME}.ipynb").unlink()
        kept = kept_folder(school.folder, NAME, "anna")
        left = school.root / "left"
        kept.rename(left)
        mark = kept.with_name("anna+begun")
    left.rename(kept)
    mark.touch()
    done(school.autograde())
    assert school.points("anna") == PART
    assert shown(school, "anna", "complaint").startswith("✔")
    assert not mark.exists()
    assert not kept.exists()


def test_two_gradings_of_one_work_do_not_meet(school: School) -> None:
    """While one process grades a learner's work, another one leaves it alone and says so."""
    school.hand_in("anna")
    done(school.collect())
    with keeping(school.folder, NAME, "anna"):
        result = school.autograde()
    assert not result["success"]
    assert "anna: Een ander commando beoordeelt nu" in result["log"]


def test_only_newer_work_is_graded_again(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run judges nothing that is graded already."""
    school.hand_in("anna")
    done(school.collect())
    done(school.autograde())
    monkeypatch.setattr(judged, "ask", broken)
    done(school.autograde())
    assert school.points("anna") == PART


def test_an_untouched_answer_waits_for_nobody(school: School) -> None:
    """An answer that is missing or was left as it was is 0 without review; a written one waits."""
    school.hand_in("anna", answered(school.notebook(), "  \n"))
    school.hand_in("bart")
    school.hand_in("cem", answered(school.notebook(), "Met ls."))
    done(school.collect())
    done(school.autograde())
    assert not school.grade("anna", ANSWER)["needs_manual_grade"]
    assert not school.grade("bart", ANSWER)["needs_manual_grade"]
    assert school.grade("cem", ANSWER)["needs_manual_grade"]


@pytest.mark.parametrize("answer", ["Met ls.", "Met `ls -l /srv` & <b>"])
def test_points_of_a_person_survive_grading_again(school: School, answer: str) -> None:
    """Points and comments of a person stay, and ask for no new look while the answer is the
    same."""
    school.hand_in("anna", answered(school.notebook(), answer))
    done(school.collect())
    done(school.autograde())
    by_hand(school, 3.5, "Goed gezien.")
    done(school.autograde(force=True))
    found = school.grade("anna", ANSWER)
    assert (found["manual_score"], found["needs_manual_grade"]) == (3.5, False)
    assert comment(school) == "Goed gezien."
    school.hand_in("anna", answered(school.notebook(), answer), holds=REPAIRED, when=LATER)
    done(school.collect())
    done(school.autograde())
    assert school.points("anna") == FULL | {ANSWER: 3.5}
    assert not school.grade("anna", ANSWER)["needs_manual_grade"]


def test_another_answer_asks_for_a_new_look(school: School) -> None:
    """When the answer is another one, the person's points stay and are marked for review; so they
    are until somebody looked."""
    school.hand_in("anna", answered(school.notebook(), "Met ls."))
    done(school.collect())
    done(school.autograde())
    by_hand(school, 3.5, "Goed gezien.")
    school.hand_in("anna", answered(school.notebook(), "Geraden."), when=LATER)
    done(school.collect())
    done(school.autograde())
    found = school.grade("anna", ANSWER)
    assert (found["manual_score"], found["needs_manual_grade"]) == (3.5, True)
    assert comment(school) == "Goed gezien."
    done(school.autograde(force=True))
    assert school.grade("anna", ANSWER)["needs_manual_grade"]


def test_points_that_a_person_changed_are_looked_at_when_the_replay_differs(
    school: School,
) -> None:
    """A person's points for a graded cell stay; only when the replay gives other points, they are
    marked for review."""
    school.hand_in("anna", holds=HALF)
    done(school.collect())
    done(school.autograde())
    by_hand(school, 6.0, None, "cause")
    done(school.autograde(force=True))
    assert school.points("anna") == PART | {"cause": 6.0}
    assert not school.grade("anna", "cause")["needs_manual_grade"]
    school.hand_in("anna", holds=REPAIRED, when=LATER)
    done(school.collect())
    done(school.autograde())
    assert school.points("anna") == FULL | {"cause": 6.0}
    assert school.grade("anna", "cause")["needs_manual_grade"]


def by_hand(school: School, points: float, said: str | None, cell: str = ANSWER) -> None:
    """What formgrader's fields do."""
    with school.gradebook() as book:
        grade = book.find_grade(cell, NAME, NAME, "anna")
        grade.manual_score, grade.needs_manual_grade = points, False
        if said is not None:
            book.find_comment(cell, NAME, NAME, "anna").manual_comment = said
        book.db.commit()


def comment(school: School) -> str | None:
    """What a person wrote under the answer."""
    with school.gradebook() as book:
        found: str | None = book.find_comment(ANSWER, NAME, NAME, "anna").manual_comment
        return found


def test_while_the_complaint_is_there_no_cause_is_told(school: School) -> None:
    """Below the cells a learner reads no text of a cause while the complaint is there; staff reads
    all of it."""
    school.hand_in("anna", holds=frozenset({"note-kept"}))
    done(school.collect())
    done(school.autograde())
    below = [shown(school, "anna", cell) for cell in ("complaint", "cause", "care", "diagnosis")]
    assert not any("op de schijf" in text for text in below)
    assert below[0].startswith("✘ nog niet in orde: De nota toont de code nog niet.")
    assert "De nota staat op de schijf.  (note-kept)" in staff(school, "anna")
    assert "Storing: note-missing" in staff(school, "anna")


def test_the_rubric_stands_before_the_answer(school: School) -> None:
    """Staff reads what a good answer holds, in the course's language, right before the answer."""
    school.hand_in("anna", answered(school.notebook(), "Met ls."))
    done(school.collect())
    done(school.autograde())
    cells = school.graded("anna")["cells"]
    at = cells.index(cell_of({"cells": cells}, ANSWER))
    assert cells[at - 1]["metadata"] == {"tags": ["breakfix-staff"]}
    assert "RUBRIEK" in "".join(cells[at - 1]["source"])
    assert "RUBRIC" not in school.page("anna")


def test_a_lab_without_rubrics_is_graded(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question without a rubric is no trouble: staff reads none."""

    def bare(folder: CourseFolder, slug: str) -> LoadedLab:
        return replace(pinned_lab(folder, slug), rubrics={})

    monkeypatch.setattr(rebuild, "pinned_lab", bare)
    school.hand_in("anna", answered(school.notebook(), "Met ls."))
    done(school.collect())
    done(school.autograde())
    assert "RUBRIEK" not in staff(school, "anna")
    assert school.points("anna") == PART


def test_what_a_learner_wrote_elsewhere_can_be_read_and_not_run(school: School) -> None:
    """Other cells stand at the end as text, with what was printed; none of them is a code cell, and
    what the teacher wrote is not repeated."""
    notebook = school.notebook()
    printed = [{"output_type": "stream", "name": "stdout", "text": "uitvoer van mij"}]
    own = {"cell_type": "code", "source": "mijn_code()", "metadata": {}, "outputs": printed}
    cell_of(notebook, "cause")["source"] = "aangepast()"
    school.hand_in("anna", notebook | {"cells": [own, *notebook["cells"]]})
    done(school.collect())
    done(school.autograde())
    cells = school.graded("anna")["cells"]
    told = [("".join(cell["source"]), cell["cell_type"]) for cell in cells]
    assert [kind for text, kind in told if "mijn_code()" in text] == ["markdown"]
    assert [kind for text, kind in told if "aangepast()" in text] == ["markdown"]
    assert "uitvoer van mij" in school.page("anna")
    assert len(cells) == len(notebook["cells"]) + 2 + 3


def test_a_mended_submission_is_told_to_staff(school: School) -> None:
    """What was done to a submission on its way in stands in the cell for staff."""
    school.hand_in("anna", b"rubbish")
    done(school.collect())
    done(school.autograde())
    assert "nota.ipynb was beschadigd" in staff(school, "anna")


def test_a_submission_without_a_notebook_is_mended_and_graded(school: School) -> None:
    """Evidence that a teacher put in its place by hand, with no notebook at all, is graded."""
    school.hand_in("anna")
    school.hand_in("bart")
    done(school.collect())
    (school.folder.submitted("anna", NAME) / f"{NAME}.ipynb").unlink()
    done(school.autograde())
    assert school.points("anna") == PART


def test_points_that_do_not_fit_are_not_written(school: School) -> None:
    """A cell whose points somebody lowered in nbgrader is not filled with more than it holds: the
    work is left ungraded, with the reason."""
    with school.gradebook() as book:
        book.find_grade_cell("cause", NAME, NAME).max_score = 5
        book.db.commit()
    school.hand_in("anna", holds=REPAIRED)
    school.hand_in("bart", holds=HALF)
    done(school.collect())
    result = school.autograde()
    assert not result["success"]
    assert "In de cel cause passen 5.0 punten" in result["log"]
    assert school.points("anna") is None
    assert school.points("bart") == PART


def test_words_of_a_machine_are_inert(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check's text may hold words of the learner's machine; they are words on the page too."""
    evil = "<script>alert(1)</script>\n8.0\n```\n[x](javascript:x)\x1b[31m"

    def talking(folder: CourseFolder, name: str, learner: str) -> Verdict:
        found = judge(folder, name, learner)
        assert found.report
        line = Line("note-readable", Aspect.SYMPTOM, Result.FAIL, Text(evil, evil))
        told = replace(found.report.report, lines=(line,))
        return replace(found, report=replace(found.report, lines=(line,), report=told))

    monkeypatch.setattr(judged, "ask", talking)
    school.hand_in("anna")
    done(school.collect())
    done(school.autograde())
    assert "<script>alert" not in school.page("anna")
    assert 'href="javascript:' not in school.page("anna")
    assert school.points("anna") == PART
