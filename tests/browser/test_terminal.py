from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.desk import Fake
from tests.browser.waiting import in_terminal, soon, stand_still

pytestmark = pytest.mark.browser
PROMPT = "support@pc:~$"


def opened(page: Page) -> Locator:
    """The pc's terminal, with its prompt, in focus."""
    rows = page.locator(".bf-screen:not([hidden]) .xterm-rows")
    expect(rows).to_contain_text(PROMPT)
    return in_terminal(page)


def add_panel(page: Page) -> None:
    """A second panel on the same page."""
    page.evaluate(
        """() => window._JUPYTERLAB.breakfix.get('./panel').then(make => {
          const host = document.body.appendChild(document.createElement('div'));
          make().default.mountPanel(host, {slug: 'no-internet', notebook: 'started'});
        })"""
    )
    expect(page.locator(".bf-desk")).to_have_count(2)


def test_what_is_typed_reaches_the_machine(show: Open, fake: Fake) -> None:
    """Keys reach the shell, also those that a Belgian keyboard makes with AltGr."""
    page = show()
    rows = opened(page)
    page.keyboard.type("ip addr")
    # AltGr as Linux reports it: the letter alone; as Windows does: with Ctrl and Alt.
    area = page.locator(".xterm-helper-textarea").first
    area.evaluate(
        """area => {
          for (const key of ['|', '@', '#', '{', '}', '[', ']', '~', '\\\\']) {
            const how = {key, bubbles: true, cancelable: true, modifierAltGraph: true};
            const down = new KeyboardEvent('keydown', {...how, ctrlKey: true, altKey: true});
            if (!area.dispatchEvent(down)) continue;
            area.dispatchEvent(new KeyboardEvent('keypress',
              {...how, charCode: key.charCodeAt(0), keyCode: key.charCodeAt(0)}));
          }
        }"""
    )
    expect(rows).to_contain_text("ip addr|@#{}[]~\\")
    assert "".join(fake.typed) == "ip addr|@#{}[]~\\"


def test_ctrl_c_copies_only_what_is_selected(show: Open, fake: Fake) -> None:
    """With a selection Ctrl+C copies; without one it reaches the shell; Ctrl+V pastes."""
    page = show()
    rows = opened(page)
    box = rows.bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + 20, box["y"] + 8)
    page.keyboard.press("Control+c")
    expect(page.locator(".bf-aloud")).to_have_text("Gekopieerd.")
    assert page.evaluate("navigator.clipboard.readText()") == "Welkom"
    assert fake.typed == []
    page.keyboard.press("Control+v")
    expect(rows).to_contain_text(re.compile(r"\$\s*Welkom"))
    assert "Welkom" in "".join(fake.typed)
    page.keyboard.press("Control+c")
    soon(page, lambda: fake.typed[-1:] == ["\x03"])


def test_f6_leaves_the_terminal(show: Open, fake: Fake) -> None:
    """Tab belongs to the shell; F6 goes to the terminal's tab, and arrows to the next machine."""
    page = show()
    opened(page)
    page.keyboard.press("Tab")
    expect(page.locator(".xterm-helper-textarea").first).to_be_focused()
    page.keyboard.press("F6")
    expect(page.get_by_role("tab", name="kassa-1")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="poort")).to_be_focused()
    expect(page.locator(".bf-screen:not([hidden]) .xterm-rows")).to_contain_text("router")
    page.keyboard.press("Enter")
    expect(page.locator(".bf-screen:not([hidden]) .xterm-helper-textarea")).to_be_focused()
    page.keyboard.type("w")
    soon(page, lambda: fake.typed == ["\t", "w"])


def test_a_reload_comes_back_to_the_same_shell(show: Open, fake: Fake) -> None:
    """After a reload the screen shows what was there, and it is the same shell."""
    page = show()
    opened(page)
    page.keyboard.type("mijn werk")
    soon(page, lambda: "".join(fake.typed) == "mijn werk")
    page.reload()
    expect(page.locator(".xterm-rows").first).to_contain_text("mijn werk")
    assert len(fake.terminals) == 1


def test_two_views_have_two_shells(show: Open, fake: Fake) -> None:
    """A second panel on the same page gets a shell of its own."""
    page = show()
    opened(page)
    add_panel(page)
    # A terminal is drawn only where it is in sight.
    page.locator(".bf-host-of-xterm").nth(1).scroll_into_view_if_needed()
    expect(page.locator(".xterm-rows").nth(1)).to_contain_text(PROMPT)
    assert len(fake.terminals) == 2


