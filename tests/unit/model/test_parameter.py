"""Parameters: the same seed draws the same values, another seed others."""

from __future__ import annotations

import pytest

from breakfix.model.parameter import Parameter, draw_all, fill, names_in

PARAMETERS = {
    "ADDRESS": Parameter(derived="192.168.$NUMBER.1"),
    "NUMBER": Parameter(between=(11, 99)),
    "NAME": Parameter(one_of=("balie", "kassa", "bureau")),
}


def test_same_seed_same_values() -> None:
    """Drawing is a pure function of the seed."""
    assert draw_all(PARAMETERS, "7") == draw_all(PARAMETERS, "7")


def test_other_seed_other_values() -> None:
    """A hundred seeds give many addresses, all within the bounds."""
    numbers = {int(draw_all(PARAMETERS, str(seed))["NUMBER"]) for seed in range(100)}

    assert len(numbers) > 20
    assert min(numbers) >= 11
    assert max(numbers) <= 99


def test_derived_names_others() -> None:
    """A derived text takes the values that it names."""
    values = draw_all(PARAMETERS, "7")

    assert values["ADDRESS"] == f"192.168.{values['NUMBER']}.1"


def test_circle_is_an_error() -> None:
    """Two derived texts that name each other can never be drawn."""
    circle = {"A": Parameter(derived="$B"), "B": Parameter(derived="$A")}

    with pytest.raises(ValueError, match="A, B"):
        draw_all(circle, "7")


def test_fill_leaves_unknown_names() -> None:
    """Text keeps a `$NAME` that is no parameter."""
    assert fill("$NAME and $OTHER", {"NAME": "x"}) == "x and $OTHER"
    assert names_in("$NAME ${OTHER}") == {"NAME", "OTHER"}
