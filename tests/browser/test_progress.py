from __future__ import annotations

import pytest
from playwright.sync_api import expect

from breakfix.messages import Language
from breakfix.model.progress import Occasion
from breakfix.model.session import Mode
from breakfix.model.value import Text
from tests.browser.axe import violations
from tests.browser.conftest import Open
from tests.browser.desk import Fake
from tests.browser.waiting import clock_until

pytestmark = pytest.mark.browser
TILL = Text("De kassa start niet", "The till does not start")
SHOWN = tuple(
    Occasion("till-does-not-start", TILL, ("020.7.1", "020.7.2"), mode, when)
    for mode, when in (
        (Mode.PRACTICE, 1_795_000_000.0),
        (Mode.PRACTICE, 1_795_100_000.0),
        (Mode.EVALUATION, 1_795_200_000.0),
    )
)

#: The browser's own dialog for printing would wait for somebody.
NO_DIALOG = """() => {
  const made = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
  Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {get() {
    const view = made.get.call(this);
    view.print = () => {};
    return view;
  }});
}"""


def test_practice_and_evaluation_are_counted_apart(show: Open, fake: Fake) -> None:
    """A competence tells how often it was practised and how often shown in an evaluation; one that
    was not shown says so in words."""
    fake.occasions = SHOWN
    page = show(screen="progress")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn voortgang")
    expect(page.get_by_text("2 van 133 competenties aangetoond")).to_be_visible()
    first = page.get_by_role("listitem").filter(has_text="020.7.1")
    expect(first.first).to_contain_text("2 × geoefend · 1 × in een evaluatie")
    expect(page.get_by_role("listitem").filter(has_text="020.7.3")).to_contain_text("nog niet")
    expect(page.get_by_text("aangetoond op Linux")).to_be_visible()


def test_only_modules_with_something_in_them_are_open(show: Open, fake: Fake) -> None:
    """What is empty is folded, and opens by keyboard."""
    fake.occasions = SHOWN
    page = show(screen="progress")
    expect(page.locator("details[open]")).to_have_count(1)
    expect(page.locator("details")).to_have_count(11)
    page.locator("summary", has_text="Helpdesk").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Je maakt een ticket.")).to_be_visible()


def test_nothing_shown_yet_says_what_to_do(show: Open) -> None:
    """The empty page tells how something comes on it."""
    page = show(screen="progress")
    expect(page.get_by_text("Nog niets aangetoond op deze computer.")).to_be_visible()


def test_the_page_changes_language(show: Open, fake: Fake) -> None:
    """Another language in the list of labs turns this page too."""
    fake.occasions = SHOWN
    page = show(screen="progress")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn voortgang")
    page.evaluate("window.catalogue.speak('en')")
    expect(page.get_by_role("heading", level=1)).to_have_text("My progress")
    expect(page.get_by_text("2 × in practice").first).to_be_visible()


def test_printing_shows_everything_and_nothing_else(show: Open, fake: Fake) -> None:
    """On paper every module is opened out, in light colours, without buttons."""
    fake.occasions = SHOWN
    page = show(screen="progress", theme="dark")
    page.evaluate(NO_DIALOG)
    page.get_by_role("button", name="Afdrukken").click()
    paper = page.frame_locator(".bf-print-frame")
    expect(paper.locator("details[open]")).to_have_count(11)
    expect(paper.get_by_role("button")).to_have_count(0)
    assert paper.locator("body").get_attribute("data-jp-theme-light") == "true"
    assert paper.locator("h1").evaluate("one => getComputedStyle(one).color") == "rgb(27, 36, 48)"


def test_no_answer_is_told(show: Open, fake: Fake) -> None:
    """Without the server there is a sentence, and a button that tries again."""
    fake.answers = False
    page = show(screen="progress", still=True)
    clock_until(page, page.get_by_text("breakfix op deze computer antwoordt niet"))
    fake.answers = True
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_accessible(show: Open, fake: Fake, theme: str, language: Language) -> None:
    """Axe finds nothing, empty or full, folded or opened out."""
    fake.language = language
    page = show(screen="progress", theme=theme)
    page.get_by_role("heading", level=1).wait_for()
    assert violations(page) == []
    fake.occasions = SHOWN
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page) == []
