"""How soon a panel is live in JupyterLab, and what labs that are open cost its server."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterator
from contextlib import AsyncExitStack

from playwright.sync_api import Page
from tests.engine.browsing import CHROMIUM, browser_page
from tests.engine.counting import private_bytes
from tests.engine.jupyter import Jupyter
from tests.panel_browser import TOKEN

from bench.measure import Measure
from bench.serving import LABS, server
from breakfix.content import read_lab
from breakfix.content.desk import lab_notebook
from breakfix.messages import Language
from breakfix.session.service import LocalLabService

LAB = "tiny"
#: The labs that are opened one after the other, each with a terminal on its machine.
OPENED = {"tiny": "pc", "page-gone": "shop"}
ROUNDS = 3
SETTLE_SECONDS = 4.0
_LAB_FOLDER = LABS / "m021-network" / LAB
#: Notes when the first words of JupyterLab's own terminal come, before it draws them.
_LISTEN = """
const Socket = WebSocket;
window.WebSocket = class extends Socket {
  constructor(address, protocols) {
    super(address, protocols);
    if (String(address).includes('/terminals/websocket/')) {
      this.addEventListener('message', event => {
        if (String(event.data).startsWith('["stdout"')) window.said ??= performance.now();
      });
    }
  }
};
"""
#: Seconds from a command until each of the marks is there: a place on the page that has a text, or
#: the first words of JupyterLab's terminal.
_TIMED = """
async ([command, options, ...marks]) => {
  const seen = [];
  const now = ([place, text]) => place === 'said' ? window.said
    : document.querySelector(place)?.textContent.includes(text) && performance.now();
  window.said = undefined;
  const began = performance.now();
  void window.jupyterapp.commands.execute(command, options);
  while (seen.length < marks.length) {
    const mark = now(marks[seen.length]);
    if (mark) seen.push((mark - began) / 1000);
    else if (performance.now() - began > 60_000) throw new Error(`no ${marks[seen.length]}`);
    else await new Promise(done => setTimeout(done, 5));
  }
  return seen;
}
"""
_PANEL_MARKS = (
    (".jp-NotebookPanel .jp-CodeCell", ""),
    (".bf-desk .bf-head", ""),
    (".bf-screen:not([hidden]) .xterm-rows", "$"),
)


def readiness(service: LocalLabService) -> Iterator[Measure]:
    """A panel in its notebook, and its terminal, against JupyterLab's own terminal, in one page."""
    del service  # the server has one of its own
    if CHROMIUM is None:
        raise SystemExit("there is no Chromium: `make browser`")
    with server("jupyterlab", "--LabApp.expose_app_in_browser=True") as made:
        lab_notebook(made.root, read_lab(_LAB_FOLDER), Language.EN, {"PC_NAME": "x", "CODE": "1"})
        asyncio.run(_do(made, "start"))
        with browser_page(1400, 950) as page:
            page.add_init_script(_LISTEN)
            page.goto(f"http://127.0.0.1:{made.port}/lab?token={TOKEN}")
            ready = "window.jupyterapp?.restored.then(() => true)"
            page.wait_for_function(ready, timeout=120_000)
            rounds = [(_panel(page), _terminal(page)) for _ in range(ROUNDS + 1)][1:]
        asyncio.run(_do(made, "finish"))
    stands, live, prompt = map(statistics.median, zip(*(one for one, _ in rounds), strict=True))
    theirs = statistics.median(one for _, one in rounds)
    yield Measure("panel live after its notebook / their terminal", live - stands, theirs, 0.5)
    yield Measure("prompt after the panel / their terminal", prompt - live, theirs, None)
    yield Measure("notebook asked for until the panel is live", live, None, None)


def _panel(page: Page) -> list[float]:
    """Seconds from asking for a notebook until it stands, its panel is live, its shell prompts."""
    asked = {"path": f"{LAB}.ipynb", "factory": "Notebook"}
    found = page.evaluate(_TIMED, ["docmanager:open", asked, *_PANEL_MARKS])
    _close(page)
    return list(found)


def _terminal(page: Page) -> float:
    """Seconds from asking for JupyterLab's own terminal until its shell prompts."""
    found = page.evaluate(_TIMED, ["terminal:create-new", {}, ("said", "")])
    _close(page)
    return float(found[0])


def _close(page: Page) -> None:
    page.evaluate("window.jupyterapp.commands.execute('application:close')")
    page.wait_for_timeout(1000)


async def _do(made: Jupyter, verb: str) -> None:
    async with made.socket(f"panel/{LAB}") as panel:
        await panel.state()
        await panel.do(verb)


def server_memory(service: LocalLabService) -> Iterator[Measure]:
    """Memory that only the server's process has, with more and more labs open."""
    del service  # the server has one of its own
    with server() as made:
        none, *more = asyncio.run(_used(made))
    for number, used in enumerate(more, 1):
        name = f"server's private memory, {number} open / none"
        yield Measure(name, used / 1e6, none / 1e6, None, "MB")
    yield Measure("server's memory for one more lab", (more[-1] - more[0]) / 1e6, None, None, "MB")


async def _used(made: Jupyter) -> list[int]:
    found = [await _resting(made)]
    async with AsyncExitStack() as stack:
        for lab, machine in OPENED.items():
            panel = await stack.enter_async_context(made.socket(f"panel/{lab}"))
            await panel.state()
            await panel.do("start")
            address = f"terminal/{lab}/{machine}?id={'c' * 16}"
            terminal = await stack.enter_async_context(made.socket(address))
            await terminal.until(lambda data: isinstance(data, bytes))
            await panel.do("check")
            found.append(await _resting(made))
            stack.push_async_callback(panel.do, "finish")
    return found


async def _resting(made: Jupyter) -> int:
    await asyncio.sleep(SETTLE_SECONDS)
    return private_bytes(made.process.pid)
