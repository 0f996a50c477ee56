"""Forms of names and ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from breakfix.content.draft import Draft
from breakfix.content.profile import competences
from breakfix.content.rules.rule import Finding, rule

_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_COMPETENCE = re.compile(r"0\d\d\.\d+\.\d+")
_PARAMETER = re.compile(r"[A-Z][A-Z0-9_]*")


@rule("L020")
def slug_form(draft: Draft) -> Iterator[Finding]:
    """The lab's folder has a slug: small letters, digits and single hyphens."""
    slug = draft.root.resolve().name
    if not _KEBAB.fullmatch(slug):
        yield draft.root / "lab.toml", 1, {"slug": slug}


@rule("L021")
def competence_form(draft: Draft) -> Iterator[Finding]:
    """A competence id has the form 021.7.2."""
    for number, name in enumerate(draft.lab.value.competences if draft.lab.value else ()):
        if not _COMPETENCE.fullmatch(name):
            yield draft.lab.path, draft.lab.line("competences", number), {"id": name}


@rule("L022")
def double_ids(draft: Draft) -> Iterator[Finding]:
    """No two checks, screens, questions, places, causes or tests have the same id."""
    if lab := draft.lab.value:
        for kind, ids in (
            ("checks", [one.id for one in lab.checks]),
            ("questions", [one.id for one in lab.questions]),
            ("screens", [one.id for one in lab.screens]),
        ):
            for place in _again(ids):
                yield draft.lab.path, draft.lab.line(kind, place), {"id": ids[place]}
    if form := draft.form.value:
        causes = [cause.id for place in form.places for cause in place.causes]
        for ids in ([one.id for one in form.places], causes, [one.id for one in form.tests]):
            for place in _again(ids):
                yield draft.form.path, _last_line(draft, ids[place]), {"id": ids[place]}


@rule("L023")
def parameter_form(draft: Draft) -> Iterator[Finding]:
    """A parameter's name is in capitals, so that no text and no script can mistake it."""
    for name in draft.lab.value.parameters if draft.lab.value else ():
        if not _PARAMETER.fullmatch(name):
            yield draft.lab.path, draft.lab.line("parameters", name), {"name": name}


@rule("L024")
def id_form(draft: Draft) -> Iterator[Finding]:
    """Names of machines, networks, faults, checks and screens have small letters, digits and
    hyphens."""
    if lab := draft.lab.value:
        for kind in ("machines", "networks", "faults"):
            for name in _odd(getattr(lab, kind)):
                yield draft.lab.path, draft.lab.line(kind, name), {"name": name}
        for kind, ids in (
            ("checks", [one.id for one in lab.checks]),
            ("screens", [one.id for one in lab.screens]),
        ):
            for number, name in enumerate(ids):
                if not _KEBAB.fullmatch(name):
                    yield draft.lab.path, draft.lab.line(kind, number, "id"), {"name": name}


def _odd(names: Iterable[str]) -> list[str]:
    return [name for name in names if not _KEBAB.fullmatch(name)]


def _again(ids: list[str]) -> list[int]:
    """Where an id stands that stood before."""
    seen: Counter[str] = Counter()
    places = []
    for place, name in enumerate(ids):
        seen[name] += 1
        if seen[name] > 1:
            places.append(place)
    return places


def _last_line(draft: Draft, name: str) -> int:
    numbered = enumerate(draft.form.text.splitlines(), 1)
    return max((number for number, line in numbered if f'"{name}"' in line), default=1)


@rule("L025")
def competence_known(draft: Draft) -> Iterator[Finding]:
    """A competence is one of the training profile's."""
    for number, name in enumerate(draft.lab.value.competences if draft.lab.value else ()):
        if _COMPETENCE.fullmatch(name) and name not in competences():
            yield draft.lab.path, draft.lab.line("competences", number), {"id": name}
