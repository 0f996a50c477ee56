"""What the checks of this lab look at. They only look."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from breakfix.model.outcome import Outcome, failed, passed
from breakfix.observe.host import ObservedHost
from breakfix.observe.machines import Machines

Values = Mapping[str, str]

_PROGRAM = "/usr/sbin/kassad"
_CONFIG = "/etc/kassa/kassa.conf"
_OWN = "/etc/systemd/system"
_PACKAGES = ("kassa", "kassa-btw", "prijsscherm")
# The commands of a unit that run beside its own program.
_BESIDE = ("ExecStartPre", "ExecStartPost", "ExecCondition")


# The complaint


def till_answers(machines: Machines, values: Values) -> Outcome:
    """The till answers on its port, says which one it is and that it is ready."""
    lines = _asked(machines["till"], values, "/")
    return _verdict(f"kassa: {values['TILL']}" in lines and "toestand: klaar" in lines)


def trial_receipt(machines: Machines, values: Values) -> Outcome:
    """A trial receipt (booked nowhere) has the right sum and the right VAT."""
    lines = _asked(machines["till"], values, "/proefbon", "-d bedrag=121 -d btw=21")
    return _verdict({"PROEFBON", "totaal: 121,00 euro", "btw 21 %: 21,00 euro"} <= set(lines))


def day_total(machines: Machines, values: Values) -> Outcome:
    """The till adds its receipts up."""
    lines = _asked(machines["till"], values, "/dag")
    named = f"kassa: {values['TILL']}" in lines
    return _verdict(named and any(re.fullmatch(r"totaal: \d+,\d\d euro", x) for x in lines))


def _asked(host: ObservedHost, values: Values, path: str, options: str = "") -> list[str]:
    url = f"http://127.0.0.1:{values['PORT']}{path}"
    answer = host.run(f"curl -s --noproxy '*' -m 3 {options} %s", url)
    return list(answer.stdout.splitlines()) if answer.rc == 0 else []


# The causes


def starts_at_boot(machines: Machines, _values: Values) -> Outcome:
    """A link on the disk starts the till, and PID 1 calls it enabled for good."""
    return _verdict(_starts(machines["till"], "kassa"))


def config_sound(machines: Machines, values: Values) -> Outcome:
    """The one file of settings can be read, and says what was agreed."""
    found = _settings(machines["till"]).get("kassa", {})
    agreed = {
        "naam": values["TILL"],
        "poort": values["PORT"],
        "map": f"/var/lib/kassa/{values['TILL']}",
    }
    return _verdict({key: found.get(key, "").rstrip("/") for key in agreed} == agreed)


def data_owned(machines: Machines, values: Values) -> Outcome:
    """The receipts belong to the till's account, which may write them."""
    host = machines["till"]
    owner = _uid(host, values)
    paths = _data(values)
    return _verdict(
        all(
            host.file(path).exists
            and str(host.file(path).uid) == owner
            and host.file(path).mode & wanted == wanted
            for path, wanted in zip(paths, (0o700, 0o600), strict=True)
        )
    )


def price_screen_in_place(machines: Machines, values: Values) -> Outcome:
    """The price display is on its own port, by its own service, now and at the next start."""
    host, port = machines["till"], values["SCREEN_PORT"]
    page = host.run("curl -s --noproxy '*' -m 3 %s", f"http://127.0.0.1:{port}/").stdout
    ours = [
        process
        for process in _listeners(host, port)
        if process.unit == "prijsscherm.service" and process.program == "/usr/bin/busybox"
    ]
    said = re.findall(r"^POORT=[\"']?(\w*)", _text(host, "/etc/default/prijsscherm"), re.MULTILINE)
    return _verdict(
        "Prijzen van vandaag" in page
        and ours
        and said[-1:] == [port]
        and _starts(host, "prijsscherm")
    )


def packages_complete(machines: Machines, _values: Values) -> Outcome:
    """Every package of the till is installed, and its rates are the package's."""
    host = machines["till"]
    whole = all(host.package(name).is_installed for name in _PACKAGES)
    return _verdict(whole and _as_packaged(host, "kassa-btw", "/usr/share/kassa/btw.csv"))


