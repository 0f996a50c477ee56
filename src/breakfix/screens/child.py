"""The child's side: take limits on, read one page, and print it harmless."""

from __future__ import annotations

import resource
import sys

from breakfix.codec import to_json
from breakfix.screens.limits import DRAW_CPU_SECONDS, DRAW_MEMORY, MOST_DRAWN


def serve() -> None:
    """Draw the page on standard input. A page that is too much ends this process instead."""
    take_limits()
    # Late: under the limits.
    from breakfix.screens.page import draw  # noqa: PLC0415

    page = draw(sys.stdin.buffer.read().decode("utf-8", errors="replace"))
    if len(page.body) > MOST_DRAWN:
        raise SystemExit(1)
    sys.stdout.buffer.write(to_json(page).encode())


def take_limits() -> None:
    """Bound this process: memory, processor time, and no file of its own."""
    for kind, most in (
        (resource.RLIMIT_AS, DRAW_MEMORY),
        (resource.RLIMIT_CPU, DRAW_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
