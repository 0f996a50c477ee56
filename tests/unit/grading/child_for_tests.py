"""A child that replays nothing: what a file says is what happens to whoever asks about it.

`good, dies` is good the first time it is asked about, and the child dies every time after that.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from breakfix.codec import from_json, to_json
from breakfix.model.replaying import ReplayAnswer, ReplayRequest
from tests.unit.grading.reports import REFUSED, TROUBLE, report


def asked_of(file: Path) -> Path:
    """Where it is written down who was asked about a file, one process a line."""
    return file.with_name("asked")


def say(line: str) -> None:
    """Answer with one line."""
    sys.stdout.write(line + "\n")


def behave(word: str) -> None:
    """Do what the file says; nothing is printed for what never answers."""
    match word:
        case "dies":
            os._exit(1)
        case "hangs":
            time.sleep(600)
        case "hangs on":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(600)
        case "rubbish":
            say('{"report": 5}')
        case "refused":
            say(to_json(ReplayAnswer(error=REFUSED)))
        case "trouble":
            say(to_json(ReplayAnswer(error=TROUBLE)))
        case _:
            say(to_json(ReplayAnswer("boot", 3, 5)))
            say(to_json(ReplayAnswer(report=report(word))))


def main() -> None:
    """Answer each line as its file says, and write down that it was asked."""
    for line in sys.stdin:
        file = Path(from_json(ReplayRequest, line).file)
        asked = asked_of(file)
        words = [word.strip() for word in file.read_text("utf-8").split(",")]
        before = len(asked.read_text("utf-8").splitlines()) if asked.exists() else 0
        with asked.open("a", encoding="utf-8") as log:
            log.write(f"{os.getpid()}\n")
        behave(words[min(before, len(words) - 1)])
        sys.stdout.flush()


if __name__ == "__main__":
    main()
