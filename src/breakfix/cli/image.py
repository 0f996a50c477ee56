"""`breakfix image …`: the images that practice machines are made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from breakfix.cli.output import json_option, screen, table
from breakfix.machines import building, engine
from breakfix.machines.recipes import recipe, recipes
from breakfix.wiring import images_folder


@click.group()
def image() -> None:
    """List, build, pack and load practice-machine images."""


@image.command("list")
@json_option
def list_images(as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Show every image, and whether the engine has it."""
    shown, client = screen(as_json=as_json), engine.connect()
    rows = [
        {"image": name, "tag": found.tag, "built": building.exists(client, found.tag)}
        for name, found in recipes(images_folder()).items()
    ]
    made = table(*(shown.say(f"table.{name}") for name in ("image", "tag", "built")))
    for row in rows:
        word = shown.say("word.yes" if row["built"] else "word.no")
        made.add_row(str(row["image"]), str(row["tag"]), word)
    shown.show(rows, lambda console: console.print(made))


@image.command()
@click.argument("names", nargs=-1)
def build(names: Sequence[str]) -> None:
    """Build images that are not there yet (all of them when none is named)."""
    build_images(names)


@image.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def pack(target: Path) -> None:
    """Write all images into one file, for a classroom's USB stick.

    Example: breakfix image pack images.tar
    """
    tags = [found.tag for found in recipes(images_folder()).values()]
    building.save(engine.connect(), tags, target)
    click.echo(screen().say("image.packed", target=target, count=len(tags)))


@image.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(source: Path) -> None:
    """Load the images of a file made by `pack`."""
    tags = building.load(engine.connect(), source)
    click.echo(screen().say("image.loaded", count=len(tags)))


def build_images(names: Sequence[str] = ()) -> None:
    """Build what is missing, one line a step."""
    shown, client, folder = screen(), engine.connect(), images_folder()
    chosen = [recipe(folder, name) for name in names] or list(recipes(folder).values())
    for number, found in enumerate(chosen, start=1):
        if not building.exists(client, found.tag):
            click.echo(
                shown.say("image.building", image=found.name, number=number, of=len(chosen)),
                err=True,
            )
            building.ensure(client, found, lambda _name, _step: None)
