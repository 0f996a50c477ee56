"""What may happen in the middle: nothing of it loses work."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from breakfix.messages import Language, catalogue
from tests.engine.browsing import keep_picture
from tests.engine.conftest import Environment, Run, tiny_desk
from tests.engine.journeys.home import REPAIR, TILL, Home
from tests.engine.journeys.panel import LONG, Panel
from tests.engine.jupyter import Jupyter
from tests.engine.second_engine import SecondEngine
from tests.panel_browser import TOKEN

pytestmark = [pytest.mark.engine, pytest.mark.browser]


def test_the_page_is_loaded_again(home: Home) -> None:
    """After a reload it is the same shell, with what stood in it, and the same session."""
    panel = home.open(home.assignment())
    panel.start()
    panel.type("MINE=kept; cd /var/log")
    home.page.reload()
    panel = home.panel()
    expect(panel.rows).to_contain_text("MINE=kept", timeout=LONG)
    panel.type("echo $MINE-in-$PWD")
    expect(panel.rows).to_contain_text("kept-in-/var/log")


def test_the_kernel_is_restarted(home: Home) -> None:
    """A restarted kernel changes nothing: the panel goes on, and its check works."""
    panel = home.open(home.assignment())
    panel.start()
    panel.type("MINE=kept")
    expect(home.page.get_by_text(re.compile(r"\| (Idle|Ongebruikt)"))).to_be_visible(timeout=LONG)
    kernels = home.server.ask("GET", "kernels", under="api/")[1]
    assert len(kernels) == 1
    expect(home.page.locator(".jp-mod-dirty")).to_have_count(0)
    restarted = home.server.ask("POST", f"kernels/{kernels[0]['id']}/restart", {}, under="api/")
    assert restarted[0] == 200
    panel.type("echo still-$MINE")
    expect(panel.rows).to_contain_text("still-kept")
    panel.type(REPAIR)
    panel.check("Alles is in orde.")


def test_the_server_is_killed_and_comes_back(home: Home) -> None:
    """While the server is away the panel says so; when it is back, the panel is too, and the work
    on the machine is still there."""
    panel = home.open(home.assignment())
    panel.start()
    panel.type(REPAIR)
    home.server.kill()
    panel.says("De verbinding met Jupyter is weg.")
    home.close_the_message_of_jupyterlab()
    keep_picture(home.page, "server-away")
    home.server.start()
    expect(panel.root.get_by_text("De verbinding met Jupyter is weg.")).to_have_count(
        0, timeout=LONG
    )
    panel.check("Alles is in orde.")
    panel.type("systemctl is-active kassa")
    assert {line["result"] for line in home.told("lab", "check", TILL)["lines"]} == {"pass"}
    assert home.told("lab", "status", TILL)["state"] == "running"


def test_a_machine_reboots_from_its_own_terminal(home: Home) -> None:
    """A reboot is told in a sentence; the terminal comes back by itself with the focus, in another
    run of the machine, and the disk is as it was."""
    panel = home.open(home.assignment())
    panel.start()
    panel.type("echo mine >kept; sync")
    (before,) = (one["since"] for one in home.machines(TILL))
    panel.root.locator(".bf-screen:not([hidden]) .xterm-screen").click()
    home.page.keyboard.type("sudo reboot\n")
    panel.says("start vanzelf opnieuw")
    keep_picture(home.page, "reboot")
    expect(panel.rows).not_to_contain_text("reboot", timeout=LONG)
    panel.prompted()
    expect(panel.root.locator(".xterm-helper-textarea")).to_be_focused()
    panel.typed("cat kept")
    expect(panel.rows).to_contain_text("mine")
    (after,) = home.machines(TILL)
    assert after["power"] == "running"
    assert after["since"] != before


def test_language_and_theme_change_in_the_middle(home: Home) -> None:
    """Every word turns into English and the colours into dark ones, without a reload: what was
    filled in and the shell stay."""
    panel = home.open(home.assignment())
    panel.start()
    panel.type("MINE=kept")
    panel.turn_to("Diagnose")
    panel.form("Diagnose bewaren").get_by_label("De bonnen", exact=True).check()
    assert left_in_dutch(panel)
    panel.press("Meer")
    panel.press("English")
    expect(panel.root).to_have_attribute("lang", "en", timeout=LONG)
    assert not left_in_dutch(panel), left_in_dutch(panel)
    form = panel.form("Keep this diagnosis")
    expect(form.get_by_label("The receipts", exact=True)).to_be_checked()
    colours = panel.colours()
    for name in ("Settings|Instellingen", "Theme|Thema", "JupyterLab Dark"):
        labels = home.page.locator(".lm-MenuBar-itemLabel, .lm-Menu-itemLabel")
        labels.filter(has_text=re.compile(f"^({name})$")).click()
    expect(home.page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    dark = panel.colours()
    assert all(one != other for one, other in zip(colours, dark, strict=True)), (colours, dark)
    panel.type("echo still-$MINE")
    expect(panel.rows).to_contain_text("still-kept")
    expect(form.get_by_label("The receipts", exact=True)).to_be_checked()
    keep_picture(home.page, "dark")
    home.page.set_viewport_size({"width": 640, "height": 1200})
    panel.turn_to("Ticket")
    keep_picture(home.page, "narrow")


def left_in_dutch(panel: Panel) -> set[str]:
    """What the panel says, in sight or to a screen reader, that is a sentence in Dutch only."""
    dutch, english = (set(catalogue(one).values()) for one in (Language.NL, Language.EN))
    return panel.words() & (dutch - english)


@pytest.fixture
def elsewhere(second_environment: Environment, second: Run, tmp_path: Path) -> Iterator[Jupyter]:
    """JupyterLab that works on an engine which may be stopped."""
    root = tiny_desk(tmp_path, Language.NL)
    own = {"JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter"), "BREAKFIX_LANGUAGE": "nl"}
    server = Jupyter(root, tmp_path / "jupyter.log", second_environment | own, "jupyterlab")
    server.start()
    yield server
    server.stop()
    second("lab", "finish", "tiny", "--yes")


def test_the_engine_stops_and_comes_back(
    elsewhere: Jupyter, second_engine: SecondEngine, page: Page
) -> None:
    """While no engine answers the panel says so; when it is back, the learner goes on with what was
    on the disk."""
    page.goto(f"http://127.0.0.1:{elsewhere.port}/lab/tree/tiny.ipynb?token={TOKEN}")
    panel = Panel(page, "tiny")
    panel.start()
    panel.type("echo mine >kept; sync")
    second_engine.kill()
    panel.says("Start Docker opnieuw; zodra het antwoordt, gaat het vanzelf verder.")
    keep_picture(page, "engine-away")
    second_engine.start()
    go_on(panel)
    panel.type("cat kept")
    expect(panel.rows).to_contain_text("mine")


def go_on(panel: Panel) -> None:
    """Press whatever leads back to the terminal, for as long as it is there: the watcher may have
    the machine up first, and then the panel needs no press."""
    buttons = [panel.button(name) for name in ("Verdergaan", "Terminal openen")]
    screen = panel.root.locator(".bf-screen:not([hidden])")
    end = time.monotonic() + LONG / 1000
    while time.monotonic() < end:
        if screen.count() and not screen.locator(".bf-over").count() and "$" in _text(panel.rows):
            return
        for button in buttons:
            with contextlib.suppress(Error):
                button.locator("visible=true").first.click(timeout=1000)
    raise AssertionError(panel.words())


def _text(rows: Locator) -> str:
    return "".join(rows.all_text_contents())
