from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from breakfix.messages import Language, say
from tests.browser.conftest import Open
from tests.browser.desk import Fake
from tests.browser.states import ANSWER, LAB, SHA
from tests.browser.waiting import clock_until, soon

pytestmark = pytest.mark.browser


def primary(page: Page) -> str:
    """The words on the one primary button of the head."""
    buttons = page.locator(".bf-head .bf-primary")
    expect(buttons).to_have_count(1)
    return buttons.inner_text()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("new", "Labo starten"),
        ("started", "Diagnose geven"),
        ("diagnosed", "Controleren"),
        ("failed-check", "Controleren"),
        ("passed-check", "Nakijken na herstart"),
        ("not-after-restart", "Nakijken na herstart"),
        ("after-restart", "Labo afsluiten"),
        ("to-answer", "Opschrijven wat je deed"),
        ("to-hand-in", "Nakijken en indienen"),
        ("handed-in", "Labo afsluiten"),
        ("better", "Nakijken en indienen"),
        ("begun-again", "Controleren"),
        ("unnamed", "Diagnose geven"),
        ("missing", "Opnieuw beginnen"),
        ("stopped", "Verdergaan"),
        ("paused", "Verdergaan"),
        ("finished", "Opnieuw oefenen"),
        ("finished-attempt", "Labo starten"),
    ],
)
def test_the_primary_button_is_the_next_step(show: Open, state: str, words: str) -> None:
    """In each state there is one primary button in the head, and it is what comes next."""
    assert primary(show(state)) == words


def test_a_newcomer_gets_from_start_to_handed_in(show: Open, fake: Fake) -> None:
    """The primary button alone, and the form, lead from nothing to work that is handed in."""
    page = show("new")
    head = page.locator(".bf-head .bf-primary")
    head.click()
    expect(page.get_by_role("tab", name="Diagnose")).to_be_visible()
    head.click()
    page.get_by_label("De router", exact=True).first.check()
    page.get_by_label("Deelt geen adressen uit").check()
    page.get_by_label("Welk adres heeft de pc?").first.select_option("Geen")
    page.get_by_role("button", name="Diagnose bewaren").click()
    expect(page.get_by_text("Je diagnose", exact=True)).to_be_visible()
    head.click()
    expect(page.get_by_role("tab", name="Resultaat")).to_have_attribute("aria-selected", "true")
    head.click()
    expect(page.get_by_text("Alles is in orde.", exact=True).first).to_be_visible()
    head.click()
    expect(page.get_by_text("Dit zou de klant na een herstart merken")).to_be_visible()
    assert head.inner_text() == "Dit indienen"
    head.click()
    expect(page.get_by_text("Ingediend op")).to_be_visible()
    assert [asked["do"] for asked in fake.story.asked] == [
        "start", "diagnose", "check", "check", "after-restart", "hand-in",
    ]  # fmt: skip
    assert fake.story.asked[1]["diagnosis"] == {
        "place": "router",
        "cause": "router-no-addresses",
        "proof": {"pc-address": "none"},
    }
    assert fake.story.asked[5]["sha256"] == SHA


def test_what_is_typed_is_kept_before_it_is_given(show: Open, fake: Fake) -> None:
    """The next step leads to the field; what is typed there goes to the server by itself, and the
    button shows the own text beside an example."""
    page = show("to-answer")
    page.locator(".bf-head .bf-primary").click()
    field = page.get_by_label("Jouw tekst: Antwoord aan de klant")
    expect(field).to_be_focused()
    save = page.get_by_role("button", name="Klaar, vergelijken").first
    expect(save).to_have_attribute("aria-disabled", "true")
    page.keyboard.type("Goedemorgen")
    soon(page, lambda: fake.story.drafts == {"reply": "Goedemorgen"})
    assert fake.story.asked == []
    page.keyboard.type(", uw site werkt")
    save.click()
    own = page.get_by_role("region", name="Jouw tekst")
    expect(own).to_contain_text("Uw site werkt weer.")
    expect(page.get_by_role("region", name="Hiermee kun je vergelijken")).to_contain_text("1 punt:")
    assert [(asked["do"], asked["text"]) for asked in fake.story.asked] == [
        ("answer", "Goedemorgen, uw site werkt")
    ]
    assert fake.story.drafts == {"reply": "Goedemorgen, uw site werkt"}
    expect(page.locator(".bf-compare")).to_be_focused()