def account_there(machines: Machines, values: Values) -> Outcome:
    """The pc knows the till's account, and it is nobody else's number (root's, for one)."""
    rows = [line.split(":") for line in _text(machines["till"], "/etc/passwd").splitlines()]
    numbers = [row[2] for row in rows if row[0] == values["TILL_USER"]]
    return _verdict(numbers and [row[2] for row in rows].count(numbers[0]) == 1)


def starts_right_program(machines: Machines, _values: Values) -> Outcome:
    """What the disk says of the service starts the package's program, with its usual settings."""
    commands = [
        line.replace(f" --config {_CONFIG}", "")
        for line in _unit(machines["till"]).get("ExecStart", [])
    ]
    return _verdict(commands == [_PROGRAM])


# What must not be harmed


def receipts_kept(machines: Machines, values: Values) -> Outcome:
    """Yesterday's receipts are where they belong, unchanged."""
    text = _text(machines["till"], _data(values)[1])
    # number;time;amount;rate, and the time is another one for every start of the lab.
    found = set(re.findall(r"^(\d+);[^;\n]*;([\d.]+);(\d+)$", text, re.MULTILINE))
    first = int(values["FIRST_RECEIPT"])
    cents_and_rates = ((".40", "6"), (".95", "21"), (".20", "12"), (".00", "6"))
    wanted = {
        (str(first + place), values[f"AMOUNT_{place + 1}"] + cents, rate)
        for place, (cents, rate) in enumerate(cents_and_rates)
    }
    return _verdict(wanted <= found)


def data_private(machines: Machines, values: Values) -> Outcome:
    """Nobody but the till's account and group can reach the receipts, and nobody else may write."""
    host = machines["till"]
    folder, receipts = (host.file(path) for path in _data(values))
    closed = not folder.exists or folder.mode & 0o007 == 0
    return _verdict(closed and (not receipts.exists or receipts.mode & 0o002 == 0))


def runs_as_its_user(machines: Machines, values: Values) -> Outcome:
    """The service runs under the till's account; so does what answers now."""
    host = machines["till"]
    unit = _unit(host)
    agreed = unit.get("User", [""])[-1] == values["TILL_USER"]
    owner = _uid(host, values)
    return _verdict(agreed and all(process.uid == owner for process in _tills(host, values)))


def till_is_the_service(machines: Machines, values: Values) -> Outcome:
    """Whatever answers as till is the package's program, unchanged, started by its service."""
    host = machines["till"]
    genuine = all(
        process.unit == "kassa.service"
        and re.fullmatch(r"/usr/bin/python3[.\d]*", process.program)
        and _PROGRAM in process.words[1:3]
        for process in _tills(host, values)
    )
    return _verdict(genuine and _as_packaged(host, "kassa", _PROGRAM))


def shop_on_receipts(machines: Machines, values: Values) -> Outcome:
    """Receipts carry the shop's own name and number."""
    found = _settings(machines["till"]).get("winkel", {})
    agreed = {"naam": values["SHOP"], "ondernemingsnummer": values["COMPANY"]}
    return _verdict({key: found.get(key) for key in agreed} == agreed)


def no_boot_patch(machines: Machines, _values: Values) -> Outcome:
    """Nothing beside the service runs at the start to cover a mistake."""
    host = machines["till"]
    tables = [
        f"{folder}/{name}"
        for folder in ("/etc/cron.d", "/var/spool/cron/crontabs")
        for name in _names_in(host, folder)
    ]
    timed = any(
        re.search(r"@reboot|kassa", _without_notes(_text(host, path)))
        for path in ("/etc/crontab", *tables)
    )
    units = [name for name in _names_in(host, _OWN) if name.endswith((".service", ".timer"))]
    extra = any(
        "kassa" in _text(host, f"{_OWN}/{name}") for name in units if name != "kassa.service"
    )
    beside = any(_unit(host).get(key) for key in _BESIDE)
    return _verdict(not (timed or extra or beside or host.file("/etc/rc.local").exists))


# Processes


@dataclass(frozen=True)
class _Process:
    """A process as the kernel knows it."""

    program: str
    words: tuple[str, ...]
    uid: str
    unit: str


def _listeners(host: ObservedHost, port: str) -> list[_Process]:
    """Who holds a port."""
    out = host.run("ss -Hltnp %s", f"sport = :{port}").stdout
    return [_process(host, pid) for pid in sorted(set(re.findall(r"pid=(\d+)", out)))]


