"""The pictures of README and docs, from the running product: `make pictures`.

One repair from the list of labs to handing in, as docs/self-study.md tells it, on real machines in
an installation of its own. `python -m tools.pictures [nl|en] [FOLDER]`: the language, and where.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import expect

from breakfix.messages import Language
from breakfix.wiring import checkout
from tools.visit import Desk, desk, lab

TILL = "till-does-not-start"
NETWORK = "no-internet"
FOLDER = checkout() / "docs" / "pictures"
_REPLY = {
    Language.NL: "Goedemorgen,\n\nUw kassa werkt weer. Ze was zo ingesteld dat ze niet mee startte "
    "met de pc; dat is rechtgezet. Uw bonnen staan er nog allemaal.\n\nDe helpdesk",
    Language.EN: "Good morning,\n\nYour till works again. It was set in such a way that it did not "
    "start along with the pc; I put that right. All your receipts are still there.\n\nThe helpdesk",
}


def before_the_start(at: Desk) -> None:
    """The list of labs, and a lab that was not started."""
    at.go()
    expect(at.camera.page.locator(".bf-home .bf-card").first).to_be_visible(timeout=150_000)
    at.camera.take("landing")
    at.notebook(lab(TILL))
    at.sees("panel.start")


def looking(at: Desk) -> None:
    """The ticket, a first look, what the customer sees, a check that comes too early, a hint, and
    the diagnosis."""
    at.start(TILL, "not-enabled")
    at.camera.take("ticket", at.panel)
    at.type("systemctl status kassa", shows="inactive (dead)")
    at.camera.take("terminal", at.panel)
    _screen(at, "counter", "screen")
    at.turn_to("results")
    at.press("panel.check")
    expect(at.panel.locator(".bf-result-fail").first).to_be_visible(timeout=150_000)
    at.camera.take("failed-check", at.panel)
    at.turn_to("hints")
    at.press("panel.hint-first")
    expect(at.panel.locator(".bf-hints > li")).to_have_count(1, timeout=60_000)
    at.camera.take("hint", at.panel)
    at.turn_to("diagnosis")
    _diagnose(at, "service", "service-not-enabled", "service-at-start", "disabled")
    at.camera.take("diagnosis", at.panel)
    at.press("panel.diagnosis-save")
    at.sees("panel.diagnosis-mine")


def _screen(at: Desk, screen: str, name: str) -> None:
    """What the customer sees, and back to the terminal."""
    title = next(one.title for one in lab(TILL).lab.screens if one.id == screen)
    at.panel.get_by_role("tab", name=title.in_(at.language)).click()
    stage = at.panel.locator(".bf-customer-stage > :not(p)")
    expect(stage).to_be_visible(timeout=150_000)
    at.camera.take(name, at.panel)
    at.panel.locator(".bf-terminals").get_by_role("tab").first.click()


def _diagnose(at: Desk, place: str, cause: str, test: str, result: str) -> None:
    """Fill in the form, by what stands in the lab."""
    form = lab(TILL).form
    paper = at.panel.locator("form").first
    where = next(one for one in form.places if one.id == place)
    what = next(one for one in where.causes if one.id == cause)
    for label in (where.label, what.label):
        paper.get_by_label(label.in_(at.language), exact=True).check()
    asked = next(one for one in form.tests if one.id == test)
    paper.get_by_label(asked.label.in_(at.language), exact=True).select_option(result)


def repairing(at: Desk) -> None:
    """The repair, a check that passes, what lasts, the words to the customer, and handing in."""
    at.type("sudo systemctl enable --now kassa", shows="Created symlink")
    at.turn_to("results")
    at.press("panel.check")
    at.sees("panel.results-all")
    at.camera.take("passed-check", at.panel)
    _screen(at, "counter", "screen-works")
    at.press("panel.after-restart")
    at.sees("panel.later-holds")
    at.camera.take("after-restart", at.panel)
    at.press("panel.to-answer")
    at.camera.page.keyboard.insert_text(_REPLY[at.language])
    at.press("panel.answer-save")
    at.sees("panel.answer-example")
    at.panel.locator(".bf-compare").first.scroll_into_view_if_needed()
    at.camera.take("answer", at.panel)
    at.press("panel.hand-in")
    at.sees("panel.handed")
    at.camera.take("hand-in", at.panel)


def pulled_cable(at: Desk) -> None:
    """A network of which one cable is out."""
    # A terminal is drawn only where it is in sight.
    at.camera.window()
    at.notebook(lab(NETWORK))
    at.sees("panel.start")
    at.start(NETWORK, "cable-out")
    at.camera.take("pulled-cable", at.panel)


def narrow(at: Desk) -> None:
    """The same in a narrow window."""
    at.camera.window(640, 900)
    # The list of files takes half of such a window.
    if at.camera.page.locator("#filebrowser").is_visible():
        at.camera.page.keyboard.press("Control+b")
    at.turn_to("ticket")
    at.camera.take("narrow")


def main(words: list[str]) -> None:
    """Take all of them."""
    language = Language.NL if "nl" in words else Language.EN
    folder = next((Path(word) for word in words if word not in set(Language)), FOLDER)
    with desk(folder, language) as at:
        for part in (before_the_start, looking, repairing, narrow, pulled_cable):
            part(at)


if __name__ == "__main__":
    main(sys.argv[1:])
