"""In a process with the reader's limits: the answer to each file in a folder, one a line."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from breakfix.codec import to_json
from breakfix.evidence.child import answer, take_limits

take_limits()
for file in sorted(Path(sys.argv[1]).iterdir()):
    with tempfile.TemporaryDirectory(dir=sys.argv[2]) as folder:
        sys.stdout.write(to_json(answer(file, Path(folder))) + "\n")
