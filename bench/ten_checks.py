"""Ten checks that testinfra's own docker backend can run as well: what a lab's checks ask for."""

from __future__ import annotations

from collections.abc import Mapping

from breakfix.model.outcome import Outcome, failed, passed
from breakfix.observe.host import ObservedHost

Machines = Mapping[str, ObservedHost]
Values = Mapping[str, str]


def service_runs(machines: Machines, _: Values) -> Outcome:
    """A unit is active."""
    return _said(machines["pc"].service("cron").is_running)


def service_enabled(machines: Machines, _: Values) -> Outcome:
    """A unit starts at boot."""
    return _said(machines["pc"].service("cron").is_enabled)


def file_content(machines: Machines, _: Values) -> Outcome:
    """A file has a line."""
    return _said("localhost" in machines["pc"].file("/etc/hosts").content_string)


def file_mode(machines: Machines, _: Values) -> Outcome:
    """A file has the right mode and owner."""
    found = machines["router"].file("/etc/shadow")
    return _said(oct(found.mode) == "0o640" and found.group == "shadow")


def user_exists(machines: Machines, _: Values) -> Outcome:
    """A user has a shell."""
    return _said(machines["pc"].user("support").shell == "/bin/bash")


def group_exists(machines: Machines, _: Values) -> Outcome:
    """A group is there."""
    return _said(machines["router"].group("sudo").exists)


def package_installed(machines: Machines, _: Values) -> Outcome:
    """A package is installed."""
    return _said(machines["provider"].package("curl").is_installed)


def kernel_setting(machines: Machines, _: Values) -> Outcome:
    """The kernel forwards, or not."""
    return _said(machines["router"].sysctl("net.ipv4.ip_forward") in (0, 1))


def no_listener(machines: Machines, _: Values) -> Outcome:
    """Nobody listens on a port."""
    return _said(not machines["pc"].socket("tcp://0.0.0.0:8080").is_listening)


def interface_there(machines: Machines, _: Values) -> Outcome:
    """An interface is there."""
    return _said(machines["pc"].interface("lo").exists)


def _said(holds: object) -> Outcome:
    return passed() if holds else failed()
