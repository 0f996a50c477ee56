from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from breakfix.messages import Language
from tests.browser.axe import violations
from tests.browser.conftest import Open
from tests.browser.desk import Fake
from tests.browser.entries import BEFORE, NOTE, NOW
from tests.browser.waiting import clock_until, stand_still

pytestmark = pytest.mark.browser
QUESTION = "Wat zou ik de volgende keer eerst bekijken?"
#: Lets a copy be made for printing without the window of the system that asks for a printer.
NO_PRINTER = """() => {
  const made = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
  Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {get() {
    const view = made.get.call(this); view.print = () => {}; return view; }});
}"""


def test_each_attempt_tells_what_was_done(show: Open) -> None:
    """An entry has date, mode, time, standing, the diagnosis that was named, and the answers."""
    page = show(screen="logbook")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn logboek")
    expect(page.get_by_role("article")).to_have_count(3)
    held = page.get_by_role("article").filter(has_text="in orde, ook na een herstart")
    for words in ("oefenen", "ongeveer 1 u 31 min gewerkt", "Werknota.", "Yıldız"):
        expect(held.get_by_text(words)).to_be_visible()
    assert BEFORE.what is not None
    expect(held.get_by_text(BEFORE.what.nl)).to_be_visible()
    handed = page.get_by_role("article").filter(has_text="De kassa start niet meer")
    for words in ("evaluatie", "ongeveer 1 min gewerkt", "ingediend", "oorzaak nog niet bekend"):
        expect(handed.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("Je noemde geen diagnose.")).to_be_visible()


def test_words_of_a_learner_are_text(show: Open) -> None:
    """What looks like HTML in an answer is shown as it was written."""
    page = show(screen="logbook")
    expect(page.get_by_text("<b>getest</b>")).to_be_visible()
    assert page.locator(".bf-own-words b").count() == 0


def test_a_note_keeps_itself(show: Open, fake: Fake) -> None:
    """Who stops typing sees that the note is kept, without pressing anything."""
    page = show(screen="logbook", clock=True)
    field = page.get_by_label(QUESTION).last
    standing = page.locator(".bf-entry").last.get_by_role("status")
    expect(standing).to_have_text("Nog niets geschreven.")
    stand_still(page)
    field.fill("Eerst de kabel.")
    expect(standing).to_have_text("Nog niet bewaard.")
    page.clock.resume()
    expect(standing).to_contain_text("Bewaard op")
    assert fake.notes == ["Eerst de kabel."]
    page.reload()
    expect(page.get_by_label(QUESTION).last).to_have_value("Eerst de kabel.")


def test_a_note_is_kept_by_its_button_and_on_leaving(show: Open, fake: Fake) -> None:
    """The button keeps a note at once, and so does going on to something else."""
    page = show(screen="logbook", clock=True)
    entry = page.locator(".bf-entry").last
    expect(entry.get_by_role("button", name="Bewaren")).to_have_attribute("aria-disabled", "true")
    # It does not keep itself meanwhile.
    stand_still(page)
    entry.get_by_label(QUESTION).press_sequentially("a")
    page.keyboard.press("Tab")
    expect(entry.get_by_role("status")).to_contain_text("Bewaard op")
    assert fake.notes == ["a"]
    entry.get_by_label(QUESTION).fill("ab")
    with page.expect_response("**/api/logbook/**"):
        page.evaluate("window.unmount()")
    assert fake.notes == ["a", "ab"]


def test_a_note_outlives_its_page(show: Open, fake: Fake) -> None:
    """A note is sent on although its page is closed, also while an earlier one is on its way."""
    page = show(screen="logbook", clock=True)
    field = page.locator(".bf-entry").last.get_by_label(QUESTION)
    stand_still(page)
    page.evaluate(
        "() => { const ask = window.fetch; window.kept = [];"
        " window.fetch = (to, how) => (how.method === 'PUT' && window.kept.push(how.keepalive),"
        " ask(to, how)); }"
    )
    field.fill("ab")
    with page.expect_response("**/api/logbook/**"):
        page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("window.kept") == [True]
    assert fake.notes == ["ab"]


def test_what_was_not_kept_says_so_and_stays(show: Open, fake: Fake) -> None:
    """When the server does not take a note, its text stays in the field, and one tries again."""
    fake.keeps = False
    page = show(screen="logbook")
    entry = page.locator(".bf-entry").last
    entry.get_by_label(QUESTION).fill("Eerst de kabel.")
    expect(entry.get_by_role("status")).to_have_text("Niet bewaard. Je tekst staat hier nog.")
    expect(entry.get_by_label(QUESTION)).to_have_value("Eerst de kabel.")
    fake.keeps = True
    entry.get_by_role("button", name="Bewaren").click()
    expect(entry.get_by_role("status")).to_contain_text("Bewaard op")


def test_a_full_note_says_so(show: Open) -> None:
    """Nothing more can be typed in a note that is full, and a sentence says why."""
    page = show(screen="logbook")
    field = page.get_by_label(QUESTION).last
    field.fill("x" * 4000)
    field.press("End")
    field.press_sequentially("yy")
    assert len(field.input_value()) == 4000
    expect(page.get_by_text("Je notitie is vol")).to_be_visible()


def test_an_empty_logbook_says_how_it_fills(show: Open, fake: Fake) -> None:
    """Who has done nothing yet reads how something comes here; there is nothing to print."""
    fake.entries = ()
    page = show(screen="logbook")
    expect(page.get_by_text("Er staat nog niets in je logboek.")).to_be_visible()
    expect(page.get_by_role("button", name="Afdrukken")).to_have_count(0)