def test_a_draft_comes_back(show: Open) -> None:
    """What was typed before stands in the field again, and an answer shows without a field."""
    page = show("answered")
    page.get_by_role("tab", name="Afronden").click()
    expect(page.get_by_label("Jouw tekst: Werknota")).to_have_value("Klacht: de site")
    expect(page.get_by_label("Jouw tekst: Antwoord aan de klant")).to_have_count(0)
    page.get_by_role("button", name="Tekst aanpassen").click()
    expect(page.get_by_label("Jouw tekst: Antwoord aan de klant")).to_have_value(ANSWER)


def test_what_is_typed_without_a_line_is_kept_later(show: Open, fake: Fake) -> None:
    """While the server is away the text stays in the field; it is kept as soon as it is back."""
    page = show("to-answer")
    page.get_by_role("tab", name="Afronden").click()
    fake.answers = False
    fake.cut()
    expect(page.get_by_text("De verbinding met Jupyter is weg.").first).to_be_visible()
    page.get_by_label("Jouw tekst: Werknota").fill("Klacht: geen kassa")
    assert fake.story.drafts == {}
    fake.answers = True
    expect(page.locator(".bf-notices .bf-note")).to_have_count(0)
    soon(page, lambda: fake.story.drafts == {"work-note": "Klacht: geen kassa"})
    expect(page.get_by_label("Jouw tekst: Werknota")).to_have_value("Klacht: geen kassa")


def test_an_assignment_has_no_field_of_its_own(show: Open) -> None:
    """In an assignment the panel asks and points to the notebook, where the answer is judged."""
    page = show("to-hand-in")
    page.get_by_role("tab", name="Indienen").click()
    expect(page.get_by_text("Deze vragen beantwoord je in het notebook")).to_be_visible()
    expect(page.locator(".bf-questions textarea")).to_have_count(0)


