"""Where the expected notebook is missing, renamed or damaged, another takes its place, so that the
rest of a submission is still graded."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

from breakfix.content.text import sentence
from breakfix.errors import CourseError, disk_errors
from breakfix.grading.folder import CourseFolder
from breakfix.grading.handed import cells_in, is_notebook, read_data
from breakfix.grading.notes import add_notes
from breakfix.model.value import Text

#: What nbgrader takes for no notebook, so it leaves it alone.
ASIDE = "handed-in-{number}.notebook"


def mend(folder: CourseFolder, name: str, learner: str) -> tuple[Text, ...]:
    """Mend what `learner` handed in of the assignment `name`; what was done, in words (nothing
    when all was well). Raises CourseError and DiskFull."""
    return mend_at(folder, name, folder.submitted(learner, name))


def mend_at(folder: CourseFolder, name: str, submission: Path) -> tuple[Text, ...]:
    """Mend a submission that is not in its place yet."""
    expected = submission / f"{name}.ipynb"
    if _readable(expected) or not submission.is_dir():
        return ()
    released = folder.release(name) / expected.name
    if not _readable(released):
        raise CourseError("mending.no-release", assignment=name, file=released)
    with disk_errors():
        renamed = _renamed(submission, expected, released)
        done = _done(submission, expected, renamed)
        _put(renamed or released, expected)
        if renamed is not None:
            renamed.rename(_aside(submission))
    add_notes(submission, done)
    return (done,)


def _done(submission: Path, expected: Path, renamed: Path | None) -> Text:
    """Put away what stands in the place of the notebook, and say what is the matter."""
    there = expected.exists() or expected.is_symlink()
    if there:
        _put_away(submission, expected)
    if renamed is not None:
        return sentence("mending.renamed", found=renamed.name, notebook=expected.name)
    key = "mending.damaged" if there else "mending.missing"
    return sentence(key, notebook=expected.name)


def _put_away(submission: Path, found: Path) -> None:
    """Keep a file of the learner's; a link, pipe or device is nobody's work."""
    kind = found.lstat().st_mode
    if stat.S_ISREG(kind) or stat.S_ISDIR(kind):
        found.rename(_aside(submission))
    else:
        found.unlink()


def _renamed(submission: Path, expected: Path, released: Path) -> Path | None:
    """The one other notebook that holds cells of this assignment, if there is exactly one."""
    known = _grade_ids(released)
    others = [path for path in submission.glob("*.ipynb") if path != expected]
    found = [path for path in others if _readable(path) and _grade_ids(path) & known]
    return found[0] if len(found) == 1 else None


def _grade_ids(notebook: Path) -> set[str]:
    with notebook.open("rb") as stream:
        return {cell.grade_id for cell in cells_in(read_data(stream)) if cell.grade_id}


def _readable(notebook: Path) -> bool:
    try:
        if not stat.S_ISREG(notebook.lstat().st_mode):
            return False
        with notebook.open("rb") as stream:
            return is_notebook(read_data(stream))
    except OSError:
        return False


def _put(source: Path, target: Path) -> None:
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, part)
    part.replace(target)


def _aside(submission: Path) -> Path:
    """A free name for a file that is kept."""
    number = 1
    while (found := submission / ASIDE.format(number=number)).exists():
        number += 1
    return found
