"""A machine that somebody removed behind our back."""

from __future__ import annotations

import pytest

from breakfix.machines import engine, labels
from breakfix.machines.cleaning import leftovers
from tests.engine.conftest import Environment, Run

pytestmark = pytest.mark.engine
LAB = "tiny"


def test_removed_machine_is_made_again(breakfix: Run, environment: Environment) -> None:
    """The next command makes it anew, and a finish leaves nothing: its old observer goes too."""
    client, installation = engine.connect(), environment["BREAKFIX_INSTALLATION"]
    before = leftovers(client, installation)["containers"]
    assert breakfix("lab", "start", LAB).returncode == 0
    assert breakfix("lab", "check", LAB).returncode == 1
    wanted = labels.filters(installation, role=labels.ROLE_MACHINE, session=LAB)
    for container in client.containers.list(filters=wanted, ignore_removed=True):
        container.remove(force=True)

    assert breakfix("lab", "check", LAB).returncode == 1
    assert breakfix("lab", "finish", LAB).returncode == 0

    assert leftovers(client, installation)["containers"] == before
