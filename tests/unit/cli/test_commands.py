"""Every command tells what it does, by an example, and is in the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from breakfix.cli.main import breakfix

PAGE = Path(__file__).parents[3] / "docs" / "commands.md"
#: A terminal, and a server that runs until it is stopped: nothing that a program reads as JSON.
_NO_JSON = {
    "breakfix course open",
    "breakfix desk",
    "breakfix journal play",
    "breakfix lab shell",
    "breakfix evidence shell",
}
_EXAMPLE = re.compile(r"(?:Examples?:)?\s*(breakfix\b.*)")


def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, each with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, below in sorted(command.commands.items()):
            yield from walk(below, f"{path} {name}")


COMMANDS = dict(walk(breakfix, "breakfix"))


def examples(command: click.Command) -> list[list[str]]:
    """The words of each example in a command's help, without the remark behind it."""
    _, found, text = (command.help or "").partition("Example")
    lines = [_EXAMPLE.search(line) for line in (found + text).splitlines()]
    return [re.split(r"\s{3,}", line[1].strip())[0].split() for line in lines if line]


def called(words: list[str]) -> tuple[str, list[str]]:
    """The command that words call, and the arguments that are left."""
    path, command = "breakfix", COMMANDS["breakfix"]
    rest = words[1:]
    while rest and isinstance(command, click.Group) and rest[0] in command.commands:
        command, path, rest = command.commands[rest[0]], f"{path} {rest[0]}", rest[1:]
    return path, rest


def section(path: str) -> str:
    """What the page says of one command."""
    parts = re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    for part in parts:
        head = part.splitlines()[0]
        if re.fullmatch(rf"{re.escape(path)}( (\[|[A-Z]).*)?", head):
            return part
    return ""


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_tells_what_it_does(path: str) -> None:
    """A command has a help text of a full sentence, and each of its options has one."""
    command = COMMANDS[path]
    first = (command.help or "").partition("\n\n")[0].strip()

    assert first.endswith((".", ")."))
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_an_example_that_works(path: str) -> None:
    """The help of a command holds an example that calls it (or one below it) as it is."""
    found = examples(COMMANDS[path])
    assert found

    for words in found:
        target, rest = called(words)
        assert target == path or target.startswith(f"{path} ")
        command = COMMANDS[target]
        context = click.Context(command, info_name=target)
        command.make_parser(context).parse_args(list(rest))
        needed = [one for one in command.params if isinstance(one, click.Argument) and one.required]
        assert len([word for word in rest if not word.startswith("-")]) >= len(needed)


@pytest.mark.parametrize("path", COMMANDS)
def test_programs_can_read_every_answer(path: str) -> None:
    """Every command that answers does so as JSON when asked."""
    command = COMMANDS[path]
    if isinstance(command, click.Group) or path in _NO_JSON:
        return
    assert "--json" in {name for option in command.params for name in option.opts}


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_is_documented(path: str) -> None:
    """The page of commands has a section for each, which names all its options."""
    told = section(path)

    assert told
    options = {name for option in COMMANDS[path].params for name in option.opts if name[:2] == "--"}
    assert {name for name in options if name not in told} == set()


def test_the_page_knows_no_command_that_is_gone() -> None:
    """Each section of the page is a command that exists, with options that it has."""
    for part in re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        target, _ = called(part.splitlines()[0].split())
        text = re.split(r"^## ", part, flags=re.MULTILINE)[0]
        told = set(re.findall(r"`(--[a-z-]+)", text))
        known = {
            name
            for command in COMMANDS.values()
            for one in command.params
            for name in (*one.opts, *one.secondary_opts)
        }
        assert section(target) == part
        assert told <= known


def test_an_example_that_lies_is_found() -> None:
    """An option that a command does not have is seen when its example is read."""
    command = COMMANDS["breakfix lab list"]
    with pytest.raises(click.NoSuchOption):
        command.make_parser(click.Context(command)).parse_args(["--colour"])
