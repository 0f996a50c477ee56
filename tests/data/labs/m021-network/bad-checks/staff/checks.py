"""Checks that behave badly on purpose: one hangs, one raises, one prints, one ends its process."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping

from breakfix.model.outcome import Outcome, passed
from breakfix.observe.host import ObservedHost

Machines = Mapping[str, ObservedHost]
Values = Mapping[str, str]


def hangs(machines: Machines, values: Values) -> Outcome:
    """Waits for what never comes."""
    time.sleep(3600)
    return passed()


def raises(machines: Machines, values: Values) -> Outcome:
    """Stumbles over its own mistake."""
    return {}["no such key"]


def prints(machines: Machines, values: Values) -> Outcome:
    """Talks where only outcomes may be said."""
    print("out of turn")
    os.write(1, b"and past Python\n")
    print("on the other side", file=sys.stderr)
    return passed()


def ends(machines: Machines, values: Values) -> Outcome:
    """Takes the whole process with it."""
    os._exit(0)


def answers(machines: Machines, values: Values) -> Outcome:
    """The only good one, and the last: the others must not keep it from speaking."""
    return passed() if machines["pc"].file("/etc/hostname").exists else passed()
