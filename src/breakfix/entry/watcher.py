"""`python -m breakfix.entry.watcher`: the process that keeps running sessions in shape."""

from __future__ import annotations

from breakfix.session.watcher import watch
from breakfix.wiring import lab_service, watcher_lock

if __name__ == "__main__":
    watch(lab_service(), watcher_lock())
