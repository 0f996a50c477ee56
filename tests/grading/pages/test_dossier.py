from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from breakfix.cli.dossier import dossier
from breakfix.errors import CourseError
from breakfix.grading.dossier import graded_learners, write_dossier
from breakfix.grading.folder import CourseFolder
from breakfix.grading.pinning import pinned_lab
from breakfix.messages import Language
from breakfix.model.course import Correction, Counting, SecondChance
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.evidence import Concern, IntegrityFinding
from breakfix.model.replay import ReplayReport
from tests.grading.pages.conftest import Courses
from tests.grading.pages.reading import Read, assert_harmless, read
from tests.grading.pages.teaching import (
    AFTER,
    AGAIN,
    EXAM,
    FAULT,
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
    scored,
    submit,
)
from tests.grading.pages.test_feedback import HOSTILE

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

DAMAGED = Done(
    frozenset({"price-list-downloads", "router-firewall-on"}),
    first=Diagnosis("router"),
    last=RIGHT,
    hints=2,
    findings=(IntegrityFinding("pc", "/usr/local/bin/dig", Concern.NEW_PROGRAM),),
)


def dossier_of(folder: CourseFolder, name: str, learner: str) -> Read:
    """A dossier that was written, read."""
    target = write_dossier(folder, name, learner)
    assert target == folder.dossier(learner, name)
    return read(target.read_text("utf-8"))


@pytest.mark.parametrize("language", list(Language))
def test_a_dossier_is_whole_and_loads_nothing_in_either_language(
    course_in: Courses, language: Language
) -> None:
    """A dossier in each language loads nothing, is in that language, and can be read aloud."""
    folder = course_in(language)
    graded(folder, EXAM, "els", DAMAGED)
    page = dossier_of(folder, EXAM, "els")
    assert_harmless(page, language.value)
    assert "@page" in page.style
    headings = ("Hoe de punten tot stand kwamen", "Waarop dit steunt", "Bloemen|Bakkerij|Fietsen")
    english = ("How the points came about", "What this stands on", "ordering site does nothing")
    for words in headings[:2] if language is Language.NL else english:
        assert words in page.text


def test_a_dossier_holds_what_an_appeal_asks(course: CourseFolder) -> None:
    """Who, the variant with its values, every statement, both diagnoses, findings, history, and
    what it all stands on: each is there as it was."""
    report = graded(course, EXAM, "els", DAMAGED)
    planned = course.planned(EXAM)
    page = dossier_of(course, EXAM, "els")
    lab = pinned_lab(course, planned.assignment.lab).lab
    for check in lab.checks_for(FAULT):
        assert f" {check.id} " in page.text
    for line in report.lines:
        assert line.text.nl in page.text
    for told in (
        "Els Van den Broeck (els)", "Poging 1 van 2", f"Storing {FAULT}: De pc → Verouderde regel",
        f"Seed van de waarden {report.seed}", "niet juist · voor je eerste controle: De router",
        "juist · op het einde: De pc → Verouderde regel voor de site op de pc",
        "pc: /usr/local/bin/dig Er is een bestand bijgekomen", "pc: draait", "router: draait",
        "Tijd aan het werk 42 min", "Getoonde tips 2", "Controles 3", "Opnieuw begonnen 1",
        "voor elke tip gaan er punten af: 2", "breakfix/pc:0123456789ab", planned.lab_digest,
        "Op een eigen computer kan niemand daarvoor instaan", "Nakijken duurde 21 s",
    ):  # fmt: skip
        assert told in page.text
    assert re.search(r"SITE bestellen\.[a-z-]+\.example", page.text)
    assert (
        f"http://bestellen.{report.lines[0].text.nl.split('bestellen.')[1].split()[0]}" in page.text
    )


def test_a_dossier_tells_how_the_points_came_about(course: CourseFolder) -> None:
    """What holds is worth something; damage, hints and what is not repaired take it off again."""
    graded(course, EXAM, "els", DAMAGED)
    page = dossier_of(course, EXAM, "els")
    assert "De klacht 7 0 0/10" in page.text
    assert "Zorg voor de rest 36 0 0/38" in page.text
    assert "De diagnose 4 4 4/4" in page.text
    assert "Stukgemaakt of onveiliger geworden: 1. Daarvoor gaan er 27 punten af" in page.text
    assert "Getoonde tips: 2. Daarvoor gaan er 4 punten af" in page.text
    assert "De punten voor zorg tellen pas als" in page.text
    assert "Let op: in het puntenboek" not in page.text


