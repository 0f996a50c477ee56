"""How much of a machine is shown, and what it may cost."""

from __future__ import annotations

KIB = 1 << 10

#: Of one page or file.
MOST_BYTES = 256 * KIB
#: Of a page after it was drawn; sanitising can make a page longer.
MOST_DRAWN = 512 * KIB
#: For one request, and for one look with all that it leads on to.
REQUEST_SECONDS = 5.0
LOOK_SECONDS = 8.0
REDIRECTS = 3
#: For the child that draws. A page of 27 KiB can make a parser use 1 GiB and 5 s.
DRAW_SECONDS = 20.0
DRAW_CPU_SECONDS = 2
DRAW_MEMORY = 256 * KIB * KIB
#: Of a mailbox, the newest first.
MOST_MESSAGES = 20
MOST_TITLE = 200
