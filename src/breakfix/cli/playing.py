"""Playing a recording in the terminal of whoever asks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO

from breakfix.cli.harmless import RESTORE, Harmless
from breakfix.evidence.asciicast import Cast

Sleep = Callable[[float], None]


def steps(cast: Cast, speed: float, idle: float) -> Iterator[tuple[float, str]]:
    """What to print, each with the seconds to wait before it: at most `idle`, `speed` times as
    fast as it was."""
    harmless, before = Harmless(), 0.0
    for event in cast.events:
        if event.code != "o":
            continue
        wait, before = min(event.at - before, idle) / speed, event.at
        yield wait, harmless.clean(event.data)


def play(
    cast: Cast,
    speed: float,
    idle: float,
    out: TextIO | None = None,
    sleep: Sleep = time.sleep,
) -> bool:
    """Print a recording as it was; false when Ctrl-C stopped it. The terminal is afterwards as it
    was before."""
    out = out or sys.stdout
    try:
        for wait, text in steps(cast, speed, idle):
            if wait > 0:
                sleep(wait)
            out.write(text)
            out.flush()
    except KeyboardInterrupt:
        return False
    finally:
        out.write(RESTORE + "\r\n")
        out.flush()
    return True
