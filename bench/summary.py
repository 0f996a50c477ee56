"""All measures in one table: `make bench`. Trust the ratios, not the seconds."""

from __future__ import annotations

from bench.measures import looks, service_for_bench, starts


def main() -> None:
    """Measure, and print one line each."""
    service = service_for_bench()
    for measure in (starts, looks):
        for name, ours, baseline in measure(service):
            print(f"{name:<48} {ours:7.3f} s / {baseline:7.3f} s = {ours / baseline:.3f}")


if __name__ == "__main__":
    main()