def test_no_answer_is_told(show: Open, fake: Fake) -> None:
    """Without the server there is a sentence, and a button that tries again."""
    fake.answers = False
    page = show(screen="logbook", still=True)
    clock_until(page, page.get_by_text("breakfix op deze computer antwoordt niet"))
    fake.answers = True
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_page_changes_language_and_keeps_what_is_typed(show: Open, fake: Fake) -> None:
    """Another language turns the page, and what was being written stays."""
    fake.keeps = False
    page = show(screen="logbook")
    page.get_by_label(QUESTION).last.fill("half gesch")
    page.evaluate("window.catalogue.refresh()")
    page.evaluate("window.catalogue.speak('en')")
    expect(page.get_by_role("heading", level=1)).to_have_text("My logbook")
    expect(page.get_by_label("What would I look at first next time?").last).to_have_value(
        "half gesch"
    )


def test_the_whole_note_stands_on_paper(show: Open) -> None:
    """A printed logbook has notes in full, in light colours, and nothing to press or fill in."""
    page = show(screen="logbook", theme="dark")
    page.evaluate(NO_PRINTER)
    page.get_by_role("button", name="Afdrukken").click()
    paper = page.frame_locator(".bf-print-frame")
    expect(paper.get_by_text(NOTE.splitlines()[1])).to_have_css("display", "block")
    expect(paper.locator("textarea").first).to_be_hidden()
    expect(paper.get_by_text("Geen notitie.").first).to_have_css("display", "block")
    expect(paper.get_by_role("button")).to_have_count(0)
    assert paper.locator("h1").evaluate("one => getComputedStyle(one).color") == "rgb(27, 36, 48)"


def test_ticket_and_facts_go_on_paper(show: Open) -> None:
    """The ticket's own button prints letter, agreements and facts, opened out, and nothing else."""
    page = show("started")
    page.evaluate(NO_PRINTER)
    page.get_by_role("button", name="Ticket en uitleg afdrukken").click()
    paper = page.frame_locator(".bf-print-frame")
    expect(paper.locator(".bf-message")).to_have_count(1)
    expect(paper.locator("details[open].bf-sheet")).to_have_count(1)
    for left_out in (".bf-bench", ".bf-tabs", ".bf-next", "button"):
        expect(paper.locator(left_out)).to_have_count(0)


def test_a_page_that_the_browser_prints_has_no_controls(show: Open, tmp_path: Path) -> None:
    """Printed by the browser itself, the panel is its papers: no machines, no buttons, no tabs."""
    page = show("started")
    page.locator(".bf-message").wait_for()
    page.emulate_media(media="print")
    expect(page.locator(".bf-message")).to_be_visible()
    for left_out in (".bf-bench", ".bf-papers > .bf-tabs", ".bf-next", ".bf-more"):
        expect(page.locator(left_out)).to_be_hidden()
    overflowing = page.locator(".bf-paper:not([hidden])").evaluate(
        "one => one.scrollHeight > one.clientHeight + 1"
    )
    assert not overflowing
    page.goto(page.url.replace("screen=panel", "screen=logbook"))
    page.get_by_role("article").first.wait_for()
    page.pdf(path=tmp_path / "logbook.pdf")
    assert page.locator("textarea").first.is_hidden()


def test_the_panel_asks_for_a_note_at_the_end(show: Open, fake: Fake) -> None:
    """The last paper has the note of this attempt, and not of another one."""
    page = show("started")
    page.get_by_role("tab", name="Afronden").click()
    own = page.get_by_role("region", name="Voor jezelf")
    expect(own.get_by_label(QUESTION)).to_have_value("")
    own.get_by_label(QUESTION).fill("Eerst de kabel.")
    expect(own.get_by_role("status")).to_contain_text("Bewaard op")
    assert next(one for one in fake.entries if one.id == NOW.id).note == "Eerst de kabel."


def test_the_panel_shows_the_note_of_last_time(show: Open) -> None:
    """Who opens a lab that was done before finds what to look at first."""
    page = show("new")
    own = page.get_by_role("region", name="De vorige keer")
    expect(own.get_by_label(QUESTION)).to_have_value(NOTE)


def test_a_panel_without_logbook_misses_nothing_else(show: Open, fake: Fake) -> None:
    """Where there is no entry, the panel has no empty place for one."""
    fake.entries = ()
    page = show("new")
    page.locator(".bf-before").wait_for()
    expect(page.locator(".bf-own")).to_have_count(0)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_accessible(show: Open, fake: Fake, theme: str, language: Language) -> None:
    """Axe finds nothing, full, while typing, after a failure, and empty."""
    fake.language = language
    fake.keeps = False
    page = show(screen="logbook", theme=theme)
    page.get_by_role("article").first.wait_for()
    found = violations(page)
    page.locator("textarea").last.fill("x" * 4000)
    found += violations(page)
    page.locator(".bf-standing.bf-is-fail").wait_for()
    found += violations(page)
    fake.entries = ()
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    assert found + violations(page) == []


@pytest.mark.parametrize("width", [420, 640, 3840])
def test_nothing_sticks_out(show: Open, width: int) -> None:
    """From a narrow window to a wide one the page scrolls down only."""
    page = show(screen="logbook", width=width)
    page.get_by_role("article").first.wait_for()
    place = page.locator(".bf-landing")
    assert place.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_everything_is_reached_by_keyboard(show: Open) -> None:
    """From the top, Tab goes to printing and then from field to button to the next field."""
    page = show(screen="logbook")
    page.get_by_role("article").first.wait_for()
    seen = []
    for _ in range(4):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.tagName"))
    assert seen == ["BUTTON", "TEXTAREA", "BUTTON", "TEXTAREA"]
