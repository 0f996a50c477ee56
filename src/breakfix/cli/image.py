"""`breakfix image …`: the images that practice machines are made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from breakfix.cli.output import Screen, json_option, screen, table
from breakfix.machines import building, engine
from breakfix.machines.recipes import Recipe, recipe, recipes
from breakfix.wiring import images_folder


@click.group()
def image() -> None:
    """List, build, pack and load practice-machine images.

    Example: breakfix image list
    """


@image.command("list")
@json_option
def list_images(as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Show every image, and whether the engine has it.

    Example: breakfix image list --json
    """
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
@json_option
def build(names: Sequence[str], as_json: bool) -> None:  # noqa: FBT001
    """Build images that are not there yet (all of them when none is named).

    Example: breakfix image build pc router
    """
    built = build_images(names, as_json=as_json)
    if as_json:
        screen(as_json=True).tell({"built": built}, "")


@image.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def pack(target: Path, as_json: bool) -> None:  # noqa: FBT001
    """Write all images into one file, for a classroom's USB stick.

    Example: breakfix image pack images.tar
    """
    shown, client = screen(as_json=as_json), engine.connect()
    tags = [found.tag for found in recipes(images_folder()).values()]
    shown.steps(
        lambda tell: building.save(client, tags, target, lambda done, of: tell("pack", done, of))
    )
    shown.tell(
        {"file": str(target), "images": tags},
        shown.say("image.packed", target=target, count=len(tags)),
    )


@image.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def load(source: Path, as_json: bool) -> None:  # noqa: FBT001
    """Load the images of a file made by `pack`.

    Example: breakfix image load images.tar
    """
    shown, client = screen(as_json=as_json), engine.connect()
    tags = shown.steps(
        lambda tell: building.load(client, source, lambda done, of: tell("load", done, of))
    )
    shown.tell({"images": tags}, shown.say("image.loaded", count=len(tags)))


def build_images(names: Sequence[str] = (), *, as_json: bool = False) -> list[str]:
    """Build what is missing, with a bar for the steps of each; the names of what was built."""
    shown, client, folder = screen(as_json=as_json), engine.connect(), images_folder()
    chosen = [recipe(folder, name) for name in names] or list(recipes(folder).values())
    built = []
    for number, found in enumerate(chosen, start=1):
        if not building.exists(client, found.tag):
            words = {"image": found.name, "number": number, "of": len(chosen)}
            click.echo(shown.say("image.building", **words), err=True)
            _build(shown, found)
            built.append(found.name)
    return built


def _build(shown: Screen, found: Recipe) -> None:
    client = engine.connect()
    shown.steps(
        lambda tell: building.ensure(client, found, lambda done, of: tell("build", done, of))
    )