def test_points_that_do_not_fit_the_verdict_are_pointed_out(course: CourseFolder) -> None:
    """Where the gradebook has other automatic points than the kept verdict gives, and no
    correction says why, the dossier says that."""
    evidence = b"els exam"
    report = graded(course, EXAM, "els", UNTOUCHED)
    autograde(course, EXAM, "els", {"complaint": 6.0, "cause": 0.0, "care": 0.0, "diagnosis": 0.0})
    keep(course, EXAM, "els", scored(report, evidence))
    assert "Let op: in het puntenboek" in dossier_of(course, EXAM, "els").text
    correct(course, Correction("els", EXAM, "complaint", 6.0, "stroompanne", "an", AFTER))
    page = dossier_of(course, EXAM, "els")
    assert "Let op: in het puntenboek" not in page.text
    assert "De klacht 0 0 6 6/10" in page.text


def test_corrections_say_who_and_why(course: CourseFolder) -> None:
    """Every correction is listed with its reason and its author; one that no longer holds says
    so."""
    graded(course, EXAM, "els", UNTOUCHED)
    correct(course, Correction("els", EXAM, "complaint", 3.0, "vergissing", "jan", AFTER))
    correct(course, Correction("els", EXAM, "complaint", 8.0, "stroompanne", "an", AFTER))
    graded(course, AGAIN, "noe", UNTOUCHED)
    correct(course, Correction("noe", AGAIN, "complaint", 9.0, "van een ander", "an", AFTER))
    page = dossier_of(course, EXAM, "els")
    assert "jan De klacht 3/10 vergissing (later vervangen, of nog niet verwerkt)" in page.text
    assert "an De klacht 8/10 stroompanne " in page.text
    assert page.text.count("later vervangen") == 1
    assert "van een ander" not in page.text


def test_rules_tell_extra_time_and_chances(course: CourseFolder) -> None:
    """Extra time, lateness and which of two chances counts are among the rules."""
    planned_anew(course, EXAM, extra_time={"els": AFTER - 60})
    planned_anew(course, AGAIN, second_chance=SecondChance(EXAM, ("els",), Counting.SECOND))
    graded(course, EXAM, "els", REPAIRED, at=AFTER)
    page = dossier_of(course, EXAM, "els")
    assert "Einde voor deze cursist (extra tijd)" in page.text
    assert "(na het einde)" in page.text
    assert f"{EXAM}, {AGAIN}: de laatste telt" in page.text
    assert "Telt deze kans mee? nee" in page.text


def test_a_refused_file_has_a_dossier_with_the_reason(course: CourseFolder) -> None:
    """Work that was refused gets a dossier that says why, and tells no statement or history."""
    submit(course, EXAM, "els", b"rubbish")
    keep(course, EXAM, "els", refused(b"rubbish", "Dit is geen ingediend werk."))
    autograde(course, EXAM, "els", dict.fromkeys(("complaint", "cause", "care", "diagnosis"), 0.0))
    page = dossier_of(course, EXAM, "els")
    assert_harmless(page, "nl")
    assert "Niet aanvaard: 0 punten voor de computers Dit is geen ingediend werk." in page.text
    assert "Poging niet gekend" in page.text
    assert "Wat er gezien is" not in page.text
    assert "Verloop" not in page.text


def test_answers_stand_beside_what_they_are_held_against(course: CourseFolder) -> None:
    """Question, answer, rubric, points and comment of what a person judged are there."""
    graded(course, EXAM, "els", replace(REPAIRED, answer="Mijn antwoord."))
    judge_answer(course, EXAM, "els", 3.5, "Kort.")
    page = dossier_of(course, EXAM, "els")
    assert "Vraag 1 · 3,5/5 Schrijf de klant een kort antwoord" in page.text
    assert "Antwoord van de cursist Mijn antwoord." in page.text
    assert "de klant leest wat er aan de hand was" in page.text
    assert "Opmerking van de leerkracht Kort." in page.text


def test_a_moment_that_is_none_does_not_stop_a_dossier(course: CourseFolder) -> None:
    """What a learner's computer says of time may be anything; the page is still written."""
    graded(course, EXAM, "els", replace(REPAIRED, started=1e300))
    assert "Begonnen ?" in dossier_of(course, EXAM, "els").text