def test_what_takes_long_says_what_it_does(show: Open, fake: Fake) -> None:
    """While a verb runs, its step is told, nothing else can be asked, and the focus stays."""
    fake.story.goes_on.clear()
    page = show("diagnosed")
    button = page.locator(".bf-head .bf-primary")
    button.click()
    expect(page.get_by_role("progressbar", name="Controleren …")).to_be_visible()
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_be_focused()
    button.click(force=True)
    fake.story.goes_on.set()
    expect(page.get_by_role("tab", name="Resultaat")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert len(fake.story.asked) == 1


def test_a_failure_is_told_and_nothing_changes(show: Open, fake: Fake) -> None:
    """A verb that fails shows its sentence, says it aloud, and can be put away."""
    page = show("started")
    page.get_by_role("button", name="Meer").click()
    page.get_by_role("button", name="Toestellen uitzetten").click()
    expect(page.locator(".bf-notices")).to_contain_text("De kabels konden niet worden gelegd")
    expect(page.locator(".bf-aloud")).to_contain_text("De kabels konden niet worden gelegd")
    page.get_by_role("button", name="Melding sluiten").click()
    expect(page.locator(".bf-notices .bf-note")).to_have_count(0)
    assert fake.story.at == "started"


def test_reset_asks_first(show: Open, fake: Fake) -> None:
    """Beginning again happens only after a yes; Escape and Cancel do nothing."""
    page = show("started")
    menu = page.get_by_role("button", name="Meer")
    menu.click()
    page.get_by_role("button", name="Opnieuw beginnen").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    menu.click()
    page.get_by_role("button", name="Opnieuw beginnen").click()
    page.get_by_role("button", name="Annuleren").click()
    assert fake.story.asked == []
    menu.click()
    page.get_by_role("button", name="Opnieuw beginnen").click()
    page.get_by_role("button", name="Ja, begin opnieuw").click()
    expect(page.locator(".bf-progress")).to_have_count(0)
    soon(page, lambda: [asked["do"] for asked in fake.story.asked] == ["reset"])


def test_a_priced_hint_tells_its_price_first(show: Open, fake: Fake) -> None:
    """In an evaluation a hint is asked only after its price was told and agreed to."""
    page = show("evaluation")
    page.get_by_role("tab", name="Tips").click()
    expect(page.get_by_text("Voor elke tip gaan er punten af, telkens 2.")).to_be_visible()
    page.get_by_role("button", name="Volgende tip tonen").click()
    expect(page.get_by_role("dialog")).to_contain_text("Voor tip 2 van 4 gaan er punten af: 2.")
    page.get_by_role("button", name="Annuleren").click()
    assert fake.story.asked == []
    page.get_by_role("button", name="Volgende tip tonen").click()
    page.get_by_role("button", name="Ja, toon de tip").click()
    expect(page.get_by_role("heading", name="Tip 2 van 4")).to_be_visible()
    assert [(asked["do"], asked["sure"]) for asked in fake.story.asked] == [("hint", True)]


def test_a_form_half_filled_in_stays(show: Open, fake: Fake) -> None:
    """Looking at another paper, and news from the server, lose nothing that was filled in."""
    page = show("started")
    page.get_by_role("tab", name="Diagnose").click()
    page.get_by_label("De kabel").first.check()
    page.get_by_role("tab", name="Ticket").click()
    fake.tell()
    page.get_by_role("tab", name="Diagnose").click()
    expect(page.get_by_label("De kabel").first).to_be_checked()


def test_a_cable_is_pulled_in_the_picture(show: Open, fake: Fake) -> None:
    """A click on a plug pulls the cable; the picture says so in words, and so does the status."""
    page = show("started")
    page.get_by_role("button", name="Kabel in ens3 van kassa-1").click()
    expect(page.get_by_text("uitgetrokken", exact=True)).to_be_visible()
    expect(page.locator(".bf-wire.bf-pulled")).to_have_count(1)
    assert fake.story.asked[0]["cable"] == {
        "machine": "pc", "nic": "ens3", "connected": False, "delay": 0, "loss": 0, "rate": 0,
    }  # fmt: skip


def test_the_language_changes_without_a_reload(show: Open, fake: Fake) -> None:
    """Every word on the screen changes, and the terminal stays the same one."""
    page = show("started")
    page.locator(".xterm-rows").get_by_text("Welkom op pc").wait_for()
    page.get_by_role("button", name="Meer").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="The ordering site does not open")).to_be_visible()
    expect(page.get_by_role("button", name="Give your diagnosis")).to_be_visible()
    expect(page.locator(".bf-desk")).to_have_attribute("lang", "en")
    assert fake.language is Language.EN
    assert len(fake.terminals) == 1


def test_a_lost_line_is_told_and_comes_back(show: Open, fake: Fake) -> None:
    """While the server is away the panel says that the work stays; then it goes on by itself."""
    page = show("started")
    page.locator(".xterm-rows").get_by_text("Welkom op pc").wait_for()
    fake.answers = False
    fake.cut()
    expect(page.get_by_text("De verbinding met Jupyter is weg.").first).to_be_visible()
    expect(page.get_by_text("De verbinding met deze terminal is weg.")).to_be_visible()
    fake.answers = True
    expect(page.locator(".bf-notices .bf-note")).to_have_count(0)
    expect(page.get_by_text("De verbinding met deze terminal is weg.")).to_have_count(0)
    expect(page.locator(".xterm-rows").get_by_text("Welkom op pc")).to_have_count(1)


