"""Faults of single cells: what cannot be read is rejected by itself and named, and all other figures stay as they were."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.intake.offices import (
    LAYOUT,
    balances,
    cell_of,
    check,
    codes,
    input_part,
    office,
    only,
    resaved,
    values,
    with_cells,
)
from tests.xlsx.books import edited, parts_of
from xlmalekort.intake.numbers import read_number, rule_of
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import READY_FOR
from xlmalekort.locale import texts_of
from xlmalekort.model.measures import Measure, Role, Unit
from xlmalekort.model.periods import Period
from xlmalekort.problems import sentence
from xlmalekort.xlsx import ErrorValue, RawCell
from xlmalekort.xlsx.formats import NumberFormats

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xlmalekort.xlsx import Value
    from xlmalekort.xlsx.sheet import Kind

_COUNT = "B.13.value"
"""A count that stands alone: no pair and no relation speaks of it."""
_KEY = (_COUNT, "2009-06")
_TRUTH = values(check(office()))


def _rejected(content: bytes, code: str) -> None:
    """One figure is rejected with a code at its cell, the rest of the file is counted."""
    checked = check(content)
    problem = only(checked, code)
    assert (problem.sheet, problem.cell) == ("Registrering", a1(*cell_of(_COUNT)))
    assert (problem.measure, problem.indicator, problem.period) == (_COUNT, "B.13", "2009-06")
    assert {key: value for key, value in values(checked).items() if key != _KEY} == {
        key: value for key, value in _TRUTH.items() if key != _KEY
    }
    assert values(checked)[_KEY] is None
    assert checked.ledger.rejected == 1
    assert balances(checked)
    for language in ("nb", "da", "nl", "en"):
        assert "{" not in sentence(problem, texts_of(language))


@pytest.mark.parametrize(
    "text",
    [
        "1\u00a0234", "1\u202f234", "1'234", "0,75", "1.234", "1,234", "75 %", "-", "n/a", "none", "x", "....", "нет", "?",
        "12 persons", "~50", ">100", "5 (3 m)", "12*", "(5)", "\u22125", "5-", "-5", "+5", "\u0661\u0662", "1e3", "1_000",
        "\u00a0", "\u00a012", "12\n", "1234567890", "nan", "½", "=1+1", "@SUM(1)", "+1", "\t7",
    ],
)  # fmt: skip
def test_text_that_is_no_plain_number_is_rejected(text: str) -> None:
    _rejected(with_cells({cell_of(_COUNT): text}), "NUM-001")


@pytest.mark.parametrize(
    ("text", "value"), [("15", 15), (" 15 ", 15), ("007", 7), ("0", 0), ("123456789", 123_456_789)]
)
def test_digits_stored_as_text_count_and_are_noted(text: str, value: int) -> None:
    checked = check(with_cells({cell_of(_COUNT): text}))
    assert values(checked) == _TRUTH | {_KEY: value}
    assert only(checked, "NUM-002").cell == a1(*cell_of(_COUNT))


def test_a_blank_is_not_zero() -> None:
    checked = check(with_cells({cell_of(_COUNT): "  "}))
    assert _KEY not in values(checked)
    assert only(checked, "NUM-011").cell == a1(*cell_of(_COUNT))
    assert balances(checked)
    assert values(check(with_cells({cell_of(_COUNT): 0})))[_KEY] == 0
    assert _KEY not in values(check(with_cells({cell_of(_COUNT): None})))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (-4, "NUM-004"),
        (12.5, "NUM-005"),
        (12.0001, "NUM-005"),
        (True, "NUM-007"),
        (2e12, "NUM-006"),
        *((ErrorValue(name), "NUM-003") for name in ("#DIV/0!", "#REF!", "#N/A", "#VALUE!", "#SPILL!")),
    ],
)
def test_values_that_no_count_can_have_are_rejected(value: Value, code: str) -> None:
    _rejected(with_cells({cell_of(_COUNT): value}), code)


def test_the_noise_of_binary_fractions_is_rounded_away_and_noted() -> None:
    checked = check(with_cells({cell_of(_COUNT): 12.000000001}))
    assert values(checked)[_KEY] == 12
    assert only(checked, "NUM-014").slots["rounded"] == "12"


def _xml(value: str, kind: str = "", formula: str = "", style: str | None = None) -> bytes:
    """The workbook with the cell's XML replaced."""
    name = a1(*cell_of(_COUNT))

    def change(xml: bytes) -> bytes:
        start = xml.index(f'<c r="{name}"'.encode())
        end = xml.index(b"</c>", start) + 4
        old_style = xml[start:end].split(b's="')[1].split(b'"')[0].decode()
        new = f'<c r="{name}" s="{style or old_style}"{kind}>{formula}{value}</c>'
        return xml[:start] + new.encode() + xml[end:]

    return edited(office(), change, input_part(office()))


