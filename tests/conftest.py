"""What holds for every test."""

from __future__ import annotations

import signal

import pytest
from hypothesis import HealthCheck, settings

# On a busy computer an example takes as long as it takes; without this only CI knows that.
settings.register_profile("breakfix", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("breakfix")


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_is_heard() -> None:
    """Where the tests run in the background, Ctrl-C is ignored, and every child would inherit that;
    a handler of our own is the default again in a child."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
