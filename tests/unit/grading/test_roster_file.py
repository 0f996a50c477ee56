"""Class lists as schools export them, and everything that can be wrong with them."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from breakfix.errors import CourseError
from breakfix.grading.problems import LineProblem
from breakfix.grading.roster_file import read_class_list
from breakfix.messages import Language, say
from breakfix.model.roster import Learner

ELS = Learner("els", "Els", "Van den Broeck", "els@example.be")
YUSUF = Learner("y.yildiz", "Yusuf", "Yıldız", "yusuf@example.be")
NOE = Learner("noe_1", "Noë", "D'Hondt-Müller", "")
HEAD = "id,voornaam,naam,e-mail\n"


def listed(folder: Path, content: str | bytes, **how: str) -> list[Learner]:
    """The learners of a class list with this content."""
    file = folder / "klas.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_class_list(file, **how).learners.values())


def problems(folder: Path, content: str | bytes, *known: str) -> list[tuple[int, str]]:
    """The line and key of each problem of a class list; each has its sentence in both
    languages."""
    file = folder / "klas.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CourseError) as raised:
        read_class_list(file, known)
    assert raised.value.key == "roster.invalid"
    told: tuple[LineProblem, ...] = raised.value.values["problems"]  # type: ignore[assignment]
    for language, one in itertools.product(Language, told):
        assert str(one.line) in one.in_(language)
    assert len(f"{told}".splitlines()) == len(told) == raised.value.values["count"]
    return [(one.line, one.key) for one in told]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "headings",
    [
        "id|voornaam|naam|e-mail",
        "Gebruikersnaam|Voornaam|Achternaam|E-mailadres",
        "STAMNUMMER|VOORNAAM|FAMILIENAAM|EMAIL",
        "Username|First name|Last name|Email address",
        " user_name |first_name|Surname|Mail",
    ],
)
def test_a_class_list_is_read_as_it_comes(
    separator: str, encoding: str, headings: str, tmp_path: Path
) -> None:
    """Separator, encoding, byte order mark, language and spelling of headings do not matter."""
    lines = [
        headings,
        "els|Els|Van den Broeck|els@example.be",
        "",
        "y.yildiz|Yusuf|Yıldız|yusuf@example.be",
        '"noe_1"|"Noë"|"D\'Hondt-Müller"|""',
    ]
    text = "\r\n".join(lines).replace("|", separator) + "\r\n"

    assert listed(tmp_path, text.encode(encoding)) == [ELS, YUSUF, NOE]


def test_a_list_from_an_older_windows_is_read(tmp_path: Path) -> None:
    """What is no UTF-8 is Windows-1252."""
    text = "id;voornaam;naam\r\nnoe_1;Noë;D'Hondt-Müller\r\n"
    assert listed(tmp_path, text.encode("cp1252")) == [NOE]


def test_excels_own_first_line_names_the_separator(tmp_path: Path) -> None:
    """`sep=;` is no heading."""
    assert listed(tmp_path, "sep=;\r\nid;voornaam;naam\r\nnoe_1;Noë;D'Hondt-Müller") == [NOE]


def test_columns_may_stand_in_any_order_with_others_between(tmp_path: Path) -> None:
    """Columns are known by their headings; those of others are passed by."""
    text = "klas;naam;geboren;voornaam;id;\n1A;D'Hondt-Müller;;Noë;noe_1;\n"
    assert listed(tmp_path, text) == [NOE]


def test_a_quoted_name_may_hold_the_separator_and_quotes(tmp_path: Path) -> None:
    """Quotes do what they do everywhere; spaces, also hard ones, become one; letters are
    composed."""
    text = 'id,voornaam,naam\nj,"Jan ""Jef""","Peeters, Jr."\nz, Zoe\u0308 ,Van\u00a0 den  Broeck\n'
    assert listed(tmp_path, text) == [
        Learner("j", 'Jan "Jef"', "Peeters, Jr."),
        Learner("z", "Zoë", "Van den Broeck"),
    ]


