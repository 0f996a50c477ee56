"""Every sentence that a person sees, in Dutch and English (`nl.toml`, `en.toml`)."""

from breakfix.messages.catalogue import catalogue, say
from breakfix.messages.language import Language, language_of_environment
from breakfix.messages.moments import moment

__all__ = ["Language", "catalogue", "language_of_environment", "moment", "say"]