@pytest.mark.parametrize("text", ["NaN", "INF", "-INF", "abc", "1e999", "0x10", "1_000", "1 2"])
def test_what_is_no_number_in_a_number_cell_is_rejected(text: str) -> None:
    _rejected(_xml(f"<v>{text}</v>"), "NUM-001")


def test_a_formula_counts_by_its_result_with_a_warning() -> None:
    checked = check(_xml("<v>31</v>", formula="<f>15+16</f>"))
    assert values(checked)[_KEY] == 31
    assert only(checked, "NUM-009").severity == "warning"


def test_a_formula_without_a_result_is_rejected() -> None:
    _rejected(_xml("<v></v>", formula="<f>15+16</f>"), "NUM-010")
    _rejected(_xml("", formula="<f>15+16</f>"), "NUM-010")


def test_a_formula_that_looks_into_another_workbook_is_rejected() -> None:
    _rejected(_xml("<v>31</v>", formula="<f>[1]Ark1!A1</f>"), "NUM-013")


def test_a_formula_that_gives_an_empty_text_is_empty() -> None:
    checked = check(_xml("<v></v>", kind=' t="str"', formula='<f>IF(1=1,"",5)</f>'))
    assert _KEY not in values(checked)
    assert balances(checked)


def test_rich_text_is_read_as_the_text_it_shows() -> None:
    checked = check(_xml("<is><r><t>1</t></r><r><t>5</t></r></is>", kind=' t="inlineStr"'))
    assert values(checked)[_KEY] == 15


_STRUCK, _RAISED, _LOWERED = "<strike/>", '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>'
_TINY, _WHITE, _RED = '<sz val="1"/>', '<color rgb="FFFFFFFF"/>', '<color rgb="FFFF0000"/>'


def _runs(*runs: tuple[str, str]) -> str:
    """Runs of a text, each with its looks."""
    return "".join(f"<r><rPr>{looks}</rPr><t>{text}</t></r>" for text, looks in runs)


@pytest.mark.parametrize(
    "runs",
    [
        *(_runs(("15", ""), ("8", looks)) for looks in (_STRUCK, _RAISED, _LOWERED, _TINY, _WHITE, _RED)),
        _runs(("15", _STRUCK), ("8", "")),
        _runs(("15", "<strike val='1'/>")),
        "<r><t>239</t></r>" + _runs(("1", _RAISED)),
    ],
)
def test_digits_whose_parts_look_different_are_rejected(runs: str) -> None:
    inline = _xml(f"<is>{runs}</is>", kind=' t="inlineStr"')
    _rejected(inline, "NUM-001")
    assert only(check(inline), "NUM-001").likely is None
    strings = "xl/sharedStrings.xml"
    count = parts_of(office())[strings].count(b"<si>")
    shared = edited(
        _xml(f"<v>{count}</v>", kind=' t="s"'),
        lambda xml: xml.replace(b"</sst>", f"<si>{runs}</si></sst>".encode()),
        strings,
    )
    _rejected(shared, "NUM-001")
    assert "parts of it" in sentence(only(check(shared), "NUM-001"), texts_of("en"))


@pytest.mark.parametrize(
    "looks", ["<b/>", '<color theme="1"/>', '<color rgb="FF000000"/>', '<strike val="0"/>', '<sz val="14"/>']
)
def test_digits_in_parts_that_everybody_reads_count(looks: str) -> None:
    checked = check(_xml(f"<is>{_runs(('1', looks), ('5', ''))}</is>", kind=' t="inlineStr"'))
    assert values(checked)[_KEY] == 15


@pytest.mark.parametrize("kind", ["number", "text"])
def test_what_the_style_makes_of_a_figure_is_told_whether_it_is_a_number_or_text(kind: Kind) -> None:
    hidden, struck, blended = 1, 2, 3
    formats = NumberFormats(odd={hidden: ";;;"}, struck=frozenset({struck}), blended=frozenset({blended}))
    for style, code in {hidden: "NUM-016", struck: "NUM-017", blended: "NUM-018"}.items():
        reading = read_number(RawCell(kind, "158", None, style, is_external=False), rule_of(_measure()), formats)
        assert reading.value == 158
        assert reading.codes == (("NUM-002", code) if kind == "text" else (code,))


