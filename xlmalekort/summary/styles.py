"""The regional workbook's cell styles, as properties that XlsxWriter takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.model.figures import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.locale import Texts
    from xlmalekort.model.measures import Unit

    Style = Mapping[str, str | int | bool]

_BASE: Style = {"font_name": look.FONT, "font_size": look.TEXT_SIZE, "font_color": look.INK}

TITLE: Style = {**_BASE, "font_size": look.TITLE_SIZE, "bold": True, "font_color": look.HEADING_FILL}
LEAD: Style = {**_BASE, "bold": True}
PLAIN: Style = _BASE
NOTE: Style = {**_BASE, "font_size": look.NOTE_SIZE, "font_color": look.MUTED_INK}
HEADING: Style = {
    **_BASE,
    "bold": True,
    "font_color": look.HEADING_INK,
    "bg_color": look.HEADING_FILL,
    "text_wrap": True,
    "valign": "vcenter",
}
BAND: Style = {**_BASE, "bold": True, "font_color": look.HEADING_FILL, "bg_color": look.BAND_FILL, "valign": "vcenter"}
CELL: Style = {**_BASE, "bottom": 1, "bottom_color": look.RULE, "valign": "vcenter"}
WRAP: Style = {"text_wrap": True, "valign": "top"}
INDENT: Style = {"align": "left", "indent": 1}
RIGHT: Style = {"align": "right"}
PARTED: Style = {"right": 1, "right_color": look.HEADING_INK}
"""A white line between coloured neighbours."""
CENTER: Style = {"align": "center"}
BOLD: Style = {"bold": True}
MUTED: Style = {"font_color": look.MUTED_INK}
TOTAL: Style = {"bold": True, "top": 1, "top_color": look.HEADING_FILL}

_GREY = frozenset({Status.REJECTED, Status.MISSING})


def status_style(status: Status) -> Style:
    """Ink and fill of a status: coloured for results, grey for holes, plain for the rest."""
    tone = look.STATUS_TONE[status]
    if status.is_result or status in _GREY:
        return {"font_color": tone.ink, "bg_color": tone.fill}
    return {"font_color": tone.ink}


def numbers(unit: Unit, decimals: int, texts: Texts, *, signed: bool = False) -> Style:
    """Right-aligned numbers of a unit."""
    return {"num_format": look.number_format(unit, decimals, signed, texts.percent_sign), "align": "right"}


def marked_numbers(status: Status, style: Style) -> Style:
    """Numbers with the symbol of a status at the left edge of their cell."""
    mark = f'" {look.STATUS_SYMBOL[status]}"* '
    return {**style, "num_format": ";".join(f"{mark}{part}_)" for part in str(style["num_format"]).split(";"))}
