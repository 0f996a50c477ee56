"""All measures in one table: `make bench`. Trust the ratios, not the seconds."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from rich.console import Console

from bench.cycles import cycles
from bench.desk import readiness, server_memory
from bench.evidence import evidence, proofs
from bench.grading import grading
from bench.measures import checks, memory, service_for_bench, starts
from bench.table import table
from bench.terminal import terminals

ALL = {
    "starts": starts,
    "checks": checks,
    "memory": memory,
    "evidence": evidence,
    "proofs": proofs,
    "terminals": terminals,
    "ready": readiness,
    "server": server_memory,
    "cycles": cycles,
    "grading": grading,
}


def main() -> None:
    """Measure what is asked for, or all of it, and print one line each."""
    asked = _asked()
    service = service_for_bench()
    chosen = [ALL[name] for name in asked.measures or ALL]
    found = [measure for measures in chosen for measure in measures(service)]
    if asked.json:
        print(json.dumps([asdict(one) | {"value": one.value, "met": one.met} for one in found]))
    else:
        Console().print(table(found))


def _asked() -> argparse.Namespace:
    example = "Example: python -m bench.summary terminals ready --json"
    parser = argparse.ArgumentParser("bench.summary", description=__doc__, epilog=example)
    known = ", ".join(ALL)
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=f"{known}; else all of them")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args()
    for name in asked.measures:
        if name not in ALL:
            parser.error(f"there is no measure {name}; there are {known}")
    return asked


if __name__ == "__main__":
    main()