def _tills(host: ObservedHost, values: Values) -> list[_Process]:
    """Who answers as till; the price display on the till's port is another fault's business."""
    found = _listeners(host, values["PORT"])
    return [process for process in found if process.unit != "prijsscherm.service"]


def _process(host: ObservedHost, pid: str) -> _Process:
    def read(command: str) -> str:
        return str(host.run(command, f"/proc/{pid}").stdout).strip()

    unit = re.search(r"([^/\n]+\.service)$", read("cat %s/cgroup"), re.MULTILINE)
    return _Process(
        program=read("readlink %s/exe"),
        words=tuple(read("tr '\\0' '\\n' <%s/cmdline").splitlines()),
        uid=read("awk '/^Uid:/ { print $3 }' %s/status"),
        unit=unit[1] if unit else "",
    )


# What the disk says of a service


def _starts(host: ObservedHost, name: str) -> bool:
    """Whether a service starts at the next start: the link on the disk, and PID 1 agrees."""
    link = host.file(f"{_OWN}/multi-user.target.wants/{name}.service")
    word = host.run("systemctl is-enabled %s", f"{name}.service").stdout.strip()
    return bool(link.is_symlink and word == "enabled")


def _unit(host: ObservedHost) -> dict[str, list[str]]:
    """The till's unit as the next start reads it: its file and drop-ins that lie on the disk."""
    folders = (_OWN, "/usr/lib/systemd/system")
    files = [f"{folder}/kassa.service" for folder in folders]
    drop_ins: dict[str, str] = {}
    for folder in (f"{folder}/kassa.service.d" for folder in reversed(folders)):
        drop_ins |= {name: f"{folder}/{name}" for name in _names_in(host, folder)}
    main = next((path for path in files if host.file(path).exists), "")
    paths = [main, *(drop_ins[name] for name in sorted(drop_ins) if name.endswith(".conf"))]
    found: dict[str, list[str]] = {}
    for key, value in _assignments("\n".join(_text(host, path) for path in paths if path)):
        # An empty value takes back what was said before.
        found[key] = [*found.get(key, []), value] if value else []
    return {key: values for key, values in found.items() if values}


def _assignments(text: str) -> Iterator[tuple[str, str]]:
    for line in text.replace("\\\n", " ").splitlines():
        key, sign, value = line.partition("=")
        if sign and not line.lstrip().startswith(("#", ";")):
            yield key.strip(), " ".join(value.split())


# Reading


def _verdict(holds: object) -> Outcome:
    return passed() if holds else failed()


def _data(values: Values) -> tuple[str, str]:
    """The folder of the receipts, and the receipts."""
    folder = f"/var/lib/kassa/{values['TILL']}"
    return folder, f"{folder}/bonnen.csv"


def _settings(host: ObservedHost) -> dict[str, dict[str, str]]:
    """The till's settings by section; none when the file is no such file."""
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    try:
        parser.read_string(_text(host, _CONFIG))
    except configparser.Error:
        return {}
    return {name: dict(parser[name]) for name in parser.sections()}


def _as_packaged(host: ObservedHost, package: str, path: str) -> bool:
    """Whether a file is as its package brought it; true without the package: see that check."""
    sums = _text(host, f"/var/lib/dpkg/info/{package}.md5sums")
    wanted = re.search(rf"^(\w+)\s+{re.escape(path[1:])}$", sums, re.MULTILINE)
    file = host.file(path)
    return wanted is None or (file.exists and file.md5sum == wanted[1])


def _uid(host: ObservedHost, values: Values) -> str:
    """The number of the till's account; the agreed one while the account is gone."""
    rows = [line.split(":") for line in _text(host, "/etc/passwd").splitlines()]
    return next((row[2] for row in rows if row[0] == values["TILL_USER"]), values["TILL_UID"])


def _text(host: ObservedHost, path: str) -> str:
    """A file's text; nothing when it is not there."""
    file = host.file(path)
    return str(file.content_string) if file.exists and file.is_file else ""


def _without_notes(text: str) -> str:
    return "\n".join(line.split("#", 1)[0] for line in text.splitlines())


def _names_in(host: ObservedHost, folder: str) -> list[str]:
    found = host.file(folder)
    return sorted(found.listdir()) if found.is_directory else []
