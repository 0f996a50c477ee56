"""Two tabs, a lid that was closed, a proxy in between: a sentence, and nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.desk import Fake
from tests.browser.waiting import clock_until, in_terminal, soon

pytestmark = pytest.mark.browser
PROMPT = "support@pc:~$"


def rows(page: Page) -> Locator:
    """What the terminal in sight shows."""
    return page.locator(".bf-screen:not([hidden]) .xterm-rows")


def typed(page: Page, fake: Fake, text: str) -> None:
    """Type in the terminal, and wait until it arrives."""
    shown = in_terminal(page)
    page.keyboard.type(text)
    expect(shown).to_contain_text(text)
    assert "".join(fake.typed).endswith(text)


def duplicate(page: Page) -> Page:
    """The same page in another tab, as browsers duplicate one: with what the tab had kept."""
    with page.context.expect_page() as opened:
        page.evaluate("window.open(location.href)")
    return opened.value


def test_two_tabs_of_a_lab_go_together(show: Open, fake: Fake) -> None:
    """What is done in one tab shows in the other, each has a shell of its own, and a form that is
    half filled in stays."""
    first = show("diagnosed")
    expect(rows(first)).to_contain_text(PROMPT)
    second = show("diagnosed")
    expect(rows(second)).to_contain_text(PROMPT)
    assert len(fake.terminals) == 2
    second.get_by_role("tab", name="Diagnose").click()
    second.get_by_role("button", name="Diagnose aanpassen").click()
    second.get_by_label("De kabel").first.check()
    first.locator(".bf-head .bf-primary").click()
    expect(second.get_by_role("tab", name="Resultaat")).to_have_attribute("aria-selected", "false")
    second.get_by_role("tab", name="Resultaat").click()
    expect(
        second.locator(".bf-paper").get_by_text("Een deel was niet te controleren.")
    ).to_be_visible()
    second.get_by_role("tab", name="Diagnose").click()
    expect(second.get_by_label("De kabel").first).to_be_checked()


def test_a_duplicated_tab_takes_the_terminal_along(show: Open, fake: Fake) -> None:
    """A tab that was duplicated shows the same shell; the first one says so, and gets another."""
    first = show()
    typed(first, fake, "mijn werk")
    second = duplicate(first)
    expect(rows(second)).to_contain_text("mijn werk")
    expect(first.get_by_text("Deze terminal is nu op een andere plaats open.")).to_be_visible()
    first.locator(".bf-over").get_by_role("button", name="Terminal openen").click()
    expect(first.locator(".bf-over")).to_have_count(0)
    typed(second, fake, "!")
    assert len(fake.terminals) == 2


def test_a_lid_that_was_closed_for_an_hour(show: Open, fake: Fake) -> None:
    """After an hour of sleep sockets that only look open are replaced: panel and terminal are live
    again, with what was there."""
    page = show(clock=True)
    typed(page, fake, "mijn werk")
    fake.sleep()
    page.clock.fast_forward("01:00:00")
    soon(page, lambda: fake.panels - fake.dead)
    page.get_by_role("button", name="Kabel in ens3 van kassa-1").click()
    expect(page.get_by_text("uitgetrokken", exact=True)).to_be_visible()
    expect(page.locator(".bf-over")).to_have_count(0)
    expect(rows(page)).to_contain_text("mijn werk")
    typed(page, fake, " gaat verder")
    assert len(fake.terminals) == 1


def test_a_shell_that_was_gone_meanwhile_is_told(show: Open, fake: Fake) -> None:
    """Where the server has no shell of before any more, what was on the screen stays, and the new
    shell says that it is one."""
    page = show()
    typed(page, fake, "mijn werk")
    fake.output(b"\x1b[?1049h\x1b[?1003hvol scherm")
    fake.terminals.clear()
    fake.cut()
    new = "De vorige terminal is intussen gesloten; dit is een nieuwe."
    expect(rows(page)).to_contain_text(new)
    expect(rows(page)).to_contain_text("mijn werk")
    expect(rows(page)).to_contain_text(PROMPT)
    before = len(fake.typed)
    page.mouse.move(300, 500)
    typed(page, fake, "verder")
    assert "".join(fake.typed[before:]) == "verder"


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        ("blocked", "de live verbinding (WebSocket) komt er niet door"),
        ("stranger", "Je bent niet meer aangemeld bij Jupyter"),
        ("answers", "breakfix op deze computer antwoordt niet"),
    ],
)
def test_why_there_is_no_panel(show: Open, fake: Fake, trouble: str, sentence: str) -> None:
    """Where the panel cannot come, it says whether a proxy, a login or the server is in the way,
    and what to do; it comes when it is asked to once it can."""
    setattr(fake, trouble, trouble != "answers")
    # A page whose clock stands still tries again only when it is asked to.
    page = show("started", still=True)
    clock_until(page, page.locator(".bf-unreachable"))
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_text("Je werk op de toestellen blijft staan.")).to_be_visible()
    setattr(fake, trouble, trouble == "answers")
    page.get_by_role("button", name="Nu proberen").click()
    expect(page.get_by_role("heading", name="De bestelsite gaat niet open")).to_be_visible()


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        ("blocked", "de live verbinding (WebSocket) komt er niet door"),
        ("stranger", "Je bent niet meer aangemeld bij Jupyter"),
        ("answers", "De verbinding met Jupyter is weg."),
    ],
)
def test_why_a_panel_is_not_live_any_more(
    show: Open, fake: Fake, trouble: str, sentence: str
) -> None:
    """A panel that lost its line says why, keeps what it showed, and goes on by itself."""
    page = show("diagnosed")
    typed(page, fake, "mijn werk")
    setattr(fake, trouble, trouble != "answers")
    fake.cut()
    expect(page.locator(".bf-notices").get_by_text(sentence)).to_be_visible()
    expect(page.locator(".bf-head .bf-primary")).to_have_attribute("aria-disabled", "true")
    expect(rows(page)).to_contain_text("mijn werk")
    setattr(fake, trouble, trouble == "answers")
    expect(page.locator(".bf-notices .bf-note")).to_have_count(0)
    typed(page, fake, " gaat verder")
