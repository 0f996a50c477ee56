"""A logbook, made of the product's own values."""

from __future__ import annotations

from breakfix.model.logbook import Entry, Written
from breakfix.model.session import Mode, State
from breakfix.model.value import Text
from tests.browser.states import LAB

_PLACE = LAB.form.places[0]
NOTE = "Eerst het lampje van de kabel.\nDan pas de instellingen, <b>ë</b>."
#: The attempt that the panels of the tests show.
NOW = Entry(f"{LAB.slug}.0", LAB.slug, LAB.lab.title, Mode.PRACTICE, 0.0, 754, State.RUNNING)
BEFORE = Entry(
    f"{LAB.slug}.1795000000000",
    LAB.slug,
    LAB.lab.title,
    Mode.PRACTICE,
    1_795_000_000.0,
    5460,
    held=True,
    where=_PLACE.label,
    what=_PLACE.causes[0].label,
    answers=(
        Written(
            Text("**Werknota.** Wat was de oorzaak?", "**Work note.** What was the cause?"),
            "De kabel zat los bij mevrouw Yıldız.\nWeer ingeplugd, <b>getest</b>.",
        ),
    ),
    note=NOTE,
    noted=1_795_010_000.0,
)
EVALUATION = Entry(
    "till.1794000000000",
    "till",
    Text("De kassa start niet meer", "The till does not start any more"),
    Mode.EVALUATION,
    1_794_000_000.0,
    31,
    handed_in=True,
    where=_PLACE.label,
)
ENTRIES = (BEFORE, EVALUATION, NOW)
