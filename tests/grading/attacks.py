"""Hostile hand-ins, by class (what they attack), each with the points that are honest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.grading.attacks_files import file_attacks
from tests.grading.attacks_notebooks import notebook_attacks
from tests.grading.attacks_texts import CODES, MARKDOWNS, OUTPUTS
from tests.grading.school import ANSWER, School, answered, cell_of

#: What the evidence of every attack is worth: the complaint is gone, the cause is not repaired.
HONEST: Mapping[str, float] = {
    "complaint": 4.0,
    "cause": 0.0,
    "care": 0.0,
    "diagnosis": 2.0,
    ANSWER: 0.0,
}
#: Nothing of the machines could be taken.
NOTHING: Mapping[str, float] = dict.fromkeys(HONEST, 0.0)
Make = Callable[[School, str], None]


@dataclass(frozen=True)
class Attack:
    """A hand-in of the learner `name`, and what it must come to (None: it is not taken)."""

    name: str
    make: Make
    points: Mapping[str, float] | None


def attacks(trap: Callable[[str], str]) -> Iterator[Attack]:
    """Every attack; `trap` gives code that leaves a trace when it runs, by the attack's name."""
    yield from _of_texts()
    yield from _of_outputs()
    yield from _of_code(trap)
    for name, change in notebook_attacks(trap):
        yield Attack(f"d-{name}", _changed(change), HONEST)
    for name, make, taken in file_attacks(trap):
        yield Attack(name, make, {"all": HONEST, "notebook": NOTHING, "none": None}[taken])


def _of_texts() -> Iterator[Attack]:
    """Class E: what runs in the teacher's browser, in an answer and in a cell of one's own."""
    for number, text in enumerate(MARKDOWNS):
        yield Attack(f"e-text-{number}", _changed(_saying(text)), HONEST)


def _of_outputs() -> Iterator[Attack]:
    """Classes E and I: what stands below a graded cell, and below one of one's own."""
    for number, outputs in enumerate(OUTPUTS):
        yield Attack(f"i-output-{number}", _changed(_printing(outputs)), HONEST)


def _of_code(trap: Callable[[str], str]) -> Iterator[Attack]:
    """Classes A and B: code in every place where a cell can hold some."""
    for number, code in enumerate(CODES):
        name = f"a-code-{number}"
        yield Attack(name, _changed(_everywhere(code.replace("TRAP", trap(name)))), HONEST)


def _everywhere(code: str) -> Callable[[dict[str, Any]], object]:
    def change(notebook: dict[str, Any]) -> object:
        own: dict[str, Any] = {"cell_type": "code", "source": code, "metadata": {}, "outputs": []}
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["source"] = f"{code}\n{cell['source']}"
        cell_of(notebook, ANSWER)["cell_type"] = "code"
        cell_of(notebook, ANSWER)["source"] = code
        notebook["cells"] = [own, *notebook["cells"], own]
        return notebook

    return change


def _saying(text: str) -> Callable[[dict[str, Any]], object]:
    def change(notebook: dict[str, Any]) -> object:
        kinds = ("markdown", "raw")
        own = [{"cell_type": kind, "source": text, "metadata": {}} for kind in kinds]
        return answered(notebook, text) | {"cells": [*answered(notebook, text)["cells"], *own]}

    return change


def _printing(outputs: object) -> Callable[[dict[str, Any]], object]:
    def change(notebook: dict[str, Any]) -> object:
        for grade_id in ("complaint", "cause", "care", "diagnosis"):
            cell_of(notebook, grade_id)["outputs"] = outputs
        notebook["cells"].append({"cell_type": "code", "source": "1", "outputs": outputs})
        return notebook

    return change


def _changed(change: Callable[[dict[str, Any]], object]) -> Make:
    def make(school: School, learner: str) -> None:
        school.hand_in(learner, change(school.notebook()))

    return make
