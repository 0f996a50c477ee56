"""The parent's side: a page is read and made harmless in a child process with limits."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from breakfix.codec import from_json
from breakfix.model.screen import Page
from breakfix.screens.limits import DRAW_SECONDS, MOST_DRAWN

Draw = Callable[[str], Page | None]


def drawer(command: Sequence[str], seconds: float = DRAW_SECONDS) -> Draw:
    """What draws pages in the child that `command` starts (`breakfix.entry.page_process`); None
    comes back for a page that is too much for it."""

    def draw(source: str) -> Page | None:
        try:
            done = subprocess.run(
                command,
                input=source.encode("utf-8", errors="replace"),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError):
            return None
        if done.returncode or len(done.stdout) > 2 * MOST_DRAWN:
            return None
        try:
            return from_json(Page, done.stdout)
        except ValidationError:
            return None

    return draw
