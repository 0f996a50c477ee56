from __future__ import annotations

import pytest

from breakfix.content.locator import Loc, line_at, lines_of

TEXT = """\
top = 1
[a.b]
c = 2
d.e = 3

[[list]]
x = 1
[list.inner]
y = '''
z = 5
'''
[[list]]
x = { p = 1 }
  [[list.deep]]
  q = [
    1,
  ]
["quoted key"]
"""


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        (("top",), 1),
        (("a", "b", "c"), 3),
        (("a", "b", "d", "e"), 4),
        (("list", 0, "x"), 7),
        (("list", 0, "inner", "y"), 9),
        (("list", 0, "inner", "z"), 8),
        (("list", 1, "x", "p"), 13),
        (("list", 1, "deep", 0, "q", 0), 15),
        (("quoted key",), 18),
        (("nowhere",), 1),
    ],
)
def test_a_place_has_a_line(loc: Loc, line: int) -> None:
    """Each place in the value is found at its line, or at the nearest thing around it."""
    assert line_at(lines_of(TEXT), loc) == line
