"""What the checks of this lab look at. They only look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from breakfix.model.outcome import Outcome, failed, passed
from breakfix.observe.host import ObservedHost
from breakfix.observe.machines import Machines

Values = Mapping[str, str]

_HOOKS = {"debug", "rfc3442-classless-routes", "timesyncd", "resolvconf"}
_NAMES = re.compile(r"dport\s+(\{[^}]*\b(53|domain)\b[^}]*\}|53\b|domain\b)")
_WEB = re.compile(
    r"dport\s+(\{[^}]*\b(53|domain|80|http|443|https)\b[^}]*\}"
    r"|(53|domain|80|http|443|https)\b)"
)
_OWN_ADDRESS = re.compile(r"\b(masquerade|snat\s+(ip\s+)?to)\b")


# The complaint


def site_opens(machines: Machines, values: Values) -> Outcome:
    """The site's front page, asked by name from the pc."""
    return _asked(machines, values, "/", f"Welkom bij {values['SITE']}")


def order_is_received(machines: Machines, values: Values) -> Outcome:
    """An order sent from the pc is answered."""
    return _asked(machines, values, "/bestelling", "bestelling ontvangen", "-d aantal=1")


def price_list_downloads(machines: Machines, values: Values) -> Outcome:
    """The whole price list, to its last line."""
    return _asked(machines, values, "/prijslijst.csv", "artikel-400;")


def _asked(
    machines: Machines, values: Values, path: str, wanted: str, options: str = ""
) -> Outcome:
    url = f"http://{values['SITE']}{path}"
    answer = machines["pc"].run(
        f"curl -4 -s --noproxy '*' --connect-timeout 1 -m 2 {options} %s", url
    )
    return _verdict(answer.rc == 0 and wanted in answer.stdout)


# The pc


def cables_in(machines: Machines, _values: Values) -> Outcome:
    """No interface that is up lacks a carrier."""
    for machine, nic in (("pc", "ens3"), ("router", "ens3"), ("router", "ens4")):
        if "NO-CARRIER" in machines[machine].run("ip -o link show %s", nic).stdout:
            return failed()
    return passed()


def pc_uses_dhcp(machines: Machines, _values: Values) -> Outcome:
    """One way to an address in the pc's configuration: asking, without routes beside it."""
    text = _interfaces(machines["pc"])
    methods = re.findall(r"^\s*iface\s+ens3\s+inet\s+(\w+)", text, re.MULTILINE)
    extra = re.search(r"^\s*(pre-up|up|post-up)\s.*\b(route|addr|address)\b", text, re.MULTILINE)
    return _verdict(methods == ["dhcp"] and extra is None)


def no_hosts_override(machines: Machines, values: Values) -> Outcome:
    """The hosts file says nothing of the site, and is asked before the name server."""
    pc = machines["pc"]
    order = re.search(r"^\s*hosts:(.*)$", _text(pc, "/etc/nsswitch.conf"), re.MULTILINE)
    words = order[1].split() if order else []
    usual = "files" in words and "dns" in words and words.index("files") < words.index("dns")
    return _verdict(usual and values["SITE"] not in _lines(_text(pc, "/etc/hosts")))


def pc_starts_network(machines: Machines, _values: Values) -> Outcome:
    """The pc brings its interface up when it starts."""
    pc = machines["pc"]
    names = re.findall(r"^\s*(?:auto|allow-auto)\s+(.*)$", _interfaces(pc), re.MULTILINE)
    at_start = "ens3" in " ".join(names).split()
    return _verdict(at_start and pc.service("networking").is_enabled)


def pc_takes_dhcp_answers(machines: Machines, _values: Values) -> Outcome:
    """Nothing replaces what the router answers: no forced values, no scripts of one's own."""
    pc = machines["pc"]
    forced = re.search(
        r"\b(supersede|prepend|default|append)\s+(routers|domain-name-servers)\b",
        _lines(_text(pc, "/etc/dhcp/dhclient.conf")),
    )
    own = {
        name
        for folder in ("enter", "exit")
        for name in _names_in(pc, f"/etc/dhcp/dhclient-{folder}-hooks.d")
    } - _HOOKS
    return _verdict(forced is None and not own)


def pc_firewall_lets_out(machines: Machines, _values: Values) -> Outcome:
    """No outgoing rule, in force or written down, stops web pages or names."""
    pc = machines["pc"]
    for rules in _both_rules(pc):
        for line in _chain(rules, "output"):
            if "policy drop" in line or (_WEB.search(line) and re.search(r"drop|reject", line)):
                return failed()
    return passed()


def pc_firewall_on(machines: Machines, _values: Values) -> Outcome:
    """The pc's firewall refuses what comes in, now and at the next start."""
    pc = machines["pc"]
    return _verdict(_refuses(pc))


# The router


def router_hands_out_addresses(machines: Machines, values: Values) -> Outcome:
    """The router's configuration gives addresses of the shop's network."""
    config = _dnsmasq(machines["router"])
    start = re.escape(f"192.168.{values['LAN_NUMBER']}.")
    ranges = re.findall(rf"^dhcp-range=.*\b{start}\d+,{start}\d+", config, re.MULTILINE)
    refused = re.search(r"^no-dhcp-interface=.*ens3", config, re.MULTILINE)
    enabled = machines["router"].service("dnsmasq").is_enabled
    return _verdict(bool(ranges) and refused is None and enabled)


