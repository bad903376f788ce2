"""Where formulas stand in a sheet, without reading anything else of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlmalekort.xlsx.workbook import RawWorkbook, SheetEntry

_FORMULA = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*+><f[ >/]')


def has_formulas(workbook: RawWorkbook, entry: SheetEntry, references: frozenset[bytes]) -> bool:
    """Whether a whole formula stands in each of the cells (`b"K3"`), as far as can be told at a glance.

    False says only that a closer look is needed: some programs write cells in another way. A workbook has thousands of
    formulas, and each is looked for in every workbook that is checked.

    Raises:
        UnreadableError: a very large part is damaged.
    """
    data = workbook.package.read(entry.part)
    return references.issubset(_FORMULA.findall(data)) and b"#REF!" not in data
