"""A journal in words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import breakfix
from breakfix.messages import Language, catalogue
from breakfix.session.telling import Told, length, told

SOURCE = Path(breakfix.__file__).parent / "session"
KINDS = sorted(
    {
        kind
        for path in SOURCE.glob("*.py")
        for kind in re.findall(r'journal\.append\(\s*"([a-z-]+)"', path.read_text("utf-8"))
    }
)


def line(language: Language = Language.EN, **event: Any) -> str:  # noqa: ANN401 (whatever JSON holds)
    """The sentence of one event."""
    (found,) = told([event], language)
    return found.text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", KINDS)
def test_every_event_has_a_sentence(kind: str, language: Language) -> None:
    """Whatever a session writes down is told in words, and not as something else."""
    found = line(language, time=1.0, event=kind)

    assert found
    assert not found.startswith(catalogue(language)["journal.other"].partition("{")[0])


def test_an_event_is_told_with_what_matters() -> None:
    """When, which kind, and what the learner did."""
    cable = {"machine": "pc", "nic": "ens3", "connected": False}
    diagnosis = {"place": "router", "cause": "router-no-nat", "proof": {}}

    assert list(told([{"time": 5.0, "event": "hint", "number": 2}], Language.EN)) == [
        Told(5.0, "hint", "Looked at hint 2.")
    ]
    assert line(event="cable", cable=cable) == "Pulled out cable ens3 of pc."
    assert line(event="diagnosed", diagnosis=diagnosis) == "Gave a diagnosis: router."
    assert line(event="recording", on=True) == "Recording of terminals is on."
    assert line(event="left-out", recording="01-pc", seconds=125) == (
        "Left out recording 01-pc (2:05)."
    )
    assert line(Language.NL, event="starting", mode="evaluation") == (
        "Het labo wordt klaargezet (evaluatie)."
    )


def test_the_trouble_is_never_told() -> None:
    """Neither the fault, nor the seed, nor which statements held."""
    events: list[dict[str, Any]] = [
        {"event": "starting", "fault": "dhcp-off", "seed": "5eed", "mode": "practice"},
        {"event": "checked", "results": {"note-kept": "fail"}},
        {"event": "replayed", "results": {"note-kept": "fail"}},
    ]
    text = repr(list(told(events, Language.EN)))
    assert not {"dhcp-off", "5eed", "note-kept"} & set(re.findall(r"[a-z0-9-]+", text))


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"event": None, "time": "yesterday"},
        {"event": "hint", "number": "\x1b]0;x\x07"},
        {"event": "\x1b[2J" + "x" * 500, "time": float("inf")},
        {"event": "cable", "cable": [1]},
        {"event": "handed-over", "handover": "x", "accepted": "yes"},
        {"event": "left-out", "recording": ["\r\n"], "seconds": -1},
        {"event": "recording-on"},
        {"event": "nothing", "time": True},
    ],
)
def test_whatever_stands_there_is_only_text(event: dict[str, Any]) -> None:
    """A journal that somebody wrote by hand gives short lines, and nothing that moves a cursor."""
    (found,) = told([event], Language.EN)

    assert found.text.isprintable()
    assert len(found.text) < 200


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.6, "1:00"), (3725, "1:02:05")])
def test_a_length_is_told_as_clocks_do(seconds: float, text: str) -> None:
    """Minutes and seconds, and hours where there are any."""
    assert length(seconds) == text
