"""The sentences that people see: complete in both languages, and all of them there."""

from __future__ import annotations

import ast
import re
import string
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import breakfix
from breakfix import errors
from breakfix.messages import Language, catalogue, language_of_environment, moment, say

SOURCE = Path(breakfix.__file__).parent
RULE = re.compile(r"L\d{3}")
SPEAKERS = {"say", "sentence"} | {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.BreakfixError)
}


def places(sentence: str) -> set[str]:
    """The names of the places that a sentence leaves open."""
    parsed = string.Formatter().parse(sentence)
    return {name.partition(".")[0].partition("[")[0] for _, name, _, _ in parsed if name}


def called(call: ast.Call) -> str:
    """The last part of the name that is called: `say` for `messages.say(...)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def spoken(source: str) -> Iterator[tuple[ast.Call, str]]:
    """Every call that names a sentence by a literal key, with that key."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node) in SPEAKERS and node.args:
            key = node.args[0]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield node, key.value


def literal_keys(source: str) -> Iterator[tuple[ast.Call, str]]:
    """The keys that are spoken, and those of the lint rules that report a problem."""
    yield from spoken(source)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node) in {"Problem", "rule"}:
            for value in node.args:
                rule = value.value if isinstance(value, ast.Constant) else None
                if isinstance(rule, str) and RULE.fullmatch(rule):
                    yield node, f"lint.{rule}"


def uses() -> list[tuple[str, ast.Call, str]]:
    """Where in our source, which call, which key."""
    return [
        (f"{path.relative_to(SOURCE)}:{call.lineno}", call, key)
        for path in sorted(SOURCE.rglob("*.py"))
        for call, key in spoken(path.read_text("utf-8"))
    ]


def filled(call: ast.Call) -> set[str] | None:
    """The places that a call fills by name, or None when it passes a dictionary on."""
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else {name for name in names if name}


def test_both_languages_hold_the_same_sentences() -> None:
    """Dutch and English have exactly the same keys."""
    assert set(catalogue(Language.NL)) == set(catalogue(Language.EN))


def test_translations_leave_the_same_places_open() -> None:
    """A sentence names the same values in Dutch and in English."""
    dutch, english = catalogue(Language.NL), catalogue(Language.EN)
    different = [key for key in dutch if places(dutch[key]) != places(english.get(key, ""))]
    assert different == []


@pytest.mark.parametrize("language", list(Language))
def test_no_sentence_is_empty(language: Language) -> None:
    """Every key has words in every language."""
    assert [key for key, sentence in catalogue(language).items() if not sentence.strip()] == []


def test_every_key_in_the_source_has_a_sentence() -> None:
    """Each literal key that the source says, raises or reports as a rule is in the catalogue."""
    known = catalogue(Language.EN)
    missing = [
        f"{path.relative_to(SOURCE)}:{call.lineno} {key}"
        for path in sorted(SOURCE.rglob("*.py"))
        for call, key in literal_keys(path.read_text("utf-8"))
        if key not in known
    ]
    assert missing == []


def test_every_place_is_filled_where_a_sentence_is_used() -> None:
    """A call that says or raises a sentence by literal key gives all the values it needs."""
    known = catalogue(Language.EN)
    wanting = [
        f"{where} {key}: {', '.join(sorted(missing))}"
        for where, call, key in uses()
        if key in known
        and (given := filled(call)) is not None
        and (missing := places(known[key]) - given)
    ]
    assert wanting == []


def test_the_reader_of_keys_sees_calls_and_errors() -> None:
    """The scan finds a key in `say(...)` and in an error, and takes no other call for one."""
    source = 'say("a.b", lang, x=1)\nraise NotFound("c.d", name=n)\nprint("e.f")\nsay(key, lang)'
    assert [key for _, key in spoken(source)] == ["a.b", "c.d"]


def test_the_reader_of_keys_sees_lint_rules() -> None:
    """The scan finds a rule's id where a problem is made and where a rule is marked."""
    source = 'Problem("L001", path)\n@rule("L030")\ndef one(): ...\nother("L002")'
    assert [key for _, key in literal_keys(source)] == ["lint.L001", "lint.L030"]


def test_a_sentence_is_said_with_its_values() -> None:
    """Saying a sentence fills its places, and a value that is missing is a mistake of ours."""
    key = next(key for key, sentence in catalogue(Language.EN).items() if places(sentence))
    values = dict.fromkeys(places(catalogue(Language.EN)[key]), "Yıldız")
    assert "Yıldız" in say(key, Language.EN, **values)
    with pytest.raises(KeyError):
        say(key, Language.EN)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"BREAKFIX_LANGUAGE": "en", "LANG": "nl_BE.UTF-8"}, Language.EN),
        ({"LANG": "en_GB.UTF-8"}, Language.EN),
        ({"LC_ALL": "nl_BE.UTF-8", "LANG": "en_GB.UTF-8"}, Language.NL),
        ({"LANG": "C.UTF-8"}, Language.NL),
        ({}, Language.NL),
    ],
)
def test_the_language_comes_from_the_environment(
    environment: dict[str, str], language: Language
) -> None:
    """BREAKFIX_LANGUAGE wins, then the locale; Dutch when neither says."""
    assert language_of_environment(environment) is language


@pytest.mark.parametrize("seconds", [253_402_300_799.0, 1e300, -1e300, float("inf"), float("nan")])
def test_a_time_that_no_clock_shows_is_a_question_mark(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    """One learner's odd time, such as the end of the year 9999, never stops a table."""
    monkeypatch.setenv("TZ", "Europe/Brussels")
    time.tzset()
    try:
        assert moment(seconds) == "?"
    finally:
        monkeypatch.undo()
        time.tzset()
