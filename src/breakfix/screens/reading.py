"""Reading a file of the customer's computer: our own busybox in that machine's root."""

from __future__ import annotations

import base64
import binascii
import shlex

from breakfix.model.screen import Trouble
from breakfix.ports.shell import Shell
from breakfix.screens.answer import Answer
from breakfix.screens.limits import MOST_BYTES

_SECONDS = 5.0


def read(root: Shell, file: str, *, end: bool = False) -> Answer:
    """The beginning of a file, or its `end`; of a folder (with `/` at the end of its name) its
    newest file. Raises NotObservable when nothing could be read."""
    count = MOST_BYTES + 1
    program = "tail" if end else "head"
    # Only a regular file: reading a pipe would wait for ever.
    one = f'test -f "$f" && {program} -c {count} "$f" | base64'
    done = root.run(f"{_finding(file)} && {one}", seconds=_SECONDS)
    try:
        content = base64.b64decode(done.output)
    except (ValueError, binascii.Error):
        return Answer(trouble=Trouble.ODD)
    if done.status:
        return Answer(trouble=Trouble.NOT_THERE)
    shown = content[-MOST_BYTES:] if end else content[:MOST_BYTES]
    return Answer(content=shown, media="text/plain", cut=len(content) > MOST_BYTES)


def _finding(file: str) -> str:
    """Shell words that put the file's path into `f`."""
    if not file.endswith("/"):
        return f"f={shlex.quote(file)}"
    folder = shlex.quote(file)
    # `./`: a name may begin with a hyphen. `ls -p` marks folders.
    return f'cd {folder} 2>/dev/null && f="./$(ls -1tp | grep -v /\\$ | head -n 1)"'
