"""`breakfix.lab()`."""

from __future__ import annotations

from breakfix.messages import language_of_environment
from breakfix.notebook.handle import LabHandle
from breakfix.wiring import lab_service


def open_lab(slug: str) -> LabHandle:
    """The handle of one lab on this computer. Raises NotFound for an unknown lab."""
    service = lab_service()
    service.catalog.load(slug)
    return LabHandle(slug, service, service, language_of_environment())
