"""The first lines of the command: from here on a Ctrl-C gets its sentence.

The libraries that the commands need take half a second to load. A learner may press Ctrl-C in that
time too, so this module needs nothing before it listens.
"""

from __future__ import annotations

import signal
import sys

INTERRUPTED = 130


def main() -> None:
    """Load the command line and run it."""
    try:
        # Meanwhile it waits: Python swallows an interruption of an import here and there.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        from breakfix.cli.main import main as run  # noqa: PLC0415 (see above)

        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        run()
    except KeyboardInterrupt:
        from breakfix.messages import language_of_environment, say  # noqa: PLC0415 (see above)

        sys.stderr.write(say("cli.interrupted", language_of_environment()) + "\n")
        sys.exit(INTERRUPTED)
    finally:
        # All is done: a Ctrl-C would only cut the tidying up of Python itself short.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
