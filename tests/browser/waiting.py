"""Waiting for what a page or its server comes to, however slow the computer is."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect


def soon(page: Page, true: Callable[[], object]) -> None:
    """Wait until it is true, while the page goes on."""
    end = time.monotonic() + 30
    while not true() and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert true()


def in_terminal(page: Page) -> Locator:
    """Go to the pc's terminal, and wait until it takes typing: earlier keys are lost. Its rows."""
    page.get_by_role("tab", name="kassa-1").click()
    screen = page.locator(".bf-screen:not([hidden])")
    expect(screen.locator(".xterm-helper-textarea")).to_be_focused()
    expect(screen.locator(".bf-over")).to_have_count(0)
    return screen.locator(".xterm-rows")


def stand_still(page: Page) -> None:
    """Stop the clock of a page that was shown with one, a minute from now: nothing that waits for a
    time happens any more, until the clock is moved."""
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))


def clock_until(page: Page, place: Locator) -> None:
    """Move a clock that stands still, in small steps, until `place` is in sight."""

    def there() -> bool:
        if place.is_visible():
            return True
        page.clock.run_for(100)
        return False

    soon(page, there)