def test_the_column_of_the_id_can_be_chosen(tmp_path: Path) -> None:
    """Where several columns could be the id, the teacher says which; any heading will do."""
    text = "stamnummer;gebruikersnaam;code;voornaam;naam\n17;els;x1;Els;Maes\n"

    assert problems(tmp_path, text) == [(1, "roster.two-ids")]
    assert listed(tmp_path, text, id_heading="Gebruikersnaam")[0].id == "els"
    assert listed(tmp_path, text, id_heading="Code")[0].id == "x1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, n) for n in ("id", "first-name", "last-name")]),
        ("\n\nnr;voornaam\n1;Els\n", [(3, "id"), (3, "last-name")]),
        ("id;naam\nels;Els Maes\n", [(1, "first-name")]),
        ("els;Els;Maes\n", [(1, n) for n in ("id", "first-name", "last-name")]),
    ],
)
def test_a_missing_column_tells_which_are_there(
    text: str, expected: list[tuple[int, str]], tmp_path: Path
) -> None:
    """Each column that is needed and not there is told on the line of the headings."""
    wanted = [(line, f"roster.no-column-{name}") for line, name in expected]
    assert problems(tmp_path, text) == wanted


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (",Els,Maes,\n", "no-id"),
        ("els*,Els,Maes,\n", "bad-id"),
        ("els+1,Els,Maes,\n", "bad-id"),
        ("../els,Els,Maes,\n", "bad-id"),
        (".,Els,Maes,\n", "bad-id"),
        ("-els,Els,Maes,\n", "bad-id"),
        ("els maes,Els,Maes,\n", "bad-id"),
        ("zoë,Zoë,Maes,\n", "bad-id"),
        ("e" * 65 + ",Els,Maes,\n", "bad-id"),
        ("els\x1b[31m,Els,Maes,\n", "bad-id"),
        ("els,,,els@example.be\n", "no-name"),
        ("els,Els," + "M" * 129 + ",\n", "too-long"),
        ("els,E\u200bls,Maes,\n", "unprintable"),
        ("els,Els,Maes,els at home\n", "bad-email"),
        ("els,Els,Maes,els@home,extra\n", "too-many-cells"),
        ('els,"Els"x,Maes,\n', "bad-quotes"),
        ('els,"Els,Maes,\nyusuf,Yusuf,Y,\n', "bad-quotes"),
    ],
)
def test_a_bad_row_is_told_with_its_line(rows: str, expected: str, tmp_path: Path) -> None:
    """What is wrong in a row is told with the line where it stands."""
    assert problems(tmp_path, f"{HEAD}\nok,O,K,\n{rows}") == [(4, f"roster.{expected}")]


def test_ids_that_are_alike_are_told(tmp_path: Path) -> None:
    """An id that stands there twice, or differs from another in capitals alone, is told once for
    each; so is one that differs only so from somebody in the course."""
    rows = "els,Els,Maes,\nyusuf,Y,Y,\nels,Els,Maes,\nYusuf,Y,Y,\nnoe,N,N,\n"

    assert problems(tmp_path, HEAD + rows, "els", "Noe") == [
        (4, "roster.twice"),
        (5, "roster.only-capitals"),
        (6, "roster.capitals-in-course"),
    ]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """Problems of several rows come together, in the order of the file."""
    found = problems(tmp_path, HEAD + "a b,A,B,\n,A,B,\nok,O,K,\nc,,,nobody\n")
    assert found == [
        (2, "roster.bad-id"),
        (3, "roster.no-id"),
        (5, "roster.no-name"),
        (5, "roster.bad-email"),
    ]


def test_a_list_of_nobody_is_told(tmp_path: Path) -> None:
    """Headings alone are no class."""
    assert problems(tmp_path, HEAD + "\n,,,\n") == [(1, "roster.nobody")]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"PK\x03\x04 and so on", "roster.not-text"),
        (b"id,voornaam\0,naam\n", "roster.not-text"),
        (b"\x81\x8d\x8f", "roster.not-text"),
        (b"x" * (5 << 20), "roster.too-large"),
    ],
)
def test_another_kind_of_file_is_told(content: bytes, key: str, tmp_path: Path) -> None:
    """A spreadsheet, or anything else that is no text, says what to do."""
    file = tmp_path / "klas.xlsx"
    file.write_bytes(content)
    with pytest.raises(CourseError) as raised:
        read_class_list(file)
    assert raised.value.key == key
    assert "klas.xlsx" in say(key, Language.NL, **raised.value.values)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A name that is wrong, or a folder, is told with the reason."""
    for path in (tmp_path / "no.csv", tmp_path):
        with pytest.raises(CourseError) as raised:
            read_class_list(path)
        assert raised.value.key == "roster.not-there"
