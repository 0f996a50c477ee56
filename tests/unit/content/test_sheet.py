from __future__ import annotations

from breakfix.content.markdown import cells_of
from breakfix.content.sheet import sheet_of, without_ticket
from breakfix.model.value import Text

BOOK = """+++ {"tags": ["lang-nl"]}
# Titel

+++ {"tags": ["lang-en"]}
# Title

```{code-cell} ipython3
lab.start()
```

+++ {"tags": ["lang-nl"]}
De pc heet $PC_NAME.

+++ {"tags": ["lang-en"]}
The pc is called $PC_NAME.

+++ {"tags": ["lang-nl"]}
## Ticket

$TICKET

+++ {"tags": ["lang-en"]}
## Ticket

$TICKET
"""


def test_only_what_differs_is_on_the_sheet() -> None:
    """A pair with a parameter is on the sheet; other texts and the ticket are not."""
    found = sheet_of(cells_of(BOOK), ["PC_NAME"])
    assert found == (Text("De pc heet $PC_NAME.", "The pc is called $PC_NAME."),)


def test_a_shell_variable_is_no_parameter() -> None:
    """A name that the lab doesn't declare is ordinary text."""
    assert sheet_of(cells_of(BOOK), ["OTHER"]) == ()


def test_text_beside_the_ticket_stays() -> None:
    """Only the ticket goes, and a heading that then stands alone."""
    assert without_ticket("## Ticket\n\n$TICKET\n") == ""
    assert without_ticket("Lees dit:\n\n$TICKET\n\nTot zo.") == "Lees dit:\n\n\n\nTot zo."
