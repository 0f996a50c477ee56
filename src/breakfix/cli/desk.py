"""`breakfix desk`: JupyterLab on a start notebook."""

from __future__ import annotations

import click

from breakfix.cli.image import build_images
from breakfix.cli.doctor import setup


@click.command()
@click.argument("slug", required=False)
@click.pass_context
def desk(context: click.Context, slug: str | None) -> None:
    """Open the desk in the browser, on the start page or on one lab."""
    context.invoke(setup)
    build_images()
