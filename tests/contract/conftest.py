"""Every adapter of `LabService`, on machines in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.fake_labs import fake_labs
from tests.contract.fake_runtime import FakeRuntime
from tests.contract.front import Front
from tests.contract.loopback import JsonLoopback


@pytest.fixture(params=["local", "json"])
def front(request: pytest.FixtureRequest, tmp_path: Path) -> Front:
    """Each adapter on machines in memory."""
    runtime = FakeRuntime()
    inner = fake_labs(tmp_path, runtime)
    if request.param == "local":
        return Front(inner, inner, runtime, inner)
    carried = JsonLoopback(inner, inner)
    return Front(carried, carried, runtime, inner)