def test_two_views_share_no_id(show: Open) -> None:
    """Two panels on one page have no id in common: a label never names a field of the other."""
    page = show()
    opened(page)
    add_panel(page)
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) > 20
    assert len(ids) == len(set(ids))
    names = "all => [...new Set([...all.querySelectorAll('[name]')].map(one => one.name))]"
    first, second = (page.locator(".bf-desk").nth(at).evaluate(names) for at in (0, 1))
    assert not set(first) & set(second)


def test_a_click_in_the_picture_goes_to_the_terminal(show: Open, fake: Fake) -> None:
    """A machine in the picture is the way to its terminal; one without access opens nothing."""
    page = show()
    opened(page)
    page.get_by_role("button", name="Router van de winkel").click()
    expect(page.get_by_role("tab", name="poort")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".bf-screen:not([hidden]) .xterm-rows")).to_contain_text("router")
    page.keyboard.type("q")
    soon(page, lambda: fake.typed == ["q"])
    assert page.get_by_role("button", name="Provider en groothandel").get_attribute("aria-disabled")


def test_a_shell_that_ended_says_so(show: Open, fake: Fake) -> None:
    """The end of a shell has its sentence, and a button for a new one."""
    page = show()
    opened(page)
    page.keyboard.press("Control+d")
    expect(page.get_by_text("Deze terminal is afgesloten.")).to_be_visible()
    page.locator(".bf-over").get_by_role("button", name="Terminal openen").click()
    expect(page.get_by_text("Deze terminal is afgesloten.")).to_have_count(0)
    expect(page.locator(".xterm-rows")).to_contain_text(PROMPT)
    assert len(fake.terminals) == 2


def test_a_terminal_of_a_machine_that_restarts_comes_back(show: Open, fake: Fake) -> None:
    """Where a machine is up again before anybody saw that it was off, its terminal says what
    happened for long enough to read it, and comes back by itself, with the focus."""
    page = show(clock=True)
    opened(page)
    stand_still(page)
    page.keyboard.press("Control+z")
    said = page.get_by_text("start vanzelf opnieuw")
    expect(said).to_be_visible()
    page.clock.run_for(2000)
    expect(said).to_be_visible()
    page.clock.resume()
    expect(said).to_have_count(0)
    expect(page.locator(".xterm-rows")).to_contain_text(PROMPT)
    expect(page.locator(".xterm-helper-textarea")).to_be_focused()
    assert len(fake.terminals) == 2


def test_every_byte_is_acknowledged(show: Open, fake: Fake) -> None:
    """The browser gives credit for each byte that it has shown, and for none twice."""
    page = show()
    opened(page)
    (greeting,) = (b"".join(kept) for kept in fake.terminals.values())
    soon(page, lambda: fake.acknowledged == len(greeting))
    for _ in range(20):
        fake.output(b"x" * 20_000)
    soon(page, lambda: fake.acknowledged >= len(greeting) + 400_000)
    page.wait_for_timeout(200)
    assert fake.acknowledged == len(greeting) + 400_000


def test_a_machine_cannot_speak_to_the_page(show: Open, fake: Fake) -> None:
    """Random bytes, titles, links and clipboard sequences change nothing but the screen."""
    page = show()
    rows = opened(page)
    title = page.title()
    page.evaluate("navigator.clipboard.writeText('mine')")
    link = b"\x1b]8;;javascript:document.title='gone'\x1b\\click me\x1b]8;;\x1b\\"
    fake.output(b"\x1b]0;" + b"T" * 5000 + b"\x07\x1b]52;c;Z29uZQ==\x07" + link + b"\xff\xfe\xc3")
    fake.output(bytes(range(128, 256)) * 50)
    fake.output(b"\x1bc<img src=x onerror=\"document.title='gone'\">stil levend")
    expect(rows).to_contain_text("stil levend")
    assert page.title() == title
    assert page.evaluate("navigator.clipboard.readText()") == "mine"
    assert page.locator(".bf-root img").count() == 0


def test_a_machine_that_comes_back_gets_its_terminal(show: Open, fake: Fake) -> None:
    """While a machine starts its place says so; then its terminal opens by itself."""
    page = show("booting")
    expect(page.get_by_text("kassa-1 start op. De terminal komt vanzelf.")).to_be_visible()
    fake.story.at = "started"
    fake.tell()
    expect(page.locator(".xterm-rows").first).to_contain_text(PROMPT)
    soon(page, lambda: fake.sizes and fake.sizes[-1][0] > 60)


def test_the_terminal_can_be_larger(show: Open, fake: Fake) -> None:
    """One button gives the terminal the whole width, and the shell hears its new size."""
    page = show()
    opened(page)
    soon(page, lambda: fake.sizes)
    before = fake.sizes[-1]
    page.get_by_role("button", name="Terminal groter").click()
    soon(page, lambda: fake.sizes[-1][0] > before[0] + 20)
