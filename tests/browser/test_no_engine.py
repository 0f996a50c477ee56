"""Docker is not there: everything that needs no machine is shown, and one note says what to do."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from breakfix.errors import EngineError
from tests.browser.conftest import Open
from tests.browser.desk import Fake
from tests.browser.states import ABSENT, FULL

pytestmark = pytest.mark.browser
AWAY = "Docker, dat de toestellen laat lopen, antwoordt niet."
NOBODY = "breakfix op deze computer antwoordt niet"
FULL_SAID = "De schijf van deze computer is vol."


@pytest.mark.parametrize("screen", ["home", "side"])
def test_the_labs_stand_below_one_note(show: Open, fake: Fake, screen: str) -> None:
    """Every lab is there, and above them one note: what is wrong, what to do, another try."""
    fake.engine = ABSENT
    page = show(screen=screen)
    expect(page.locator(".bf-engine")).to_contain_text(AWAY)
    expect(page.locator(".bf-engine")).to_contain_text("Start Docker")
    expect(page.locator(".bf-engine code")).to_have_text("breakfix setup")
    expect(page.locator(".bf-note")).to_have_count(1)
    expect(page.get_by_role("article")).to_have_count(4)
    expect(page.get_by_text(NOBODY)).to_have_count(0)


def test_the_note_goes_when_docker_is_back(show: Open, fake: Fake) -> None:
    """Another try says that it is still away; the one that finds it back takes the note away, says
    so to who listens, and leaves the keyboard in the list."""
    fake.engine = ABSENT
    page = show(screen="home")
    again = page.locator(".bf-engine").get_by_role("button", name="Opnieuw proberen")
    again.click()
    expect(page.locator(".bf-engine").get_by_text("nog altijd geen antwoord")).to_be_visible()
    fake.engine = None
    again.press("Enter")
    expect(page.get_by_text(AWAY)).to_have_count(0)
    expect(page.get_by_text("Docker antwoordt weer.")).to_have_attribute("role", "status")
    assert page.evaluate("document.activeElement.className").startswith("bf-labs")


def test_the_note_comes_and_goes_by_itself(show: Open, fake: Fake) -> None:
    """When the list is looked at anew, the note follows the engine."""
    page = show(screen="home")
    expect(page.get_by_role("article")).to_have_count(4)
    expect(page.locator(".bf-engine")).to_have_count(0)
    # The first look at the engine has been told.
    page.wait_for_load_state("networkidle")
    for engine, notes in ((ABSENT, 1), (None, 0)):
        fake.engine = engine
        page.evaluate("window.listed.refresh()")
        expect(page.locator(".bf-engine")).to_have_count(notes)


def test_a_notebook_opens_without_docker(show: Open, fake: Fake) -> None:
    """The list opens a lab's notebook, whose panel says why it cannot go on."""
    fake.engine = ABSENT
    page = show(screen="home")
    page.get_by_role("button", name="Verdergaan").first.click()
    page.wait_for_function("window.opened.length > 0")
    assert page.evaluate("window.opened") == ["no-internet.ipynb"]
    panel = show("no-engine")
    expect(panel.get_by_text(AWAY)).to_be_visible()
    expect(panel.locator(".bf-unreachable code")).to_have_text("breakfix setup")


def test_a_panel_at_work_marks_commands(show: Open) -> None:
    """A command in a sentence is drawn as one, and not between marks."""
    page = show("engine-away")
    notice = page.locator(".bf-notices")
    expect(notice.locator("code")).to_have_text("breakfix setup")
    expect(notice).not_to_contain_text("`")


@pytest.mark.parametrize("screen", ["home", "side", "progress", "logbook"])
def test_a_refusal_is_told_in_its_own_words(show: Open, fake: Fake, screen: str) -> None:
    """A page that is refused shows the server's sentence and tries again by itself; that nobody
    answers it says only when nobody does."""
    fake.refuses = FULL
    page = show(screen=screen)
    expect(page.get_by_text(FULL_SAID)).to_be_visible()
    expect(page.locator(".bf-unreachable code")).to_have_text("breakfix doctor")
    expect(page.get_by_text(NOBODY)).to_have_count(0)
    fake.answers, fake.refuses = False, None
    page.get_by_role("button", name="Nu proberen").click()
    expect(page.get_by_text(NOBODY)).to_be_visible()
    fake.answers = True
    expect(page.locator(".bf-card, h1").first).to_be_visible()


@pytest.mark.parametrize("screen", ["home", "progress", "logbook"])
@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        ("stranger", "Je bent niet meer aangemeld bij Jupyter"),
        ("breaks", "Er liep iets mis in breakfix zelf."),
    ],
)
def test_other_refusals_have_sentences_too(
    show: Open, fake: Fake, screen: str, trouble: str, sentence: str
) -> None:
    """Somebody who must log in again, and a mistake of ours, are told as that."""
    setattr(fake, trouble, True)
    page = show(screen=screen)
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_text(NOBODY)).to_have_count(0)


def test_a_lab_that_does_not_open_says_why(show: Open, fake: Fake) -> None:
    """The list stays, with the server's sentence above it, until another try."""
    page = show(screen="home")
    expect(page.get_by_role("article")).to_have_count(4)
    fake.refuses = FULL
    page.get_by_role("button", name="Verdergaan").first.click()
    expect(page.get_by_text(FULL_SAID)).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(4)
    fake.answers, fake.refuses = False, None
    page.get_by_role("button", name="Verdergaan").first.click()
    expect(page.get_by_text("Het labo ging niet open.")).to_be_visible()
    fake.answers = True
    page.get_by_role("button", name="Opnieuw proberen").click()
    expect(page.locator(".bf-note")).to_have_count(0)


def test_a_note_that_is_not_kept_says_why(show: Open, fake: Fake) -> None:
    """Beside a note that the server did not take stands its sentence, and the text stays."""
    page = show(screen="logbook")
    entry = page.locator(".bf-entry").last
    entry.locator("textarea").wait_for()
    fake.refuses = FULL
    entry.locator("textarea").fill("Eerst de kabel.")
    entry.get_by_role("button", name="Bewaren").click()
    expect(entry.get_by_text(FULL_SAID)).to_be_visible()
    expect(entry.locator("textarea")).to_have_value("Eerst de kabel.")


def test_what_fills_a_sentence_is_text(show: Open, fake: Fake) -> None:
    """Whatever an engine or a machine says inside a sentence becomes no element and no link."""
    said = "<img src=x> [klik](https://elsewhere.example) **zeer** *erg*"
    fake.engine = EngineError("engine.refused", reason=said)
    page = show(screen="home")
    expect(page.locator(".bf-engine")).to_contain_text(said)
    assert page.locator(".bf-engine :is(img, a, strong, em)").count() == 0
