"""A mailbox as plain text."""

from __future__ import annotations

from breakfix.screens.limits import MOST_MESSAGES
from breakfix.screens.mailbox import messages

BOX = (
    b"From a@b Mon Nov 23 10:00:00 2026\nFrom: =?utf-8?q?No=C3=AB?= <a@b.example>\n"
    b"Subject: =?utf-8?b?w6nDqW4=?=\nDate: Mon, 23 Nov 2026 10:00:00 +0100\n"
    b"Content-Type: text/plain; charset=utf-8\n\nDag,\n\xc3\xa9\n\n"
    b"From c@d Tue Nov 24 10:00:00 2026\nFrom: c@d.example\nSubject: twee\n"
    b"Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/html\n\n"
    b"<script>1</script>\n--x\nContent-Type: text/plain\n\n\x1b[31mtekst\n--x--\n"
)


def test_the_newest_message_is_first_and_plain() -> None:
    """Names, subjects and words are decoded; of a message in two forms the plain one is shown."""
    newest, oldest = messages(BOX)
    assert (newest.subject, newest.text) == ("twee", "tekst")
    assert (oldest.sender, oldest.subject, oldest.text) == ("Noë <a@b.example>", "één", "Dag,\né")


def test_a_damaged_mailbox_shows_what_can_be_read() -> None:
    """Bytes that are no message, wrong heads and wrong encodings lose only themselves."""
    odd = b"From x\nContent-Type: text/plain; charset=nonsense\nSubject: =?x?q?=FF?=\n\n\xff\n"
    assert [one.text for one in messages(b"\x00half a message\n" + BOX + odd)][1:] == [
        "tekst",
        "Dag,\né",
    ]
    assert messages(b"\xff" * 1000) == ()


def test_a_long_mailbox_is_bounded() -> None:
    """Only the newest messages are shown, each of a bounded length."""
    many = b"".join(b"From x\nSubject: %d\n\n%s\n" % (n, b"a" * 9000) for n in range(50))
    found = messages(many)
    assert [one.subject for one in found] == [str(n) for n in range(49, 49 - MOST_MESSAGES, -1)]
    assert max(len(one.text) for one in found) < 5000
