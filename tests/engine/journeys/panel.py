"""A panel as a learner uses it, by what stands on its buttons."""

from __future__ import annotations

import re
from itertools import count

from playwright.sync_api import Locator, Page, expect

#: An engine with much to do takes its time.
LONG = 150_000
_numbers = count(40)


class Panel:
    """The panel of the lab `slug`, in the front of the page."""

    def __init__(self, page: Page, slug: str) -> None:
        self.page = page
        self.root = page.locator(f".bf-desk[data-lab={slug}]")
        expect(self.root).to_be_visible(timeout=LONG)

    @property
    def rows(self) -> Locator:
        """The lines of the terminal in front."""
        return self.root.locator(".bf-screen:not([hidden]) .xterm-rows")

    def button(self, name: str) -> Locator:
        """A button, by its words."""
        return self.root.get_by_role("button", name=name, exact=True)

    def head(self, name: str) -> Locator:
        """The button of the next step."""
        return self.root.locator(".bf-next").get_by_role("button", name=name, exact=True)

    def paper(self, name: str) -> Locator:
        """The tab of one of the papers."""
        return self.root.locator(".bf-papers").get_by_role("tab", name=name, exact=True)

    def form(self, button: str) -> Locator:
        """The form that ends with this button."""
        ends = self.page.get_by_role("button", name=button, exact=True)
        return self.root.locator("form").filter(has=ends)

    def words(self) -> set[str]:
        """Every text in the panel, also on the papers that lie below, and every label."""
        found: list[str] = self.root.evaluate(
            """root => {
              const texts = [];
              const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) texts.push(walker.currentNode.textContent.trim());
              for (const one of root.querySelectorAll('[aria-label], [title]'))
                texts.push(one.getAttribute('aria-label'), one.getAttribute('title'));
              return texts.filter(Boolean);
            }"""
        )
        return set(found)

    def colours(self) -> list[str]:
        """The colour behind the panel, that of its words, and that of the terminal's."""
        found: list[str] = self.root.evaluate(
            """root => {
              const style = one => getComputedStyle(one);
              const rows = root.querySelector('.xterm-rows');
              return [style(root).backgroundColor, style(root).color, style(rows).color];
            }"""
        )
        return found

    def press(self, name: str) -> None:
        """Press a button, once it can be pressed."""
        button = self.button(name).first
        expect(button).not_to_have_attribute("aria-disabled", "true", timeout=LONG)
        button.click()

    def turn_to(self, paper: str) -> None:
        """Turn to one of the papers."""
        self.root.get_by_role("tab", name=paper).click()

    def says(self, text: str) -> None:
        """Wait until that text is in sight."""
        # With capitals as they are: "Nog niet alles is in orde." is no "Alles is in orde."
        found = self.root.get_by_text(re.compile(re.escape(text)))
        expect(found.locator("visible=true").first).to_be_visible(timeout=LONG)

    def start(self) -> None:
        """Start the lab, also where it was finished before, and wait for the terminal."""
        start = re.compile("^(Labo starten|Opnieuw oefenen)$")
        self.root.locator(".bf-next").get_by_role("button", name=start).click()
        self.prompted()

    def prompted(self) -> None:
        """Wait for the shell's prompt."""
        expect(self.rows).to_contain_text("$", timeout=LONG)

    def type(self, command: str) -> None:
        """Give a command in the terminal in front, and wait for its end."""
        screen = self.root.locator(".bf-screen:not([hidden])")
        # What is typed while its line is gone would be lost.
        expect(screen.locator(".bf-over")).to_have_count(0, timeout=LONG)
        screen.locator(".xterm-screen").click()
        self.typed(command)

    def typed(self, command: str) -> None:
        """The same, where the terminal has the focus already."""
        number = next(_numbers)
        self.page.keyboard.type(f"{command}; echo ended-$(({number}+1))\n")
        expect(self.rows).to_contain_text(f"ended-{number + 1}", timeout=LONG)

    def check(self, finds: str) -> None:
        """Check, and wait for what it finds."""
        self.turn_to("Resultaat")
        self.press("Controleren")
        self.says(finds)
