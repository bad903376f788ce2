"""The look of the workbooks: the palette, the formats, and how a number of each unit is written.

Contrast of ink on fill is at least 6.8 to 1. Colour never stands alone: a status has a shape and a word as well.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from xlmalekort.locale import Texts
    from xlmalekort.model.scorecard import Indicator

FONT = "Calibri"


class Palette(StrEnum):
    """Every colour that is used."""

    NAVY = "#12344D"
    INK = "#1F2A33"
    NOTE = "#4A5560"
    WHITE = "#FFFFFF"
    BAND = "#E6EDF3"
    """The rows that head a group."""
    LINE = "#D5DCE2"
    GREEN_INK = "#0A5A2A"
    GREEN = "#DDF2E3"
    YELLOW_INK = "#6B4E00"
    YELLOW = "#FFF1CC"
    RED_INK = "#8E1B13"
    RED = "#FADBD8"
    NONE_INK = "#4A5560"
    NONE = "#F1F3F5"
    INPUT = "#FFFBE6"
    INPUT_LINE = "#D9C77A"
    WANTED = "#FFE08A"
    OWN = "#EAF3FB"
    """Targets and plans that an office types itself."""
    TREND = "#B9C7D3"
    OWN_LINE = "#9DB2C4"
    COMMENT = "#FFFEF8"
    # Columns of a chart are filled darker than cells, and so that red, green and yellow differ without colour too.
    RED_COLUMN = "#A32A20"
    GREEN_COLUMN = "#5FA77B"
    YELLOW_COLUMN = "#F6D36B"
    NONE_COLUMN = "#E3E7EB"


MARKS = {
    Status.GREEN: "●",
    Status.YELLOW: "▲",
    Status.RED: "■",
    Status.MISSING: "○",
    Status.REJECTED: "×",
    Status.NOT_DUE: "…",
    Status.UNDECIDED: "◊",
    Status.NOT_ASSESSABLE: "÷",
    Status.TOO_FEW: "<",
    Status.NOT_APPLICABLE: "–",
}
"""One shape for each status; all of them are in Calibri."""

WORDS = {
    Status.GREEN: N_("Green"),
    Status.YELLOW: N_("Yellow"),
    Status.RED: N_("Red"),
    Status.MISSING: N_("Missing"),
    Status.REJECTED: N_("Cannot be used"),
    Status.NOT_DUE: N_("Not due yet"),
    Status.UNDECIDED: N_("Undecided"),
    Status.NOT_ASSESSABLE: N_("Not assessable"),
    Status.TOO_FEW: N_("Too few cases"),
    Status.NOT_APPLICABLE: N_("Exempt"),
}

RESULT_LOOKS = {
    Status.GREEN: (Palette.GREEN_INK, Palette.GREEN),
    Status.YELLOW: (Palette.YELLOW_INK, Palette.YELLOW),
    Status.RED: (Palette.RED_INK, Palette.RED),
}
"""Ink and fill of the three results."""


def status_label(status: Status, texts: Texts) -> str:
    """A status as a reader sees it: its shape and its word."""
    return f"{MARKS[status]} {texts(WORDS[status])}"


_UNIT_WORDS = {
    Unit.COUNT: N_("number"),
    Unit.PERCENT: "%",
    Unit.POINTS: N_("points"),
    Unit.DAYS: N_("days"),
    Unit.MONEY: N_("money"),
}


def unit_word(unit: Unit, texts: Texts) -> str:
    """What stands in the column of units."""
    return texts(_UNIT_WORDS[unit])


_SPACE = "\\ "
"""A space that belongs to a number format."""


def number_format(unit: Unit, decimals: int, texts: Texts) -> str:
    """The number format of a unit. Separators are the reader's own: the locale of Excel decides."""
    places = "." + "0" * decimals if decimals else ""
    return f"0{places}{texts.percent_sign.replace(' ', _SPACE)}" if unit is Unit.PERCENT else f"#,##0{places}"


def value_format(unit: Unit, indicator: Indicator, texts: Texts) -> str:
    """The number format of an indicator's value, with a sign where it is a deviation or a change."""
    plain = number_format(unit, indicator.decimals, texts)
    return f"+{plain};-{plain};{plain}" if indicator.is_signed else plain


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
        properties = {"font_name": FONT, "font_size": 11, "font_color": Palette.INK, "valign": "vcenter"}
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
    "open": {"locked": False},
    "box": _BOX,
    "input": {"bg_color": Palette.INPUT, "border": 1, "border_color": Palette.INPUT_LINE, "locked": False},
    "own": {"bg_color": Palette.OWN, "border": 1, "border_color": Palette.OWN_LINE, "locked": False},
    "comment": {"bg_color": Palette.COMMENT, "border": 1, "border_color": Palette.LINE, "locked": False},
    "none": {"bg_color": Palette.NONE, "font_color": Palette.NONE_INK},
    "hatch": {"pattern": 14, "fg_color": Palette.LINE, "bg_color": Palette.NONE, **_BOX},
    "text": {"num_format": "@"},
    "day": {"num_format": 14, "align": "left"},
}
