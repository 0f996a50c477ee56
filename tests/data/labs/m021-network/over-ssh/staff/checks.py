"""What the checks of this lab look at. A check only looks, and returns a value."""

from __future__ import annotations

from collections.abc import Mapping

from breakfix.model.outcome import Outcome, failed, passed
from breakfix.observe.host import ObservedHost

Machines = Mapping[str, ObservedHost]
Values = Mapping[str, str]


def note_readable(machines: Machines, values: Values) -> Outcome:
    """The customer reads the code in the note."""
    note = machines["server"].file("/srv/nota.txt")
    readable = note.exists and values["CODE"] in note.content_string
    return passed() if readable else failed()


def note_kept(machines: Machines, values: Values) -> Outcome:
    """The note is a file of its own on the disk, not a link to somewhere passing."""
    note = machines["server"].file("/srv/nota.txt")
    kept = note.is_file and not note.is_symlink and values["CODE"] in note.content_string
    return passed() if kept else failed()
