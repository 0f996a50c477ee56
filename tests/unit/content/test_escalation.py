from __future__ import annotations

from pathlib import Path

from breakfix.content import lint, read_lab

LAB = """
[[checks]]
id = "handed-over"
aspect = "cause"
sight = "journal"
points = 3
only = ["note-missing"]

[checks.text]
pass = { nl = "Doorgegeven.", en = "Handed on." }
fail = { nl = "Nog niet doorgegeven.", en = "Not handed on yet." }

[faults.note-missing.escalation.proof]
list-files = "absent"
"""
HANDOVER = 'place = "files"\n\n[tests]\nlist-files = "absent"\n'


def test_a_fault_for_the_second_line_lints_clean(lab_folder: Path) -> None:
    """With a hand-over, a second line and a check of the journal, nothing is missing."""
    path = lab_folder / "lab.toml"
    text = path.read_text("utf-8").replace('access = "console"', 'access = "none"')
    path.write_text(text + LAB, "utf-8")
    fault = lab_folder / "staff" / "faults" / "note-missing"
    (fault / "repair" / "pc.sh").rename(fault / "pc.sh")
    (fault / "second-line").mkdir()
    (fault / "pc.sh").rename(fault / "second-line" / "pc.sh")
    (fault / "repair" / "handover.toml").write_text(HANDOVER, "utf-8")
    assert str(lint(lab_folder)) == ""
    assert read_lab(lab_folder).second_line("note-missing") is not None
