"""Progress of long work in a notebook, by ipywidgets."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from breakfix.messages import Language, say
from breakfix.model.session import Event
from breakfix.ports.lab_service import LabService


class Progress:
    """A bar that follows a service's events; nothing is shown when there are no `steps`."""

    def __init__(self, service: LabService, language: Language, steps: int) -> None:
        self._language = language
        self._bar = None
        if steps:
            # Late: only notebooks have widgets, and importing them takes long.
            import ipywidgets  # noqa: PLC0415
            from IPython.display import display  # noqa: PLC0415

            self._bar = ipywidgets.IntProgress(
                min=0, max=steps, description="…", style={"description_width": "initial"}
            )
            display(self._bar)  # type: ignore[no-untyped-call]  # IPython ships it without types
            service.events(self._tell)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _tell(self, event: Event) -> None:
        if self._bar is not None:
            self._bar.value, self._bar.max = event.done, event.total
            self._bar.description = say(f"progress.{event.kind}", self._language)
