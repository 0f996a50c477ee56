"""Each rule sees the mistake that it is for: a clean lab is spoiled in one place at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from breakfix.content import lint
from breakfix.content.rules import all_rules

F = "staff/faults/note-missing"
Spoil = Callable[[Path], object]


def swap(file: str, old: str, new: str) -> Spoil:
    """Replace a piece of a file that must be there."""

    def spoil(root: Path) -> None:
        text = (root / file).read_text("utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def write(file: str, text: str) -> Spoil:
    """Write a file, in a new folder if need be."""

    def spoil(root: Path) -> None:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, "utf-8")

    return spoil


def add(file: str, text: str) -> Spoil:
    """Add to the end of a file."""
    return lambda root: write(file, (root / file).read_text("utf-8") + text)(root)


def remove(name: str) -> Spoil:
    """Remove a file or a folder."""

    def spoil(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return spoil


LAB = "lab.toml"
FORM = "student/diagnosis.toml"
ESCALATION = '\n[faults.note-missing.escalation.proof]\nlist-files = "nothing"\n'
QUESTION = '[[questions]]\nid = "why"\npoints = 1\ntext = { nl = "Waarom?", en = "Why?" }\n'
WIRE = '[[cable]]\nmachine = "pc"\nnic = "eth9"\n'
SECOND = '[faults.second]\ndifficulty = 1\ndiagnosis = "file-gone"\ncauses = ["note-kept"]\n'

CASES: list[tuple[str, str, Spoil]] = [
    ("L001", LAB, swap(LAB, "format = 1", "format = ")),
    ("L002", LAB, swap(LAB, "minutes = 20", "minutes = 20\nhours = 1")),
    ("L003", LAB, swap(LAB, "minutes = 20\n", "")),
    ("L004", LAB, swap(LAB, "minutes = 20", 'minutes = "20"')),
    ("L005", LAB, swap(LAB, "format = 1", "format = 2")),
    ("L006", LAB, swap(LAB, "minutes = 20", "minutes = 0")),
    ("L010", "student/ticket.md", remove("student/ticket.md")),
    ("L010", "student/lab.md", remove("student/lab.md")),
    ("L010", FORM, remove(FORM)),
    ("L010", "staff/checks.py", remove("staff/checks.py")),
    ("L010", "staff/design.md", remove("staff/design.md")),
    ("L010", f"{F}/hints.md", remove(f"{F}/hints.md")),
    ("L011", f"{F}/inject", remove(f"{F}/inject")),
    ("L011", f"{F}/repair", remove(f"{F}/repair")),
    ("L011", "staff/faults/second/inject", add(LAB, SECOND)),
    ("L012", f"{F}/repair/toaster.sh", write(f"{F}/repair/toaster.sh", "touch /x\n")),
    ("L012", "staff/health/toaster.sh", write("staff/health/toaster.sh", "touch /x\n")),
    ("L013", "staff/faults/lost", write("staff/faults/lost/hints.md", "")),
    ("L014", f"{F}/reject", write(f"{F}/reject/x/pc.sh", "touch /x\n")),
    ("L015", "staff/answers/why.md", add(LAB, QUESTION)),
    ("L021", LAB, swap(LAB, "021.7.2", "21.7")),
    ("L022", LAB, swap(LAB, 'id = "note-kept"', 'id = "note-readable"')),
    ("L022", FORM, swap(FORM, 'id = "disk-full"', 'id = "file-gone"')),
    ("L023", LAB, swap(LAB, "[parameters.CODE]", "[parameters.code]")),
    ("L024", LAB, swap(LAB, "[faults.note-missing]", "[faults.Note_Missing]")),
    ("L030", LAB, swap("staff/checks.py", "def note_kept", "def note_keeps")),
    ("L031", "staff/checks.py", add("staff/checks.py", "\n\ndef more():\n    pass\n")),
    ("L032", LAB, swap(LAB, "[checks.text.fail]", "[checks.text.broken]")),
    ("L033", LAB, swap(LAB, "points = 8", 'points = 8\nonly = ["nothing"]')),
    ("L034", LAB, swap(LAB, 'aspect = "symptom"', 'aspect = "harmless"')),
    ("L035", LAB, swap(LAB, "points = 8", "points = -6")),
    ("L035", LAB, add(LAB, "\n[scoring]\npass_mark = 5.0\n")),
    ("L036", "staff/checks.py", add("staff/checks.py", "\ndef (:\n")),
    ("L040", LAB, swap(LAB, 'causes = ["note-kept"]', 'causes = ["note-readable"]')),
    ("L037", LAB, swap(LAB, 'sight = "observer"', 'sight = "journal"')),
    ("L031", "staff/checks.py", swap(LAB, 'sight = "observer"', 'sight = "journal"')),
    ("L040", LAB, swap(LAB, 'causes = ["note-kept"]', "causes = []")),
    ("L041", LAB, swap(LAB, 'diagnosis = "file-gone"', 'diagnosis = "ghosts"')),
    ("L042", f"{F}/rejected", remove(f"{F}/rejected/only-for-now")),
    (
        "L043",
        f"{F}/rejected/only-for-now/pc.sh",
        swap(
            f"{F}/rejected/only-for-now/pc.sh",
            "# caught by: note-kept\n# runtime-only",
            "# no idea",
        ),
    ),
    (
        "L043",
        f"{F}/rejected/only-for-now/pc.sh",
        swap(f"{F}/rejected/only-for-now/pc.sh", "note-kept", "note-eaten"),
    ),
    (
        "L044",
        f"{F}/rejected/only-for-now/pc.sh",
        write(
            f"{F}/rejected/only-for-now/pc.sh",
            "# caught by: note-kept\nset -eu\n\ntouch /srv/nota.txt\n",
        ),
    ),
    ("L045", LAB, add(LAB, ESCALATION)),
    ("L046", f"{F}/repair/pc.sh", swap(LAB, 'access = "console"', 'access = "none"')),
    ("L047", LAB, swap(LAB, "difficulty = 1", "difficulty = 6")),
    ("L048", LAB, add(LAB, ESCALATION)),
    ("L050", LAB, swap(LAB, 'access = "console"', 'access = "console"\nnics = { eth0 = "lan" }')),
    ("L051", f"{F}/inject/wire.toml", write(f"{F}/inject/wire.toml", WIRE)),
    ("L052", f"{F}/inject/wire.toml", write(f"{F}/inject/wire.toml", WIRE + "loss = 101\n")),
    ("L053", f"{F}/repair/handover.toml", write(f"{F}/repair/handover.toml", 'place = "moon"\n')),
    (
        "L053",
        f"{F}/repair/handover.toml",
        write(f"{F}/repair/handover.toml", 'place = "files"\n[tests]\nlist-files = "maybe"\n'),
    ),
    ("L060", "student/ticket.md", swap("student/ticket.md", "Els", "$CUSTOMER")),
    ("L060", LAB, swap(LAB, "$PC_NAME", "$PC_NAMES")),
    ("L060", f"{F}/hints.md", swap(f"{F}/hints.md", "$CODE", "$COED")),
    ("L061", f"{F}/repair/pc.sh", swap(f"{F}/repair/pc.sh", "$CODE", "$COED")),
    ("L062", LAB, swap(LAB, "between = [1000, 9999]", "between = [9999, 1000]")),
    ("L062", LAB, swap(LAB, "between = [1000, 9999]", 'between = [1, 9]\nderived = "x"')),
    ("L063", LAB, swap(LAB, "between = [1000, 9999]", 'derived = "$NOBODY"')),
    ("L063", LAB, swap(LAB, "between = [1000, 9999]", 'derived = "$CODE"')),
    ("L070", f"{F}/repair/pc.sh", write(f"{F}/repair/pc.sh", "# nothing\nset -eu\n:\n")),
    ("L071", f"{F}/repair/pc.sh", write(f"{F}/repair/pc.sh", "rm $CODE\n")),
    ("L080", LAB, swap(LAB, 'en = "The note is gone"\n', "")),
    ("L081", "student/ticket.md", swap("student/ticket.md", '+++ {"tags": ["lang-nl"]}', "+++")),
    ("L082", "student/ticket.md", swap("student/ticket.md", '["lang-en"]', '["lang-nl"]')),
    ("L082", f"{F}/hints.md", write(f"{F}/hints.md", "")),
    ("L083", "student/lab.md", swap("student/lab.md", "lang-nl", "lang-fr")),
    ("L084", "student/lab.md", swap("student/lab.md", "$TICKET", "")),
    ("L085", LAB, swap(LAB, 'nl = "De nota is weg"', 'nl = " "')),
]


@pytest.mark.parametrize(("number", "file", "spoil"), CASES, ids=[case[0] for case in CASES])
def test_a_rule_sees_its_mistake(lab_folder: Path, number: str, file: str, spoil: Spoil) -> None:
    """The mistake is reported by its rule, in the file where the author must act."""
    spoil(lab_folder)
    found = {(problem.rule, problem.path) for problem in lint(lab_folder)}
    assert (number, lab_folder / file) in found


def test_a_bad_slug_is_seen(lab_folder: Path) -> None:
    """The folder's name is a name that people type."""
    odd = lab_folder.rename(lab_folder.with_name("No_Note"))
    assert "L020" in {problem.rule for problem in lint(odd)}


def test_every_rule_has_a_case() -> None:
    """No rule is there that was never seen to work."""
    assert {case[0] for case in CASES} | {"L020"} == {rule.id for rule in all_rules()}
