"""`python -m breakfix.entry.evidence_process FILE FOLDER`: the child that reads evidence."""

from __future__ import annotations

import sys
from pathlib import Path

from breakfix.evidence.child import serve


def main(arguments: list[str]) -> None:
    """Read the file, and leave the answer in the folder."""
    file, folder = map(Path, arguments)
    serve(file, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
