"""Moments as people read them."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(seconds: float) -> str:
    """A moment (seconds since 1970, UTC) in this computer's own time, the same in Dutch and in
    English: `18/12/2026 16:00`."""
    return f"{datetime.fromtimestamp(seconds, tz=UTC).astimezone():%d/%m/%Y %H:%M}"