_DATES = NumberFormats(dates=frozenset({3}), percentages=frozenset({4}))


def _measure(
    unit: Unit = Unit.COUNT, decimals: int = 0, maximum: int | None = None, *, negative: bool = False
) -> Measure:
    return Measure(
        id="m", title="M", unit=unit, decimals=decimals, maximum=maximum, negative=negative, role=Role.FIGURE
    )


@pytest.mark.parametrize(
    ("text", "style", "measure", "value", "code"),
    [
        ("46000", 3, _measure(), None, "NUM-008"),
        ("0.75", 4, _measure(), None, "NUM-012"),
        ("75", 4, _measure(), None, "NUM-012"),
        ("0.749", 4, _measure(Unit.PERCENT, 1), "74.9", None),
        ("0.749", 0, _measure(Unit.PERCENT, 1), "74.9", None),
        ("0.74899999999999999", 4, _measure(Unit.PERCENT, 1), "74.9", None),
        ("0.7494", 4, _measure(Unit.PERCENT, 1), None, "NUM-005"),
        ("75", 0, _measure(Unit.PERCENT, 1), None, "NUM-006"),
        ("1", 0, _measure(Unit.PERCENT, 1), "100", None),
        ("1.2", 0, _measure(Unit.PERCENT, 1, 150), "120", None),
        ("1.6", 0, _measure(Unit.PERCENT, 1, 150), None, "NUM-006"),
        ("22.5", 0, _measure(Unit.POINTS, 1), "22.5", None),
        ("22.55", 0, _measure(Unit.POINTS, 1), None, "NUM-005"),
        ("-3", 0, _measure(Unit.MONEY, negative=True), "-3", None),
        ("-0", 0, _measure(), "0", None),
        ("101", 0, _measure(maximum=100), None, "NUM-006"),
        ("0.30000000000000004", 0, _measure(Unit.POINTS, 1), "0.3", "NUM-014"),
        ("1.5e3", 0, _measure(), "1500", None),
    ],
)
def test_numbers_are_read_exactly_in_the_unit_of_their_measure(
    text: str, style: int, measure: Measure, value: str | None, code: str | None
) -> None:
    reading = read_number(RawCell("number", text, None, style, is_external=False), rule_of(measure), _DATES)
    assert reading.value == (Fraction(value) if value is not None else None)
    assert reading.codes == ((code,) if code else ())


def test_digits_as_text_are_no_percentage() -> None:
    cell = RawCell("text", "75", None, 0, is_external=False)
    assert read_number(cell, rule_of(_measure(Unit.PERCENT)), _DATES).codes == ("NUM-001",)


def test_figures_of_a_period_that_has_not_begun_are_rejected() -> None:
    checked = check(with_cells({cell_of(_COUNT, "2009-08"): 5}))
    problem = only(checked, "PER-001")
    assert (problem.cell, problem.period) == (a1(*cell_of(_COUNT, "2009-08")), "2009-08")
    assert values(checked)[_COUNT, "2009-08"] is None
    assert "august 2009" in sentence(problem, texts_of("nb"))


def test_plans_and_targets_may_be_typed_ahead() -> None:
    checked = check(with_cells({cell_of("B.3.target", "2009-12"): 40, cell_of("Ø.1.plan", "2009-12"): 900_000}))
    assert values(checked)["B.3.target", "2009-12"] == 40
    assert "PER-001" not in codes(checked)
    assert "PAR-002" not in codes(checked)
    assert checked.ledger.rejected == 0


def test_figures_of_a_running_period_are_shown_and_wait() -> None:
    checked = check(with_cells({cell_of(_COUNT, "2009-07"): 5}))
    assert checked.ledger.provisional == 1
    assert only(checked, "PER-002").slots["count"] == "1"
    assert values(checked)[_COUNT, "2009-07"] == 5


def test_figures_after_what_is_delivered_wait() -> None:
    checked = check(with_cells({READY_FOR: "2009-05"}))
    june = [key for key in _TRUTH if key[1] == "2009-06" and NAV_ROLE[key[0]] is Role.FIGURE]
    assert checked.ledger.provisional == len(june)
    assert only(checked, "PER-004").slots["count"] == str(len(june))
    assert balances(checked)


