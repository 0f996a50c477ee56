"""`breakfix prove`: the proof that labs break, get repaired and refuse wrong repairs."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from breakfix.cli.output import json_option, screen, table
from breakfix.codec import to_data
from breakfix.content.catalog import Catalog
from breakfix.content.lint import lint
from breakfix.content.loaded import LoadedLab
from breakfix.content.proven import Proven, lock_of, write_lock
from breakfix.errors import LabInvalid
from breakfix.messages import Language
from breakfix.proof.bench import SETTLE_SECONDS
from breakfix.proof.prover import Plan, summary
from breakfix.proof.prover import prove as prove_lab
from breakfix.proof.stage import StageResult
from breakfix.wiring import catalog, lab_service, proven_content


@click.command()
@click.argument("slugs", nargs=-1)
@click.option("--fault", "faults", multiple=True, help="Only this fault; repeat for more.")
@click.option("--jobs", default=2, show_default=True, help="Faults proven side by side.")
@click.option(
    "--fail-fast", is_flag=True, help="Prove a lab only up to the first stage that is red."
)
@click.option(
    "--settle",
    default=SETTLE_SECONDS,
    show_default=True,
    help="Seconds that live machines may take to settle; more on a slow computer.",
)
@click.option("--lock", is_flag=True, help="Write the labs that are green into proven.lock.")
@json_option
def prove(  # noqa: PLR0913, PLR0917 (click passes each option by name)
    slugs: Sequence[str],
    faults: Sequence[str],
    jobs: int,
    fail_fast: bool,  # noqa: FBT001
    settle: float,
    lock: bool,  # noqa: FBT001 (click passes flags by name)
    as_json: bool,  # noqa: FBT001
) -> None:
    """Prove labs: healthy passes, broken fails, repaired passes, wrong repairs are refused.

    \b
    Examples: breakfix prove                                    all labs
              breakfix prove no-internet --fault hosts-entry    one fault
              breakfix prove no-internet --fail-fast            up to the first red stage
              breakfix prove no-internet --lock                 learners see it from now on
    """
    if lock and faults:
        raise click.UsageError("--lock needs the proof of a whole lab; leave --fault out.")
    known, began = catalog(), time.monotonic()
    plan = Plan(faults, jobs, fail_fast, settle)
    results = [_linted(known.folder(slug)) for slug in (slugs or known.folders())]
    for result in results:
        _tell(result, as_json)
    loaded = _readable(known, results, fail_fast)
    before = {lab.slug: proven_content(lab) for lab in loaded} if lock else {}
    locked = []
    with tempfile.TemporaryDirectory(prefix="breakfix-proof-") as folder:
        service = lab_service(Path(folder))
        for lab in loaded:
            results += prove_lab(service, lab, plan, lambda result: _tell(result, as_json))
            # At once: what comes after it may be stopped.
            if lock and _lock(lab, before[lab.slug], results):
                locked.append(lab.slug)
    counts = replace(summary(loaded, results), seconds=round(time.monotonic() - began, 1))
    if as_json:
        click.echo(
            json.dumps({"stages": to_data(results), "locked": locked, "summary": to_data(counts)})
        )
    else:
        _table(results)
        click.echo(
            f"labs {counts.labs} · faults {counts.faults} · wrong repairs"
            f" {counts.rejected} · other right repairs {counts.accepted} · failed"
            f" {counts.failed} · {counts.seconds} s"
        )
        for slug in locked:
            click.echo(screen().say("prove.locked", lab=slug))
    sys.exit(1 if counts.failed else 0)


def _lock(lab: LoadedLab, before: Proven, results: Sequence[StageResult]) -> bool:
    """Write a lab into its lock, if all of it is green and nothing changed while it was proven."""
    green = all(result.green for result in results if result.lab == lab.slug)
    if not green or proven_content(lab) != before:
        return False
    write_lock(lock_of(lab), {lab.slug: before})
    return True


def _readable(known: Catalog, linted: Sequence[StageResult], fail_fast: bool) -> list[LoadedLab]:  # noqa: FBT001
    """The labs to try on machines. What keeps a lab from being read, lint has said."""
    found = []
    for result in linted:
        try:
            if result.green or not fail_fast:
                found.append(known.load(result.lab))
        except LabInvalid:
            if result.green:
                raise
    return found


def _linted(root: Path) -> StageResult:
    return StageResult(
        root.name, "lint", trouble=tuple(problem.in_(Language.EN) for problem in lint(root))
    )


def _tell(result: StageResult, as_json: bool) -> None:  # noqa: FBT001 (one caller)
    if as_json:
        return
    click.echo(
        f"{'ok ' if result.green else 'RED'} {result.fault or result.lab:<28}"
        f" {result.stage:<12} {result.way:<7} {result.action:<28}"
        f" {result.points:>3}/{result.points_of:<3} {result.seconds:>6.1f} s"
    )
    for line in result.trouble:
        click.echo(f"      {line}")
    if not result.green:
        only = f" --fault {result.fault}" if result.fault else ""
        click.echo(f"      again: breakfix prove {result.lab}{only}")


def _table(results: Sequence[StageResult]) -> None:
    """The score table: what each state of the machines earns."""
    made = table("fault", "stage", "repair", "way", "points", "caught by")
    for result in results:
        if result.fault and result.stage in ("broken", "repaired", "rejected", "accepted"):
            made.add_row(
                result.fault,
                result.stage,
                result.action,
                result.way,
                f"{result.points}/{result.points_of}",
                ", ".join(result.failed_checks) if result.stage == "rejected" else "",
            )
    screen().console.print(made)
