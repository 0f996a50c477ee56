"""A browser that takes each picture twice, in light and in dark, as small WebP files."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import FloatRect, Locator, Page, expect
from tests.engine.browsing import browser_page

#: Under this size of a file a page with many pictures still opens quickly.
MOST_BYTES = 150_000
_WIDE, _HIGH = 1400, 1000
_QUALITY = 84
_LONG = 150_000


def adaptive(choices: Path) -> None:
    """Let JupyterLab's theme follow the browser's, among what its user chose."""
    folder = choices / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "themes.jupyterlab-settings"
    file.write_text(json.dumps({"adaptive-theme": True}), "utf-8")


@dataclass(frozen=True)
class Camera:
    """Takes pictures of `page` into `folder`."""

    page: Page
    folder: Path

    def window(self, width: int = _WIDE, height: int = _HIGH) -> None:
        """Make the window so large."""
        self.page.set_viewport_size({"width": width, "height": height})

    def take(self, name: str, part: Locator | None = None) -> None:
        """Take `part` of the page, or all that is in the window, as `name`."""
        for theme in ("dark", "light"):
            self._turn(theme)
            if part is not None:
                part.evaluate("one => one.scrollIntoView({block: 'start'})")
            self._quiet()
            file = self.folder / f"{name}-{theme}.webp"
            file.write_bytes(self._webp(part))
            size = file.stat().st_size
            print(f"pictures: {file.name}, {size // 1000} kB")
            if size > MOST_BYTES:
                raise SystemExit(f"{file} is larger than {MOST_BYTES} bytes")

    def _turn(self, theme: Literal["dark", "light"]) -> None:
        self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        light = "true" if theme == "light" else "false"
        expect(self.page.locator("body")).to_have_attribute(
            "data-jp-theme-light", light, timeout=_LONG
        )

    def _quiet(self) -> None:
        """Wait until nothing moves: two looks that are the same."""
        before = b""
        for _ in range(20):
            now = self.page.screenshot()
            if now == before:
                return
            before = now
            self.page.wait_for_timeout(300)

    def _webp(self, part: Locator | None) -> bytes:
        asked: dict[str, object] = {"format": "webp", "quality": _QUALITY}
        box = part.bounding_box() if part else None
        if box is not None:
            asked["clip"] = {**_seen_of(box, self.page), "scale": 1}
        session = self.page.context.new_cdp_session(self.page)
        taken = session.send("Page.captureScreenshot", asked)
        session.detach()
        return base64.b64decode(taken["data"])


@contextmanager
def camera(folder: Path) -> Iterator[Camera]:
    """A camera at a fresh browser's page."""
    folder.mkdir(parents=True, exist_ok=True)
    with browser_page(_WIDE, _HIGH) as page:
        yield Camera(page, folder)


def _seen_of(box: FloatRect, page: Page) -> dict[str, float]:
    """The part of a box that the notebook has in sight."""
    window = page.locator(".jp-WindowedPanel-outer").locator("visible=true").first.bounding_box()
    around = window or box
    left, top = max(around["x"], box["x"]), max(around["y"], box["y"])
    right = min(around["x"] + around["width"], box["x"] + box["width"])
    bottom = min(around["y"] + around["height"], box["y"] + box["height"])
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}
