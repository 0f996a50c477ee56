"""Machines that lie: what stands in place of a repair, and what must be said of it."""

from __future__ import annotations

import base64
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.engine.conftest import LABS, Environment, Process, Run, launch

LAB = "page-gone"
DATA = LABS.parent / "lies"
_FAULTS = LABS / "m021-network" / LAB / "staff" / "faults"
_CAUGHT = re.compile(r"^# caught by: (.+)$", re.MULTILINE)
_PUT_BACK, _NEW, _SENSITIVE = "put-back", "new-program", "sensitive"


@dataclass(frozen=True)
class Lie:
    """One way to lie: a script in the lab's folder, and the findings that a teacher must see."""

    name: str
    findings: Mapping[str, str]
    fault: str = "switched-off"

    @property
    def script(self) -> str:
        """What the learner runs as root."""
        known = DATA / f"{self.name}.sh"
        rejected = _FAULTS / self.fault / "rejected" / self.name / "shop.sh"
        return (known if known.exists() else rejected).read_text("utf-8")

    @property
    def caught_by(self) -> list[str]:
        """The checks that may not pass."""
        found = _CAUGHT.search(self.script)
        assert found is not None
        return found[1].split(", ")


LIES = (
    Lie("systemctl-replaced", {"/usr/bin/systemctl": _PUT_BACK}),
    Lie("ss-replaced", {"/usr/bin/ss": _PUT_BACK}),
    Lie("shell-replaced", {"/usr/bin/sh": _PUT_BACK}),
    Lie("library-preloaded", {"/etc/ld.so.preload": _SENSITIVE}),
    Lie(
        "programs-in-front",
        {f"/usr/local/bin/{name}": _SENSITIVE for name in ("systemctl", "ss", "curl", "nginx")},
    ),
    Lie("sleeping-unit", {"/etc/systemd/system/nginx.service": _SENSITIVE}),
    Lie("unit-generated", {"/etc/systemd/system-generators/shop": _SENSITIVE}),
    Lie("fake-server", {"/etc/systemd/system/nginx.service": _SENSITIVE}),
    Lie("server-is-another", {"/usr/sbin/nginx": _PUT_BACK}),
    Lie("tools-replaced", {f"/usr/bin/{name}": _PUT_BACK for name in ("cat", "curl", "getent")}),
    Lie("init-replaced", {"/usr/sbin/init": _PUT_BACK}),
    Lie(
        "name-service-poisoned",
        {"/etc/nsswitch.conf": _SENSITIVE, "/usr/lib/*/libnss_help.so.2": _NEW},
        "account-gone",
    ),
    Lie("getent-in-front", {"/usr/local/bin/getent": _SENSITIVE}, "account-gone"),
)
#: A known way around, as SECURITY.md lists it: nothing fails, and the teacher is told.
MENDING = Lie("mended-at-each-start", {"/etc/systemd/system/mend.service": _SENSITIVE})
#: It makes each look end in an error, so a replay waits as long as it ever does.
KILLER = Lie("observers-killed", {"/etc/systemd/system/guard.service": _SENSITIVE})


class Judging:
    """Hands lies in, and replays each while the next is handed in."""

    def __init__(self, run: Run, environment: Environment, folder: Path) -> None:
        self._run, self._environment, self._folder = run, environment, folder
        self._fault = ""
        self._last: Process | None = None
        self._replays: dict[str, Process] = {}
        self.handed_in: dict[str, dict[str, Any]] = {}

    def hand_in(self, lie: Lie) -> Path:
        """Work as a learner does: begin, lie, hand in; the replay then runs by itself."""
        self._begin(lie.fault)
        self._learner_runs(_with_library(lie, self._folder))
        file = self._folder / f"{lie.name}.tar.zst"
        done = self._run("lab", "hand-in", LAB, "--yes", "--json", "--output", str(file))
        assert done.returncode in (0, 1, 2), done.stderr
        self.handed_in[lie.name] = json.loads(done.stdout)
        if self._last is not None:
            self._last.wait(timeout=120)
        self._last = self._replays[lie.name] = launch(
            self._environment, "evidence", "replay", str(file), "--json"
        )
        return file

    def replayed(self, lie: Lie) -> dict[str, Any]:
        """What the teacher's replay says."""
        told, errors = self._replays[lie.name].communicate(timeout=120)
        assert self._replays[lie.name].returncode in (0, 1, 2), told + errors
        found: dict[str, Any] = json.loads(told)
        assert "error" not in found, found
        return found

    def end(self) -> None:
        """End the session and what still runs."""
        for process in self._replays.values():
            process.wait(timeout=120)
        self._run("lab", "finish", LAB)

    def _begin(self, fault: str) -> None:
        if fault == self._fault:
            begun = self._run("lab", "reset", LAB)
        else:
            if self._fault:
                self._run("lab", "finish", LAB)
            begun = self._run("lab", "start", LAB, "--fault", fault)
        assert begun.returncode == 0, begun.stderr
        self._fault = fault

    def _learner_runs(self, script: str) -> None:
        word = f"sudo sh -euc {shlex.quote(script)}"
        done = self._run("lab", "shell", LAB, "shop", "--", word)
        assert done.returncode == 0, done.stdout + done.stderr


def compiler() -> str | None:
    """What makes the two lies that are libraries."""
    return shutil.which("cc")


def _with_library(lie: Lie, folder: Path) -> str:
    """The script, with the library that it installs put on the machine first."""
    source = DATA / f"{lie.name}.c"
    if not source.exists():
        return lie.script
    program = compiler()
    if program is None:
        pytest.skip("needs a C compiler")
    made = folder / f"{lie.name}.so"
    subprocess.run([program, "-shared", "-fPIC", "-s", "-o", str(made), str(source)], check=True)
    text = base64.b64encode(made.read_bytes()).decode()
    return f"echo {text} | base64 -d >/tmp/lie.so\n{lie.script}"
