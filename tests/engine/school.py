"""A school: a teacher with a course, and six learners who do what learners do, each a user of
their own. What each must get was written down before anything ran: `EXPECTED`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

from tests.engine.classroom import Class, Person

COURSE, NAME, LAB, MACHINE = "helpdesk", "kassa", "till-does-not-start", "till"
#: The lab can give 43 points for the repair, 8 for the diagnosis and 4 for an early one. Reply and
#: work note are worth 8 more; nobody writes them here, and what is left empty earns nothing.
EXPECTED = {
    "els": 55.0,  # right diagnosis first, right repair
    "yusuf": 0.0,  # repaired until the next start only, no diagnosis
    "noe": 10.0,  # the till works, but the price display was switched off
    "chantal": 12.0,  # right diagnosis first, nothing repaired
    "rik": 0.0,  # handed in the notebook alone
    "zoe": 0.0,  # rubbish in the place of evidence
}
#: On the roster, and never seen: no zero, but nothing.
ABSENT = "bavo"
NAMES = {
    "els": ("Els", "Van den Broeck"),
    "yusuf": ("Yusuf", "Yıldız"),
    "noe": ("Noë", "Claessens"),
    "chantal": ("Chantal", "Ngoma"),
    "rik": ("Rik", "De Smet, jr."),
    "zoe": ("Zoë", "Müller-Janssens"),
    ABSENT: ("Bavo", "Peeters"),
}
DIAGNOSIS = ("other", "other-holds-port", "--proof", "port-holder=other")


@dataclass(frozen=True)
class School:
    """A teacher with a course, and learners who handed in."""

    teacher: Person
    learners: dict[str, Person]
    course: Path
    tripwires: Path

    def teach(self, *words: str) -> str:
        """One of the teacher's commands, in the course's folder."""
        return self.teacher.must(*words, where=self.course)

    def work_of(self, name: str) -> Path:
        """Where a learner works."""
        return self.learners[name].home / NAME


def opened(root: Path) -> School:
    """A course with one assignment, released, and learners whose nbgrader knows it."""
    group = Class(root)
    teacher = group.person("leerkracht")
    learners = {name: group.person(name) for name in EXPECTED}
    exchange, tripwires = root / "exchange", root / "tripwires"
    for shared in (exchange, tripwires):
        shared.mkdir()
        shared.chmod(0o777)
    course = teacher.home / COURSE
    teacher.must("breakfix", "course", "init", COURSE, "--exchange", str(exchange))
    made = School(teacher, learners, course, tripwires)
    roster = "id;voornaam;familienaam\n" + "".join(
        f'{name};{first};"{last}"\n' for name, (first, last) in NAMES.items()
    )
    (course / "cursisten.csv").write_text(roster, "utf-8")
    made.teach("breakfix", "course", "roster", "import", "cursisten.csv")
    made.teach("breakfix", "course", "add", LAB, "--name", NAME, "--fault", "port-taken")
    made.teach("nbgrader", "release_assignment", NAME)
    config = (course / "nbgrader_config-for-learners.py").read_text("utf-8")
    for person in learners.values():
        settings = person.home / ".jupyter"
        settings.mkdir()
        os.chown(settings, person.number, person.number)
        (settings / "nbgrader_config.py").write_text(config, "utf-8")
    return made


def fetch(school: School, name: str) -> None:
    """Get the assignment, as a learner does."""
    school.learners[name].must("nbgrader", "fetch_assignment", NAME)
    assert (school.work_of(name) / "assignment.json").exists()


def _begin(school: School, name: str) -> dict[str, str]:
    """Start the lab; the numbers of the learner's own sheet."""
    person, work = school.learners[name], school.work_of(name)
    view = json.loads(person.must("breakfix", "assignment", "start", "--json", where=work))
    return {"SCREEN_PORT": screen_port(view)}


def screen_port(view: dict[str, Any]) -> str:
    """The port of the price display, as the learner's own sheet says."""
    sheet = " ".join(text["nl"] for text in view["sheet"])
    found = re.search(r"`prijsscherm`, poort (\d+)", sheet)
    assert found, sheet
    return found[1]


def _shell(school: School, name: str, script: str) -> None:
    words = ("breakfix", "lab", "shell", LAB, MACHINE, "--", f"sudo sh -c {quote(script)}")
    school.learners[name].must(*words)


def _hand_in(school: School, name: str) -> None:
    person, work = school.learners[name], school.work_of(name)
    handed = person.run("breakfix", "lab", "hand-in", LAB, "--yes", where=work)
    assert handed.returncode in (0, 1), handed.stderr
    person.must("breakfix", "lab", "stop", LAB)


def _diagnose(school: School, name: str) -> None:
    school.learners[name].must("breakfix", "lab", "diagnose", LAB, *DIAGNOSIS)


def repair(school: School, name: str) -> None:
    """The diagnosis first, then the price display's own port again, in its settings."""
    values = _begin(school, name)
    _diagnose(school, name)
    _shell(
        school,
        name,
        f'sed -i "s/^POORT=.*/POORT={values["SCREEN_PORT"]}/" /etc/default/prijsscherm;'
        " systemctl restart prijsscherm kassa",
    )
    _hand_in(school, name)


def until_restart(school: School, name: str) -> None:
    """The other program is stopped; it takes the port again at the next start."""
    _begin(school, name)
    _shell(school, name, "systemctl stop prijsscherm; systemctl start kassa")
    _hand_in(school, name)


def switched_off(school: School, name: str) -> None:
    """The till works at every start, and customers see no prices any more."""
    _begin(school, name)
    _shell(school, name, "systemctl disable -q --now prijsscherm; systemctl start kassa")
    _hand_in(school, name)


def diagnosis_only(school: School, name: str) -> None:
    """Knows what it is, and repairs nothing."""
    _begin(school, name)
    _diagnose(school, name)
    _hand_in(school, name)


def nothing(school: School, name: str) -> None:
    """Submits the notebook as it came."""
    assert school.work_of(name).is_dir()


def rubbish(school: School, name: str) -> None:
    """Hands in a file that is no evidence."""
    person, work = school.learners[name], school.work_of(name)
    person.must("mkdir", "evidence", where=work)
    file = f"evidence/{LAB}.breakfix.tar.zst"
    person.must("sh", "-c", f"head -c 100000 /dev/urandom > {file}", where=work)


WORK: dict[str, Callable[[School, str], None]] = {
    "els": repair,
    "yusuf": until_restart,
    "noe": switched_off,
    "chantal": diagnosis_only,
    "rik": nothing,
    "zoe": rubbish,
}


def set_tripwires(school: School, name: str) -> None:
    """Every cell of the notebook would leave a file behind if anybody ran it, and so would files
    that Python or nbgrader might load."""
    work = school.work_of(name)
    trap = f"open({str(school.tripwires / name)!r}, 'a').write('ran')"
    file = work / f"{NAME}.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = f"{trap}\n100.0"
    extra = {"cell_type": "code", "id": "mine", "metadata": {}, "source": trap, "outputs": []}
    notebook["cells"].append(extra | {"execution_count": None})
    file.write_text(json.dumps(notebook), "utf-8")
    for module in ("pathlib", "sitecustomize", "nbgrader_config", "conftest"):
        (work / f"{module}.py").write_text(trap, "utf-8")