def router_gives_right_gateway(machines: Machines, values: Values) -> Outcome:
    """The router names itself as the way out (as it does when nothing is said)."""
    config = _dnsmasq(machines["router"])
    named = re.findall(r"^dhcp-option=(?:.*,)?(?:option:router|3),(.*)$", config, re.MULTILINE)
    right = {values["ROUTER_LAN_ADDRESS"], "0.0.0.0"}  # noqa: S104 (dnsmasq's word for itself)
    return _verdict(all(address.strip() in right for address in named))


def router_forwards_at_boot(machines: Machines, _values: Values) -> Outcome:
    """The last word in the router's settings at the start is: pass packets on."""
    router = machines["router"]
    names = sorted(n for n in _names_in(router, "/etc/sysctl.d") if n.endswith(".conf"))
    text = "\n".join(_text(router, f"/etc/sysctl.d/{name}") for name in names)
    said = re.findall(
        r"^\s*-?net[./]ipv4[./](?:ip_forward|conf[./]all[./]forwarding)\s*=\s*(\d)",
        text,
        re.MULTILINE,
    )
    return _verdict(bool(said) and said[-1] == "1")


def router_lets_names_in(machines: Machines, _values: Values) -> Outcome:
    """In force and written down: the shop may ask the router for names."""
    for rules in _both_rules(machines["router"]):
        lines = _chain(rules, "input")
        asked = any(_NAMES.search(line) and "accept" in line for line in lines)
        all_of_shop = any(re.fullmatch(r'\s*iifname "?ens3"? accept\s*', line) for line in lines)
        allowed = any("policy accept" in line for line in lines)
        if not (asked or all_of_shop or allowed):
            return failed()
    return passed()


def router_masquerades(machines: Machines, _values: Values) -> Outcome:
    """In force and written down: what goes out carries the router's own address."""
    router = machines["router"]
    for rules in _both_rules(router):
        if not any(_OWN_ADDRESS.search(line) for line in _chain(rules, "postrouting")):
            return failed()
    return _verdict(router.service("nftables").is_enabled)


def router_firewall_on(machines: Machines, values: Values) -> Outcome:
    """The router refuses strangers: asked from the provider's side, and written down."""
    knock = machines["provider"].run("timeout 0.5 nc -z %s 22", values["ROUTER_WAN_ADDRESS"])
    return _verdict(knock.rc != 0 and _refuses(machines["router"]))


def router_asks_provider(machines: Machines, values: Values) -> Outcome:
    """The router asks the provider for names and has no answer of its own for the site."""
    router = machines["router"]
    config = _dnsmasq(router)
    servers = re.findall(r"^server=(.*)$", config, re.MULTILINE)
    own = re.search(rf"^(address|host-record)=.*{re.escape(values['SITE'])}", config, re.MULTILINE)
    in_hosts = values["SITE"] in _lines(_text(router, "/etc/hosts"))
    asks = [server.strip() for server in servers] == [values["PROVIDER_ADDRESS"]]
    return _verdict(asks and own is None and not in_hosts)


def no_boot_patch(machines: Machines, _values: Values) -> Outcome:
    """Nothing beside the configuration runs at the start to cover a mistake."""
    for name in ("pc", "router"):
        host = machines[name]
        if host.file("/etc/rc.local").exists:
            return failed()
        tables = [
            f"{folder}/{entry}"
            for folder in ("/etc/cron.d", "/var/spool/cron/crontabs")
            for entry in _names_in(host, folder)
        ]
        if any("@reboot" in _lines(_text(host, path)) for path in ("/etc/crontab", *tables)):
            return failed()
    return passed()


# Reading


def _verdict(holds: object) -> Outcome:
    return passed() if holds else failed()


def _text(host: ObservedHost, path: str) -> str:
    """A file's text; nothing when it is not there."""
    file = host.file(path)
    return str(file.content_string) if file.exists and file.is_file else ""


def _lines(text: str) -> str:
    """The text without comments."""
    return "\n".join(line.split("#", 1)[0] for line in text.splitlines())


def _names_in(host: ObservedHost, folder: str) -> list[str]:
    found = host.file(folder)
    return sorted(found.listdir()) if found.exists else []


def _interfaces(host: ObservedHost) -> str:
    folder = "/etc/network/interfaces.d"
    paths = ["/etc/network/interfaces", *(f"{folder}/{name}" for name in _names_in(host, folder))]
    return "\n".join(_lines(_text(host, path)) for path in paths)


def _dnsmasq(host: ObservedHost) -> str:
    folder = "/etc/dnsmasq.d"
    names = [name for name in _names_in(host, folder) if name != "README"]
    paths = ["/etc/dnsmasq.conf", *(f"{folder}/{name}" for name in names)]
    return "\n".join(
        line.strip() for path in paths for line in _lines(_text(host, path)).splitlines()
    )


def _both_rules(host: ObservedHost) -> Iterator[str]:
    """The firewall's rules: those that are written down, then those in force."""
    yield _lines(_text(host, "/etc/nftables.conf"))
    yield host.run("nft list ruleset").stdout


def _chain(rules: str, hook: str) -> list[str]:
    """The lines of the chains on `hook`, from the hook on."""
    found: list[str] = []
    for chain in re.split(r"\bchain\s+\S+\s*\{", rules)[1:]:
        if re.search(rf"\bhook\s+{hook}\b", chain):
            found += [part for line in chain.splitlines() for part in line.split(";")]
    return found


def _refuses(host: ObservedHost) -> bool:
    """Whether a firewall that refuses by default is in force, written down and started."""
    written = all(
        any("policy drop" in line for line in _chain(rules, "input")) for rules in _both_rules(host)
    )
    return written and host.service("nftables").is_enabled
