"""`python -m breakfix.entry.check_process`: the child process in which checks run."""

from __future__ import annotations

from breakfix.observe.child import serve


def main() -> None:
    """Serve rounds of checks on this computer's engine until stdin closes."""
    # Late: the engine's libraries take time to import, and only this entry needs them.
    from breakfix.wiring import observer_factory  # noqa: PLC0415

    serve(observer_factory())


if __name__ == "__main__":
    main()
