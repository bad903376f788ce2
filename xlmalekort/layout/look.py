"""How every workbook looks: the palette, the symbol and the word of each status, and the number formats.

A status is always three things at once: a symbol, a word and a pale fill with dark ink, so that it can be read in black
and white and by those who cannot tell red from green. The symbols of the three results are solid shapes; those of what
is no result are thin signs. Contrast of ink on fill is at least 6.8 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit
from xlmalekort.problems import Severity

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.locale import Texts

FONT = "Calibri"
TEXT_SIZE = 11
NOTE_SIZE = 10
TITLE_SIZE = 14

INK = "#1B2733"
"""Running text."""
MUTED_INK = "#4A5560"
"""Notes and what is of less weight."""
HEADING_INK = "#FFFFFF"
HEADING_FILL = "#12344D"
BAND_FILL = "#DCE5EC"
"""The line above a group: a perspective, an area."""
RULE = "#C9D1D8"
"""Thin lines between rows."""
INPUT_FILL = "#FFFBE6"
"""Cells that are to be filled in, and no others."""
TREND_INK = "#9FB3C2"
TREND_LAST_INK = HEADING_FILL
"""The last column of a trend."""


@dataclass(frozen=True, slots=True)
class Tone:
    """A dark ink and the pale fill that it stands on."""

    ink: str
    fill: str


GREEN = Tone("#0A5A2A", "#DDF2E3")
YELLOW = Tone("#6B4E00", "#FFF1CC")
RED = Tone("#8E1B13", "#FADBD8")
NO_RESULT = Tone(MUTED_INK, "#F1F3F5")

STATUS_TONE: dict[Status, Tone] = {
    **dict.fromkeys(Status, NO_RESULT),
    Status.GREEN: GREEN,
    Status.YELLOW: YELLOW,
    Status.RED: RED,
}
"""Only results are coloured; everything else is grey."""

STATUS_SYMBOL: dict[Status, str] = {
    Status.NOT_APPLICABLE: "–",
    Status.REJECTED: "×",
    Status.UNDECIDED: "◊",
    Status.NOT_DUE: "…",
    Status.MISSING: "?",
    Status.NOT_ASSESSABLE: "○",
    Status.TOO_FEW: "<",
    Status.GREEN: "●",
    Status.YELLOW: "▲",
    Status.RED: "■",
}

STATUS_WORD: dict[Status, str] = {
    Status.NOT_APPLICABLE: N_("exempt"),
    Status.REJECTED: N_("cannot be used"),
    Status.UNDECIDED: N_("undecided"),
    Status.NOT_DUE: N_("not due yet"),
    Status.MISSING: N_("not reported"),
    Status.NOT_ASSESSABLE: N_("cannot be judged"),
    Status.TOO_FEW: N_("too few cases"),
    Status.GREEN: N_("green"),
    Status.YELLOW: N_("yellow"),
    Status.RED: N_("red"),
}

SEVERITY_SYMBOL: dict[Severity, str] = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.NOTE: "○"}
SEVERITY_WORD: dict[Severity, str] = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.NOTE: N_("note"),
}
SEVERITY_TONE: dict[Severity, Tone] = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: NO_RESULT}

_MARK = Tone("#4A1D75", "#E4D4F4")
_PALER_MARK = "#F4ECFB"


def _frame(line: int) -> dict[str, object]:
    """A frame by Excel's number of the line: 1 solid, 3 dashed, 4 dotted."""
    return {"border": line, "border_color": _MARK.ink}


MARKS: dict[Severity, dict[str, object]] = {
    Severity.ERROR: {"font_color": _MARK.ink, "bg_color": _MARK.fill, "bold": True, **_frame(1)},
    Severity.WARNING: {"font_color": _MARK.ink, "bg_color": _PALER_MARK, "italic": True, **_frame(3)},
    Severity.NOTE: _frame(4),
}
"""How a cell looks that the sheet of checks lists, the gravest first: violet, which no verdict, no input cell and no overdue
cell is, and told apart by frame and type where there is no colour."""

UNIT_WORDS: dict[Unit, str] = {
    Unit.COUNT: N_("number"),
    Unit.PERCENT: "%",
    Unit.POINTS: N_("points"),
    Unit.DAYS: N_("days"),
    Unit.MONEY: N_("money"),
}
"""What stands in a column of units."""

_PERCENT = 100


def status_label(status: Status, texts: Texts) -> str:
    """Symbol and word of a status in the reader's language.

    >>> from xlmalekort.locale import texts_of
    >>> status_label(Status.GREEN, texts_of("en"))
    '● green'
    """
    return f"{STATUS_SYMBOL[status]} {texts(STATUS_WORD[status])}"


def number_format(unit: Unit, decimals: int, signed: bool = False, percent_sign: str = " %") -> str:  # noqa: FBT001, FBT002
    """Excel's number format of a unit. The reader's own settings decide on decimal point and thousands.

    `percent_sign` is `Texts.percent_sign` of the workbook's language.

    >>> number_format(Unit.PERCENT, 1), number_format(Unit.COUNT, 0), number_format(Unit.PERCENT, 1, signed=True)
    ('0.0 %', '#,##0', '+0.0 %;-0.0 %;0.0 %')
    """
    whole = "#,##0" if unit.is_grouped else "0"
    plain = whole + (f".{'0' * decimals}" if decimals else "") + (percent_sign if unit is Unit.PERCENT else "")
    return f"+{plain};-{plain};{plain}" if signed else plain


def excel_number(value: Fraction, unit: Unit) -> float:
    """The number that a cell holds: 74.9 per cent is stored as the Excel percentage 0.749.

    >>> from fractions import Fraction
    >>> excel_number(Fraction("74.9"), Unit.PERCENT)
    0.749
    """
    return float(value / _PERCENT if unit is Unit.PERCENT else value)
