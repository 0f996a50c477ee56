"""The events of a journal in words: what happened, and never what the trouble is. A journal that
came with evidence is the learner's word, so every value of it is taken as text, and bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from breakfix.messages import Language, catalogue, say
from breakfix.model.value import Value
from breakfix.ports.saving import readable

_LONGEST = 80
_Event = Mapping[str, Any]


@dataclass(frozen=True)
class Told(Value):
    """One event: when (seconds since 1970, UTC), which kind, and a sentence."""

    time: float
    event: str
    text: str


def told(events: Iterable[_Event], language: Language) -> Iterator[Told]:
    """Every event in `language`."""
    for event in events:
        kind = _plain(event.get("event"))
        yield Told(_number(event.get("time")), kind, _sentence(kind, event, language))


def length(seconds: float) -> str:
    """A length of time as clocks show it: `2:05`, or `1:02:05`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _sentence(kind: str, event: _Event, language: Language) -> str:
    values = _VALUES[kind](event) if kind in _VALUES else {}
    if kind == "starting":
        values = {"mode": _mode(event, language)}
    key = f"journal.{_key(kind, event)}"
    if kind in _NOT_KINDS or key not in catalogue(language):
        return say("journal.other", language, event=kind)
    return say(key, language, **values)


def _key(kind: str, event: _Event) -> str:
    """The sentence of an event; some have one for each of two ways."""
    if kind == "recording":
        return "recording-on" if event.get("on") is True else "recording-off"
    if kind == "cable":
        return "cable-in" if _inner(event, "cable").get("connected") is True else "cable-out"
    if kind == "handed-over" and event.get("accepted") is not True:
        return "handed-over-refused"
    return kind


def _mode(event: _Event, language: Language) -> str:
    key = f"mode.{_plain(event.get('mode'))}"
    return say(key, language) if key in catalogue(language) else _plain(event.get("mode"))


def _cable(event: _Event) -> dict[str, str]:
    cable = _inner(event, "cable")
    return {"machine": _plain(cable.get("machine")), "nic": _plain(cable.get("nic"))}


def _left_out(event: _Event) -> dict[str, str]:
    seconds = _number(event.get("seconds"))
    return {"recording": _plain(event.get("recording")), "length": length(seconds)}


#: What is told with an event. Of a check nothing: which statements held would name the cause.
_VALUES: Mapping[str, Callable[[_Event], dict[str, str]]] = {
    "handed-in": lambda event: {"size": readable(int(_number(event.get("size"))))},
    "hint": lambda event: {"number": _plain(event.get("number"))},
    "answered": lambda event: {"question": _plain(event.get("question"))},
    "diagnosed": lambda event: {"place": _plain(_inner(event, "diagnosis").get("place"))},
    "handed-over": lambda event: {"place": _plain(_inner(event, "handover").get("place"))},
    "cable": _cable,
    "disk-full": lambda event: {"machine": _plain(event.get("machine"))},
    "left-out": _left_out,
}
#: Sentences of the section that are no kind of event.
_NOT_KINDS = frozenset(
    {"other", "nothing", "cable-in", "cable-out", "recording-on", "recording-off",
     "handed-over-refused"}
)  # fmt: skip


def _inner(event: _Event, name: str) -> Mapping[str, Any]:
    found = event.get(name)
    return found if isinstance(found, Mapping) else {}


def _plain(value: object) -> str:
    """`value` as a short text of one line, without anything that moves a cursor."""
    text = str(value if value is not None else "-")[:_LONGEST]
    return "".join(one if one.isprintable() else "�" for one in text)


def _number(value: object) -> float:
    return float(value) if type(value) in {int, float} and 0 <= value < 1 << 53 else 0.0  # type: ignore[arg-type, operator]
