"""Rubrics: what a person who judges an answer holds it against."""

from __future__ import annotations

import re
from collections.abc import Iterator

from breakfix.content.draft import Draft
from breakfix.content.markdown import Cell, cells_of
from breakfix.content.rules.rule import Finding, rule
from breakfix.content.source import Source
from breakfix.model.lab import Question
from breakfix.model.parameter import names_in
from breakfix.model.value import Text

_ITEM = re.compile(r"^- (\d+) [^\W\d]+: \S", re.MULTILINE)
_QUOTED = re.compile(r"^> \S", re.MULTILINE)


@rule("L015")
def rubrics(draft: Draft) -> Iterator[Finding]:
    """Each question has a rubric staff/answers/<id>.md."""
    for question in draft.lab.value.questions if draft.lab.value else ():
        path = draft.rubric_path(question.id)
        if not path.is_file():
            yield path, 1, {"question": question.id}


@rule("L016")
def rubrics_of_questions(draft: Draft) -> Iterator[Finding]:
    """Each file in staff/answers is the rubric of a question of lab.toml."""
    folder = draft.root / "staff" / "answers"
    known = {f"{one.id}.md" for one in draft.lab.value.questions} if draft.lab.value else set()
    for path in sorted(folder.iterdir()) if draft.lab.value and folder.is_dir() else ():
        if path.name not in known and not path.name.startswith("."):
            yield path, 1, {"name": path.name}


@rule("L017")
def rubrics_add_up(draft: Draft) -> Iterator[Finding]:
    """A rubric says in items (`- 2 points: ...`) what earns how much; in each language they add
    up to the points of the question."""
    for question, source, cell in _cells(draft):
        found = sum(int(item[1]) for item in _ITEM.finditer(cell.text))
        if found != question.points:
            yield source.path, cell.line, {"found": str(found), "points": str(question.points)}


@rule("L018")
def rubrics_show_an_answer(draft: Draft) -> Iterator[Finding]:
    """A rubric shows a good answer in each language, as a quotation (`> ...`)."""
    for _, source, cell in _cells(draft):
        if not _QUOTED.search(cell.text):
            yield source.path, cell.line, {}


@rule("L019")
def rubrics_for_everybody(draft: Draft) -> Iterator[Finding]:
    """A rubric is the same for all learners, so it names no parameter."""
    for _, source, cell in _cells(draft):
        for name in sorted(filter(str.isupper, names_in(cell.text))):
            yield source.path, cell.line, {"name": name}


def _cells(draft: Draft) -> Iterator[tuple[Question, Source[Text], Cell]]:
    """Each language of each rubric that could be read, with its question."""
    for question in draft.lab.value.questions if draft.lab.value else ():
        source = draft.rubrics.get(question.id)
        if source is not None and source.value is not None:
            for cell in cells_of(source.text):
                yield question, source, cell
