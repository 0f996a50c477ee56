"""`breakfix.lab()` and `breakfix.panel()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from breakfix.messages import language_of_environment
from breakfix.notebook.handle import LabHandle
from breakfix.notebook.told import told
from breakfix.wiring import catalog, lab_service

if TYPE_CHECKING:
    from breakfix.notebook.panel import PanelWidget


def open_lab(slug: str) -> LabHandle:
    """The handle of one lab on this computer. Raises Told for an unknown lab."""
    language = language_of_environment()
    with told(language):
        service = lab_service()
        service.catalog.load(slug)
    return LabHandle(slug, service, service, language)


def open_panel(slug: str) -> PanelWidget:
    """The panel of one lab; no engine is asked yet. Raises Told for an unknown lab."""
    # Late: only this needs widgets, and they take a while to load.
    from breakfix.notebook.panel import panel_widget  # noqa: PLC0415

    language = language_of_environment()
    with told(language):
        catalog().load(slug)
    return panel_widget(slug, language)
