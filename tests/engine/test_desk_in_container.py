"""`docker compose up`: the desk in a container, and the work in a folder of the computer."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.browsing import CHROMIUM, browser_page, keep_picture
from tests.engine.composed import Composed, fetch_packages, has_compose
from tests.engine.conftest import runner
from tests.engine.journeys.home import FAULT, REPAIR, TILL
from tests.engine.journeys.panel import LONG, Panel

pytestmark = [
    pytest.mark.engine,
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not has_compose(), reason="there is no docker-compose"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: `make browser`"),
    pytest.mark.skipif(os.geteuid() != 0, reason="a folder of somebody else needs root"),
]
SOMEBODY = 1234


@pytest.fixture
def composed(tmp_path: Path) -> Iterator[Composed]:
    """A project whose work is somebody's, from a fresh image; its machines are gone afterwards."""
    work = tmp_path / "work"
    work.mkdir()
    os.chown(work, SOMEBODY, SOMEBODY)
    made = Composed(work)
    fetch_packages()
    made.run("build")
    yield made
    # From outside: `clean` ends the desk too, and with it the container it would run in.
    own = {"BREAKFIX_INSTALLATION": made.installation, "XDG_STATE_HOME": str(work / "state")}
    assert runner(os.environ | own)("clean", "--yes").returncode == 0


def test_work_outlives_the_container(composed: Composed) -> None:
    """From `up` to handed in, in a browser; after `down` the machines are off, and after another
    `up` notebook, session and what was changed on the machine are as they were."""
    with composed.up() as address, browser_page(1400, 950) as page:
        composed.breakfix("lab", "start", TILL, "--fault", FAULT)
        page.goto(address)
        lab = page.locator(".bf-home").get_by_role("article", name="De kassa start niet")
        lab.get_by_role("button").first.click(timeout=LONG)
        panel = Panel(page, TILL)
        panel.prompted()
        panel.type("touch ~/mine")
        panel.check("antwoordt nog niet")
        panel.type(REPAIR)
        panel.check("Alles is in orde.")
        panel.press("Nakijken na herstart")
        panel.says("Ook na een herstart is alles in orde.")
        panel.press("Dit indienen")
        panel.says("Ingediend op")
        keep_picture(page, "container-handed-in")

    evidence = composed.work / "notebooks" / "evidence" / f"{TILL}.breakfix.tar.zst"
    assert evidence.stat().st_uid == SOMEBODY

    with composed.up() as address, browser_page(1400, 950) as page:
        status = json.loads(composed.breakfix("lab", "status", TILL, "--json"))
        assert (status["state"], {one["power"] for one in status["machines"]}) == (
            "stopped", {"off"},
        )  # fmt: skip
        page.goto(address.replace("/lab?", f"/lab/tree/{TILL}.ipynb?"))
        panel = Panel(page, TILL)
        panel.press("Verdergaan")
        panel.prompted()
        panel.type("ls ~/mine && echo kassa-$(systemctl is-enabled kassa)")
        panel.says("kassa-enabled")


def test_only_this_computer_reaches_the_desk(composed: Composed) -> None:
    """The port is published on loopback alone, and everything made is the owner's."""
    with composed.up() as address:
        assert composed.run("port", "desk", "8888").strip() == f"127.0.0.1:{composed.port}"
        assert address.startswith(f"http://127.0.0.1:{composed.port}/lab?token=")
        owners = {path.stat().st_uid for path in composed.work.rglob("*")}
        assert owners == {SOMEBODY}
