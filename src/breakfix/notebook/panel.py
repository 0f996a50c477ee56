"""`breakfix.panel(…)`: the panel as a widget, for front ends without JupyterLab's extensions."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from breakfix.messages import Language, say
from breakfix.notebook.handle import PANEL
from breakfix.ports.scripts import panel_version, widget_loader


class PanelWidget(anywidget.AnyWidget):
    """The panel of a lab. A JupyterLab with our extension draws it from `PANEL`, without a kernel;
    elsewhere a loader fetches the same script from the Jupyter server. Where nothing is drawn, and
    where no server of ours answers, the sentence `elsewhere` says what to do."""

    _esm = widget_loader().read_text("utf-8")
    slug = traitlets.Unicode().tag(sync=True)
    version = traitlets.Unicode().tag(sync=True)
    elsewhere = traitlets.Unicode().tag(sync=True)

    def __repr__(self) -> str:
        return str(self.elsewhere)

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401 (anywidget's own)
        data, metadata = super()._repr_mimebundle_(**options) or ({}, {})
        return {**data, PANEL: {"panel": self.slug}, "text/plain": repr(self)}, metadata


def panel_widget(slug: str, language: Language) -> PanelWidget:
    """The panel of a lab that exists."""
    words = say("notebook.panel-elsewhere", language, lab=slug)
    return PanelWidget(slug=slug, version=panel_version(), elsewhere=words)