def test_hostile_texts_stay_texts_in_a_dossier(course: CourseFolder) -> None:
    """Nothing that comes from learner, machine or teacher is used as part of the page."""
    findings = (IntegrityFinding(HOSTILE, f"/{HOSTILE}", Concern.SENSITIVE),)
    done = Done(
        DAMAGED.failing, Diagnosis(HOSTILE, HOSTILE), replace(RIGHT, proof={HOSTILE: HOSTILE}),
        answer=HOSTILE, findings=findings, values={"SITE": HOSTILE},
    )  # fmt: skip
    graded(course, EXAM, "els", done)
    judge_answer(course, EXAM, "els", 2.0, HOSTILE)
    correct(course, Correction("els", EXAM, "cause", 1.0, HOSTILE, HOSTILE, AFTER))
    page = dossier_of(course, EXAM, "els")
    assert_harmless(page, "nl")
    assert page.text.count("<script>alert(1)</script>") >= 10
    assert not {"\u202e", "\u2066", "\x00", "\x1b"} & set(page.html)


def test_endless_lists_of_a_learner_end(course: CourseFolder) -> None:
    """Thousands of findings, handovers and tests make no page that nobody can open; how many are
    left out is told."""
    findings = tuple(
        IntegrityFinding("pc", f"/etc/ld.so.conf.d/{number}", Concern.SENSITIVE)
        for number in range(5000)
    )
    proof = {f"test-{number}": "x" for number in range(5000)}
    report = graded(
        course, EXAM, "els", replace(DAMAGED, findings=findings, last=replace(RIGHT, proof=proof))
    )
    handovers = tuple(Handover("pc", proof) for _ in range(300))
    history = replace(report.history, handovers=handovers, accepted=False)
    keep(course, EXAM, "els", scored(replace(report, history=history), b"els exam"))
    page = dossier_of(course, EXAM, "els")
    assert "En nog 4800 andere." in page.text
    assert "En nog 100 andere." in page.text
    assert len(page.html) < 4_000_000


def test_practice_has_no_dossier(course: CourseFolder) -> None:
    """Practice is refused by name, and nothing is written."""
    graded(course, PRACTICE, "els", UNTOUCHED)
    with pytest.raises(CourseError, match=r"dossier\.practice"):
        write_dossier(course, PRACTICE, "els")
    assert not (course.root / "dossiers").exists()


def test_only_graded_work_has_a_dossier(course: CourseFolder) -> None:
    """Who handed in but was not graded is no graded learner, and gets no dossier."""
    submit(course, EXAM, "els", b"x")
    graded(course, EXAM, "noe")
    assert graded_learners(course, EXAM) == ["noe"]
    with pytest.raises(CourseError, match=r"graded\.not-yet"):
        write_dossier(course, EXAM, "els")


def run(folder: CourseFolder, *words: str) -> dict[str, list[str]]:
    """What `breakfix course dossier … --json` prints."""
    words = (*words, "--course", str(folder.root), "--json")
    done = CliRunner().invoke(dossier, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    found: dict[str, list[str]] = json.loads(done.output)
    return found


def test_the_command_writes_those_that_were_asked_for(course: CourseFolder) -> None:
    """Without learners it writes all that were graded, else only those that were named."""
    graded(course, EXAM, "els")
    graded(course, EXAM, "noe")
    only = run(course, EXAM, "noe")["dossiers"]
    assert only == [str(course.dossier("noe", EXAM))]
    assert not course.dossier("els", EXAM).exists()
    assert sorted(run(course, EXAM)["dossiers"]) == sorted(
        str(course.dossier(who, EXAM)) for who in ("els", "noe")
    )
    assert all(Path(path).is_file() for path in run(course, EXAM)["dossiers"])


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ((EXAM,), "dossier.nothing-graded"),
        ((PRACTICE,), "dossier.practice"),
        (("other",), "course.no-assignment"),
    ],
)
def test_the_command_refuses_what_has_no_dossier(
    course: CourseFolder, words: tuple[str, ...], key: str
) -> None:
    """Nothing graded, practice, and an unknown assignment each get their own sentence."""
    with pytest.raises(CourseError) as caught:
        run(course, *words)
    assert caught.value.key == key


def test_the_command_names_who_was_not_graded(course: CourseFolder) -> None:
    """One learner who was not graded is refused by name before anything is written, be it by a
    name that leads elsewhere."""
    graded(course, EXAM, "els")
    for name in ("noe", "../../els"):
        with pytest.raises(CourseError) as caught:
            run(course, EXAM, "els", name)
        assert caught.value.values["learner"] == name
    assert not (course.root / "dossiers").exists()


def test_a_report_is_what_the_codec_gives_back(course: CourseFolder) -> None:
    """The verdicts of these tests travel through the codec as real ones do."""
    report = graded(course, EXAM, "els", DAMAGED)
    assert isinstance(report, ReplayReport)
    assert '"decision":"scored"' in course.verdict("els", EXAM).read_text("utf-8")
