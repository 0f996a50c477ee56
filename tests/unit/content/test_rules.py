"""Each rule sees the mistake that it is for: a clean lab is spoiled in one place at a time."""

from __future__ import annotations

import json
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


def screen(times: int = 1, **changes: object) -> Spoil:
    """Add a screen that is right but for these changes."""
    right: dict[str, object] = {"machine": "pc", "kind": "paper", "file": "/srv/nota.txt"}
    values = {key: value for key, value in (right | changes).items() if value}
    silent = values.pop("silent", None)
    text = "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())
    text += 'title = { nl = "Blad", en = "Sheet" }\n'
    text += 'silent = { nl = "niets", en = "nothing" }\n' if silent else ""
    return add(LAB, "".join(f'\n[[screens]]\nid = "screen-{n}"\n{text}' for n in range(times)))


def over_ssh(**changes: str) -> Spoil:
    """Add a machine that is reached by SSH, right but for these changes."""
    right = {"image": "pc", "hostname": "server", "access": "ssh"}
    values = right | {"ssh_from": "pc", "ssh_to": "10.0.0.1"} | changes
    text = "".join(f'{key} = "{value}"\n' for key, value in values.items() if value)
    return add(LAB, f'\n[machines.server]\n{text}label = {{ nl = "server", en = "server" }}\n')


def remove(name: str) -> Spoil:
    """Remove a file or a folder."""

    def spoil(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return spoil


def asked(rubric: str) -> Spoil:
    """Ask a question, with this rubric."""

    def spoil(root: Path) -> None:
        add(LAB, QUESTION)(root)
        write(ANSWER, rubric)(root)

    return spoil


LAB = "lab.toml"
FORM = "student/diagnosis.toml"
ESCALATION = '\n[faults.note-missing.escalation.proof]\nlist-files = "nothing"\n'
ANSWER = "staff/answers/why.md"
RUBRIC = (
    '+++ {"tags": ["lang-nl"]}\n\n- 1 punt: een oorzaak.\n\n> De nota was weg.\n\n'
    '+++ {"tags": ["lang-en"]}\n\n- 1 point: a cause.\n\n> The note was gone.\n'
)
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
    ("L016", ANSWER, write(ANSWER, RUBRIC)),
    ("L017", ANSWER, asked(RUBRIC.replace("- 1 point:", "- 2 points:"))),
    ("L017", ANSWER, asked(RUBRIC.replace("- 1 punt:", "- een punt:"))),
    ("L018", ANSWER, asked(RUBRIC.replace("> The", "The"))),
    ("L019", ANSWER, asked(RUBRIC.replace("The note", "$CODE"))),
    ("L021", LAB, swap(LAB, "021.7.2", "21.7")),
    ("L022", LAB, swap(LAB, 'id = "note-kept"', 'id = "note-readable"')),
    ("L022", FORM, swap(FORM, 'id = "disk-full"', 'id = "file-gone"')),
    ("L023", LAB, swap(LAB, "[parameters.CODE]", "[parameters.code]")),
    ("L024", LAB, swap(LAB, "[faults.note-missing]", "[faults.Note_Missing]")),
    ("L025", LAB, swap(LAB, "021.7.2", "021.7.9")),
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
    ("L038", LAB, swap(LAB, 'aspect = "cause"', 'aspect = "diagnosis"')),
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
    ("L054", LAB, screen(machine="moon")),
    ("L055", LAB, screen(kind="browser")),
    ("L055", LAB, screen(kind="display")),
    ("L055", LAB, screen(hosts=["mail"])),
    ("L055", LAB, screen(url="http://a/")),
    ("L055", LAB, screen(kind="browser", file="", url="http://a/", silent="niets")),
    ("L056", LAB, screen(seconds=1)),
    ("L056", LAB, screen(seconds=301)),
    ("L056", LAB, screen(times=5)),
    ("L057", LAB, screen(file="/srv/../etc/shadow")),
    ("L057", LAB, screen(file="nota.txt")),
    ("L057", LAB, screen(kind="browser", file="", url="https://a/")),
    ("L057", LAB, screen(kind="browser", file="", url="http://els:geheim@a/")),
    ("L057", LAB, screen(kind="browser", file="", url="http://a/ b")),
    ("L057", LAB, screen(kind="browser", file="", url="http://a/", hosts=["a/b"])),
    ("L058", LAB, swap(LAB, 'access = "console"', 'access = "ssh"')),
    ("L058", LAB, swap(LAB, 'access = "console"', 'access = "console"\nssh_to = "10.0.0.1"')),
    ("L058", LAB, over_ssh(ssh_to="")),
    ("L059", LAB, over_ssh(ssh_from="nobody")),
    ("L059", LAB, over_ssh(ssh_from="server")),
    ("L059", LAB, over_ssh(ssh_to="-oProxyCommand=reboot")),
    ("L059", LAB, over_ssh(ssh_to="els@10.0.0.1")),
    ("L060", LAB, over_ssh(ssh_to="$ADDRESS")),
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
    ("L082", ANSWER, asked(RUBRIC + RUBRIC)),
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


@pytest.mark.parametrize(
    "right",
    [
        screen(),
        screen(file="/var/spool/bonnen/", seconds=5),
        screen(kind="mailbox", file="/var/mail/els"),
        screen(kind="browser", file="", url="http://$PC_NAME:8080/a?b=1", hosts=["mail:81"]),
        screen(kind="display", file="", url="http://127.0.0.1/", silent="niets"),
        screen(kind="display", silent="niets", times=4),
    ],
)
def test_a_right_screen_is_no_problem(lab_folder: Path, right: Spoil) -> None:
    """A screen of each kind, as the format asks, keeps every rule."""
    right(lab_folder)
    assert lint(lab_folder) == ()


def test_a_right_way_by_ssh_is_no_problem(lab_folder: Path) -> None:
    """A machine that is reached by SSH at a name or an address keeps every rule."""
    over_ssh(ssh_to="$PC_NAME.example")(lab_folder)
    assert lint(lab_folder) == ()


def test_a_right_rubric_is_no_problem(lab_folder: Path) -> None:
    """A question with a rubric as the format asks keeps every rule."""
    asked(RUBRIC)(lab_folder)
    assert lint(lab_folder) == ()


def test_a_bad_slug_is_seen(lab_folder: Path) -> None:
    """The folder's name is a name that people type."""
    odd = lab_folder.rename(lab_folder.with_name("No_Note"))
    assert "L020" in {problem.rule for problem in lint(odd)}


def test_every_rule_has_a_case() -> None:
    """No rule is there that was never seen to work."""
    assert {case[0] for case in CASES} | {"L020"} == {rule.id for rule in all_rules()}
