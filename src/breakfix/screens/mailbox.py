"""A mailbox as the customer sees it: who wrote what, as plain text, the newest first."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage

from breakfix.model.screen import Message
from breakfix.screens.answer import readable
from breakfix.screens.limits import MOST_MESSAGES, MOST_TITLE

_FROM = re.compile(rb"^From [^\n]*\n", re.MULTILINE)
_MOST_TEXT = 4000


def messages(content: bytes) -> tuple[Message, ...]:
    """The messages of an mbox file, of which the beginning may be missing."""
    parts = _FROM.split(content)[1:]
    return tuple(_messages(parts[::-1][:MOST_MESSAGES]))


def _messages(parts: list[bytes]) -> Iterator[Message]:
    for part in parts:
        try:
            found = email.message_from_bytes(part, policy=email.policy.default)
            sender, subject, date = (_head(found, name) for name in ("From", "Subject", "Date"))
            yield Message(sender, subject, date, _text(found))
        except Exception:  # noqa: BLE001, S112 (hostile messages find every corner of that library)
            continue


def _head(message: EmailMessage, name: str) -> str:
    return " ".join(readable(str(message.get(name, ""))).split())[:MOST_TITLE]


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    if body is None:
        return ""
    try:
        text = str(body.get_content())
    except LookupError:  # an encoding that nobody knows
        data = body.get_payload(decode=True)
        text = data.decode(errors="replace") if isinstance(data, bytes) else ""
    return readable(text).strip()[:_MOST_TEXT]
