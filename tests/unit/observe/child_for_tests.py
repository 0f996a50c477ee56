"""The child's loop over observers that always answer; run by the tests."""

from __future__ import annotations

from dataclasses import dataclass, field

from breakfix.observe.child import serve
from breakfix.ports.shell import CommandResult, Shell


class FineShell:
    """Says yes to everything."""

    def run(self, command: str, seconds: float = 10.0) -> CommandResult:
        """Echo the command."""
        del seconds
        return CommandResult(0, command, "")

    def close(self) -> None:
        """Nothing to close."""


@dataclass
class FineObserver:
    """Two such shells."""

    tools: Shell = field(default_factory=FineShell)
    root: Shell = field(default_factory=FineShell)


if __name__ == "__main__":
    serve(lambda _: FineObserver())
