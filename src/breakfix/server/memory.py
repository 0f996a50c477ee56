"""What a panel shows beside the session: the last results. It survives the server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from breakfix.codec import from_json, to_json
from breakfix.model.replay import AfterRestart, HandedIn
from breakfix.model.session import Reply, Report, SessionView
from breakfix.model.value import Value
from breakfix.server.keeping import keep


@dataclass(frozen=True)
class Memory(Value):
    """The last answers of one session, which `session` names, since its last reset; and, by
    question, what the learner typed and did not give as an answer yet."""

    session: str = ""
    resets: int = 0
    report: Report | None = None
    later: AfterRestart | None = None
    reply: Reply | None = None
    handed: HandedIn | None = None
    handed_file: str = ""
    drafts: Mapping[str, str] = field(default_factory=dict)

    def fitting(self, view: SessionView | None) -> Memory:
        """What of it still holds: nothing in another session; after a reset what was handed in."""
        name = name_of(view) if view is not None else ""
        if view is None or self.session != name:
            return Memory(name, view.resets if view is not None else 0)
        if self.resets != view.resets:
            kept = replace(self, report=None, later=None, reply=None)
            return replace(kept, resets=view.resets)
        return self

    def with_draft(self, question: str, text: str) -> Memory:
        """The same, with what is typed now."""
        return replace(self, drafts={**self.drafts, question: text})

    def without_draft(self, question: str) -> Memory:
        """The same, once that was given as an answer."""
        left = {name: text for name, text in self.drafts.items() if name != question}
        return replace(self, drafts=left)


def name_of(view: SessionView) -> str:
    """What tells one session of a lab from the next."""
    return f"{view.assignment}/{view.learner}/{view.attempt}/{view.started}"


class Shelf:
    """The memory of one lab's panel, in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()

    def read(self) -> Memory:
        """What was kept; nothing when that can't be read."""
        try:
            return from_json(Memory, self._file.read_bytes())
        except (OSError, ValidationError):
            return Memory()

    def write(self, memory: Callable[[], Memory]) -> None:
        """Keep what `memory` is by then, so that no thread writes older things over newer ones."""
        with self._lock:
            keep(self._file, to_json(memory()))
