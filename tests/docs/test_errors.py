"""docs/errors.md tells every error, and only errors that exist."""

from __future__ import annotations

import re

from breakfix.messages import Language, catalogue
from tests.docs.errors_page import PAGE, USAGE, kinds, part, raised, raised_in, wordless

TEXT = PAGE.read_text("utf-8")


def test_every_kind_is_explained() -> None:
    """Each kind of error has a row that says what it means and what to do, and no other has."""
    rows = re.findall(
        r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", TEXT.partition("## All")[0], re.MULTILINE
    )

    assert [name for name, *_ in rows] == [*kinds(), USAGE]
    assert all(len(means) > 10 and len(act) > 5 for _, means, act in rows)


def test_every_sentence_is_listed() -> None:
    """Each sentence that an error can carry is listed under its kind, as it is now in both
    languages. When this fails: `make pages`."""
    assert part() in TEXT


def test_every_listed_sentence_exists() -> None:
    """No row is of a sentence that is gone."""
    keys = set(re.findall(r"^\| `([a-z-]+\.[a-z-]+)` \|", TEXT, re.MULTILINE))
    assert keys == {key for found in raised().values() for key in found}
    assert keys <= set(catalogue(Language.EN))


def test_no_error_is_without_a_sentence() -> None:
    """Wherever an error is made, the scan finds the sentences that it can carry."""
    assert list(wordless()) == []


def test_the_scan_finds_every_way_to_name_a_sentence() -> None:
    """The scan finds keys that are literal, chosen between two, or kept in a table."""
    source = (
        'T = {1: "session.missing"}\nsay("session.busy", lang)\n'
        'raise NotFound("image.not-found", image=x)\n'
        'raise DiskFull("engine.disk-full" if a else "engine.timeout")\n'
        'raise SessionMissing(T[reason], lab=x)\nself.fail(say("cli.usage-x", lang))\n'
    )
    assert set(raised_in(source)) == {
        ("NotFound", "image.not-found"),
        ("DiskFull", "engine.disk-full"),
        ("DiskFull", "engine.timeout"),
        ("SessionMissing", "session.missing"),
    }
