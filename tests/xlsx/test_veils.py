"""Which conditional formats may hide a figure."""

from __future__ import annotations

import pytest

from xlmalekort.xlsx.formats import hides
from xlmalekort.xlsx.veils import Veil
from xlmalekort.xlsx.xml import TRANSITIONAL, parse

_FIRST_CELL = (6, 2, 9, 4)


def _veil(kind: str, *formulas: str, operator: str = "") -> Veil:
    return Veil((_FIRST_CELL,), kind, operator, formulas)


@pytest.mark.parametrize(
    ("veil", "value", "may_hide"),
    [
        (_veil("cellIs", "0", operator="equal"), 0, True),
        (_veil("cellIs", "0", operator="equal"), 5, False),
        (_veil("cellIs", "9", "3", operator="between"), 9, True),
        (_veil("cellIs", "3", "9", operator="notBetween"), 9, False),
        (_veil("cellIs", "0.5", operator="greaterThan"), 0.5, False),
        (_veil("cellIs", "$B$1", operator="equal"), 5, True),
        (_veil("cellIs", '""', operator="equal"), 5, False),
        (_veil("cellIs", "1", operator="invented"), 5, True),
        (_veil("expression", "TRUE"), 5, True),
        (_veil("expression", "FALSE"), 5, False),
        (_veil("expression", "C7=0"), 5, False),
        (_veil("expression", "$C7 = 5"), 5, True),
        (_veil("expression", "D7=0"), 5, True),
        (_veil("expression", "ISERROR(C7)"), 5, False),
        (_veil("expression", "AND(C7>1,C7<9)"), 5, True),
        (_veil("expression"), 5, True),
        (_veil("containsErrors", "ISERROR(C7)"), 5, False),
        (_veil("dataBar"), 5, True),
    ],
)
def test_a_condition_hides_what_it_holds_for_and_one_not_understood_may_hide(
    veil: Veil, value: float, *, may_hide: bool
) -> None:
    assert veil.may_hide(value) is may_hide


def test_a_veil_covers_the_cells_of_its_areas() -> None:
    veil = _veil("expression", "TRUE")
    assert veil.covers(6, 2)
    assert veil.covers(9, 4)
    assert not veil.covers(10, 4)
    assert not veil.covers(6, 1)


@pytest.mark.parametrize(
    ("look", "is_hiding"),
    [
        ("", False),
        (
            '<font><color rgb="FF9C0006"/></font><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill>',
            False,
        ),
        ('<font><color theme="0"/></font><fill><patternFill><bgColor rgb="FF006100"/></patternFill></fill>', False),
        ('<font><color rgb="FFFFC7CE"/></font><fill><patternFill><bgColor rgb="ffffc7ce"/></patternFill></fill>', True),
        ('<font><color theme="0"/></font>', True),
        ("<font><strike/></font>", True),
        ('<font><strike val="0"/></font>', False),
        ('<numFmt numFmtId="200" formatCode="#,##0.0"/>', False),
        ('<numFmt numFmtId="200" formatCode="&quot;&quot;"/>', True),
    ],
)
def test_a_look_hides_a_figure_if_it_blends_strikes_out_or_shows_another_number(look: str, *, is_hiding: bool) -> None:
    assert hides(parse(f'<dxf xmlns="{TRANSITIONAL}">{look}</dxf>'.encode())) is is_hiding
