"""All measures in one table: `make bench`. Trust the ratios, not the seconds.

`python -m bench.summary [--json] [starts checks memory evidence proofs]`
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from bench.evidence import evidence, proofs
from bench.measure import Measure
from bench.measures import checks, memory, service_for_bench, starts

ALL = {
    "starts": starts,
    "checks": checks,
    "memory": memory,
    "evidence": evidence,
    "proofs": proofs,
}


def main(words: list[str]) -> None:
    """Measure what is asked for, or all of it, and print one line each."""
    service = service_for_bench()
    chosen = [ALL[word] for word in words if word in ALL] or list(ALL.values())
    found = [measure for measures in chosen for measure in measures(service)]
    if "--json" in words:
        print(json.dumps([asdict(one) | {"value": one.value, "met": one.met} for one in found]))
    else:
        Console().print(_table(found))


def _table(found: list[Measure]) -> Table:
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


if __name__ == "__main__":
    main(sys.argv[1:])
