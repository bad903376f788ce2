"""The look of the workbooks: the palette, the formats, and how a number of each unit is written.

Contrast of ink on fill is at least 6.8 to 1. Colour never stands alone: a status has a shape and a word as well.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from xlmalekort.layout import look
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from xlmalekort.locale import Texts


class Palette(StrEnum):
    """The colours of the office workbook: those of every workbook, and those of input cells and charts."""

    NAVY = look.HEADING_FILL
    INK = look.INK
    NOTE = look.MUTED_INK
    WHITE = look.HEADING_INK
    BAND = look.BAND_FILL
    """The rows that head a group."""
    LINE = look.RULE
    GREEN_INK = look.GREEN.ink
    GREEN = look.GREEN.fill
    YELLOW_INK = look.YELLOW.ink
    YELLOW = look.YELLOW.fill
    RED_INK = look.RED.ink
    RED = look.RED.fill
    NONE = look.NO_RESULT.fill
    INPUT = look.INPUT_FILL
    INPUT_LINE = "#D9C77A"
    WANTED = "#FFE08A"
    OWN = "#EAF3FB"
    """Targets and plans that an office types itself."""
    OWN_LINE = "#9DB2C4"
    PARTING = "#7F95A6"
    """A line between the questions of a survey."""
    BAR = "#C3D3DF"
    """A bar behind a number."""
    COMMENT = "#FFFEF8"
    # Columns of a chart are filled darker than cells, and so that red, green and yellow differ without colour too.
    RED_COLUMN = "#A32A20"
    GREEN_COLUMN = "#5FA77B"
    YELLOW_COLUMN = "#F6D36B"
    NONE_COLUMN = "#E3E7EB"


RESULTS = (Status.RED, Status.YELLOW, Status.GREEN)
"""The statuses that are coloured, the worst first."""


def unit_word(unit: Unit, texts: Texts) -> str:
    """What stands in the column of units."""
    return texts(look.UNIT_WORDS[unit])


def change_format(unit: Unit, decimals: int, texts: Texts) -> str:
    """The number format of a change; that of a percentage is in percentage points, which the sheet keeps times 100."""
    places = "." + "0" * decimals if decimals else ""
    plain = f'0{places}" {texts(POINTS_MARK)}"' if unit is Unit.PERCENT else f"#,##0{places}"
    return f"+{plain};-{plain};{plain}"


POINTS_MARK = N_("pp")


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        """Take formats from the workbook."""
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, base: str = "", **more: object) -> Format:
        """A format: one of the named looks, with changes."""
        properties = {"font_name": look.FONT, "font_size": 11, "font_color": Palette.INK, "valign": "vcenter"}
        for name in base.split():
            properties |= _LOOKS[name]
        return self.made(properties | more)

    def part(self, **properties: object) -> Format:
        """A format that changes only what it names, for conditional formats."""
        return self.made(properties)

    def made(self, properties: dict[str, Any]) -> Format:
        """The format with just these properties."""
        key = tuple(
            sorted((name, str(value) if isinstance(value, StrEnum) else value) for name, value in properties.items())
        )
        if key not in self._made:
            self._made[key] = self._workbook.add_format(dict(key))
        return self._made[key]


_GRID = {"bottom": 1, "bottom_color": Palette.LINE}
_BOX = {"border": 1, "border_color": Palette.LINE}

_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_size": 16, "bold": True, "font_color": Palette.NAVY},
    "subtitle": {"font_color": Palette.NOTE},
    "message": {"font_size": 14, "bold": True, "font_color": Palette.INK},
    "label": {"font_color": Palette.NOTE, "align": "right"},
    "note": {"font_size": 10, "font_color": Palette.NOTE},
    "head": {
        "bold": True,
        "font_size": 10,
        "font_color": Palette.WHITE,
        "bg_color": Palette.NAVY,
        "text_wrap": True,
        "left": 1,
        "left_color": Palette.NAVY,
    },
    "band": {"bold": True, "font_color": Palette.NAVY, "bg_color": Palette.BAND},
    "row": _GRID,
    "wrap": {"text_wrap": True},
    "top": {"valign": "top"},
    "small": {"font_size": 10},
    "right": {"align": "right"},
    "center": {"align": "center"},
    "bold": {"bold": True},
    "indent": {"indent": 1},
    "padded": {"indent": 1, "align": "left"},
    "open": {"locked": False},
    "box": _BOX,
    "input": {"bg_color": Palette.INPUT, "border": 1, "border_color": Palette.INPUT_LINE, "locked": False},
    "own": {"bg_color": Palette.OWN, "border": 1, "border_color": Palette.OWN_LINE, "locked": False},
    "comment": {"bg_color": Palette.COMMENT, "border": 1, "border_color": Palette.LINE, "locked": False},
    "none": {"bg_color": Palette.NONE, "font_color": Palette.NOTE},
    "hatch": {"pattern": 14, "fg_color": Palette.LINE, "bg_color": Palette.NONE, **_BOX},
    "text": {"num_format": "@"},
    "day": {"num_format": 14, "align": "left"},
}
