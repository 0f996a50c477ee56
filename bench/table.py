"""Measures as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from bench.measure import Measure


def table(found: Sequence[Measure]) -> Table:
    """One line each."""
    made = Table(show_edge=False, pad_edge=False)
    for heading in ("measure", "ours", "baseline", "ratio", "goal", "met"):
        made.add_column(heading, justify="left" if heading == "measure" else "right")
    for one in found:
        baseline = "" if one.baseline is None else f"{one.baseline:.3f} {one.unit}"
        ratio = "" if one.baseline is None else f"{one.value:.3f}"
        made.add_row(
            one.name, f"{one.ours:.3f} {one.unit}", baseline, ratio,
            "" if one.goal is None else f"{one.goal:g}",
            "" if one.goal is None else "yes" if one.met else "no",
        )  # fmt: skip
    return made
