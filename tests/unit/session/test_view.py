from __future__ import annotations

from breakfix.content.reader import read_lab
from breakfix.model.session import Plug
from breakfix.session.view import networks
from breakfix.wiring import checkout

LAB = checkout() / "labs" / "m021-network" / "no-internet"


def test_a_view_says_which_interfaces_a_wire_joins() -> None:
    """Every wire of the lab is told, with each interface that its cable goes to."""
    found = {network.id: network.plugs for network in networks(read_lab(LAB).lab)}
    assert found == {
        "lan": (Plug("pc", "ens3"), Plug("router", "ens3")),
        "wan": (Plug("router", "ens4"), Plug("provider", "ens3")),
    }
