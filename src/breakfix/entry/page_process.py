"""`python -m breakfix.entry.page_process`: the child that makes a page harmless."""

from __future__ import annotations

from breakfix.screens.child import serve

if __name__ == "__main__":
    serve()
