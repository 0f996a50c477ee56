"""Single values of lab.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from breakfix.content.draft import Draft
from breakfix.content.locator import Loc
from breakfix.content.rules.rule import Finding, rule
from breakfix.content.source import Source
from breakfix.model.value import Text

FORMAT = 1


@rule("L005")
def format_version(draft: Draft) -> Iterator[Finding]:
    """`format` is a version of the format that this breakfix reads: 1."""
    if draft.lab.value and draft.lab.value.format != FORMAT:
        yield draft.lab.path, draft.lab.line("format"), {"format": str(draft.lab.value.format)}


@rule("L006")
def minutes_and_memory(draft: Draft) -> Iterator[Finding]:
    """`minutes` and `memory` are more than zero."""
    if lab := draft.lab.value:
        if lab.minutes <= 0:
            yield draft.lab.path, draft.lab.line("minutes"), {"key": "minutes"}
        for name, machine in lab.machines.items():
            if machine.memory <= 0:
                line = draft.lab.line("machines", name, "memory")
                yield draft.lab.path, line, {"key": f"machines.{name}.memory"}


@rule("L085")
def no_empty_text(draft: Draft) -> Iterator[Finding]:
    """No text in a TOML file is empty in either language."""
    sources: tuple[Source[object], ...] = (draft.lab, draft.form)  # type: ignore[assignment]
    for source in sources:
        for loc, text in _texts(source.value, ()):
            for language in ("nl", "en"):
                if not getattr(text, language).strip():
                    key = ".".join(map(str, (*loc, language)))
                    yield source.path, source.line(*loc, language), {"key": key}


def _texts(value: object, loc: Loc) -> Iterator[tuple[Loc, Text]]:
    """Every text inside `value`, with its place."""
    if isinstance(value, Text):
        yield loc, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, (*loc, str(name)))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*loc, number))
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name), (*loc, one.name))