def test_without_a_server_the_panel_says_so(show: Open, fake: Fake) -> None:
    """Where nothing answers there is a sentence and a button, and later the panel."""
    fake.answers = False
    # A page whose clock stands still tries again only when it is asked to.
    page = show("started", still=True)
    clock_until(page, page.locator(".bf-unreachable"))
    expect(page.get_by_text("Dit kan nu niet worden getoond")).to_be_visible()
    fake.answers = True
    page.get_by_role("button", name="Nu proberen").click()
    expect(page.get_by_role("heading", name="De bestelsite gaat niet open")).to_be_visible()


def test_what_a_lab_says_is_text(show: Open) -> None:
    """Markdown becomes elements; a table has heads, and no marks are left."""
    page = show("started")
    page.get_by_text("Gegevens en uitleg").click()
    sheet = page.locator(".bf-sheet:not(.bf-recordings)")
    expect(sheet.get_by_role("columnheader", name="Afspraak")).to_be_visible()
    assert "**" not in page.locator(".bf-paper").first.inner_text()
    assert "|" not in sheet.inner_text()


def test_the_time_can_be_hidden(show: Open) -> None:
    """Who does not want to see the time hides it, also after a reload."""
    page = show("started")
    expect(page.get_by_text("12 min bezig")).to_be_visible()
    page.get_by_role("button", name="Meer").click()
    page.get_by_role("button", name="Tijd verbergen").click()
    expect(page.get_by_text("12 min bezig")).to_have_count(0)
    page.reload()
    expect(page.locator(".bf-facts").first).to_be_visible()
    expect(page.get_by_text("12 min bezig")).to_have_count(0)


def test_a_start_tells_its_steps_with_the_ticket_to_read(show: Open) -> None:
    """While machines are made each step has its stage, and the ticket is there to read."""
    page = show("starting")
    steps = page.locator(".bf-preparing li")
    expect(steps).to_have_text(
        ["Computers makenklaar", "Computers startenbezig", "Beginstand bewarenkomt nog",
         "Opruimenkomt nog"]
    )  # fmt: skip
    expect(page.locator(".bf-preparing [aria-current=step]")).to_contain_text("Computers starten")
    expect(page.get_by_text("Meestal duurt dit minder dan een minuut.")).to_be_visible()
    expect(page.get_by_role("article", name="Bericht van de klant")).to_be_visible()


def test_a_button_that_waits_stays_readable(show: Open) -> None:
    """A mouse on a button that can't be pressed now changes nothing of how it looks."""
    page = show("starting")
    button = page.locator(".bf-next .bf-button")
    expect(button).to_have_attribute("aria-disabled", "true")
    colour = "one => getComputedStyle(one).backgroundColor"
    before = button.evaluate(colour)
    button.hover()
    assert button.evaluate(colour) == before


@pytest.mark.parametrize("language", list(Language))
def test_a_tab_of_its_own_is_called_by_the_lab_s_title(
    show: Open, fake: Fake, language: Language
) -> None:
    """Whoever opens a tab for the panel is told the lab's title in the learner's language."""
    fake.language = language
    page = show("started")
    page.evaluate(
        "async () => { window.unmount();"
        " const made = await window._JUPYTERLAB.breakfix.get('./panel');"
        " made().default.mountPanel(document.querySelector('main'), {slug: 'no-internet',"
        " notebook: 'started', onOwnTab: title => (window.tab = title)}); }"
    )
    page.locator(".bf-more > button").click()
    page.get_by_role("button", name=say("panel.own-tab", language)).click()
    assert page.evaluate("window.tab") == LAB.lab.title.in_(language)


def test_a_pause_counts_half_an_hour_at_most(show: Open) -> None:
    """The clock goes on from what the server counted, and stands still after half an hour without
    news, for the server counts no more either."""
    page = show("started", clock=True)
    clock = page.locator(".bf-facts")
    expect(clock).to_contain_text("12 min bezig")
    page.clock.run_for(10 * 60 * 1000)
    expect(clock).to_contain_text("22 min bezig")
    page.clock.run_for(100 * 60 * 1000)
    expect(clock).to_contain_text("42 min bezig")
