"""What the checks of this lab look at: behaviour, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from breakfix.model.outcome import Outcome, failed, passed
from breakfix.observe.host import ObservedHost

Machines = Mapping[str, ObservedHost]
Values = Mapping[str, str]
PROGRAM = "/usr/sbin/nginx"


def page_answers(machines: Machines, values: Values) -> Outcome:
    """The page shows the code."""
    shown = machines["shop"].run("curl -s --noproxy '*' -m 3 http://127.0.0.1/").stdout
    return _verdict(f"code: {values['CODE']}" in shown)


def right_program(machines: Machines, _values: Values) -> Outcome:
    """Who listens on the port of web pages is the web server, and the file that it is now."""
    shop = machines["shop"]
    out = shop.run("ss -Hltnp 'sport = :80'").stdout
    numbers = set(re.findall(r"pid=(\d+)", out))
    return _verdict(bool(numbers) and all(_is_server(shop, number) for number in numbers))


def _is_server(shop: ObservedHost, number: str) -> bool:
    place = f"/proc/{number}"
    program = shop.run("readlink %s/exe", place).stdout.strip()
    running = shop.run("sha256sum %s/exe", place).stdout.split()[:1]
    unit = shop.run("cat %s/cgroup", place).stdout
    on_disk = shop.file(PROGRAM).sha256sum
    return program == PROGRAM and running == [on_disk] and "/nginx.service" in unit


def starts_at_boot(machines: Machines, _values: Values) -> Outcome:
    """PID 1 calls the unit enabled and active."""
    nginx = machines["shop"].service("nginx")
    return _verdict(nginx.is_enabled and nginx.is_running)


def account_known(machines: Machines, _values: Values) -> Outcome:
    """The account is in the machine's own file."""
    return _verdict(machines["shop"].user("els").exists)


def account_owns_home(machines: Machines, _values: Values) -> Outcome:
    """The number that owns the folder is that of the account."""
    shop = machines["shop"]
    els = shop.user("els")
    return _verdict(els.exists and els.uid == shop.file("/home/els").uid)


def _verdict(good: bool) -> Outcome:
    return passed() if good else failed()
