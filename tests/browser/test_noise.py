"""Whatever a machine prints, the page stays itself: usable, silent, with its own title and
clipboard."""

from __future__ import annotations

import random
import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.desk import Fake
from tests.browser.waiting import in_terminal

pytestmark = pytest.mark.browser
#: Bytes on the way, as the server's credit allows.
ON_THE_WAY = 256 << 10
#: What a terminal answers when a program asks which one it is, where its cursor is, which mode is
#: on, and which colours and settings it has.
ANSWERS = re.compile(
    r"\x1b\[[?>]?[\d;]*[cnR]|\x1b\[\??[\d;]*\$y|\x1b\[[IO]"
    r"|\x1b\](?:4;\d+|1[0-2]);rgb:[0-9a-f/]+(?:\x07|\x1b\\)"
    r"|\x1bP[01]\$r[\d; \"pqmrs]*\x1b\\|\x1bP>\|xterm\.js\([\d.]+\)\x1b\\"
)


def opened(page: Page) -> Locator:
    """The pc's terminal, in focus, with a title and a clipboard that are known."""
    rows = page.locator(".bf-screen:not([hidden]) .xterm-rows")
    expect(rows).to_contain_text("support@pc:~$")
    page.evaluate("navigator.clipboard.writeText('mine')")
    return in_terminal(page)


def flood(fake: Fake, data: bytes) -> None:
    """Print `data`, no faster than the browser takes it."""
    begun = fake.acknowledged
    for start in range(0, len(data), ON_THE_WAY // 2):
        fake.output(data[start : start + ON_THE_WAY // 2])
        end = time.monotonic() + 60
        while fake.acknowledged - begun < start - ON_THE_WAY // 2:
            assert time.monotonic() < end, "the browser takes no more"
            time.sleep(0.005)


def still_itself(page: Page, fake: Fake, rows: Locator, title: str) -> None:
    """The terminal works, and nothing of the page was touched."""
    fake.output(b"\x18\x1bcstil levend ")
    expect(rows).to_contain_text("stil levend", timeout=60_000)
    answered = "".join(fake.typed)
    assert ANSWERS.sub("", answered) == "", answered[:2000]
    page.keyboard.type("ls")
    expect(rows).to_contain_text("stil levend ls")
    assert page.title() == title
    assert page.evaluate("navigator.clipboard.readText()") == "mine"
    assert page.locator(".bf-root img, .bf-root a[href], .bf-root script").count() == 0
    assert len(page.context.pages) == 1
    page.get_by_role("tab", name="Tips").click()
    expect(page.get_by_role("button", name="Eerste tip tonen")).to_be_visible()


@pytest.mark.parametrize("size", [2_000_000, pytest.param(50_000_000, marks=pytest.mark.slow)])
def test_random_bytes_are_only_noise(show: Open, fake: Fake, size: int) -> None:
    """Fed with random bytes without end, the terminal shows what comes next, and types nothing but
    a terminal's own answers."""
    page = show()
    rows, title = opened(page), page.title()
    noise = random.Random(size)  # noqa: S311 (the same each time)
    flood(fake, noise.randbytes(size))
    still_itself(page, fake, rows, title)


NOISE = {
    "titles": b"\x1b]0;" + b"T" * 5_000_000 + b"\x07\x1b]2;" + b"W" * 12_000_000,
    "clipboard": b"\x1b]52;c;Z29uZQ==\x07\x1b]52;;Z29uZQ==\x1b\\\x1b]52;c;?\x07",
    "control-string": b"\x1bP" + b"q" * 12_000_000 + b"\x1b\\",
    "parameters": b"\x1b[" + b"9;" * 1_000_000 + b"m",
    "notices": b"\x1b]9;say\x07\x1b]777;notify;a;b\x07\x1b]1337;File=:AA==\x07" + b"\x07" * 500,
    "unfinished": b"\xe2\x82" * 100_000 + b"\xf0\x9f",
    "modes": b"\x1b[?1049h\x1b[?25l\x1b[8m\x1b(0\x1b[?7l\x1b[2;3r",
}


@pytest.mark.parametrize("noise", NOISE)
def test_noise_touches_nothing(show: Open, fake: Fake, noise: str) -> None:
    """Huge titles, the clipboard, notices and strings that never end change nothing of the page."""
    page = show()
    rows, title = opened(page), page.title()
    flood(fake, NOISE[noise])
    still_itself(page, fake, rows, title)
    assert "".join(fake.typed) == "ls"


def test_questions_get_a_terminal_s_answers(show: Open, fake: Fake) -> None:
    """Who asks for colours, settings or the cursor gets them, and never what was printed: neither
    a title nor an unknown setting comes back as typing."""
    page = show()
    rows, title = opened(page), page.title()
    fake.output(b"\x1b]0;rm -rf ~\x07\x1b]2;reboot\n\x07\x1b[20t\x1b[21t\x1b[18t\x05")
    fake.output(b"\x1bP$qreboot\n\x1b\\\x1bP+q7265626f6f74\x1b\\\x1bP$qm\x1b\\")
    fake.output(b"\x1b]4;1;?\x07\x1b]10;?\x07\x1b]11;?\x07\x1b[c\x1b[>c\x1b[6n\x1b[5n\x1b[?2004$p")
    expect(rows).not_to_contain_text("never")
    still_itself(page, fake, rows, title)
    answered = "".join(fake.typed)
    assert "\x1b]11;rgb:" in answered
    assert "\x1b[?1;2c" in answered
    assert not re.search(r"reboot|rm -rf|\n|\r", answered)


def test_a_link_opens_nothing(show: Open, fake: Fake) -> None:
    """A link that a machine prints is text: neither a click nor one with Ctrl opens anything."""
    page = show()
    rows, title = opened(page), page.title()
    for target in (b"https://example.org/", b"javascript:document.title='gone'"):
        fake.output(
            b"\r\n\x1b]8;;" + target + b"\x1b\\klik hier\x1b]8;;\x1b\\ https://example.org/x\r\n"
        )
    expect(rows).to_contain_text("klik hier")
    line = rows.locator("> div", has_text="klik hier").last
    box = line.bounding_box()
    assert box is not None
    for left in (20, 200):
        page.mouse.move(box["x"] + left, box["y"] + 8)
        page.wait_for_timeout(300)
        page.mouse.click(box["x"] + left, box["y"] + 8)
        page.keyboard.down("Control")
        page.mouse.click(box["x"] + left, box["y"] + 8)
        page.keyboard.up("Control")
    page.wait_for_timeout(300)
    still_itself(page, fake, rows, title)


def test_a_letter_in_two_pieces_is_one(show: Open, fake: Fake) -> None:
    """A letter whose bytes come in two messages is shown; one that never ends hides nothing."""
    page = show()
    rows = opened(page)
    fake.output(b"\r\nprijs: 5 \xe2\x82")
    fake.output(b"\xac en \xf0\x9f")
    fake.output(b"verder")
    expect(rows).to_contain_text(re.compile("prijs: 5 € en .{0,2}verder"))
