"""`breakfix desk`: JupyterLab on the list of labs, or on one lab's notebook."""

from __future__ import annotations

from pathlib import Path

import click

from breakfix.cli.doctor import setup
from breakfix.cli.jupyterlab import failed, serve
from breakfix.cli.output import screen
from breakfix.errors import BreakfixError
from breakfix.messages import Language
from breakfix.model.session import State
from breakfix.server.lab_settings import desk_settings
from breakfix.server.wording import Choice
from breakfix.wiring import catalog, lab_overview, lab_page, lab_service, state_folder, workspace


@click.command()
@click.argument("slug", required=False)
@click.option("--port", default=8888, show_default=True, help="Where JupyterLab listens.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.pass_context
def desk(context: click.Context, slug: str | None, port: int, no_browser: bool) -> None:  # noqa: FBT001
    """Open the desk in the browser, on the list of labs or on one lab.

    Ctrl-C stops it; the machines are shut down and keep everything that was changed on them.

    Example: breakfix desk no-internet
    """
    context.invoke(setup)
    language = Choice(state_folder() / "language").language
    folder = workspace()
    folder.mkdir(parents=True, exist_ok=True)
    address = "lab" if slug is None else f"lab/tree/{_notebook(folder, slug, language)}"
    settings = desk_settings(state_folder(), language)
    status = serve(folder, address, port, settings, browser=not no_browser)
    _stop_machines()
    if status:
        raise failed()


def _notebook(folder: Path, slug: str, language: Language) -> str:
    # An author is told here what is wrong with the lab; its page would only say that it is.
    catalog().load(slug)
    return lab_page(folder, slug, language).name


def _stop_machines() -> None:
    store = lab_overview().store
    records = {slug: store.journal(slug).record() for slug in store.slugs()}
    running = [slug for slug, one in records.items() if one and one.state is State.RUNNING]
    if not running:
        # Nothing is asked of an engine that may be gone.
        return
    service = lab_service()
    click.echo(screen().say("desk.stopping"))
    for slug in running:
        try:
            service.stop(slug)
        except BreakfixError as error:
            # One lab that cannot be stopped must not keep the others running.
            click.echo(screen().say(error.key, **error.values), err=True)
