"""Labels: who owns what on the engine. Cleaning up goes by label only, never by name."""

from __future__ import annotations

from breakfix.ports.runtime import MachineKey

NAMESPACE = "org.breakfix"
INSTALLATION = f"{NAMESPACE}.installation"
ROLE = f"{NAMESPACE}.role"
SESSION = f"{NAMESPACE}.session"
MACHINE = f"{NAMESPACE}.machine"
GENERATION = f"{NAMESPACE}.generation"
NICS = f"{NAMESPACE}.nics"
WATCHED = f"{NAMESPACE}.watched"
RECIPE = f"{NAMESPACE}.recipe"
PACKAGES = f"{NAMESPACE}.packages"
IMAGE = f"{NAMESPACE}.image"
IMAGE_ID = f"{NAMESPACE}.image-id"
CHANGED = f"{NAMESPACE}.changed"

ROLE_MACHINE = "machine"
ROLE_OBSERVER = "observer"
ROLE_WIRE = "wire"
ROLE_SNAPSHOT = "snapshot"


def filters(installation: str, **labels: str) -> dict[str, str | list[str] | bool]:
    """The engine's filter for everything of `installation` that also has these labels.

    Keyword names are those of this module in lower case: `filters(i, role=…, session=…)`.
    """
    wanted = [f"{INSTALLATION}={installation}"]
    wanted += [f"{NAMESPACE}.{name}={value}" for name, value in labels.items()]
    return {"label": wanted}


def of_machine(installation: str, key: MachineKey, role: str) -> dict[str, str]:
    """The labels of a container that belongs to one machine."""
    return {
        INSTALLATION: installation,
        ROLE: role,
        SESSION: key.session,
        MACHINE: key.machine,
    }
