from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from breakfix.grading.uninterrupted import uninterrupted


def test_ctrl_c_counts_at_the_end() -> None:
    """What was begun is done; then the interrupt is there, and the next one comes at once again."""
    done = []

    def write() -> None:
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("written")

    with pytest.raises(KeyboardInterrupt):
        write()
    assert done == ["written"]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_an_interrupt_in_a_destructor_is_not_lost() -> None:
    """Where Python swallows what is raised, the interrupt counts all the same."""

    class Torn:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    torn = Torn()
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        del torn


def test_without_an_interrupt_nothing_changes() -> None:
    """The handler of before is back."""
    before = signal.getsignal(signal.SIGINT)
    with uninterrupted():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_do_without() -> None:
    """A thread may use it too: signals are none of its business."""

    def work() -> str:
        with uninterrupted():
            return "done"

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(work).result() == "done"
