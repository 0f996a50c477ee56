"""What a panel is told: the whole state in one message."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from breakfix.codec import to_data
from breakfix.errors import BreakfixError, SessionError
from breakfix.messages import Language
from breakfix.model.outcome import Result
from breakfix.model.session import Hint, LabSummary, Mode, SessionView
from breakfix.model.value import Value
from breakfix.server.memory import Memory
from breakfix.server.place import Place
from breakfix.server.wording import sentence


@dataclass(frozen=True)
class Busy(Value):
    """The verb that is at work, and how far it is; `step` is a key of `[progress]`."""

    verb: str
    step: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Seen:
    """What was seen of a lab; with `trouble` the rest may be old, or not be there."""

    summary: LabSummary | None = None
    view: SessionView | None = None
    hints: tuple[Hint, ...] = ()
    trouble: BreakfixError | None = None

    @property
    def timeless(self) -> Seen:
        """The same, without the seconds that were worked: what tells one sight from the next."""
        view = self.view if self.view is None else replace(self.view, seconds=0.0)
        return replace(self, view=view)


def message(kind: str, **values: object) -> str:
    """One message of `kind` to a browser, as text."""
    return json.dumps({"kind": kind, **{name: _data(one) for name, one in values.items()}})


def state(seen: Seen, memory: Memory, busy: Busy | None, place: Place, language: Language) -> str:
    """The whole state, for a panel in `place`: another's session is not shown there."""
    trouble = seen.trouble
    try:
        place.need_own(seen.view)
        view = seen.view
    except BreakfixError as error:
        view, memory, trouble = None, Memory(), error
    trouble = trouble or _updated(view)
    shown = _ruled_out(view, memory)
    return message(
        "state",
        view=view if view is None or shown else replace(view, form=view.form.unspoilt),
        language=language.value,
        busy=busy,
        report=memory.report,
        later=memory.later,
        hints=[to_data(hint) for hint in seen.hints] if view else [],
        reply=memory.reply,
        handed=memory.handed,
        handed_file=memory.handed_file,
        drafts=dict(memory.drafts),
        summary=_own(seen, place),
        ruled_out=shown,
        trouble=told(trouble, language) if trouble else None,
    )


def told(error: BreakfixError, language: Language) -> dict[str, str]:
    """An error as a browser gets it."""
    return {"key": error.key, "text": sentence(error, language)}


def _own(seen: Seen, place: Place) -> LabSummary | None:
    """What the list says of the lab; that somebody else's work was finished says nothing here."""
    if seen.summary is None or seen.view is not None or place.did(seen.summary):
        return seen.summary
    return replace(seen.summary, state=None)


def _updated(view: SessionView | None) -> BreakfixError | None:
    """Why a session is not judged any more, when its lab was updated meanwhile."""
    if view is None or not view.updated:
        return None
    values = {"lab": view.slug, "was": view.began_with, "now": view.version}
    return SessionError("session.lab-updated", **values)


def _ruled_out(view: SessionView | None, memory: Memory) -> bool:
    """Whether it may be told what would have ruled each cause out: when all works in practice. An
    evaluation is not over by handing in; its feedback tells."""
    if view is None or view.diagnosis is None or view.mode is Mode.EVALUATION:
        return False
    return memory.report is not None and memory.report.result is Result.PASS


def _data(value: object) -> object:
    return to_data(value) if isinstance(value, Value) else value
