"""`python -m breakfix`: the same as the command `breakfix`."""

from __future__ import annotations

from breakfix.cli.start import main

main()
