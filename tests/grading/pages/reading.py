"""Reading a page as a browser would: which elements it has, what it would load, what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

#: Attributes by which a page loads something, or runs it.
_LOADS = {"src", "srcset", "data", "poster", "background", "action", "formaction", "ping"}
#: Elements that load, run or send something.
_FETCHED = {"script", "link", "iframe", "object", "embed", "img", "svg", "base", "form", "video"}
_VOID = {"meta", "br", "link", "img", "input", "hr", "base"}


@dataclass
class _Reader(HTMLParser):
    """What was found in a page."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Every element ends where it should."""
        if tag in _VOID:
            return
        assert self.opened, f"</{tag}> ends nothing"
        assert self.opened.pop() == tag, f"</{tag}> ends something else"

    def handle_data(self, data: str) -> None:
        """Note text."""
        target = self.styles if self.opened and self.opened[-1] == "style" else self.words
        target.append(data)


@dataclass(frozen=True)
class Read:
    """A page that was read; it is well-formed."""

    html: str
    tags: tuple[tuple[str, dict[str, str]], ...]
    text: str
    style: str

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every such element."""
        return [attributes for name, attributes in self.tags if name == tag]

    def loads(self) -> list[str]:
        """Whatever a browser would fetch or run."""
        found = [
            f"{tag} {name}={value}"
            for tag, attributes in self.tags
            for name, value in attributes.items()
            if name in _LOADS or name.startswith("on") or "javascript:" in value.lower()
        ]
        found += [tag for tag, _ in self.tags if tag in _FETCHED]
        found += [value["href"] for value in self.all("a") if not value["href"].startswith("#")]
        return found + re.findall(r"@import.*|url\([^)]*\)|expression\(", self.style)

    def headings(self) -> list[int]:
        """The levels of headings, in order."""
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch(r"h[1-6]", tag)]


def read(html: str) -> Read:
    """Read a page. Fails where an element does not end."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.opened == []
    text = " ".join(" ".join(reader.words).split())
    return Read(html, tuple(reader.tags), text, "".join(reader.styles))


def assert_harmless(page: Read, language: str) -> None:
    """What holds for every page of ours: it loads and runs nothing, and can be read aloud."""
    assert page.loads() == []
    policies = [one for one in page.all("meta") if one.get("http-equiv")]
    assert [one["http-equiv"] for one in policies] == ["Content-Security-Policy"]
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in policies[0]["content"]
    assert page.all("html") == [{"lang": language}]
    levels = page.headings()
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all("scope" in one for one in page.all("th"))
    ids = [one["id"] for _, one in page.tags if "id" in one]
    assert len(ids) == len(set(ids))
    asked = {one["href"][1:] for one in page.all("a")}
    assert asked <= set(ids)
