"""Asking a page as the customer's computer does: with its names, its routes and its cables.

Our own curl does it in the observer of that machine: nothing that a machine says is read as HTTP
on the host, no port is published, and only what the lab declares can be asked.
"""

from __future__ import annotations

import base64
import binascii
import json
import shlex
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from breakfix.model.screen import Trouble
from breakfix.ports.shell import CommandResult, Shell
from breakfix.screens.answer import Answer
from breakfix.screens.limits import LOOK_SECONDS, MOST_BYTES, REDIRECTS, REQUEST_SECONDS

_CURL = (
    "curl -q -g -s -v --http1.1 --noproxy '*' --proto =http --max-redirs 0 -A breakfix"
    " -H 'Accept: text/html, text/plain' -m {seconds:.1f} -w '%{{stderr}}\\n%{{json}}\\n'"
    " --url {url} | head -c {most} | base64"
)
#: What curl ends with, as everybody's browser would call it; see curl(1), EXIT CODES.
_TROUBLES = {
    6: Trouble.NAME,
    18: Trouble.ENDED,
    52: Trouble.ENDED,
    55: Trouble.ENDED,
    56: Trouble.ENDED,
}
_NO_CONNECTION, _TIME_OVER, _READER_LEFT = 7, 28, 23
_CLIENT, _SERVER = 400, 500
_NO_ROUTE = ("No route to host", "Network is unreachable", "Host is unreachable")


@dataclass(frozen=True)
class _Reply:
    """One answer of curl."""

    told: Mapping[str, Any]
    notes: str
    content: bytes

    @property
    def status(self) -> int:
        """The status of HTTP; 0 when it did not come to that."""
        return int(self.told.get("http_code") or 0)

    @property
    def leads_to(self) -> str:
        """Where it sends the browser."""
        return str(self.told.get("redirect_url") or "")


def ask(tools: Shell, url: str, hosts: Collection[str]) -> Answer:
    """GET `url` with the programs of an observer; it may lead on to its own host and to `hosts`.

    Raises NotObservable when nothing could be asked.
    """
    allowed = {place(url), *(place(f"http://{host}/") for host in hosts)}
    deadline = time.monotonic() + LOOK_SECONDS
    for _ in range(REDIRECTS + 1):
        reply = _once(tools, url, min(REQUEST_SECONDS, deadline - time.monotonic()))
        trouble = _trouble(reply)
        if trouble or not reply.leads_to:
            return _answer(reply, url, trouble)
        if time.monotonic() >= deadline:
            return Answer(trouble=Trouble.TIMEOUT, address=url)
        if place(reply.leads_to) not in allowed:
            return Answer(trouble=Trouble.AWAY, address=reply.leads_to[:_ADDRESS])
        url = reply.leads_to
    return Answer(trouble=Trouble.AWAY, address=url[:_ADDRESS])


_ADDRESS = 300


def place(url: str) -> tuple[str, int]:
    """Which host and port a plain web address means; nothing for another kind of address."""
    try:
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.username is not None or not parts.hostname:
            return ("", 0)
        return (parts.hostname.lower(), parts.port or 80)
    except ValueError:
        return ("", 0)


def _once(tools: Shell, url: str, seconds: float) -> _Reply:
    command = _CURL.format(seconds=max(0.5, seconds), url=shlex.quote(url), most=MOST_BYTES + 1)
    # A little more than curl's own time, so that it is curl that says what was the matter.
    return _read(tools.run(command, seconds=seconds + 5))


def _read(done: CommandResult) -> _Reply:
    notes, _, last = done.errors.rstrip().rpartition("\n")
    try:
        told = json.loads(last)
        content = base64.b64decode(done.output)
    except (ValueError, binascii.Error):
        return _Reply({}, notes, b"")
    return _Reply(told if isinstance(told, dict) else {}, notes, content)


def _trouble(reply: _Reply) -> Trouble | None:
    code = reply.told.get("exitcode")
    if code == 0 or (code == _READER_LEFT and len(reply.content) > MOST_BYTES):
        return _refusal(reply.status)
    if code == _TIME_OVER:
        # Without a name that was found, it was the name server that stayed silent.
        return Trouble.TIMEOUT if reply.told.get("time_namelookup") else Trouble.NAME
    if code == _NO_CONNECTION:
        return _no_connection(reply.notes)
    return _TROUBLES.get(code, Trouble.ODD) if isinstance(code, int) else Trouble.ODD


def _refusal(status: int) -> Trouble | None:
    if status >= _SERVER:
        return Trouble.SERVER
    return Trouble.NOT_THERE if status >= _CLIENT else None


def _no_connection(notes: str) -> Trouble:
    """Why there was no connection. Lines that begin with `*` are curl's own words."""
    own = "\n".join(line for line in notes.splitlines() if line.startswith("* "))
    if "Connection refused" in own:
        return Trouble.REFUSED
    return Trouble.ROUTE if any(words in own for words in _NO_ROUTE) else Trouble.TIMEOUT


def _answer(reply: _Reply, url: str, trouble: Trouble | None) -> Answer:
    if trouble:
        return Answer(trouble=trouble, status=reply.status, address=url)
    return Answer(
        content=reply.content[:MOST_BYTES],
        media=str(reply.told.get("content_type") or ""),
        cut=len(reply.content) > MOST_BYTES,
        address=url,
    )
