"""What the checks of this lab look at. They only look."""

from __future__ import annotations

import re
from collections.abc import Mapping

from breakfix.model.outcome import Outcome, failed, passed
from breakfix.observe.host import ObservedHost
from breakfix.observe.machines import Machines

Values = Mapping[str, str]

_ACCOUNT = "www-data"
_READ, _ENTER = 0o4, 0o1


def page_shows_hours(machines: Machines, values: Values) -> Outcome:
    """The screen in the window, which asks for the page, gets all of it."""
    answer = machines["shop"].run("curl -sf --noproxy '*' -m 3 %s", "http://127.0.0.1/")
    hours = f"Open van {values['OPENS']} tot {values['CLOSES']} uur"
    shown = values["SHOP"] in answer.stdout and hours in answer.stdout
    return _verdict(answer.rc == 0 and shown)


def page_readable(machines: Machines, values: Values) -> Outcome:
    """The web server's account may enter the page's folders and read the page, which is a file."""
    host = machines["shop"]
    folder = _folder(values)
    ways = all(_may(host, path, _ENTER) for path in ("/srv", folder))
    return _verdict(ways and _is_page(host, values) and _may(host, _page(values), _READ))


def page_protected(machines: Machines, values: Values) -> Outcome:
    """The page and its folder are the administrator's, and nobody else may write there."""
    host = machines["shop"]
    return _verdict(all(_only_root_writes(host, path) for path in (_folder(values), _page(values))))


def page_kept(machines: Machines, values: Values) -> Outcome:
    """The page says, word for word, what it said before."""
    host = machines["shop"]
    wanted = [
        f"<h1>{values['SHOP']}</h1>",
        f"<p>Open van {values['OPENS']} tot {values['CLOSES']} uur</p>",
        f"<p>Gesloten op {values['DAY_OFF']}</p>",
    ]
    text = host.file(_page(values)).content if _is_page(host, values) else b""
    return _verdict(text == "".join(f"{line}\n" for line in wanted).encode())


def web_server_as_it_was(machines: Machines, _values: Values) -> Outcome:
    """Whoever listens for the page is the web server's program, started by its service; only its
    first process is the administrator's."""
    host = machines["shop"]
    account = _numbers(host)[0]
    listening = host.run("ss -Hltnp %s", "sport = :80").stdout
    for pid in set(re.findall(r"pid=(\d+)", listening)):
        program = host.run("readlink %s", f"/proc/{pid}/exe").stdout.strip()
        groups = host.run("cat %s", f"/proc/{pid}/cgroup").stdout
        status = host.run("cat %s", f"/proc/{pid}/status").stdout
        first = re.search(r"^PPid:\s+1$", status, re.MULTILINE)
        owner = re.search(r"^Uid:\s+(\d+)", status, re.MULTILINE)
        ours = first or (owner and int(owner[1]) == account)
        if program != "/usr/sbin/nginx" or "/nginx.service\n" not in groups or not ours:
            return failed()
    return passed()


# Reading


def _verdict(holds: object) -> Outcome:
    return passed() if holds else failed()


def _folder(values: Values) -> str:
    return f"/srv/{values['FOLDER']}"


def _page(values: Values) -> str:
    return f"{_folder(values)}/index.html"


def _is_page(host: ObservedHost, values: Values) -> bool:
    page = host.file(_page(values))
    return bool(page.exists and page.is_file and not page.is_symlink)


def _only_root_writes(host: ObservedHost, path: str) -> bool:
    found = host.file(path)
    return not found.exists or (found.uid == 0 and found.mode & 0o022 == 0)


def _may(host: ObservedHost, path: str, right: int) -> bool:
    """Whether the web server's account has a right, as the kernel decides it: the first that fits
    of owner, group and others."""
    found = host.file(path)
    user, groups = _numbers(host)
    if not found.exists:
        return False
    shift = 6 if found.uid == user else 3 if found.gid in groups else 0
    return bool(found.mode >> shift & right)


def _numbers(host: ObservedHost) -> tuple[int, set[int]]:
    """The number of the web server's account, and those of its groups; -1 when it is gone."""
    users = _rows(host, "/etc/passwd")
    own = next((row for row in users if row[0] == _ACCOUNT), None)
    if own is None:
        return -1, set()
    rows = _rows(host, "/etc/group")
    also = {int(row[2]) for row in rows if _ACCOUNT in row[3].split(",")}
    return int(own[2]), {int(own[3]), *also}


def _rows(host: ObservedHost, path: str) -> list[list[str]]:
    lines = host.file(path).content.decode(errors="replace").splitlines()
    return [row for row in (line.split(":") for line in lines) if len(row) > 3]
