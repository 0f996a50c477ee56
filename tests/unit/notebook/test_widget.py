"""`breakfix.panel(…)`: what it shows where nothing of it can be drawn, and where everything can."""

from __future__ import annotations

import pytest
from IPython.core.formatters import DisplayFormatter

import breakfix
from breakfix.notebook.handle import PANEL
from breakfix.notebook.told import Told

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen in English."""
    monkeypatch.setenv("BREAKFIX_LANGUAGE", "en")


def test_a_panel_is_for_every_front_end() -> None:
    """An output of a cell holds what JupyterLab draws, what widgets draw, and a sentence."""
    panel = breakfix.panel("no-internet")
    data, _ = DisplayFormatter().format(panel)  # type: ignore[no-untyped-call]
    assert data[PANEL] == {"panel": "no-internet"}
    assert data[WIDGET]["model_id"] == panel.model_id
    assert "\n" not in data["text/plain"]
    assert "`breakfix lab start no-internet`" in data["text/plain"]


def test_a_widget_carries_only_the_loader() -> None:
    """Each display sends the small loader and never the panel's whole script."""
    state = breakfix.panel("no-internet").get_state()
    assert (state["slug"], len(state["version"])) == ("no-internet", 12)
    assert state["elsewhere"] == repr(breakfix.panel("no-internet"))
    assert len(state["_esm"]) < 2000


def test_a_panel_of_an_unknown_lab_is_told() -> None:
    """A slip in the name is one sentence that names the lab, and no widget is made."""
    with pytest.raises(Told, match="no-internets"):
        breakfix.panel("no-internets")
