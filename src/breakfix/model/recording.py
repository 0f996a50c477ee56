"""A recording of a terminal, as it is listed."""

from __future__ import annotations

from dataclasses import dataclass

from breakfix.model.value import Value

#: How many a session may have.
MOST = 16


@dataclass(frozen=True)
class Recording(Value):
    """What came on the screen of one terminal, as an asciicast of `size` bytes.

    `id` is its name in the session. `started` is in seconds since 1970 (UTC), `seconds` is how long
    it is; a `full` one stopped because it was as large as a recording may be.
    """

    id: str
    machine: str
    started: float
    seconds: float
    size: int
    full: bool = False
