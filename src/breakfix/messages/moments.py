"""Moments as people read them."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(seconds: float) -> str:
    """A moment (seconds since 1970, UTC) in this computer's own time, the same in Dutch and in
    English: `18/12/2026 16:00`. What somebody else's computer says may be no moment at all: `?`."""
    try:
        local = datetime.fromtimestamp(seconds, tz=UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return "?"
    return f"{local:%d/%m/%Y %H:%M}"
