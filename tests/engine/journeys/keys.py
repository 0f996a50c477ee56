"""Somebody who has a keyboard and no mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.engine.journeys.panel import LONG

#: More presses than the page has places; whoever needs more is caught somewhere.
MOST = 150
_MOUSE = """
window.mouse = 0;
addEventListener('pointerdown', () => (window.mouse += 1), true);
"""


class Keys:
    """Moves about on the page by keys alone; made before the page is loaded."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.add_init_script(_MOUSE)

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self._page.keyboard.press(key)

    def to(self, place: Locator, key: str = "Tab") -> None:
        """Go on until the focus is there."""
        passed = []
        for _ in range(MOST):
            if place.count() == 1 and place.evaluate("one => one === document.activeElement"):
                return
            passed.append(self.where())
            self.press(key)
        raise AssertionError(f"{key} does not come to {place}: {passed}")

    def use(self, button: Locator, key: str = "Tab") -> None:
        """Go to a button and press it."""
        expect(button).not_to_have_attribute("aria-disabled", "true", timeout=LONG)
        self.to(button, key)
        self.press("Enter")

    def where(self) -> str:
        """What has the focus, in short."""
        return str(
            self._page.evaluate(
                """() => {
                  const one = document.activeElement;
                  const words = one.getAttribute('aria-label') ?? one.textContent ?? '';
                  return `${one.tagName}: ${words.trim().slice(0, 40)}`;
                }"""
            )
        )

    @property
    def mouse(self) -> int:
        """How often a mouse was used on this page."""
        return int(self._page.evaluate("window.mouse"))
