"""`python -m breakfix.entry.member COMMAND…`: a command that may speak to the engine, also where
this login does not have the engine's group yet. For the tests and measures of the Makefile."""

from __future__ import annotations

import os
import sys

from breakfix.machines import membership

if __name__ == "__main__":
    command = sys.argv[1:]
    group = membership.pending()
    if group is not None:
        membership.again(group, command)
    os.execvp(command[0], command)  # noqa: S606 (no shell is wanted)
