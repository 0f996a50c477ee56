"""A session whose lab was updated while somebody worked on it."""

from __future__ import annotations

from breakfix.content.loaded import LoadedLab
from breakfix.errors import SessionError
from breakfix.session.journal import Journal


def began_with(journal: Journal) -> str:
    """The lab's version at the start of the session; empty in a journal that does not say it."""
    starts = [event for event in journal.events() if event.get("event") == "starting"]
    return str(starts[-1].get("version", "")) if starts else ""


def need_same_version(loaded: LoadedLab, journal: Journal) -> None:
    """Raises SessionError when the lab is another version than the session began with: its faults,
    checks and machines may be others, so nothing is judged or made by it."""
    was, now = began_with(journal), loaded.lab.version
    if was not in ("", now):
        raise SessionError("session.lab-updated", lab=loaded.slug, was=was, now=now)
