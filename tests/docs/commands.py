"""The commands that pages tell people to give, held against what there is. Nothing is run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from breakfix.cli.main import breakfix
from tests.docs.pages import ROOT, blocks, inline_code

_TARGET = re.compile(r"^([a-z][a-z-]*):.*?(## .*)?$", re.MULTILINE)
_SET = re.compile(r"[A-Z_]+=\S*")
_PROGRAMS = ("breakfix", "make", "nbgrader")
#: Where one command ends and another begins.
_BETWEEN = {"&&", "||", ";", "|"}


def told(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Where a page tells a command of ours, make's or nbgrader's, and its words."""
    for block in blocks(page):
        if block.language == "sh" and not block.file:
            for number, line in enumerate(block.text.splitlines(), block.line + 1):
                for words in of_ours(line):
                    yield f"{page.relative_to(ROOT)}:{number}", words
    for code in inline_code(page):
        for words in of_ours(code):
            yield str(page.relative_to(ROOT)), words


def of_ours(line: str) -> Iterator[list[str]]:
    """The commands of a line that begin with one of our programs, each as its words."""
    words: list[str] = []
    for word in [*_words(line), ";"]:
        if word in _BETWEEN:
            while words and (_SET.fullmatch(words[0]) or words[0] in {"sudo", "exec"}):
                words = words[1:]
            name = words[0].removeprefix(".venv/bin/") if words else ""
            if name in _PROGRAMS:
                yield [name, *words[1:]]
            words = []
        else:
            words.append(word)


def trouble_with(words: list[str]) -> str:
    """What is wrong with a command; empty when it exists with all its options."""
    if words[0] == "make":
        return _trouble_of_make(words[1:])
    if words[0] == "nbgrader":
        return _trouble_of_nbgrader(words[1:])
    return _trouble_of_breakfix(words[1:])


def targets() -> dict[str, bool]:
    """What `make` knows, and whether `make help` tells it."""
    text = (ROOT / "Makefile").read_text("utf-8")
    return {match[1]: bool(match[2]) for match in _TARGET.finditer(text)}


def _trouble_of_make(words: list[str]) -> str:
    names = [word for word in words if not _SET.fullmatch(word)]
    unknown = [name for name in names if name not in targets()]
    return f"make has no target {unknown[0]}" if unknown else ""


def _trouble_of_breakfix(words: list[str]) -> str:
    command: click.Command = breakfix
    path = "breakfix"
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return "" if _open(words[0]) else f"{path} has no command {words[0]}"
        path, command = f"{path} {words[0]}", command.commands[words[0]]
        words = words[1:]
    given = words[: words.index("--")] if "--" in words else words
    context = click.Context(command, info_name=path)
    try:
        options, left, _ = command.make_parser(context).parse_args(list(given))
    except click.UsageError as error:
        # The page may name an option alone, without a value to give it.
        missing = isinstance(error, click.BadOptionUsage) and not isinstance(
            error, click.NoSuchOption
        )
        return "" if missing else f"{path}: {error.format_message()}"
    del left
    return _wrong_choice(path, command, options)


def _wrong_choice(path: str, command: click.Command, given: dict[str, object]) -> str:
    for option in command.params:
        value = given.get(option.name or "")
        if isinstance(option.type, click.Choice) and isinstance(value, str) and not _open(value):
            choices = [str(getattr(one, "value", one)) for one in option.type.choices]
            if not set(value.split("|")) <= set(choices):
                return f"{path}: {option.name} is one of {choices}, not {value}"
    return ""


def _trouble_of_nbgrader(words: list[str]) -> str:
    # Heavy, and few pages tell nbgrader's commands.
    from nbgrader.apps import NbGraderApp  # noqa: PLC0415

    if not words or _open(words[0]):
        return ""
    if words[0].startswith("-"):
        return ""
    if words[0] not in NbGraderApp.subcommands:
        return f"nbgrader has no command {words[0]}"
    app = NbGraderApp.subcommands[words[0]][0]
    known = {*app().aliases, *app().flags}
    names = [word[2:].partition("=")[0] for word in words[1:] if word.startswith("--")]
    unknown = [name for name in names if name not in known and "." not in name]
    return f"nbgrader {words[0]} has no option --{unknown[0]}" if unknown else ""


def _open(word: str) -> bool:
    """Whether a word stands for something that the reader fills in."""
    return bool(re.search(r"[<>{}…]|\.\.\.", word)) or (word.isupper() and word.isalpha())


def _words(line: str) -> list[str]:
    """The words of a line of a shell, without its remark."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=";&|")
    lexer.whitespace_split = True
    lexer.commenters = "#"
    try:
        return list(lexer)
    except ValueError:  # a quotation that goes on below
        return line.split()
