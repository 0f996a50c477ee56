"""Whether a Mermaid drawing can be drawn, as far as its structure tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

_KINDS = {
    "flowchart", "graph", "sequenceDiagram", "stateDiagram-v2", "classDiagram", "erDiagram",
    "gantt", "timeline", "mindmap",
}  # fmt: skip
_PAIRS = {")": "(", "]": "[", "}": "{"}
_OPENS = re.compile(r"^(subgraph|alt|opt|loop|par|critical|rect)\b")


def trouble_in(text: str) -> list[str]:
    """What is wrong with a drawing, in words."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    drawn = [line for line in lines if not line.startswith("%%")]
    return [*_head(drawn), *_brackets(drawn), *_groups(drawn), *_labels(drawn)]


def _head(lines: list[str]) -> Iterator[str]:
    kind = lines[0].split()[0] if lines else ""
    if kind not in _KINDS:
        yield f"no drawing is called {kind}"
    for name in ("accTitle:", "accDescr:"):
        if not any(line.startswith(name) and len(line) > len(name) for line in lines):
            yield f"{name} is missing"


def _brackets(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith(("accTitle", "accDescr")):
            continue
        waiting: list[str] = []
        for sign in re.sub(r'"[^"]*"', "", line):
            if sign in _PAIRS.values():
                waiting.append(sign)
            elif sign in _PAIRS and (not waiting or waiting.pop() != _PAIRS[sign]):
                yield f"a closing bracket too many: {line}"
        if waiting:
            yield f"an open bracket: {line}"
        if line.count('"') % 2:
            yield f"an open quotation: {line}"


def _groups(lines: list[str]) -> Iterator[str]:
    opened = sum(bool(_OPENS.match(line)) for line in lines)
    if opened != sum(line == "end" for line in lines):
        yield f"{opened} groups, each needs its own `end`"


def _labels(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if lines[0].startswith(("flowchart", "graph")) and line.count("|") % 2:
            yield f"a label that is not closed by |: {line}"
