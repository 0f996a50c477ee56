"""Text that a learner wrote, made fit for a page that a teacher opens.

Formgrader and the feedback pages show Markdown as HTML on the origin of the teacher's own Jupyter,
with live HTML, links of any kind, pictures from anywhere and MathJax, which has links of its own.
So a text is shown as Markdown only when it holds nothing but words and plain punctuation; any other
is shown exactly as it was written, in a code block.
"""

from __future__ import annotations

import re

#: Characters of one answer that are kept.
MOST = 50_000
#: Letters and digits of any language with their accents, and marks that make at most a list, an
#: emphasis or a table of nothing. No `<`, `&`, `[`, `\`, `$`, backtick, `#`, `=`, `|` or `~`.
_WORDS = re.compile(r"(?:[^\W_]|[\u0300-\u036f \n.,:;!?()'\"/%+*@€°’“”«»…–—-])*")
#: What makes a heading of the line above it, or an address that becomes a link.
_ACTIVE = re.compile(r"^[ ]*[-*+][-*+ ]*$|://", re.MULTILINE)
#: Controls, half characters, and signs that turn or hide what stands beside them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_MOST_BRACKETS = 200
_COLOURS = re.compile("\x1b\\[[0-9;?]*[ -/]*[@-~]")


def readable(text: str, most: int = MOST) -> str:
    """`text` with every unseen character spelled out, and cut where it goes on without end."""
    cut = text[:most] + ("\n[…]" if len(text) > most else "")
    lines = cut.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", lines)


def printed(text: str, most: int = MOST) -> str:
    """What a program printed, without colours."""
    return readable(_COLOURS.sub("", text[: 2 * most]), most)


def verbatim(text: str) -> str:
    """Markdown that shows `text` as it is: a code block that nothing in it can end."""
    lines = "\n".join(map(_short, text.split("\n")))
    runs = re.findall(r"`+", lines)
    fence = "`" * max(3, 1 + max(map(len, runs), default=0))
    return f"{fence}\n{lines}\n{fence}"


def _short(line: str) -> str:
    """A line in pieces where it would keep nbconvert's search for links busy for minutes."""
    if line.count("[") <= _MOST_BRACKETS:
        return line
    return "\n".join(line[at : at + _MOST_BRACKETS] for at in range(0, len(line), _MOST_BRACKETS))


def written(markdown: str) -> str:
    """What a learner wrote, of Markdown that `inert` made."""
    fence, _, rest = markdown.partition("\n")
    shown, _, end = rest.rpartition("\n")
    return shown if fence == end and re.fullmatch(r"`{3,}", fence) else markdown


def inert(text: str) -> str:
    """Markdown that shows what a learner wrote, in which nothing is live."""
    seen = readable(text)
    plain = _WORDS.fullmatch(seen) and not _ACTIVE.search(seen)
    return seen if plain else verbatim(seen)
