"""The customer's screen in a real browser: what it looks like, and that nothing of it ever runs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from breakfix.messages import Language
from breakfix.model.screen import Look, Message, Page, Shown, Trouble
from breakfix.model.value import Text
from breakfix.screens.page import draw
from tests.browser.axe import violations
from tests.browser.conftest import Open
from tests.browser.desk import Fake
from tests.browser.waiting import soon
from tests.unit.screens.test_page import HOSTILE

pytestmark = pytest.mark.browser
AT = 1_790_000_000.0
SITE = "http://bestellen.example/"
WELCOME = Page("Bestellen", "<h1>Welkom</h1><p>Kies wat je <a>nodig</a> hebt.</p>", "nl")


def page_of(page: Page, *, cut: bool = False) -> Look:
    """A browser that shows a page."""
    return Look("browser", AT, Shown(page, cut=cut), address=SITE)


def trouble(kind: Trouble, status: int = 0) -> Look:
    """A browser that shows why it shows nothing."""
    return Look("browser", AT, trouble=kind, status=status, address=SITE)


def choose(tab: Tab, name: str = "Browser van de klant") -> None:
    """Turn to a screen."""
    tab.get_by_role("tab", name=name).click()


def test_the_screen_shows_the_trouble_and_then_the_page(show: Open, fake: Fake) -> None:
    """First the browser's own words, after the next verb the page, each told once aloud."""
    fake.looks["ordering-site"] = replace(trouble(Trouble.NAME), screen="ordering-site")
    page = show("diagnosed")
    choose(page)
    screen = page.get_by_role("region", name="Wat de klant ziet: Browser van de klant")
    expect(screen.locator(".bf-browser")).to_contain_text("Deze site is niet bereikbaar")
    expect(screen.get_by_role("status")).to_have_text(
        "Deze site is niet bereikbaar Het adres van bestellen.example werd niet gevonden."
    )
    fake.looks["ordering-site"] = replace(page_of(WELCOME), screen="ordering-site")
    page.locator(".bf-head .bf-primary").click()
    frame = screen.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Welkom")).to_be_visible()
    expect(screen.get_by_role("status")).to_have_text("De klant ziet de pagina Bestellen.")
    expect(screen.locator(".bf-browser-address")).to_contain_text(SITE)
    expect(screen).to_contain_text("Bekeken om")


TROUBLES = (
    (Trouble.NAME, 0, "Het adres van bestellen.example werd niet gevonden."),
    (Trouble.ROUTE, 0, "Er is geen weg naar bestellen.example."),
    (Trouble.REFUSED, 0, "bestellen.example weigert de verbinding."),
    (Trouble.TIMEOUT, 0, "bestellen.example antwoordt niet op tijd."),
    (Trouble.ENDED, 0, "bestellen.example brak de verbinding af"),
    (Trouble.SERVER, 502, "kan de pagina nu niet tonen (fout 502)"),
    (Trouble.NOT_THERE, 404, "heeft deze pagina niet (fout 404)"),
    (Trouble.AWAY, 0, "stuurt door naar een ander adres"),
    (Trouble.ODD, 0, "Er kwam iets dat hier niet getoond kan worden."),
    (Trouble.OFF, 0, "kassa-1 staat uit, dus is er niets te zien."),
    (Trouble.UNSEEN, 0, "We konden niet kijken vanop kassa-1."),
)


def test_every_trouble_has_plain_words(show: Open, fake: Fake) -> None:
    """Each way in which a page does not come is one plain sentence."""
    page = show("screens")
    for kind, status, words in TROUBLES:
        fake.looks["browser"] = trouble(kind, status)
        if kind is Trouble.NAME:
            choose(page)
        else:
            page.get_by_role("button", name="Nu kijken").click()
        expect(page.locator(".bf-browser-error")).to_contain_text(words)
        assert "{" not in page.locator(".bf-browser").inner_text()
    assert {kind for kind, _, _ in TROUBLES} == set(Trouble) - {Trouble.SILENT}


