"""What a defect is, and the changes that it can be made of."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SOUND = Path(__file__).parents[2] / "data" / "labs" / "m021-network" / "tiny"
LAB, CHECKS = "lab.toml", "staff/checks.py"
FAULT = "staff/faults/note-missing"
INJECT, REPAIR, HINTS = f"{FAULT}/inject/pc.sh", f"{FAULT}/repair/pc.sh", f"{FAULT}/hints.md"
#: The two wrong repairs of the sound lab: a file without the code, and a link into memory.
ONLY_EMPTY_FILE, ONLY_FOR_NOW = (
    f"{FAULT}/rejected/{name}/pc.sh" for name in ("only-empty-file", "only-for-now")
)
ACCEPTED = f"{FAULT}/accepted/another-way/pc.sh"
STAGES = (
    "lint", "healthy", "broken", "read-only", "repaired", "rejected", "accepted", "again",
    "able-to-fail",
)  # fmt: skip
Edit = Callable[[Path], None]


@dataclass(frozen=True)
class Defect:
    """A lab that is sound but for `edits`. The first red stage must be `stage` (`way`: live or by
    replay), and its trouble must hold the words `trouble`."""

    name: str
    stage: str
    way: str
    trouble: str
    edits: tuple[Edit, ...]


def make(defect: Defect, labs: Path) -> Path:
    """The lab of a defect, in the folder `labs`."""
    lab = labs / "m021-network" / defect.name
    shutil.copytree(SOUND, lab)
    for edit in defect.edits:
        edit(lab)
    return lab


def script(path: str, *lines: str) -> Edit:
    """A script of these lines (comments first) instead of the one that was there."""
    head = [line for line in lines if line.startswith("#")]
    return write(path, "\n".join([*head, "set -eu", *lines[len(head) :], ""]))


def write(path: str, text: str) -> Edit:
    """A file with this text."""

    def edit(lab: Path) -> None:
        file = lab / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    return edit


def swap(path: str, old: str, new: str) -> Edit:
    """Other words, wherever `old` stands in a file."""

    def edit(lab: Path) -> None:
        text = (lab / path).read_text("utf-8")
        assert old in text, f"{path} has no {old!r}"
        (lab / path).write_text(text.replace(old, new), "utf-8")

    return edit


def add(path: str, text: str) -> Edit:
    """More at the end of a file."""

    def edit(lab: Path) -> None:
        with (lab / path).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return edit


def check(function: str, *lines: str) -> Edit:
    """A check with another body; one of a new name comes at the end."""
    body = "".join(f"    {line}\n" for line in lines)
    made = f"def {function}(machines: Machines, values: Values) -> Outcome:\n{body}"

    def edit(lab: Path) -> None:
        text = (lab / CHECKS).read_text("utf-8")
        rest = re.sub(rf"def {function}\(.*?(?=\n\n\ndef |\Z)", "", text, flags=re.DOTALL)
        (lab / CHECKS).write_text(f"{rest.rstrip()}\n\n\n{made}", "utf-8")

    return edit


#: Lines of a check that count how often it was asked, on the host where it runs.
COUNT = (
    "from pathlib import Path",
    'counter = Path(__file__).with_name("count")',
    "count = int(counter.read_text()) + 1 if counter.exists() else 1",
    "counter.write_text(str(count))",
)
#: A third check, that guards the rest of the machine.
HARMLESS_CHECK = (
    add(
        LAB,
        """
[[checks]]
id = "folder-closed"
aspect = "harmless"
sight = "observer"
points = 2

[checks.text.pass]
nl = "Alleen de beheerder schrijft in de map."
en = "Only the administrator writes in the folder."

[checks.text.fail]
nl = "Iedereen schrijft in de map."
en = "Everybody writes in the folder."
""",
    ),
    check(
        "folder_closed",
        'return failed() if machines["pc"].file("/opt").mode & 0o002 else passed()',
    ),
)
#: The same with a wrong repair that it catches, so that the lab stays sound.
HARMLESS = (
    *HARMLESS_CHECK,
    script(
        f"{FAULT}/rejected/open-to-all/pc.sh",
        "# caught by: folder-closed",
        "chmod 777 /opt",
        'echo "code: $CODE" >/srv/nota.txt',
    ),
)
#: Something that goes at the next boot.
GONE_AT_BOOT = 'echo "r! /srv/nota.txt" >/etc/tmpfiles.d/tidy.conf'
