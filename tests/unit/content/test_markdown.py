from __future__ import annotations

from pathlib import Path

from breakfix.content.markdown import Cell, cells_of, read_cells, read_texts
from breakfix.model.value import Text

NL = '+++ {"tags": ["lang-nl"]}\n'
EN = '+++ {"tags": ["lang-en"]}\n'


def test_cells_know_their_line_tags_and_text() -> None:
    """Front matter is no cell; marks and code cells begin one."""
    code = "```{code-cell} python3\n:tags: [a, b]\n1 + 1\n```\n"
    text = f"---\nkernelspec: x\n---\n\n{NL}\nDag.\n\n{code}"
    assert cells_of(text) == (
        Cell(5, ("lang-nl",), "Dag."),
        Cell(9, ("a", "b"), "1 + 1", code=True),
    )


def test_other_code_blocks_are_text() -> None:
    """A command to read is no code cell."""
    (cell,) = cells_of(f"{NL}\n```sh\nip address\n```\n\nKijk.\n")
    assert not cell.code
    assert cell.text.endswith("Kijk.")


def test_pairs_may_begin_with_either_language(tmp_path: Path) -> None:
    """Hints come in order; inside a pair the order is free."""
    path = tmp_path / "hints.md"
    path.write_text(f"{NL}a\n{EN}b\n{EN}d\n{NL}c\n", "utf-8")
    assert read_texts(path).value == (Text("a", "b"), Text("c", "d"))


def test_a_missing_language_names_the_cell(tmp_path: Path) -> None:
    """The second hint lacks its English."""
    path = tmp_path / "hints.md"
    path.write_text(f"{NL}a\n{EN}b\n{NL}c\n", "utf-8")
    (problem,) = read_texts(path).problems
    assert (problem.rule, problem.line, problem.values) == ("L082", 5, {"languages": "en"})


def test_text_after_code_needs_a_language(tmp_path: Path) -> None:
    """Else it would stand in both notebooks without anybody noticing."""
    path = tmp_path / "lab.md"
    path.write_text("```{code-cell} python3\n1\n```\n\nAnd then?\n", "utf-8")
    (problem,) = read_cells(path).problems
    assert (problem.rule, problem.line) == ("L081", 4)


def test_tags_that_are_no_json_are_a_problem(tmp_path: Path) -> None:
    """A typing mistake in a cell's mark is named at its line."""
    path = tmp_path / "lab.md"
    path.write_text('+++ {"tags": [lang-nl]}\nDag.\n', "utf-8")
    assert [problem.rule for problem in read_cells(path).problems] == ["L083"]
