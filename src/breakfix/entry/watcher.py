"""`python -m breakfix.entry.watcher`: the process that keeps running sessions in shape."""

from __future__ import annotations

import os

from breakfix.session.processes import remember
from breakfix.session.watcher import watch
from breakfix.wiring import lab_service, most_disk, state_folder, watcher_lock

if __name__ == "__main__":
    remember(state_folder(), os.getpid())
    watch(lab_service(), watcher_lock(), most_disk())
