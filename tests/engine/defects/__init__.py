"""Labs with one defect each: small changes to a sound one, told as the proof should tell them."""

from __future__ import annotations

from tests.engine.defects.before_repair import BEFORE_REPAIR
from tests.engine.defects.defect import STAGES, Defect, make
from tests.engine.defects.repairs import REPAIRS
from tests.engine.defects.whole import WHOLE

#: In the order of the stages.
DEFECTS = (*BEFORE_REPAIR, *REPAIRS, *WHOLE)

__all__ = ["DEFECTS", "STAGES", "Defect", "make"]
