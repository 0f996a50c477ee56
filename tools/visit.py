"""A learner's desk for pictures: JupyterLab, a panel, and the command line beside it."""

from __future__ import annotations

import os
import re
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, expect
from tests.engine.conftest import Run, runner
from tests.engine.jupyter import Jupyter
from tests.panel_browser import TOKEN

from breakfix.content import read_lab
from breakfix.content.desk import lab_notebook
from breakfix.content.loaded import LoadedLab
from breakfix.messages import Language, say
from breakfix.model.parameter import draw_all
from breakfix.server.lab_settings import desk_settings, own_choices
from breakfix.wiring import catalog
from tools.camera import Camera, adaptive, camera

_SEED = "7"
_LONG = 150_000
#: The command has ended: nothing stands behind the last prompt.
_PROMPT = re.compile(r"\$\s*$")


@dataclass(frozen=True)
class Desk:
    """JupyterLab with the labs of this checkout, the command line beside it, and a camera."""

    server: Jupyter
    run: Run
    root: Path
    camera: Camera
    language: Language

    @property
    def panel(self) -> Locator:
        """The panel in sight."""
        return self.camera.page.locator(".bf-desk").locator("visible=true")

    def say(self, key: str, **values: object) -> str:
        """A sentence of the screens."""
        return say(key, self.language, **values)

    def go(self, path: str = "") -> None:
        """Open an address of JupyterLab."""
        address = f"http://127.0.0.1:{self.server.port}/lab{path}?token={TOKEN}"
        self.camera.page.goto(address)
        self.camera.page.evaluate("localStorage.setItem('breakfix:hide-time', 'yes')")

    def notebook(self, loaded: LoadedLab) -> None:
        """Open a lab's notebook."""
        values = draw_all(loaded.lab.parameters, _SEED)
        made = lab_notebook(self.root, loaded, self.language, values)
        self.go(f"/tree/{made.name}")
        expect(self.panel).to_be_visible(timeout=_LONG)

    def start(self, slug: str, fault: str) -> None:
        """Start a lab with a fault that the pictures tell about."""
        self.command("lab", "start", slug, "--fault", fault, "--seed", _SEED)
        expect(self._rows).to_contain_text("$", timeout=_LONG)

    def command(self, *words: str) -> None:
        """Give a command of ours."""
        done = self.run(*words)
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)

    def press(self, key: str) -> None:
        """Press the button with these words, once it can be pressed."""
        button = self.panel.get_by_role("button", name=self.say(key), exact=True).first
        expect(button).not_to_have_attribute("aria-disabled", "true", timeout=_LONG)
        button.click()

    def turn_to(self, paper: str) -> None:
        """Turn to one of the papers."""
        self.panel.get_by_role("tab", name=self.say(f"panel.tab-{paper}")).click()

    def sees(self, key: str, **values: object) -> None:
        """Wait until that sentence is in sight."""
        text = self.panel.get_by_text(self.say(key, **values)).locator("visible=true").first
        expect(text).to_be_visible(timeout=_LONG)

    def type(self, command: str, shows: str) -> None:
        """Give a command in the terminal, and wait for what it prints."""
        self.panel.locator(".bf-screen:not([hidden]) .xterm-screen").click()
        self.camera.page.keyboard.type(f"{command}\n")
        expect(self._rows).to_contain_text(shows, timeout=_LONG)
        expect(self._rows).to_have_text(_PROMPT, timeout=_LONG)

    @property
    def _rows(self) -> Locator:
        return self.panel.locator(".bf-screen:not([hidden]) .xterm-rows")


@contextmanager
def desk(folder: Path, language: Language) -> Iterator[Desk]:
    """A desk in an installation of its own, of which nothing stays but the pictures."""
    with tempfile.TemporaryDirectory(prefix="breakfix-pictures-") as place:
        root = Path(place) / "workspace"
        root.mkdir()
        environment = _environment(Path(place), language)
        run = runner(environment)
        settings = desk_settings(
            Path(environment["XDG_STATE_HOME"]) / "breakfix" / environment["BREAKFIX_INSTALLATION"],
            language,
        )
        adaptive(own_choices(settings))
        options = (
            f"--LabApp.app_settings_dir={settings}",
            f"--LabApp.user_settings_dir={own_choices(settings)}",
        )
        log = Path(place) / "jupyter.log"
        server = Jupyter(root, log, environment, "jupyterlab", options=options)
        server.start()
        try:
            with camera(folder) as made:
                yield Desk(server, run, root, made, language)
        finally:
            server.stop()
            run("clean", "--yes")


def lab(slug: str) -> LoadedLab:
    """A lab of this checkout."""
    return read_lab(catalog().folder(slug))


def _environment(place: Path, language: Language) -> dict[str, str]:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return dict(os.environ) | {
        "PATH": programs,
        "BREAKFIX_INSTALLATION": f"pict{secrets.token_hex(3)}",
        "BREAKFIX_LANGUAGE": language.value,
        "BREAKFIX_LEARNER": "els",
        "XDG_STATE_HOME": str(place / "state"),
        "JUPYTER_CONFIG_DIR": str(place / "jupyter"),
    }
