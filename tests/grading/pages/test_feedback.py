from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from breakfix.errors import CourseError
from breakfix.grading.feedback import feedback_page
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import api_of, gradebook, succeeded
from breakfix.grading.graded import read_work
from breakfix.messages import Language
from breakfix.model.course import Correction, Counting, SecondChance
from breakfix.model.diagnosis import Diagnosis
from breakfix.model.grading import Decision, Verdict
from breakfix.model.value import Text
from tests.grading.pages.conftest import Courses
from tests.grading.pages.reading import Read, assert_harmless, read
from tests.grading.pages.teaching import (
    AFTER,
    AGAIN,
    BEFORE,
    EXAM,
    PRACTICE,
    REPAIRED,
    RIGHT,
    UNTOUCHED,
    Done,
    autograde,
    correct,
    graded,
    judge_answer,
    keep,
    planned_anew,
    refused,
    stamp,
    submit,
)

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

CONFIG = """
c.GenerateFeedback.exporter_class = "breakfix.grading.feedback.FeedbackExporter"
c.Exchange.root = "{exchange}"
c.Exchange.cache = "{cache}"
"""
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`</style></td></html>"
    "{{ 7*7 }}{% raw %}&lt;b&gt; javascript:alert(3) \u202egnp.exe\u2066 \x00\x1b[31m "
)


def page_of(folder: CourseFolder, name: str, learner: str) -> Read:
    """The feedback page of a learner, read."""
    with gradebook(folder) as book:
        return read(feedback_page(read_work(folder, book, name, learner)))


@pytest.mark.parametrize("language", list(Language))
def test_a_page_is_whole_and_loads_nothing_in_either_language(
    course_in: Courses, language: Language
) -> None:
    """A page in each language loads nothing, is in that language, and can be read aloud."""
    folder = course_in(language)
    graded(folder, EXAM, "els", replace(REPAIRED, first=Diagnosis("router"), hints=1))
    page = page_of(folder, EXAM, "els")
    assert_harmless(page, language.value)
    dutch = language is Language.NL
    assert ("Zorg voor de rest" if dutch else "Care for the rest") in page.text
    assert "Els Van den Broeck" in page.text
    assert ("De bestelsite gaat niet open" if dutch else "The ordering site") in page.text


def test_points_stand_in_one_table_with_what_was_seen(course: CourseFolder) -> None:
    """Right work earns all points of the machines, in the learner's words, less what hints cost;
    the answer waits for a person and has no points yet."""
    graded(course, EXAM, "els", replace(REPAIRED, hints=1))
    page = page_of(course, EXAM, "els")
    assert "De klacht ✔ in orde 10/10" in page.text
    assert "Zorg voor de rest ✔ in orde 36/38" in page.text
    assert "De diagnose ✔ juist 4/4" in page.text
    assert "Vraag 1 … wacht op je leerkracht …/5" in page.text
    assert "Totaal 53/60" in page.text
    assert "Tips die je vroeg: 1. Daarvoor gaan er 2 punten af." in page.text
    assert "De punten kunnen dus nog veranderen." in page.text


def test_a_judged_answer_is_told_with_the_teachers_words(course: CourseFolder) -> None:
    """Half points are written with a comma, and the comment stands below the answer."""
    graded(course, EXAM, "els", replace(REPAIRED, answer="Mijn antwoord."))
    judge_answer(course, EXAM, "els", 3.5, "Goed, maar kort.")
    page = page_of(course, EXAM, "els")
    assert "gelezen door je leerkracht 3,5/5" in page.text
    assert "Totaal 58,5/60" in page.text
    assert "Jouw antwoord Mijn antwoord. Je leerkracht schrijft Goed, maar kort." in page.text


def test_what_is_not_repaired_does_not_give_the_cause_away(course: CourseFolder) -> None:
    """While the complaint is there, an evaluation's page names neither the cause nor the checks
    that would show it, and has no solution."""
    graded(course, EXAM, "els", UNTOUCHED)
    page = page_of(course, EXAM, "els")
    assert "De klacht is nog niet weg, dus de oorzaak is nog niet hersteld." in page.text
    assert "De naamserver beslist waar" not in page.text
    assert "een eigen idee van waar" not in page.text
    assert "/etc/hosts" not in page.text
    assert "Dit telt pas mee als de klacht weg is" in page.text
    assert "Totaal 0/60" in page.text


def test_a_wrong_diagnosis_learns_what_would_have_ruled_it_out(course: CourseFolder) -> None:
    """The right place with a wrong cause is told as such, without the right cause."""
    done = replace(UNTOUCHED, last=Diagnosis("pc", "pc-rule", {"pc-link": "link", "zz": "<b>"}))
    graded(course, EXAM, "els", done)
    page = page_of(course, EXAM, "els")
    assert "de plaats is juist, de oorzaak niet" in page.text
    assert "Dit had je idee uitgesloten: Vanaf de pc gaat de site op adres wel open" in page.text
    assert "Verouderde regel" not in page.text
    assert "Heeft de netwerkkaart van de pc verbinding? Ja" in page.text
    assert "zz: <b>" in page.text


def test_practice_counts_for_nothing_and_ends_with_the_solution(course: CourseFolder) -> None:
    """In practice there are no points; cause, last hint and a good answer are told."""
    report = graded(course, PRACTICE, "els", UNTOUCHED)
    page = page_of(course, PRACTICE, "els")
    assert_harmless(page, "nl")
    assert "Dit is oefenen: het telt niet mee." in page.text
    assert "0/0" not in page.text
    right = {
        "hosts-entry": "Verouderde regel voor de site op de pc",
        "cable-out": "Een kabel zit los of is stuk",
    }
    assert f"→ {right[report.fault]}" in page.text
    solution = page.text.rpartition("De oplossing")[2]
    assert ("Steek hem in" if report.fault == "cable-out" else "Haal die regel weg") in solution
    assert "Zo ziet een goed antwoord eruit" in page.text
    assert "$" not in page.text


def test_what_was_refused_is_told_with_its_reason(course: CourseFolder) -> None:
    """Refused work has 0 points, the reason in the course's language, and no statement."""
    submit(course, EXAM, "els", b"rubbish")
    keep(course, EXAM, "els", refused(b"rubbish", "Dit is geen ingediend werk."))
    autograde(course, EXAM, "els", dict.fromkeys(("complaint", "cause", "care", "diagnosis"), 0.0))
    page = page_of(course, EXAM, "els")
    assert "Dit is geen ingediend werk." in page.text
    assert "(in English)" not in page.text
    assert page.text.count("niet nagekeken") == 9  # the notice, and each cell in table and below
    assert "Totaal 0/60" in page.text


def test_nothing_handed_in_is_told_as_such(course: CourseFolder) -> None:
    """A notebook without evidence gets a page that says what was missing."""
    submit(course, EXAM, "els", None)
    keep(course, EXAM, "els", Verdict("k", Decision.NOTHING, "", AFTER))
    autograde(course, EXAM, "els", dict.fromkeys(("complaint", "cause", "care", "diagnosis"), 0.0))
    assert "zat geen ingediend werk van de computers" in page_of(course, EXAM, "els").text


def test_a_correction_is_told_with_its_reason(course: CourseFolder) -> None:
    """The correction that gave the points is told; one that was replaced later is not."""
    graded(course, EXAM, "els", UNTOUCHED)
    for points, reason in ((3.0, "vergissing"), (8.0, "stroompanne")):
        correct(course, Correction("els", EXAM, "complaint", points, reason, "an", AFTER))
    page = page_of(course, EXAM, "els")
    assert "aangepast tot 8/10. Reden: stroompanne" in page.text
    assert "vergissing" not in page.text


def test_late_work_is_told_as_late(course: CourseFolder) -> None:
    """Work after the closing time says so, unless the learner had extra time."""
    graded(course, EXAM, "els", REPAIRED, at=AFTER)
    assert "na het einde van de opdracht" in page_of(course, EXAM, "els").text
    planned_anew(course, EXAM, extra_time={"els": AFTER + 60})
    assert "na het einde van de opdracht" not in page_of(course, EXAM, "els").text


@pytest.mark.parametrize(
    ("rule", "counts"),
    [(Counting.BEST, EXAM), (Counting.FIRST, EXAM), (Counting.SECOND, AGAIN)],
)
def test_of_two_chances_the_page_says_which_counts(
    course: CourseFolder, rule: Counting, counts: str
) -> None:
    """Each of both pages says whether it counts, by the teacher's rule."""
    planned_anew(course, AGAIN, second_chance=SecondChance(EXAM, ("els",), rule))
    for name, done in ((EXAM, REPAIRED), (AGAIN, UNTOUCHED)):
        graded(course, name, "els", done)
        judge_answer(course, name, "els", 1.0)
    for name in (EXAM, AGAIN):
        page = page_of(course, name, "els")
        assert f"meer dan één kans ({EXAM}, {AGAIN})" in page.text
        told = "Dit telt mee." if name == counts else "Dit telt niet mee: je andere kans telt."
        assert told in page.text


def test_hostile_texts_stay_texts(course: CourseFolder) -> None:
    """Markup, quotes, template signs, turning letters and control characters in everything that
    comes from learner, machine or teacher are shown, and nothing of it is used."""
    done = Done(
        UNTOUCHED.failing, Diagnosis(HOSTILE, HOSTILE), replace(RIGHT, proof={HOSTILE: HOSTILE}),
        answer=HOSTILE, values={"SITE": HOSTILE},
    )  # fmt: skip
    graded(course, EXAM, "els", done)
    judge_answer(course, EXAM, "els", 2.0, HOSTILE)
    correct(course, Correction("els", EXAM, "cause", 1.0, HOSTILE, HOSTILE, AFTER))
    with gradebook(course) as book:
        book.update_or_create_student("els", first_name=HOSTILE, last_name=HOSTILE)
    page = page_of(course, EXAM, "els")
    assert_harmless(page, "nl")
    assert page.text.count("<script>alert(1)</script>") >= 8
    assert "{{ 7*7 }}{% raw %}&lt;b&gt;" in page.text
    assert not {"\u202e", "\u2066", "\x00", "\x1b"} & set(page.html)
    assert "\\u202egnp.exe" in page.text


def test_a_huge_answer_is_cut(course: CourseFolder) -> None:
    """An answer of millions of letters makes no page of millions of letters, and says so."""
    graded(course, EXAM, "els", replace(REPAIRED, answer="woord " * 500_000))
    page = page_of(course, EXAM, "els")
    assert len(page.html) < 100_000
    assert "[…]" in page.text


def test_cells_for_staff_never_appear(course: CourseFolder) -> None:
    """Nothing of a cell that is tagged for staff reaches the page, be it tagged as an answer."""
    graded(course, EXAM, "els")
    file = course.autograded("els", EXAM) / f"{EXAM}.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "question-reply":
            cell["metadata"]["tags"] = ["breakfix-staff"]
            cell["source"] = "STAFF ONLY"
    file.write_text(json.dumps(notebook), "utf-8")
    assert "STAFF ONLY" not in page_of(course, EXAM, "els").html


def test_a_verdict_on_other_work_makes_no_page(course: CourseFolder) -> None:
    """Where the kept verdict speaks about another file than what was graded, no page is made."""
    graded(course, EXAM, "els")
    keep(course, EXAM, "els", refused(b"something else"))
    with pytest.raises(CourseError, match=r"graded\.other-work"):
        page_of(course, EXAM, "els")
    keep(course, EXAM, "els", Verdict("k", Decision.NOTHING, "", AFTER))
    with pytest.raises(CourseError, match=r"graded\.other-work"):
        page_of(course, EXAM, "els")


def test_trouble_on_our_side_makes_no_page(course: CourseFolder) -> None:
    """What could not be graded by our own trouble has no page, whatever the gradebook holds."""
    graded(course, EXAM, "els")
    keep(course, EXAM, "els", Verdict("k", Decision.TO_GRADE, "", AFTER, None, Text("x", "x")))
    with pytest.raises(CourseError, match=r"graded\.not-yet"):
        page_of(course, EXAM, "els")


@pytest.fixture
def configured(course: CourseFolder, tmp_path: Path) -> CourseFolder:
    """A course whose nbgrader makes our pages, with an exchange of its own."""
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as stream:
        stream.write(CONFIG.format(exchange=exchange, cache=tmp_path / "cache"))
    return course


def nbgrader(course: CourseFolder, *words: str, where: Path | None = None) -> str:
    """What one of nbgrader's commands says. It runs as a program of its own: it leaves files open,
    which a test would be told of."""
    beside = Path(sys.executable).parent
    told = {"PATH": f"{beside}{os.pathsep}{os.environ['PATH']}", "BREAKFIX_LANGUAGE": "nl",
            "JUPYTER_CONFIG_DIR": str(course.root)}  # fmt: skip
    done = subprocess.run(
        [beside / "nbgrader", *words], cwd=where or course.root, env={**os.environ, **told},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return done.stderr


def test_nbgrader_makes_our_page(configured: CourseFolder) -> None:
    """`nbgrader generate_feedback`, configured by name, writes our page for everybody whom it can
    be made for; whom it can't is told in a sentence, and has no page."""
    course = configured
    graded(course, EXAM, "els")
    graded(course, EXAM, "noe")
    course.verdict("noe", EXAM).unlink()
    said = nbgrader(course, "generate_feedback", EXAM)
    made = course.feedback("els", EXAM) / f"{EXAM}.html"
    assert made.exists(), said
    page = read(made.read_text("utf-8"))
    assert_harmless(page, "nl")
    assert "Els Van den Broeck" in page.text
    assert "Het werk van noe voor exam is nog niet nagekeken." in said
    assert not (course.feedback("noe", EXAM) / f"{EXAM}.html").exists()


def test_nbgrader_carries_our_page_to_the_learner(configured: CourseFolder, tmp_path: Path) -> None:
    """What formgrader's button makes, is released and fetched by the learner unchanged."""
    course = configured
    graded(course, EXAM, "els")
    succeeded(api_of(course).generate_feedback(EXAM, "els"), "generate_feedback")
    said = nbgrader(course, "release_feedback", EXAM)
    sent = tmp_path / "cache" / "helpdesk" / f"els+{EXAM}+{stamp(BEFORE)}"
    shutil.copytree(course.submitted("els", EXAM), sent)
    mine = tmp_path / "mine"
    mine.mkdir()
    said += nbgrader(course, "fetch_feedback", EXAM, "--student", "els", where=mine)
    found = list(mine.rglob("*.html"))
    assert len(found) == 1, said
    made = course.feedback("els", EXAM) / f"{EXAM}.html"
    assert found[0].read_bytes() == made.read_bytes()
    assert_harmless(read(made.read_text("utf-8")), "nl")
