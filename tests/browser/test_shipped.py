from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from breakfix.messages import Language, catalogue
from breakfix.model.screen import Trouble
from breakfix.model.session import Mode
from breakfix.wiring import checkout
from tests.browser.asked import EXTENSION

UI = checkout() / "ui"
KEY = re.compile(r"'((?:panel|screen|labs|offline)\.[a-z-]+)'")
#: How `next.ts` and `Head.tsx` name the second half of a key.
HALVES = re.compile(r"(?:verb|tab)\('([a-z-]+)', '([a-z-]+)'|(?:title|why)=\"([a-z-]+)\"")
#: Keys of which the source adds the end to a beginning, with all ends that there are.
MADE: Mapping[str, Iterable[str]] = {
    "panel.": {"show-time", "hide-time", "later-holds", "later-lost", "later-not"},
    "panel.mode-": set(Mode),
    "panel.recording-": {"erase", "erase-one", "leave-out", "leave-out-one"},
    "panel.step-": {"done", "now", "to-come"},
    "panel.sure-": {
        f"{verb}{part}" for verb in ("reset", "finish") for part in ("", "-text", "-yes")
    } | {"erase", "erase-yes", "leave-out", "leave-out-yes"},
    "panel.later-": {"customer", "teacher", "list"},
    "panel.tab-": {"ticket", "diagnosis", "hints", "results", "hand-in"},
    "panel.terminal-": {"off", "booting", "restarts", "paused", "missing"},
    "screen.": set(Trouble),
    "screen.nothing-": {"display", "paper", "mailbox"},
}  # fmt: skip


def files(root: Path) -> dict[str, bytes]:
    """Every file below `root` with what is in it."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def source() -> str:
    """All of our TypeScript."""
    return "\n".join(path.read_text("utf-8") for path in sorted((UI / "src").rglob("*.ts*")))


def node() -> str:
    """Node, with the libraries that building needs."""
    found = shutil.which("node")
    if found is None or not (UI / "node_modules" / "esbuild").exists():
        pytest.skip("building needs Node and `make modules`")
    return found


def test_what_is_shipped_is_what_the_source_builds(tmp_path: Path) -> None:
    """Building again gives the very files that travel in the package."""
    built = tmp_path / "breakfix"
    subprocess.run([node(), "build.mjs", str(built)], cwd=UI, check=True, capture_output=True)
    assert files(built) == files(EXTENSION)


def test_the_source_has_no_mistake_of_type() -> None:
    """TypeScript in its strictest form finds nothing."""
    compiler = UI / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [node(), str(compiler), "--noEmit"], cwd=UI, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_jupyterlab_is_told_of_files_that_exist() -> None:
    """The shipped package.json names a script that is there, and both ways in."""
    told = json.loads((EXTENSION / "package.json").read_text("utf-8"))["jupyterlab"]["_build"]
    assert (EXTENSION / told["load"]).is_file()
    assert {told["extension"], told["mimeExtension"]} == {"./extension", "./mimeExtension"}


def test_the_lock_file_names_no_address() -> None:
    """The lock file works with whichever registry npm is set up for."""
    lock = json.loads((UI / "package-lock.json").read_text("utf-8"))
    assert [name for name, one in lock["packages"].items() if "resolved" in one] == []


@pytest.mark.parametrize("language", list(Language))
def test_every_key_of_the_panel_has_a_sentence(language: Language) -> None:
    """Each key that the TypeScript names in full is in the catalogue."""
    halves = {half for match in HALVES.findall(source()) for half in match if half}
    keys = set(KEY.findall(source())) | {f"panel.{half}" for half in halves}
    assert len(halves) > 20
    assert len(keys) > 80
    assert sorted(keys - set(catalogue(language))) == []


def test_every_sentence_of_the_panel_is_said() -> None:
    """No sentence of the panel's own sections is left that nothing says."""
    said = source() + "\n".join(
        path.read_text("utf-8") for path in (checkout() / "src" / "breakfix").rglob("*.py")
    )
    ours = [
        key for key in catalogue(Language.EN) if re.match(r"(panel|screen|labs|offline)\.", key)
    ]
    made = {head + end for head, ends in MADE.items() for end in ends}
    made |= {f"panel.{half}" for match in HALVES.findall(source()) for half in match if half}
    unsaid = [key for key in ours if not _named(key, said) and key not in made]
    assert unsaid == []


@pytest.mark.parametrize("head", MADE)
def test_keys_that_are_made_are_made_there(head: str) -> None:
    """Each beginning to which the source adds an end is there, and every such key is a sentence."""
    assert f"`{head}${{" in source()
    assert {head + end for end in MADE[head]} <= set(catalogue(Language.EN))


def _named(key: str, source: str) -> bool:
    """Whether the whole key stands there."""
    return any(f"{quote}{key}{quote}" in source for quote in "'\"`")


def test_the_source_makes_no_html() -> None:
    """Nothing in the TypeScript turns text into HTML."""
    bad = re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|DOMParser", source()
    )
    assert bad == []


def test_a_page_of_a_machine_stands_only_in_a_frame_without_permissions() -> None:
    """One place draws a document, and its frame is given no permission, before the document."""
    (frame,) = re.findall(r"<iframe\b.*?/>", source(), re.DOTALL)
    assert len(re.findall(r"\bsrcdoc\b", source())) == 1
    assert 'sandbox=""' in frame
    assert "allow" not in frame
    assert frame.index("sandbox") < frame.index("srcdoc")
    assert "default-src 'none'; style-src 'unsafe-inline'\"" in source()


def test_ids_are_unique_on_a_page() -> None:
    """Ids come from `core/id`: Preact's own `useId` counts anew in each panel."""
    bad = re.findall(r"import \{[^}]*\buseId\b[^}]*\} from 'preact[^']*'", source())
    assert bad == []
