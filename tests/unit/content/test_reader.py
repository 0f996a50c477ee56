from __future__ import annotations

from pathlib import Path

import pytest

from breakfix.content import Problems, create, read_lab
from breakfix.content.loaded import LoadedLab
from breakfix.errors import LabInvalid
from breakfix.messages import Language, say
from breakfix.model.diagnosis import Handover
from breakfix.model.topology import Cable
from breakfix.model.value import Text

MISTAKES = Path(__file__).parents[2] / "data" / "labs" / "m021-network" / "five-mistakes"
FAULT = Path("staff/faults/note-missing")


def problems_of(folder: Path) -> Problems:
    """The problems that keep `folder` from being read."""
    with pytest.raises(LabInvalid) as caught:
        read_lab(folder)
    problems = caught.value.values["problems"]
    assert isinstance(problems, Problems)
    return problems


def test_all_mistakes_are_reported_at_once_with_their_lines() -> None:
    """A lab.toml with five mistakes (and one that follows from them) names each with its line."""
    found = {
        (problem.line, problem.rule, problem.values["key"])
        for problem in problems_of(MISTAKES)
        if problem.path.name == "lab.toml"
    }
    assert found == {
        (1, "L003", "level"),
        (2, "L004", "format"),
        (4, "L002", "levle"),
        (12, "L080", "summary.en"),
        (18, "L004", "machines.pc.access"),
        (37, "L004", "checks.1.points"),
    }


def test_other_files_are_read_too_when_lab_toml_is_wrong() -> None:
    """Missing files are named in the same answer."""
    missing = {problem.path.name for problem in problems_of(MISTAKES) if problem.rule == "L010"}
    assert missing == {"ticket.md", "lab.md", "diagnosis.toml"}


def test_the_error_can_be_said_with_its_problems(tmp_path: Path) -> None:
    """The sentence of the error shows every problem, one a line, in the language asked."""
    with pytest.raises(LabInvalid) as caught:
        read_lab(tmp_path)
    said = say(caught.value.key, Language.NL, **caught.value.values)
    assert f"{tmp_path / 'lab.toml'}:1: L010" in said


def test_broken_toml_is_one_problem_at_its_line(lab_folder: Path) -> None:
    """A syntax error is a problem like any other."""
    path = lab_folder / "lab.toml"
    path.write_text("format = 1\nversion = \n", "utf-8")
    (problem,) = problems_of(lab_folder)[:1]
    assert (problem.rule, problem.line) == ("L001", 2)


def test_a_whole_lab_is_loaded(lab_folder: Path) -> None:
    """Names, texts, scripts and marks of a good lab are all there."""
    loaded = read_lab(lab_folder)
    assert isinstance(loaded, LoadedLab)
    assert (loaded.slug, loaded.module) == ("no-note", "m021-network")
    assert loaded.ticket.nl.startswith("Dag")
    assert "rm /srv/nota.txt" in loaded.inject("note-missing").scripts["pc"]
    assert len(loaded.hints("note-missing")) == 2
    assert "$CODE" in loaded.health["pc"]
    empty, later = loaded.rejected("note-missing")
    assert (later.name, later.caught_by, later.complaint_stays) == (
        "only-for-now",
        ("note-kept",),
        False,
    )
    assert (empty.caught_by, empty.complaint_stays) == (("note-readable", "note-kept"), True)


def test_an_action_may_pull_cables_and_hand_over(lab_folder: Path) -> None:
    """wire.toml and handover.toml become values."""
    repair = lab_folder / FAULT / "repair"
    (repair / "wire.toml").write_text(
        '[[cable]]\nmachine = "pc"\nnic = "eth0"\nconnected = false\n', "utf-8"
    )
    (repair / "handover.toml").write_text(
        'place = "files"\n[tests]\nlist-files = "absent"\n', "utf-8"
    )
    action = read_lab(lab_folder).repair("note-missing")
    assert action.cables == (Cable("pc", "eth0", connected=False),)
    assert action.handover == Handover("files", {"list-files": "absent"})


def test_second_line_is_an_action(lab_folder: Path) -> None:
    """What the second line does is kept apart from the learner's repair."""
    folder = lab_folder / FAULT / "second-line"
    folder.mkdir()
    (folder / "pc.sh").write_text("touch /x\n", "utf-8")
    second = read_lab(lab_folder).second_line("note-missing")
    assert second is not None
    assert second.scripts == {"pc": "touch /x\n"}


def test_runtime_only_is_a_mark(lab_folder: Path) -> None:
    """A wrong repair that only a restart shows needs no check of its own."""
    path = lab_folder / FAULT / "rejected" / "only-for-now" / "pc.sh"
    path.write_text("# runtime-only\ntouch /run/x\n", "utf-8")
    later = read_lab(lab_folder).rejected("note-missing")[1]
    assert later.runtime_only
    assert later.caught_by == ()


def test_an_undeclared_fault_is_invalid(lab_folder: Path) -> None:
    """A fault's folder that lab.toml forgets is no silent leftover."""
    (lab_folder / "staff" / "faults" / "other").mkdir()
    assert "L013" in {problem.rule for problem in problems_of(lab_folder)}


def test_the_same_lab_can_lie_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path gives the same names."""
    create(tmp_path, "m", "no-note")
    monkeypatch.chdir(tmp_path / "m" / "no-note")
    assert read_lab(Path()).slug == "no-note"


def test_rubrics_are_read_by_question(lab_folder: Path) -> None:
    """Each question has what a good answer is, in both languages; without it the lab isn't read."""
    with (lab_folder / "lab.toml").open("a", encoding="utf-8") as stream:
        stream.write('[[questions]]\nid = "why"\npoints = 1\ntext = { nl = "Ja?", en = "Yes?" }\n')
    (missing,) = problems_of(lab_folder)
    answers = lab_folder / "staff" / "answers"
    answers.mkdir()
    assert (missing.rule, missing.path) == ("L015", answers / "why.md")

    dutch, english = '+++ {"tags": ["lang-nl"]}\n\nJa\n', '+++ {"tags": ["lang-en"]}\n\nYes\n'
    (answers / "why.md").write_text(dutch + english, "utf-8")
    assert read_lab(lab_folder).rubrics == {"why": Text("Ja", "Yes")}

    (answers / "why.md").write_text(dutch, "utf-8")
    assert {problem.rule for problem in problems_of(lab_folder)} == {"L082"}
