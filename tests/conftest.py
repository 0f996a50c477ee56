"""What holds for every test."""

from __future__ import annotations

import signal

import pytest


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_is_heard() -> None:
    """Where the tests run in the background, Ctrl-C is ignored, and every child would inherit that;
    a handler of our own is the default again in a child."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
