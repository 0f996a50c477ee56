"""A browser for the tests of this folder, and a desk without labs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.desk import Fake, serving
from tests.browser.waiting import stand_still
from tests.engine.browsing import CHROMIUM

Open = Callable[..., Page]
# Playwright's own patience, five seconds, is that of a computer with nothing else to do.
expect.set_options(timeout=30_000)


# A module's and not the session's: while Playwright is at work, nothing else may have a loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here: `make browser` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def fake() -> Fake:
    """What the server of a test does."""
    return Fake()


@pytest.fixture
def address(fake: Fake) -> Iterator[str]:
    """Where that server is."""
    with serving(fake) as found:
        yield found


@pytest.fixture
def show(chromium: Browser, address: str) -> Iterator[Open]:
    """Open the panel in a state, or the landing page, with a clock that can be moved, or one that
    stands `still` until it is; a mistake in the page fails the test."""
    context = chromium.new_context(reduced_motion="reduce", timezone_id="Europe/Brussels")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    mistakes: list[str] = []

    def opened(state: str = "started", *, screen: str = "panel", theme: str = "light",
               width: int = 1280, clock: bool = False, still: bool = False) -> Page:  # fmt: skip
        page = context.new_page()
        if clock or still:
            page.clock.install()
        if still:
            stand_still(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.goto(f"{address}/page?screen={screen}&state={state}&theme={theme}")
        return page

    yield opened
    context.close()
    assert mistakes == []
