"""The logbook over the plain requests."""

from __future__ import annotations

import urllib.request
from urllib.error import HTTPError
from urllib.parse import quote

import pytest

from breakfix.server.asked import MOST_BYTES
from tests.panel_browser import TOKEN
from tests.unit.server.serving import LAB, Serving


def entry_of(served: Serving) -> str:
    """The id of the attempt that runs."""
    status, told = served.ask("GET", "api/logbook")
    assert status == 200
    return str(told["entries"][0]["id"])


def test_the_logbook_is_told(started: Serving) -> None:
    """Every attempt is told with the language of the screens, newest first."""
    status, told = started.ask("GET", "api/logbook")
    assert (status, told["language"]) == (200, "en")
    assert (told["entries"][0]["lab"], told["entries"][0]["state"]) == (LAB, "running")
    times = [entry["started"] for entry in told["entries"]]
    assert times == sorted(times, reverse=True)


def test_a_note_is_kept(started: Serving) -> None:
    """A note is answered with its entry, and is there when the logbook is asked again."""
    entry = entry_of(started)
    status, told = started.ask("PUT", f"api/logbook/{entry}", {"text": "First the cable. <b>ë</b>"})
    assert (status, told["note"]) == (200, "First the cable. <b>ë</b>")
    again = started.ask("GET", "api/logbook")[1]["entries"][0]
    assert (again["note"], again["noted"]) == (told["note"], told["noted"])


def test_a_note_after_the_end(started: Serving) -> None:
    """A note may be written when the lab is finished."""
    entry = entry_of(started)
    started.inner.finish(LAB)
    assert started.ask("PUT", f"api/logbook/{entry}", {"text": "later"})[0] == 200


@pytest.mark.parametrize("body", [{}, {"text": 5}, {"text": None}, [], "text", None])
def test_what_is_no_note_is_refused(started: Serving, body: object) -> None:
    """A body without a text changes nothing."""
    entry = entry_of(started)
    assert started.ask("PUT", f"api/logbook/{entry}", body)[0] == 400
    assert started.ask("GET", "api/logbook")[1]["entries"][0]["note"] == ""


@pytest.mark.parametrize("name", [
    "tiny.1", "tiny.99999999999999999", "tiny", "../tiny.1", "tiny.1/..", "Tiny.1", "tiny.x",
])  # fmt: skip
def test_an_unknown_attempt_is_not_found(started: Serving, name: str) -> None:
    """An id that is no attempt, or no id at all, is answered with 404."""
    address = f"http://127.0.0.1:{started.port}/breakfix/api/logbook/{quote(name, safe='')}"
    headers = {"Authorization": f"token {TOKEN}"}
    asked = urllib.request.Request(address, b'{"text": "a"}', headers, method="PUT")
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=60)  # noqa: S310 (as above)
    with refused.value as answer:
        assert answer.code == 404


def test_a_long_note_is_refused_with_a_sentence(started: Serving) -> None:
    """A note over its bound says so; a body over the bound of every message is not read."""
    path = f"api/logbook/{entry_of(started)}"
    status, told = started.ask("PUT", path, {"text": "x" * 4001})
    assert (status, told["key"]) == (409, "logbook.too-long")
    assert "4000" in told["text"]
    assert started.ask("PUT", path, {"text": "x" * MOST_BYTES})[0] == 413
