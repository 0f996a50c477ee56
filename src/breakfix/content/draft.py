"""A lab folder as it stands, right or wrong: what the reader and the lint rules both look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from breakfix.content.actions import (
    Action,
    ActionSource,
    folders_in,
    read_action,
    read_actions,
    read_scripts,
)
from breakfix.content.markdown import Cell, read_cells, read_text, read_texts
from breakfix.content.problem import Problem
from breakfix.content.source import Source
from breakfix.content.toml import read_toml
from breakfix.model.diagnosis import DiagnosisForm
from breakfix.model.lab import Lab
from breakfix.model.value import Text


@dataclass(frozen=True)
class FaultDraft:
    """The folder of one fault as it stands; `actions` starts with inject and repair."""

    name: str
    folder: Path
    hints: Source[tuple[Text, ...]]
    actions: tuple[ActionSource, ...]

    def of_kind(self, kind: str) -> tuple[Action, ...]:
        """Its actions of one kind."""
        return tuple(one.action for one in self.actions if one.action.kind == kind)


@dataclass(frozen=True)
class Draft:
    """A lab folder as it stands. Its problems are those of reading; rules find the others."""

    root: Path
    lab: Source[Lab]
    form: Source[DiagnosisForm]
    ticket: Source[Text]
    book: Source[tuple[Cell, ...]]
    health: Mapping[str, str]
    faults: Mapping[str, FaultDraft]
    rubrics: Mapping[str, Source[Text]]
    problems: tuple[Problem, ...]

    def rubric_path(self, question: str) -> Path:
        """The file with the rubric of a question."""
        return self.root / "staff" / "answers" / f"{question}.md"

    def actions(self) -> Iterator[tuple[FaultDraft, ActionSource]]:
        """Every action of every fault."""
        for fault in self.faults.values():
            for action in fault.actions:
                yield fault, action

    def scripts(self) -> Iterator[tuple[Path, str, str]]:
        """Every script: its file, its machine, its text."""
        for machine, text in self.health.items():
            yield self.root / "staff" / "health" / f"{machine}.sh", machine, text
        for _, source in self.actions():
            for machine, text in source.action.scripts.items():
                yield source.action.script_path(machine), machine, text


def read_draft(root: Path) -> Draft:
    """Read the whole folder `root`; nothing that is wrong stops the reading."""
    lab = read_toml(Lab, root / "lab.toml")
    form = read_toml(DiagnosisForm, root / "student" / "diagnosis.toml")
    ticket = read_text(root / "student" / "ticket.md")
    book = read_cells(root / "student" / "lab.md")
    health, found = read_scripts(root / "staff" / "health")
    faults = {name: _fault(root, name) for name in _fault_names(root, lab)}
    rubrics = {path.stem: read_text(path) for path in _rubric_files(root)}
    problems = (*lab.problems, *form.problems, *ticket.problems, *book.problems, *found)
    for fault in faults.values():
        problems += fault.hints.problems
        problems += tuple(problem for one in fault.actions for problem in one.problems)
    problems += tuple(problem for one in rubrics.values() for problem in one.problems)
    return Draft(root, lab, form, ticket, book, health, faults, rubrics, problems)


def _rubric_files(root: Path) -> list[Path]:
    found = sorted((root / "staff" / "answers").glob("*.md"))
    return [path for path in found if not path.name.startswith(".")]


def _fault_names(root: Path, lab: Source[Lab]) -> list[str]:
    """The faults that are declared or have a folder."""
    declared = lab.value.faults if lab.value else {}
    folders = [path.name for path in folders_in(root / "staff" / "faults")]
    return list(dict.fromkeys([*declared, *folders]))


def _fault(root: Path, name: str) -> FaultDraft:
    folder = root / "staff" / "faults" / name
    actions = (
        read_action("inject", folder / "inject"),
        read_action("repair", folder / "repair"),
        *read_actions("rejected", folder / "rejected"),
        *read_actions("accepted", folder / "accepted"),
    )
    if (folder / "second-line").is_dir():
        actions += (read_action("second-line", folder / "second-line"),)
    return FaultDraft(name, folder, read_texts(folder / "hints.md"), actions)
