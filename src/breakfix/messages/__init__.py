"""Every sentence that a person sees, in Dutch and English (`nl.toml`, `en.toml`)."""

from breakfix.messages.catalogue import catalogue, say
from breakfix.messages.language import Language, language_of_environment

__all__ = ["Language", "catalogue", "language_of_environment", "say"]