def shown_one_by_one(
    tab: Tab, fake: Fake, pages: dict[str, Page], *, blocked: bool = False
) -> list[str]:
    """Show these pages one after the other in one frame: what each ran, asked for or changed.
    With `blocked` only what was answered counts: the browser also tells of what it then blocks."""
    tab.locator(".xterm-rows").get_by_text("Welkom op pc").wait_for()
    wrong: list[str] = []
    name = ""

    def request(url: str) -> None:
        if not url.startswith(("about:", "data:")):
            wrong.append(f"{name} asked for {url}")

    if blocked:
        tab.on("response", lambda one: request(one.url))
    else:
        tab.on("request", lambda one: request(one.url))
    tab.evaluate("window.hacked = 0; window.before = location.href")
    for number, (name, page) in enumerate(pages.items()):
        marked = f"<p>mark-{number}</p>{page.body}"
        fake.looks["browser"] = page_of(Page(page.title, marked, page.language))
        if number:
            tab.get_by_role("button", name="Nu kijken").click()
        else:
            choose(tab)
        frame = tab.locator("iframe")
        expect(frame).to_have_attribute("srcdoc", re.compile(f"mark-{number}<"))
        mark = tab.frame_locator("iframe").get_by_text(f"mark-{number}", exact=True)
        expect(mark).to_have_count(1)
        # Whatever it would do, it does now.
        tab.wait_for_timeout(120)
        inside = tab.frames[1]
        found = (
            frame.get_attribute("sandbox"),
            inside.evaluate("[window.origin, window.hacked === undefined]"),
            tab.evaluate("[window.hacked, window.before === location.href]"),
            len(tab.frames) - 1,
        )
        if found[:3] != ("", ["null", True], [0, True]):
            wrong.append(f"{name}: {found}")
    return wrong


def test_nothing_of_a_page_runs(show: Open, fake: Fake) -> None:
    """What the server draws of hostile pages asks for nothing, runs nothing, leads nowhere."""
    pages = {name: draw(source) for name, source in HOSTILE.items()}
    page = show("screens")
    assert shown_one_by_one(page, fake, pages) == []
    assert len(page.frames) == 2


def test_the_frame_alone_holds_a_page_that_was_not_drawn(show: Open, fake: Fake) -> None:
    """Even if the server let everything through, the frame would run, load and reach nothing."""
    pages = {name: Page("x", source, "nl") for name, source in HOSTILE.items()}
    assert shown_one_by_one(show("screens"), fake, pages, blocked=True) == []


def test_a_page_without_a_sandbox_would_run(show: Open) -> None:
    """The hostile pages are hostile: the same script runs in a frame of another kind."""
    page = show("screens")
    page.evaluate(
        """source => new Promise(done => {
          const frame = document.createElement('iframe');
          frame.onload = done;
          frame.srcdoc = source;
          document.body.append(frame);
        })""",
        HOSTILE["script"].replace("window.hacked", "parent.hacked"),
    )
    assert page.evaluate("window.hacked") == 1


def test_the_other_kinds_of_screens(show: Open, fake: Fake) -> None:
    """A display, a printed page and a mailbox show text as text, marks and all."""
    text = "<b>TOTAAL</b>  12,50\n<script>window.hacked=1</script>"
    fake.looks["display"] = Look("display", AT, Shown(text=text))
    fake.looks["paper"] = Look("paper", AT, Shown(text=text))
    mail = Message("Noë <a@b.example>", "Bestelling", "ma 23 nov", text)
    fake.looks["mailbox"] = Look("mailbox", AT, Shown(messages=(mail,)))
    page = show("screens")
    for name in ("Schermpje aan de toog", "Laatste bon"):
        choose(page, name)
        expect(page.locator(".bf-customer pre")).to_have_text(text)
    choose(page, "Mailbox van Els")
    page.get_by_text("Bestelling", exact=True).click()
    expect(page.locator(".bf-mailbox pre")).to_have_text(text)
    assert page.evaluate("window.hacked") is None
    assert page.locator(".bf-customer b").count() == 1  # the sender's name, and nothing of the text


