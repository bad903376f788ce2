from __future__ import annotations

import warnings
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from tests.rollup.small import handed_in, register, rolled
from tests.summary.rollups import example, offices_of, roll_up_offices
from tests.support.ooxml import check_workbook_file
from tests.support.package import Package
from xlmalekort.layout import look
from xlmalekort.locale import texts_of
from xlmalekort.model.figure_kinds import Amount
from xlmalekort.model.figures import Action, Source, Status
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Period
from xlmalekort.problems import Problem
from xlmalekort.rollup.results import Unit
from xlmalekort.scorecards.loader import load_scorecard
from xlmalekort.summary import words, write_region_workbook
from xlmalekort.summary.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

    from xlmalekort.rollup.results import RollUp

NB = texts_of("nb")
EVIL = ('=HYPERLINK("http://x.example","y")', "@SUM(1)", "+1", "-1+2", "=1+1", "http://x.example")
RESULT_FILLS = {f"FF{tone.fill[1:]}" for tone in (look.GREEN, look.YELLOW, look.RED)}
TOP = Unit(Level.REGION, "Buskerud")


def opened(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline")  # openpyxl cannot read them
        return openpyxl.load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def rollup() -> RollUp:
    return example()


@pytest.fixture(scope="module")
def workbook(rollup: RollUp) -> Workbook:
    return opened(write_region_workbook(rollup))


def sheet(workbook: Workbook, title: str, language: str = "nb") -> Worksheet:
    found = workbook[texts_of(language)(title)]
    assert isinstance(found, Worksheet)
    return found


def rows_by_first(page: Worksheet) -> dict[object, tuple[object, ...]]:
    return {row[0]: row for row in page.iter_rows(values_only=True) if row[0] is not None}


def test_the_overview_has_the_line_of_the_region_for_every_indicator(rollup: RollUp, workbook: Workbook) -> None:
    rows = rows_by_first(sheet(workbook, "Overview"))
    view = View(rollup)
    for indicator in rollup.scorecard.active:
        result = view.result(indicator, TOP)
        row = rows[indicator.id]
        if result is None or result.judgement.shown is None:
            assert row[3] is None
            continue
        scale = 1 if isinstance(indicator.figure, Amount) else 100
        assert row[3] == pytest.approx(float(result.judgement.shown) / scale)
        if result.denominator is not None:
            assert (row[4], row[5]) == (float(result.numerator or 0), float(result.denominator))
        assert row[6] == look.status_label(result.judgement.status, NB)
        assert str(result.reported) in str(row[7])


def test_the_top_of_the_overview_says_which_region_which_period_and_how_complete(workbook: Workbook) -> None:
    page = sheet(workbook, "Overview")
    assert page["A2"].value == "Buskerud · mai 2009"
    assert "18" in str(page["A3"].value)
    assert "20" in str(page["A3"].value)
    assert "NAV Papirlia" in str(page["A4"].value)


def test_the_heat_map_has_every_office_with_its_shown_values_and_its_count_of_red(
    rollup: RollUp, workbook: Workbook
) -> None:
    rows = rows_by_first(sheet(workbook, "Heat map"))
    view = View(rollup)
    indicators = rollup.scorecard.active
    for office in rollup.register.offices:
        unit = Unit(Level.OFFICE, office.name)
        row = rows[office.name]
        for column, indicator in enumerate(indicators, start=1):
            result = view.result(indicator, unit)
            if result is None:
                assert row[column] is None
            elif result.judgement.shown is None:
                assert row[column] == look.STATUS_SYMBOL[result.judgement.status]
            else:
                scale = 1 if isinstance(indicator.figure, Amount) else 100
                assert row[column] == pytest.approx(float(result.judgement.shown) / scale)
        assert (row[len(indicators) + 1] or 0) == view.tally(unit)[Status.RED]


def test_what_cannot_be_used_is_not_counted_as_not_reported() -> None:
    files = [handed_in("A", {"s.n": "?", "s.d": 100, "m.v": 80}), handed_in("B", {"m.v": 80})]
    rollup = rolled(files, register("A", "B"))
    workbook = opened(write_region_workbook(rollup))
    page, language = sheet(workbook, "Heat map", "en"), texts_of("en")
    rows, view = rows_by_first(page), View(rollup)
    headings = [cell.value for cell in page[7]]
    missing, unusable = (
        headings.index(look.status_label(each, language)) for each in (Status.MISSING, Status.REJECTED)
    )
    symbols = look.STATUS_SYMBOL
    for office in "AB":
        shown = rows[office][1 : headings.index(look.status_label(Status.RED, language))]
        assert (rows[office][missing] or 0) == shown.count(symbols[Status.MISSING]) > 0
        assert (rows[office][unusable] or 0) == shown.count(symbols[Status.REJECTED])
        assert rows[office][missing] == view.tally(Unit(Level.OFFICE, office))[Status.MISSING]
    assert (rows["A"][unusable], rows["B"][unusable]) == (1, None)
    delivered = rows_by_first(sheet(workbook, "Delivered", "en"))
    assert (delivered["A"][4], delivered["B"][4]) == (2, 1)


def test_the_sheet_of_a_perspective_has_the_areas_and_a_chart_for_every_indicator_with_values(
    rollup: RollUp, workbook: Workbook
) -> None:
    view = View(rollup)
    for perspective in rollup.scorecard.perspectives:
        page = workbook[perspective.title]
        assert isinstance(page, Worksheet)
        names = [row[0] for row in page.iter_rows(values_only=True)]
        indicators = rollup.scorecard.of_perspective(perspective.id)
        assert names.count("Papirlia-området") == len(indicators)
        with_values = [
            i for i in indicators if (r := view.result(i, TOP)) is not None and r.judgement.shown is not None
        ]
        assert len(vars(page)["_charts"]) == len(with_values)


def test_every_office_of_the_register_stands_on_the_sheet_of_deliveries_worst_first(workbook: Workbook) -> None:
    page = sheet(workbook, "Delivered")
    names = [row[0] for row in page.iter_rows(min_row=5, values_only=True) if row[0]]
    assert names[:2] == ["NAV Øvre Prøveli", "NAV Utkastnes"]
    assert len(names) == 20


def test_every_problem_is_listed_the_errors_first(rollup: RollUp, workbook: Workbook) -> None:
    page = sheet(workbook, "Problems")
    codes = [row[-1] for row in page.iter_rows(min_row=5, values_only=True)]
    assert sorted(map(str, codes)) == sorted(problem.code for problem in rollup.problems)
    assert set(codes[:2]) == {"PAR-001", "FIL-002"}


def test_what_was_probably_meant_stands_before_how_to_mend_it(rollup: RollUp) -> None:
    asked = "75 written as 7500 %?"
    (problem, *_) = (each for each in rollup.problems if each.code == "NUM-002")
    content = write_region_workbook(replace(rollup, problems=(problem, replace(problem, likely=asked))))
    plain, likely = (row[9] for row in sheet(opened(content), "Problems").iter_rows(min_row=5, values_only=True))
    assert likely == f"{asked} {plain}"


def test_red_results_without_an_action_are_named(rollup: RollUp, workbook: Workbook) -> None:
    view = View(rollup)
    red = {
        (indicator.id, office.name)
        for indicator in rollup.scorecard.active
        for office in rollup.register.offices
        if (result := view.result(indicator, Unit(Level.OFFICE, office.name))) is not None
        and result.judgement.status is Status.RED
    }
    written = {(action.indicator, each.office) for each in rollup.submissions for action in each.actions}
    page = sheet(workbook, "Actions")
    rows = list(page.iter_rows(min_row=6, values_only=True))
    bare = {(row[0], row[2]) for row in rows if row[6] == NB("no action named")}
    assert bare == red - written
    assert len(rows) - len(bare) == sum(len(each.actions) for each in rollup.submissions)


def test_an_action_on_an_unknown_indicator_is_listed_as_it_stands(rollup: RollUp) -> None:
    odd = Action("B.99", "", "ring fylket", "", "", "")
    first, *others = rollup.submissions
    submissions = (replace(first, actions=(*first.actions, odd)), *others)
    content = write_region_workbook(replace(rollup, submissions=submissions))
    page = sheet(opened(content), "Actions")
    last = list(page.iter_rows(min_row=6, values_only=True))[-1]
    assert (last[0], last[2], last[6]) == ("B.99", first.office, "ring fylket")


def test_comments_stand_with_office_and_period_the_worst_status_first(rollup: RollUp) -> None:
    view = View(rollup)
    about, period = "B.1", Period.parse("2009-03")
    indicator = rollup.scorecard.indicator[about]
    submissions = tuple(
        replace(each, comments={(about, period): f"about {each.office}", ("gone", period): "of another version"})
        for each in rollup.submissions
    )
    page = sheet(opened(write_region_workbook(replace(rollup, submissions=submissions))), "Comments")
    rows = list(page.iter_rows(min_row=5, max_col=7, values_only=True))
    known = [row for row in rows if row[0] == about]
    assert rows[len(known) :] == [
        ("gone", None, each.office, NB.period("2009-03"), None, None, "of another version") for each in submissions
    ]
    assert {(row[1], row[2], row[3], row[6]) for row in known} == {
        (indicator.title, each.office, NB.period("2009-03"), f"about {each.office}") for each in submissions
    }
    statuses = [view.rollup.result[about, period, Unit(Level.OFFICE, str(row[2]))].judgement.status for row in known]
    assert [row[4] for row in known] == [look.status_label(status, NB) for status in statuses]
    worst_first = [Status.RED, Status.YELLOW, Status.GREEN]
    ranks = [worst_first.index(status) if status in worst_first else len(worst_first) for status in statuses]
    assert ranks == sorted(ranks)
    assert ranks[0] < ranks[-1]


def test_counts_of_one_are_told_in_the_singular() -> None:
    office = offices_of(1)
    rollup = roll_up_offices(load_scorecard("nav-buskerud-2009"), office, 2009, plain=True)
    found = (Problem("FIL-002", "a"), Problem("DLV-002", "b", slots={"other": "a"}), Problem("OFF-008", "a", got="x"))
    scorecard = rollup.scorecard.model_copy(update={"language": "en"})
    content = write_region_workbook(replace(rollup, scorecard=scorecard, problems=found))
    said = {str(cell.value) for page in opened(content) for row in page.iter_rows() for cell in row if cell.value}
    assert "1 error (not counted), 1 warning (counted, should be looked at), 1 note" in said
    assert "1 office" in said


def test_base_figures_show_the_totals_of_every_unit(rollup: RollUp, workbook: Workbook) -> None:
    rows = rows_by_first(sheet(workbook, "Base figures"))
    may = Period.parse("2009-05")
    for total in rollup.totals:
        if total.period == may and total.unit == TOP and total.value is not None:
            assert rows[total.measure][3] == float(total.value)


def test_what_an_area_holds_itself_stands_in_its_column_of_the_base_figures(rollup: RollUp, workbook: Workbook) -> None:
    row = rows_by_first(sheet(workbook, "Base figures"))["B.4.actual"]
    assert sum(float(str(cell)) for cell in row[4:9]) == float(str(row[3]))


def test_text_from_files_never_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    scorecard = load_scorecard("nav-buskerud-2009")
    offices = tuple(replace(office, area=EVIL[n % 6]) for n, office in enumerate(offices_of(6)))
    offices = tuple(replace(office, name=EVIL[n]) for n, office in enumerate(offices))
    rollup = roll_up_offices(scorecard, offices, 2009, plain=True)
    submissions = tuple(
        replace(
            each,
            actions=(Action("B.1", evil, evil, evil, evil, evil, Source(evil, evil, "A1")),),
            comments={("B.1", Period.parse("2009-03")): f"{evil} comment"},
        )
        for each, evil in zip(rollup.submissions, EVIL, strict=True)
    )
    problems = tuple(
        Problem("NUM-001", evil, evil, "A1", got=evil, slots={"shown": evil, "range": evil}) for evil in EVIL
    )
    content = write_region_workbook(replace(rollup, submissions=submissions, problems=problems))
    path = tmp_path / "region.xlsx"
    path.write_bytes(content)
    package = Package(path)
    for part in package.names:
        if part.startswith("xl/worksheets/sheet"):
            assert not list(package.xml(part).iter("{*}hyperlink")), part
            # Sparklines name their cells in an element of the same name, which stands in no cell.
            assert not list(package.xml(part).iterfind(".//{*}c/{*}f")), part
    texts = {
        cell.value for page in opened(content) for row in page.iter_rows() for cell in row if cell.data_type == "s"
    }
    assert {*EVIL, *(f"{evil} comment" for evil in EVIL)} <= texts


def test_the_workbook_opens_without_complaint(rollup: RollUp, tmp_path: Path) -> None:
    path = tmp_path / "region.xlsx"
    path.write_bytes(write_region_workbook(rollup))
    assert check_workbook_file(path) == []


def test_nothing_is_coloured_where_nothing_is_agreed() -> None:
    workbook = opened(write_region_workbook(example("uwv-pacta-2006", 12)))
    fills = {cell.fill.fgColor.rgb for page in workbook for row in page.iter_rows() for cell in row if cell.has_style}
    assert not fills & RESULT_FILLS


def test_results_are_coloured_where_a_target_is_agreed(workbook: Workbook) -> None:
    fills = {cell.fill.fgColor.rgb for row in sheet(workbook, "Heat map").iter_rows(min_row=8) for cell in row}
    assert fills >= RESULT_FILLS


def test_the_bytes_depend_on_the_roll_up_alone(rollup: RollUp) -> None:
    assert write_region_workbook(rollup) == write_region_workbook(rollup)


def test_many_offices_get_a_line_each() -> None:
    rollup = example(count=450, plain=True)
    content = write_region_workbook(rollup)
    page = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(NB("Heat map"))
    assert {office.name for office in rollup.register.offices} <= {row[0] for row in page.to_python()}


def test_no_office_at_all_makes_a_workbook_that_says_so(tmp_path: Path) -> None:
    rollup = roll_up_offices(load_scorecard("nav-buskerud-2009"), (), 2009)
    path = tmp_path / "region.xlsx"
    path.write_bytes(write_region_workbook(rollup))
    assert check_workbook_file(path) == []
    assert "0" in str(sheet(opened(path.read_bytes()), "Overview")["A3"].value)


def test_a_chosen_period_is_the_one_shown() -> None:
    rollup = roll_up_offices(
        load_scorecard("nav-buskerud-2009"), offices_of(4), 2009, plain=True, chosen=Period.parse("2009-03")
    )
    assert sheet(opened(write_region_workbook(rollup)), "Overview")["A2"].value == "Buskerud · mars 2009"


def test_a_month_with_few_early_figures_does_not_hide_the_month_that_is_reported() -> None:
    rollup = example()
    june = Period.parse("2009-06")
    assert any(each.reported for each in rollup.results if each.period == june)
    assert View(rollup).period == Period.parse("2009-05")


def test_a_partial_total_says_so_with_and_without_a_register(rollup: RollUp) -> None:
    result = rollup.results[-1]._replace(reported=3, is_partial=True)
    for expected, said in ((4, "3 of 4, partial"), (None, "3, partial")):
        assert words.coverage(result._replace(expected=expected), texts_of("en")) == said