NAV_ROLE = {measure.id: measure.role for measure in LAYOUT.scorecard.measures}


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2009-06", "2009-06"),
        (" 2009-6 ", "2009-06"),
        ("juni 2009", "2009-06"),
        ("June 2009", "2009-06"),
        ("MAI 2009", "2009-05"),
    ],
)
def test_ready_for_is_read_forgivingly(written: str, period: str) -> None:
    checked = check(with_cells({READY_FOR: written}))
    assert checked.submission is not None
    assert checked.submission.ready_for == Period.parse(period)


@pytest.mark.parametrize("written", ["03/04/2009", "2008-06", "mars-april", "200906", "13", "2009-13", "2009"])
def test_ready_for_that_names_no_period_of_the_workbook_is_told(written: str) -> None:
    checked = check(with_cells({READY_FOR: written}))
    assert only(checked, "PER-003").cell == a1(*READY_FOR)
    assert checked.submission is not None
    assert checked.submission.ready_for is None


def test_formulas_in_text_stay_text() -> None:
    cells = {cell_of("comment:B.1", "2009-05"): '=HYPERLINK("http://x")', cell_of("comment:B.2", "2009-05"): "@SUM(1)"}
    checked = check(with_cells(cells))
    assert checked.submission is not None
    assert checked.submission.comments["B.1", Period.parse("2009-05")] == '=HYPERLINK("http://x")'
    assert checked.ledger.counted == check(office()).ledger.counted + 2


def test_a_numerator_over_its_denominator_is_rejected_with_both_cells() -> None:
    checked = check(with_cells({cell_of("B.1.numerator"): 500, cell_of("B.1.denominator"): 10}))
    problem = only(checked, "PAR-001")
    both = f"{a1(*cell_of('B.1.numerator'))}, {a1(*cell_of('B.1.denominator'))}"
    assert (problem.cell, problem.slots["cells"], problem.indicator) == (a1(*cell_of("B.1.numerator")), both, "B.1")
    assert checked.ledger.rejected == 2
    assert balances(checked)


def test_a_shared_denominator_stays_counted_when_one_pair_is_impossible() -> None:
    checked = check(with_cells({cell_of("M.2.numerator"): 5000}))
    assert only(checked, "PAR-001").indicator == "M.2"
    assert checked.ledger.rejected == 1


def test_half_a_pair_is_told_at_the_cell_that_is_missing() -> None:
    checked = check(with_cells({cell_of("B.1.denominator"): None}))
    problem = only(checked, "PAR-002")
    assert problem.cell == a1(*cell_of("B.1.denominator"))
    assert checked.ledger.rejected == 0


def test_a_shared_denominator_alone_is_no_half_pair() -> None:
    checked = check(with_cells({cell_of("M.2.numerator"): None, cell_of("M.4.numerator"): None}))
    assert "PAR-002" not in codes(checked)


def test_a_mean_without_its_weight_is_counted_with_a_warning() -> None:
    checked = check(with_cells({cell_of("P.L.weight"): None}))
    assert only(checked, "PAR-003").cell == a1(*cell_of("P.L.weight"))
    assert checked.ledger.rejected == 0


def test_an_own_zone_on_the_wrong_side_of_its_target_is_told() -> None:
    checked = check(with_cells({cell_of("B.3.target"): 40, cell_of("B.3.yellow"): 45}))
    assert [(each.cell, each.slots["side"]) for each in checked.problems if each.code == "PAR-004"] == [
        (a1(*cell_of("B.3.yellow")), "below")
    ]


def test_an_own_target_without_a_zone_is_noted_once() -> None:
    months = [f"2009-{month:02d}" for month in range(1, 13)]
    checked = check(with_cells({cell_of("B.3.yellow", month): None for month in months}))
    assert only(checked, "PAR-005").indicator == "B.3"


def test_a_part_larger_than_its_whole_is_kept_and_told() -> None:
    place = cell_of("B.8.denominator")
    checked = check(with_cells({place: 100_000}))
    problem = only(checked, "REL-002")
    assert problem.cell == a1(*place)
    assert problem.slots["cells"] == f"{a1(*place)}, {a1(*cell_of('B.9.numerator'))}"
    assert checked.ledger.rejected == 0


def test_a_date_in_the_place_of_a_figure_is_shown_as_a_date() -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        row, column = cell_of(_COUNT)
        sheet.cell(row + 1, column + 1).value = date(2009, 6, 30)

    problem = only(check(resaved(change)), "NUM-008")
    assert "30.06.2009" in sentence(problem, texts_of("nb"))
    assert "39994" not in sentence(problem, texts_of("en"))
