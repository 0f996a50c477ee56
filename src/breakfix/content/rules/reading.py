"""What the reader itself finds: files that are no TOML, keys and types, languages."""

from __future__ import annotations

from collections.abc import Iterator

from breakfix.content.draft import Draft
from breakfix.content.rules.rule import Finding, Look, rule

_SENTENCES = {
    "L001": "A TOML, Markdown or script file can be read: UTF-8, and TOML where it says so.",
    "L002": "No file has a key that the format does not know.",
    "L003": "Every key without a default value is given.",
    "L004": "Every value has the type that the format asks.",
    "L010": "Every required file is there.",
    "L080": "Every text has both languages.",
    "L081": "Every Markdown cell says its language: `lang-nl` or `lang-en`.",
    "L082": "Cells come in pairs of both languages; a ticket or a rubric is one pair, hints are one"
    " or more.",
    "L083": "A cell has one language tag at most, and it is a language that exists.",
    "L084": "No cell is empty.",
}


def _reading(number: str) -> Look:
    def look(draft: Draft) -> Iterator[Finding]:
        for problem in draft.problems:
            if problem.rule == number:
                yield problem.path, problem.line, problem.values

    look.__doc__ = _SENTENCES[number]
    return look


for _number in _SENTENCES:
    if _number != "L010":  # `files` adds the required files that the reader does not read
        rule(_number)(_reading(_number))
