"""A class list as a file: its headings, its rows, and everything that is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from breakfix.errors import CourseError
from breakfix.grading.problems import LineProblem, LineProblems
from breakfix.grading.table_file import BadQuotes, Row, read_text, rows
from breakfix.model.roster import Learner, is_learner_id

_ID, _FIRST, _LAST, _EMAIL = "id", "first_name", "last_name", "email"
_NEEDED = (_ID, _FIRST, _LAST)
#: Headings in Dutch and English, without capitals, spaces and signs.
_HEADINGS = {
    _ID: (
        "id", "gebruikersnaam", "stamnummer", "username", "user", "userid", "login", "loginnaam",
        "cursist", "cursistid", "cursistnummer", "learner", "learnerid", "studentid", "idnummer",
        "idnumber", "account", "accountnaam", "accountname",
    ),
    _FIRST: ("voornaam", "roepnaam", "firstname", "givenname", "forename"),
    _LAST: ("achternaam", "familienaam", "lastname", "surname", "familyname"),
    _EMAIL: ("email", "mail", "emailadres", "mailadres", "emailaddress", "mailaddress"),
}  # fmt: skip
#: A heading that means this only where no clearer one is there.
_VAGUE = {"naam": _LAST, "name": _LAST}
_FIELDS = {name: field for field, names in _HEADINGS.items() for name in names}
#: nbgrader keeps no more.
_LONGEST = 128
_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")


@dataclass(frozen=True)
class ClassList:
    """Who stands on a class list, by id, and the line of each; `has_email` says whether it speaks
    of addresses at all."""

    learners: Mapping[str, Learner]
    lines: Mapping[str, int]
    has_email: bool


def read_class_list(
    file: Path, known: Iterable[str] = (), id_heading: str | None = None
) -> ClassList:
    """The class list in `file`; `known` are the ids of the course, `id_heading` says which column
    holds the id where several could. Raises CourseError with every problem at once."""
    problems: list[LineProblem] = []
    found = _read(read_text(file), id_heading, problems)
    problems += _alike_in_course(found, known)
    if not found.learners and not problems:
        problems.append(LineProblem(1, "roster.nobody"))
    if problems:
        told = LineProblems(sorted(problems, key=lambda one: one.line))
        raise CourseError("roster.invalid", file=file, count=len(told), problems=told)
    return found


def _read(text: str, id_heading: str | None, problems: list[LineProblem]) -> ClassList:
    learners: dict[str, Learner] = {}
    lines: dict[str, int] = {}
    table = rows(text, lambda cell: _field(cell) is not None)
    columns: Mapping[str, int] = {}
    try:
        headings = next(table, Row(1, ()))
        columns, wrong = _columns(headings, id_heading)
        problems += wrong
        for row in () if wrong else table:
            one = _learner(row, columns, len(headings.cells), problems)
            problems += _alike(one.id, row.line, learners, lines)
            lines.setdefault(one.id.casefold(), row.line)
            learners.setdefault(one.id.casefold(), one)
    except BadQuotes as error:
        problems.append(LineProblem(error.line, "roster.bad-quotes"))
    return ClassList(
        {one.id: one for one in learners.values()},
        {one.id: lines[fold] for fold, one in learners.items()},
        _EMAIL in columns,
    )


def _columns(
    headings: Row, id_heading: str | None
) -> tuple[Mapping[str, int], tuple[LineProblem, ...]]:
    """The column of each field, or what is wrong with the headings."""
    meant: dict[str, list[int]] = {}
    for column, cell in enumerate(headings.cells):
        field = _field(cell)
        if id_heading is not None and (field == _ID or _plain(cell) == _plain(id_heading)):
            field = _ID if _plain(cell) == _plain(id_heading) else None
        if field is not None:
            meant.setdefault(field, []).append(column)
    for column, cell in enumerate(headings.cells):
        if (vague := _VAGUE.get(_plain(cell))) is not None and vague not in meant:
            meant[vague] = [column]
    found = ", ".join(cell.strip() for cell in headings.cells if cell.strip())
    wrong = [
        LineProblem(headings.line, f"roster.no-column-{field.replace('_', '-')}", {"found": found})
        for field in _NEEDED
        if field not in meant
    ]
    for field, columns in meant.items():
        if len(columns) > 1:
            told = ", ".join(headings.cells[column].strip() for column in columns)
            key = "roster.two-ids" if field == _ID else "roster.two-columns"
            wrong.append(LineProblem(headings.line, key, {"headings": told}))
    return {field: columns[0] for field, columns in meant.items()}, tuple(wrong)


def _learner(
    row: Row, columns: Mapping[str, int], width: int, problems: list[LineProblem]
) -> Learner:
    """The learner of one row; what is wrong with it is added to `problems`."""
    cells = {
        field: _clean(row.cells[column]) if column < len(row.cells) else ""
        for field, column in columns.items()
    }
    one = Learner(**cells)
    problems += [LineProblem(row.line, key, values) for key, values in _wrong(one)]
    if any(cell.strip() for cell in row.cells[width:]):
        problems.append(LineProblem(row.line, "roster.too-many-cells"))
    return one


def _wrong(one: Learner) -> Iterator[tuple[str, Mapping[str, object]]]:
    if not one.id:
        yield "roster.no-id", {}
    elif not is_learner_id(one.id):
        yield "roster.bad-id", {"id": ascii(one.id[:_LONGEST])[1:-1]}
    if not one.first_name and not one.last_name:
        yield "roster.no-name", {}
    for text in (one.first_name, one.last_name, one.email):
        if len(text) > _LONGEST:
            yield "roster.too-long", {"text": text[:20] + "…", "most": _LONGEST}
        if not text.isprintable():
            yield "roster.unprintable", {"text": ascii(text)[1:-1]}
    if one.email and not _ADDRESS.fullmatch(one.email):
        yield "roster.bad-email", {"email": one.email}


def _alike(
    learner: str, line: int, learners: Mapping[str, Learner], lines: Mapping[str, int]
) -> Iterator[LineProblem]:
    """That an id stands there twice, or differs from another in capitals only."""
    earlier = learners.get(learner.casefold())
    if earlier is not None and learner:
        values = {"id": learner, "other": earlier.id, "earlier": lines[learner.casefold()]}
        same = earlier.id == learner
        yield LineProblem(line, "roster.twice" if same else "roster.only-capitals", values)


def _alike_in_course(found: ClassList, known: Iterable[str]) -> Iterator[LineProblem]:
    """Ids that differ from one of the course in capitals only: somebody would be there twice."""
    by_fold = {learner.casefold(): learner for learner in known}
    for learner, line in found.lines.items():
        other = by_fold.get(learner.casefold(), learner)
        if other != learner and learner:
            yield LineProblem(line, "roster.capitals-in-course", {"id": learner, "other": other})


def _field(heading: str) -> str | None:
    return _FIELDS.get(_plain(heading))


def _plain(heading: str) -> str:
    """A heading without what people write differently."""
    return "".join(char for char in heading.casefold() if char.isalnum())


def _clean(cell: str) -> str:
    """A cell as it is kept: composed letters, and single spaces between words."""
    return " ".join(unicodedata.normalize("NFC", cell).split())
