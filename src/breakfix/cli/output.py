"""How commands print: tables for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from breakfix.codec import to_data
from breakfix.messages import Language, language_of_environment, say
from breakfix.model.outcome import Result
from breakfix.model.session import Event

T = TypeVar("T")
#: State is never shown by colour alone: a sign and a word come with it.
SIGNS = {Result.PASS: "[green]✔[/]", Result.FAIL: "[red]✘[/]", Result.ERROR: "[yellow]?[/]"}


@dataclass(frozen=True)
class Screen:
    """Where a command prints, in which language, and whether as JSON."""

    language: Language
    as_json: bool = False

    @property
    def console(self) -> Console:
        """Standard output for people."""
        return Console(highlight=False)

    def say(self, key: str, **values: object) -> str:
        """One of our sentences in the reader's language."""
        return say(key, self.language, **values)

    def show(self, value: object, people: Callable[[Console], None]) -> None:
        """Print `value` as JSON where that was asked for, else let `people` print."""
        if self.as_json:
            click.echo(json.dumps(to_data(value), ensure_ascii=False))
        else:
            people(self.console)

    def steps(self, work: Callable[[Callable[[str, int, int], None]], T]) -> T:
        """Do `work`, which tells its steps, while they move a bar."""
        listeners: list[Callable[[Event], None]] = []

        def tell(kind: str, done: int, total: int) -> None:
            for listener in listeners:
                listener(Event(kind, done, total))

        return self.progress(listeners.append, lambda: work(tell))

    def tell(self, data: object, sentence: str) -> None:
        """One sentence for people, `data` for programs."""
        click.echo(json.dumps(data, ensure_ascii=False) if self.as_json else sentence)

    def progress(
        self, listen: Callable[[Callable[[Event], None]], None], work: Callable[[], T]
    ) -> T:
        """Do `work` while its events move a bar (on standard error, only on a screen)."""
        if self.as_json or not sys.stderr.isatty():
            return work()
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)

            def tell(event: Event) -> None:
                bar.update(
                    task,
                    description=self.say(f"progress.{event.kind}"),
                    completed=event.done,
                    total=event.total or None,
                )

            listen(tell)
            return work()


def screen(*, as_json: bool = False) -> Screen:
    """The screen of this command."""
    return Screen(language_of_environment(), as_json)


def table(*headings: str) -> Table:
    """A plain table with these headings."""
    made = Table(show_edge=False, pad_edge=False)
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made


def trouble(key: str, text: str) -> None:
    """Say what went wrong: a sentence on standard error, or JSON where that was asked for."""
    if wants_json(sys.argv[1:]):
        error = {"key": key, "text": text}
        click.echo(json.dumps({"error": error}, ensure_ascii=False))
    else:
        click.echo(text, err=True)


def wants_json(words: Sequence[str]) -> bool:
    """Whether a command line asks for JSON; what goes to a shell or follows `--` is a machine's."""
    own = list(takewhile(lambda word: word != "--", words))
    return "--json" in own and "shell" not in own[:2]


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