def test_a_silent_display_says_its_own_words(show: Open, fake: Fake) -> None:
    """A display without an answer shows what the device itself says, in the learner's language."""
    silent = Text("geen verbinding", "no connection")
    fake.looks["display"] = Look("display", AT, trouble=Trouble.SILENT, silent=silent)
    page = show("screens")
    choose(page, "Schermpje aan de toog")
    expect(page.locator(".bf-display pre")).to_have_text("geen verbinding")


def test_it_looks_only_while_it_is_shown(show: Open, fake: Fake) -> None:
    """Nothing is asked before the screen is chosen, nor after another tab was; the button looks
    again, and the keyboard reaches everything."""
    fake.looks["browser"] = page_of(WELCOME)
    page = show("screens")
    page.locator(".bf-head").wait_for()
    page.wait_for_timeout(200)
    assert fake.looked == []
    page.get_by_role("tab", name="kassa-1").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Browser van de klant")).to_be_focused()
    page.locator("iframe").wait_for()
    assert fake.looked == ["browser"]
    page.get_by_role("button", name="Nu kijken").focus()
    page.keyboard.press("Enter")
    soon(page, lambda: fake.looked == ["browser", "browser"])
    expect(page.locator(".bf-customer")).to_contain_text("Bekeken om")
    page.get_by_role("tab", name="kassa-1").click()
    page.wait_for_timeout(200)
    assert fake.looked == ["browser", "browser"]


def test_a_look_that_fails_keeps_the_last_picture(show: Open, fake: Fake) -> None:
    """When it could not be looked at, the reason stands above what was seen last; a line that was
    cut in the middle of a look asks again."""
    fake.looks["browser"] = page_of(WELCOME, cut=True)
    page = show("screens")
    choose(page)
    expect(page.locator(".bf-browser-cut")).to_be_visible()
    fake.looks["browser"] = "Docker antwoordt niet."
    page.get_by_role("button", name="Nu kijken").click()
    expect(page.locator(".bf-customer-reason")).to_have_text("Docker antwoordt niet.")
    expect(page.locator("iframe")).to_have_count(1)
    fake.looks["browser"] = page_of(WELCOME)
    fake.cut()
    expect(page.locator(".bf-customer-reason")).to_have_count(0)


@pytest.mark.parametrize(("theme", "language"), [("light", Language.NL), ("dark", Language.EN)])
@pytest.mark.parametrize("width", [420, 1280])
def test_every_screen_is_accessible(
    show: Open, fake: Fake, theme: str, language: Language, width: int
) -> None:
    """Axe finds nothing on any kind of screen, and nothing sticks out of the page."""
    fake.language = language
    mail = Message("Noë", "Bestelling", "ma 23 nov", "Dag")
    long = Look("paper", AT, Shown(text="bon\n" * 80, cut=True))
    stories: dict[str, list[Look | str]] = {
        "browser": [page_of(WELCOME, cut=True), trouble(Trouble.TIMEOUT), "Docker antwoordt niet."],
        "display": [
            Look("display", AT, Shown(text="klaar")),
            Look("display", AT, trouble=Trouble.OFF),
        ],
        "paper": [long, Look("paper", AT, trouble=Trouble.NOT_THERE)],
        "mailbox": [Look("mailbox", AT, Shown(messages=(mail,))), Look("mailbox", AT, Shown())],
    }
    wrong = []
    for number, looks in enumerate(stories.values()):
        for look in looks:
            name = list(stories)[number]
            fake.looks[name] = look
            page = show("screens", theme=theme, width=width)
            page.locator(".bf-screen-tab").nth(number).click()
            page.locator(
                ".bf-customer :is(iframe, pre, .bf-browser-error, .bf-customer-none, "
                ".bf-mailbox, .bf-customer-reason)"
            ).first.wait_for()
            wrong += violations(page)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{name} is wider than the page")
            page.close()
    assert wrong == []
