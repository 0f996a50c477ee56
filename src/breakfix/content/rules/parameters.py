"""Parameters, and the `$NAME`s in texts and scripts that stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from breakfix.content.draft import Draft
from breakfix.content.rules.rule import Finding, rule
from breakfix.model.parameter import Parameter, draw_all, names_in

# What the notebook fills besides the parameters.
OWN_NAMES = frozenset({"TICKET"})
# What a shell or a login gives to every script.
_SHELL = frozenset(
    re.findall(
        r"\w+",
        "HOME PATH PWD OLDPWD USER LOGNAME SHELL TERM LANG IFS HOSTNAME PPID UID EUID RANDOM "
        "SECONDS LINENO OPTARG OPTIND OPTERR PS1 PS2 PS4 TMPDIR DEBIAN_FRONTEND",
    )
)
_QUOTED_DOCUMENT = re.compile(r"<<-?\s*(['\"\\])(\w+)['\"]?.*?^\s*\2$", re.DOTALL | re.MULTILINE)
_NOT_EXPANDED = re.compile(r"'[^'\n]*'|^\s*#.*$|\s#\s.*$|\\\$", re.MULTILINE)
_USED = re.compile(r"\$\{?#?([A-Z][A-Z0-9_]*)(?![a-zA-Z0-9_])(:?[-+=?])?")
_ASSIGNED = re.compile(
    r"\b([A-Z][A-Z0-9_]*)\+?=|\bfor\s+([A-Z]\w*)|\b(?:read|export|local|getopts)\b([^\n;|&]*)"
)


@rule("L060")
def names_in_texts(draft: Draft) -> Iterator[Finding]:
    """Each `$NAME` in capitals in a text or host name is a parameter. A real dollar sign is `$$`;
    `$name` in small letters in a check's text is a value that the check gives."""
    if draft.lab.value is None:
        return
    known = {*draft.lab.value.parameters, *OWN_NAMES}
    for path, text in _texts(draft):
        for number, line in enumerate(text.splitlines(), 1):
            unknown = sorted(names_in(line) - known)
            for name in filter(str.isupper, unknown):
                yield path, number, {"name": name}


@rule("L061")
def names_in_scripts(draft: Draft) -> Iterator[Finding]:
    """Each `$NAME` in capitals in a script is a parameter, is set by the script, has a default
    there, or is the shell's own."""
    if draft.lab.value is None:
        return
    for path, _, text in draft.scripts():
        known = {*draft.lab.value.parameters, *_SHELL, *_assigned(text)}
        for name in sorted(_used(text) - known):
            yield path, _line_of(text, name), {"name": name}


@rule("L062")
def one_way_to_draw(draft: Draft) -> Iterator[Finding]:
    """A parameter has exactly one of `one_of`, `between` (low before high) and `derived`."""
    for name, parameter in draft.lab.value.parameters.items() if draft.lab.value else ():
        if not _drawable(parameter):
            yield draft.lab.path, draft.lab.line("parameters", name), {"name": name}


@rule("L063")
def derived_resolves(draft: Draft) -> Iterator[Finding]:
    """A derived parameter names parameters that exist, and no two derive from each other."""
    if draft.lab.value is None or not all(map(_drawable, draft.lab.value.parameters.values())):
        return
    try:
        draw_all(draft.lab.value.parameters, "lint")
    except (KeyError, ValueError) as error:
        yield draft.lab.path, draft.lab.line("parameters"), {"detail": str(error)}


def _texts(draft: Draft) -> Iterator[tuple[Path, str]]:
    for source in (draft.form, draft.ticket, draft.book):
        yield source.path, source.text
    for fault in draft.faults.values():
        yield fault.hints.path, fault.hints.text
    yield draft.lab.path, _without_derived(draft.lab.text)


def _without_derived(text: str) -> str:
    """lab.toml without derived parameters (L063 has them), line by line the same."""
    return re.sub(r"^(\s*|.*[{,]\s*)derived\s*=.*$", "", text, flags=re.MULTILINE)


def _drawable(parameter: Parameter) -> bool:
    given = (bool(parameter.one_of), parameter.between is not None, parameter.derived is not None)
    ordered = parameter.between is None or parameter.between[0] <= parameter.between[1]
    return sum(given) == 1 and ordered


def _expanded(script: str) -> str:
    """`script` without what the shell does not expand. Careless about nested quotes: it may
    miss a name, and so never complains about a right script."""
    return _NOT_EXPANDED.sub("", _QUOTED_DOCUMENT.sub("", script))


def _used(script: str) -> set[str]:
    found = _USED.finditer(_expanded(script))
    return {match[1] for match in found if not match[2]}


def _assigned(script: str) -> set[str]:
    names: set[str] = set()
    for match in _ASSIGNED.finditer(script):
        names.update(re.findall(r"[A-Z][A-Z0-9_]*", " ".join(filter(None, match.groups()))))
    return names


def _line_of(script: str, name: str) -> int:
    wanted = re.compile(rf"\$\{{?#?{name}\b")
    numbered = enumerate(script.splitlines(), 1)
    return next((number for number, line in numbered if wanted.search(line)), 1)
