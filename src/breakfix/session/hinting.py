"""The hints of a session: which may be shown, and what the next one costs."""

from __future__ import annotations

from collections.abc import Mapping

from breakfix.content.loaded import LoadedLab
from breakfix.content.text import filled
from breakfix.errors import HintCosts, SessionError
from breakfix.evidence.record import Record
from breakfix.model.policy import HintPolicy
from breakfix.model.session import Hint, Mode
from breakfix.model.value import Text


def hints_for(loaded: LoadedLab, record: Record) -> tuple[Text, ...]:
    """The hints that this session may show, in order. The last one is the solution, which an
    evaluation keeps to itself. A lab that was updated may not have the fault any more."""
    hints = loaded.hints(record.fault) if record.fault in loaded.faults else ()
    if record.mode is Mode.PRACTICE:
        return hints
    return () if record.policy.hints is HintPolicy.OFF else hints[:-1]


def hints_shown(loaded: LoadedLab, record: Record, values: Mapping[str, str]) -> tuple[Hint, ...]:
    """The hints that were shown before, in order."""
    hints = hints_for(loaded, record)
    shown = hints[: record.hints]
    return tuple(
        Hint(number, len(hints), filled(text, values)) for number, text in enumerate(shown, 1)
    )


def next_hint(loaded: LoadedLab, record: Record, values: Mapping[str, str], *, sure: bool) -> Hint:
    """The next hint, or the last one again. Raises SessionError where there is none, and HintCosts
    where it costs points and the learner did not say that they are `sure`."""
    if record.mode is Mode.EVALUATION and record.policy.hints is HintPolicy.OFF:
        raise SessionError("hint.off", lab=loaded.slug)
    hints = hints_for(loaded, record)
    if not hints:
        raise SessionError("hint.none", lab=loaded.slug)
    number = min(record.hints + 1, len(hints))
    price = record.policy.hint_price
    if price and number > record.hints and not sure:
        raise HintCosts("hint.costs", price=price, number=number, of=len(hints))
    return Hint(number, len(hints), filled(hints[number - 1], values))
