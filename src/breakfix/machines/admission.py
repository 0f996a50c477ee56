"""Letting one login in: a key pair that is made for it, and gone right after it.

The pair is made in the observer where the way begins; its public half stands on the machine only
while the login lasts, in `authorized_keys2`, so that the learner's own keys are left alone and
nothing of ours is in evidence. The machine is written to by our own static busybox in its root:
nothing of the machine's runs for it.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shlex
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from breakfix.errors import NotObservable
from breakfix.machines.terminal import LEARNER
from breakfix.ports.shell import Shell

_SECONDS = 5.0
#: Host keys of a machine that are taken, and what a key looks like.
_MOST_KEYS = 8
_KEY = re.compile(r"(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d{3}) [A-Za-z0-9+/=]{1,1500}(?=\s|$)")
_ALIAS = "machine"
_MAKE = (
    "umask 077 && mkdir {folder} &&"
    " ssh-keygen -q -t ed25519 -N '' -C {name} -f {folder}/key </dev/null && cat {folder}/key.pub"
)
#: Only files are read and written, and small ones: what stands there is the learner's.
_OURS = """
home=/home/{user} dir=/home/{user}/.ssh file=/home/{user}/.ssh/authorized_keys2
small() {{ [ -f "$1" ] && [ "$(stat -L -c %s "$1")" -lt 65536 ]; }}
umask 077
"""
_PUT = """
owner=$(stat -c %u:%g "$home") || exit 0
[ -e "$dir" ] || {{ mkdir "$dir" && chown "$owner" "$dir" && echo made; }}
[ -e "$file" ] || {{ : >"$file" && chown "$owner" "$file"; }}
if small "$file"; then printf '%s\\n' {line} >>"$file"; fi
for key in /etc/ssh/ssh_host_*_key.pub; do if small "$key"; then cat "$key"; fi; done
"""
_TAKE = """
small "$file" || exit 0
rest=$(grep -vF {name} "$file")
if [ -n "$rest" ]; then printf '%s\\n' "$rest" >"$file"; else rm "$file"; fi
{tidy}
"""
#: Two logins must not write the same file at the same time.
_writing: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


@dataclass(frozen=True)
class Admission:
    """Files in the observer: the private `key`, and the `known` host keys of the machine under the
    name `alias`; `knows` is whether it has any."""

    key: str
    known: str
    knows: bool
    alias: str = _ALIAS


@contextlib.contextmanager
def admitted(here: Shell, there: Shell, machine: str) -> Iterator[Admission]:
    """A key that the machine at `there` (a shell in its root) lets in while this lasts; `here` are
    our tools where the way begins. Raises NotObservable."""
    name = f"breakfix-{secrets.token_hex(8)}"
    folder = f"/tmp/{name}"  # noqa: S108 (in the observer, and made by us)
    try:
        public = _made(here, folder, name)
        with _let_in(there, machine, name, public) as host_keys:
            lines = "".join(f"{_ALIAS} {key}\n" for key in host_keys)
            here.run(f"printf %s {shlex.quote(lines)} >{folder}/known", _SECONDS)
            yield Admission(f"{folder}/key", f"{folder}/known", bool(host_keys))
    finally:
        with contextlib.suppress(NotObservable):
            here.run(f"rm -rf {folder}", _SECONDS)


def _made(here: Shell, folder: str, name: str) -> str:
    done = here.run(_MAKE.format(folder=folder, name=name), _SECONDS)
    if done.status:
        raise NotObservable("observe.not-observable", what="ssh-keygen")
    return done.output.strip()


@contextlib.contextmanager
def _let_in(there: Shell, machine: str, name: str, public: str) -> Iterator[list[str]]:
    """Let `public` in; the machine's own host keys."""
    ours = _OURS.format(user=LEARNER)
    with _writing[machine]:
        put = there.run(ours + _PUT.format(line=shlex.quote(public)), _SECONDS)
    # A folder that we made goes again, unless something else came into it.
    tidy = 'rmdir "$dir" 2>/dev/null' if put.output.startswith("made\n") else ""
    try:
        yield _KEY.findall(put.output)[:_MOST_KEYS]
    finally:
        with contextlib.suppress(NotObservable), _writing[machine]:
            there.run(ours + _TAKE.format(name=name, tidy=tidy), _SECONDS)
