from __future__ import annotations

import re

from breakfix.content.profile import competences, profile


def test_the_profile_is_whole() -> None:
    """It has 11 modules and 133 competences, in order, each in two languages and with a number of
    its own."""
    modules = profile().modules
    assert [module.id for module in modules] == [f"0{number}" for number in range(20, 31)]
    assert len(competences()) == 133
    ids = [one.id for module in modules for each in module.activities for one in each.competences]
    assert ids == list(competences())
    for module in modules:
        for activity in module.activities:
            assert activity.id.startswith(f"{module.id}.")
            places = [one.id.removeprefix(f"{activity.id}.") for one in activity.competences]
            assert places == [str(number + 1) for number in range(len(places))]


def test_every_wording_is_a_short_sentence() -> None:
    """Dutch speaks to the learner; both languages are complete and not copied from each other."""
    for one in competences().values():
        assert re.fullmatch(r"Je .+\.", one.text.nl), one.id
        assert re.fullmatch(r"You .+\.", one.text.en), one.id
        assert max(len(one.text.nl), len(one.text.en)) <= 130, one.id
