"""What came back when a screen asked a machine for something."""

from __future__ import annotations

import re
from dataclasses import dataclass

from breakfix.model.screen import Trouble

_DECLARED = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
#: Where pages of today and of some time ago are written in; Python also knows encodings that
#: unpack, and those must not be chosen by a page.
_KNOWN = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-15": "iso-8859-15",
}


@dataclass(frozen=True)
class Answer:
    """The bytes that came, of which media type; or the trouble that there was instead."""

    content: bytes = b""
    media: str = ""
    cut: bool = False
    trouble: Trouble | None = None
    status: int = 0
    address: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it is to be shown as a page, not as plain text."""
        kind = self.media.partition(";")[0].strip().lower()
        return kind in {"text/html", "application/xhtml+xml"} or (
            not kind and self.content.lstrip().startswith(b"<")
        )

    @property
    def is_text(self) -> bool:
        """Whether it is plain text."""
        return self.media.partition(";")[0].strip().lower() in {"", "text/plain", "text/csv"}

    def text(self) -> str:
        """The bytes as text; what is no text becomes the sign for that."""
        return readable(self.content.decode(self._encoding(), errors="replace"))

    def _encoding(self) -> str:
        told = re.search(r"charset=[\"']?([\w-]{1,40})", self.media, re.IGNORECASE)
        found = _DECLARED.search(self.content[:1024]) if self.is_page else None
        name = told[1] if told else found[1].decode("ascii") if found else "utf-8"
        return _KNOWN.get(name.lower(), "utf-8")


def readable(text: str) -> str:
    """`text` without what steers a terminal or turns the direction of writing around."""
    return _STEERING.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


_STEERING = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b."
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
