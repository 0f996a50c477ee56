"""A terminal on a machine in the terminal of the person who typed the command."""

from __future__ import annotations

import os
import select
import shutil
import signal
import sys
import termios
import threading
import tty

from breakfix.ports.lab_service import Terminal


def attach(terminal: Terminal) -> int:
    """Join this screen and keyboard to `terminal` until its shell ends; its exit status."""
    if not sys.stdin.isatty():
        return _print_all(terminal)
    before = termios.tcgetattr(sys.stdin)
    signal.signal(signal.SIGWINCH, lambda *_: _resize(terminal))
    try:
        tty.setraw(sys.stdin)
        _resize(terminal)
        return _typing(terminal)
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _typing(terminal: Terminal) -> int:
    printing = threading.Thread(target=_print_all, args=(terminal,), daemon=True)
    printing.start()
    while printing.is_alive():
        if select.select([sys.stdin], [], [], 0.2)[0]:
            terminal.write(os.read(sys.stdin.fileno(), 4096))
    return terminal.close()


def _print_all(terminal: Terminal) -> int:
    while data := terminal.read():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    return terminal.close() if not sys.stdin.isatty() else 0


def _resize(terminal: Terminal) -> None:
    columns, rows = shutil.get_terminal_size()
    terminal.resize(rows, columns)
