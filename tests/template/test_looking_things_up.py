"""The input sheet's blocks and marks, the definitions, the guide and the print area: what a hurried reader finds."""

from __future__ import annotations

import io
import json
import re
import warnings
import zipfile
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from lxml import etree

from tests.template.samples import office_state
from xlmalekort.layout.office import (
    CONTROL_FIRST_ROW,
    CONTROL_ROWS,
    HEADING_ROW,
    TITLE_COLUMN,
    UNIT_COLUMN,
    USED_BY_COLUMN,
    Sheet,
    layout_of,
)
from xlmalekort.layout.survey import survey_measures
from xlmalekort.model.measures import Role
from xlmalekort.scorecards import load_scorecard, parse_json
from xlmalekort.template.control_sheet import MORE
from xlmalekort.template.figure_table import BY_HAND
from xlmalekort.template.office_workbook import write_office_workbook
from xlmalekort.template.styles import Palette

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.model.scorecard import Scorecard

ALL = ("nav-buskerud-2009", "uwv-pacta-2006", "kbh-resultatkontrakt-2007", "vejle-2013", "nav-aas-2014")
OFFICE = "Jobcenter Sygedagpenge"


@cache
def scorecard_of(name: str) -> Scorecard:
    return load_scorecard(name)


def layout(name: str) -> OfficeLayout:
    return layout_of(scorecard_of(name), scorecard_of(name).year)


def written(scorecard: Scorecard, office: str = OFFICE) -> Workbook:
    chosen = layout_of(scorecard, scorecard.year).choosable[-1].code
    state = office_state(scorecard, chosen, date(scorecard.year + 1, 1, 20), office=office)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it does not keep
        return openpyxl.load_workbook(io.BytesIO(write_office_workbook(state)))


@cache
def book(name: str) -> Workbook:
    return written(scorecard_of(name))


def sheet_of(name: str, sheet: Sheet) -> Worksheet:
    return book(name)[layout(name).title(sheet)]


def changed(name: str, indicator: str, **fields: Any) -> Scorecard:
    """The scorecard with one indicator changed."""
    definition = json.loads(scorecard_of(name).as_json)
    next(each for each in definition["indicators"] if each["id"] == indicator).update(fields)
    return parse_json(json.dumps(definition))


# The input sheet


@pytest.mark.parametrize("name", ALL)
def test_every_figure_that_is_asked_for_has_one_row(name: str) -> None:
    scorecard = scorecard_of(name)
    asked = [each.id for each in scorecard.measures]
    asked = [m for m in asked if not scorecard.users[m] or any(user.active for user, _ in scorecard.users[m])]
    assert sorted(line.id for line in layout(name).lines if line.measure) == sorted(asked)
    rows = [row for block in layout(name).blocks for row in (block.row, *(line.row for line in block.lines))]
    assert rows == list(range(rows[0], rows[0] + len(rows)))


@pytest.mark.parametrize("name", ALL)
def test_the_figures_of_surveys_stand_together_in_the_order_of_the_definition(name: str) -> None:
    measures = survey_measures(scorecard_of(name))
    blocks = [block for block in layout(name).blocks if block.is_survey]
    assert [line.id for block in blocks for line in block.lines] == list(measures)
    assert bool(blocks) is bool(measures) is any(each.question for each in scorecard_of(name).active)


def test_who_took_part_belongs_to_the_survey() -> None:
    assert survey_measures(scorecard_of("nav-aas-2014"))[:3] == ("survey.answers", "survey.advised", "survey.work")
    assert "closing" not in survey_measures(scorecard_of("vejle-2013")), "a part of something else"


@pytest.mark.parametrize("name", ALL)
def test_every_row_has_cells_for_its_figures_or_comments(name: str) -> None:
    """An indicator may be kept by longer periods than any of its measures; its comments have their columns too."""
    for line in layout(name).lines:
        assert any(layout(name).has_cell(line, period) for period in layout(name).periods), line.id


def test_comments_on_what_is_kept_by_longer_periods_have_columns() -> None:
    scorecard = changed("nav-buskerud-2009", "B.1", frequency="quarter")
    there = layout_of(scorecard, 2009)
    assert [each.value for each in there.frequencies] == ["month", "quarter"]
    assert len(there.choosable) == 12
    assert sum(there.has_cell(there.line["comment:B.1"], period) for period in there.periods) == 4


def test_the_heading_of_a_survey_names_the_columns_that_lie_far_away() -> None:
    (block,) = (each for each in layout("nav-aas-2014").blocks if each.is_survey)
    there = sheet_of("nav-aas-2014", Sheet.INPUT).cell(block.row + 1, TITLE_COLUMN + 1).value
    assert str(there).startswith(block.title)
    assert str(there).endswith("2014")
    history = sheet_of("nav-aas-2014", Sheet.HISTORY).cell(block.row + 1, TITLE_COLUMN + 1).value
    assert history == block.title, "nothing is filled in there"


@pytest.mark.parametrize("sheet", [Sheet.INPUT, Sheet.HISTORY])
def test_a_row_of_answers_says_which_category_of_how_many_it_is(sheet: Sheet) -> None:
    texts = layout("nav-aas-2014").texts
    for number in range(1, 7):
        row = layout("nav-aas-2014").line[f"U.1.count_{number}"].row
        unit = sheet_of("nav-aas-2014", sheet).cell(row + 1, UNIT_COLUMN + 1).value
        assert unit == texts("{number} of {all}", number=number, all=6)


def test_categories_are_told_apart_even_where_their_titles_are_not() -> None:
    definition = json.loads(scorecard_of("vejle-2013").as_json)
    for measure in definition["measures"]:
        if measure["id"].startswith("S.3.count"):
            measure["title"] = "Virksomheder"
    scorecard = parse_json(json.dumps(definition))
    there = layout_of(scorecard, 2013)
    sheet = written(scorecard)[there.title(Sheet.INPUT)]
    titles = [sheet.cell(there.line[f"S.3.count_{n}"].row + 1, TITLE_COLUMN + 1).value for n in (1, 2, 3)]
    assert titles == ["Virksomheder: Ja", "Virksomheder: Måske", "Virksomheder: Nej"]


def test_rows_name_the_system_and_mark_what_is_typed_by_hand() -> None:
    sheet, there = sheet_of("vejle-2013", Sheet.INPUT), layout("vejle-2013")
    for measure in there.scorecard.measures:
        shown = str(sheet.cell(there.line[measure.id].row + 1, USED_BY_COLUMN + 1).value or "")
        assert (BY_HAND in shown) is measure.by_hand
        assert measure.source is None or shown.startswith(measure.source)
    legend = [cell.value for row in sheet.iter_rows(max_row=HEADING_ROW) for cell in row]
    assert any(str(value).startswith(BY_HAND) for value in legend)


@pytest.mark.parametrize("name", ["nav-buskerud-2009", "uwv-pacta-2006", "kbh-resultatkontrakt-2007"])
def test_without_sources_nothing_is_marked(name: str) -> None:
    values = [cell.value for row in sheet_of(name, Sheet.INPUT).iter_rows() for cell in row]
    assert not any(BY_HAND in str(value) for value in values)
    assert sheet_of(name, Sheet.INPUT).cell(HEADING_ROW + 1, USED_BY_COLUMN + 1).value == layout(name).texts("Used by")


@pytest.mark.parametrize("name", ALL)
def test_only_what_tells_what_happened_looks_like_a_figure_to_fill_in(name: str) -> None:
    sheet, there = sheet_of(name, Sheet.INPUT), layout(name)
    for line in there.lines:
        for period in there.periods if line.measure else ():
            cell = sheet.cell(line.row + 1, there.column_of[period] + 1)
            if line.measure and there.has_cell(line, period):
                wanted = Palette.INPUT if line.measure.role is Role.FIGURE else Palette.OWN
                assert cell.fill.fgColor.rgb == f"FF{wanted[1:]}"
            else:
                assert cell.fill.patternType != "solid"


def message_at(name: str, measure: str) -> str:
    sheet, there = sheet_of(name, Sheet.INPUT), layout(name)
    line = there.line[measure]
    period = next(each for each in there.periods if there.has_cell(line, each))
    cell = sheet.cell(line.row + 1, there.column_of[period] + 1)
    return next(str(r.prompt) for r in sheet.data_validations.dataValidation if cell.coordinate in r.sqref)


def test_the_message_of_a_cell_says_what_the_figure_is_for_and_who_fills_it_in() -> None:
    aas, vejle = scorecard_of("nav-aas-2014"), scorecard_of("vejle-2013")
    county = message_at("nav-aas-2014", "II.C.reference")
    assert aas.level_names[aas.measure["II.C.reference"].level] in county
    assert str(aas.indicator["II.C"].entered_by) in county
    assert str(vejle.indicator["K.4"].entered_by) in message_at("vejle-2013", "K.4.reference")
    baseline = message_at("kbh-resultatkontrakt-2007", "PO.R1.baseline")
    assert baseline.startswith(layout("kbh-resultatkontrakt-2007").texts("Where the comparison starts from."))
    answers = message_at("nav-aas-2014", "U.1.count_2")
    assert "Uenig" in answers
    question = aas.indicator["U.1"].question
    assert question is not None
    assert question.wording in answers


# Definitions


def row_of(workbook: Workbook, there: OfficeLayout, indicator: str) -> dict[str, str]:
    """The texts of an indicator's row by their English headings."""
    sheet = workbook[there.title(Sheet.DEFINITIONS)]
    names = ("No.", "Indicator", "Target", "Yellow zone", "To note", "Held for")
    english = {there.texts(name): name for name in names}
    headings = [str(cell.value) for cell in sheet[4]]
    for row in sheet.iter_rows(min_row=5, values_only=True):
        if row[0] == indicator:
            return {english.get(head, head): str(value) for head, value in zip(headings, row, strict=True)}
    raise AssertionError(indicator)


def definition_of(name: str, indicator: str) -> dict[str, str]:
    return row_of(book(name), layout(name), indicator)


def test_a_revised_target_is_told_from_its_day_with_its_reason() -> None:
    target = definition_of("vejle-2013", "A.6")["Target"]
    revision = scorecard_of("vejle-2013").indicator["A.6"].revisions[0]
    assert "90" in target
    assert "95" in target
    assert "01.07.2013" in target
    assert revision.reason in target


def test_only_the_offices_own_agreement_is_told() -> None:
    target = definition_of("kbh-resultatkontrakt-2007", "PO.R1")["Target"]
    assert "25 %" in target
    assert OFFICE in target
    for other in scorecard_of("kbh-resultatkontrakt-2007").indicator["PO.R1"].unit_targets:
        assert other.unit == OFFICE or other.unit not in target


def test_steps_of_a_milestone_stand_with_their_days() -> None:
    target = definition_of("kbh-resultatkontrakt-2007", "U.1")["Target"]
    assert re.findall(r"\d\d\.\d\d\.2007", target) == ["31.03.2007", "31.12.2007"]


def test_both_targets_are_told_and_the_zone_of_the_one_that_has_one() -> None:
    row, texts = definition_of("vejle-2013", "A.3"), layout("vejle-2013").texts
    assert "40 %" in row["Target"]
    assert texts("the same period last year") in row["Target"]
    assert row["Yellow zone"] == texts("{zone} for the first target", zone="35-40 %")


def test_the_zone_of_a_path_is_a_distance_and_not_a_list_of_months() -> None:
    row = definition_of("vejle-2013", "A.4")
    assert "\n" not in row["Yellow zone"]
    assert "3" in row["Yellow zone"]
    assert "52" in row["Target"]


def test_windows_breaks_and_least_numbers_are_noted() -> None:
    assert "60" in definition_of("nav-aas-2014", "II.D.5")["To note"]
    assert "6" in definition_of("kbh-resultatkontrakt-2007", "BI.R3")["To note"]
    noted = definition_of("vejle-2013", "S.2")["To note"]
    assert "30" in noted
    assert scorecard_of("vejle-2013").indicator["S.2"].breaks[0].reason in noted


def test_the_kind_of_goal_and_the_group_stand_under_the_title() -> None:
    contract = definition_of("kbh-resultatkontrakt-2007", "BI.R1")["Indicator"]
    assert contract.splitlines()[1] == "Resultatmål"
    group = definition_of("vejle-2013", "Ø.1.D")["Indicator"]
    assert "Dagpengemodtagere" in group
    assert "Ø.1" in group.splitlines()[1]


def test_columns_that_would_say_nothing_are_left_out() -> None:
    assert "To note" not in definition_of("uwv-pacta-2006", "O.1")
    assert "Held for" not in definition_of("nav-aas-2014", "B.20")
    assert "Held for" in definition_of("nav-buskerud-2009", "B.4")


# Guide and findings


def guide_of(name: str) -> list[str]:
    return [
        str(cell.value) for row in sheet_of(name, Sheet.GUIDE).iter_rows() for cell in row if cell.value is not None
    ]


@pytest.mark.parametrize("name", ALL)
def test_the_guide_lists_who_follows_up_when_and_who_answers(name: str) -> None:
    there = guide_of(name)
    for meeting in scorecard_of(name).calendar:
        assert {meeting.how_often, meeting.who, meeting.answers} <= set(there)
    heading = layout(name).texts("Who follows the figures up, and when")
    assert (heading in there) is bool(scorecard_of(name).calendar)


@pytest.mark.parametrize("name", ALL)
def test_the_guide_speaks_of_months_only_where_there_are_months(name: str) -> None:
    there, texts = guide_of(name), layout(name).texts
    is_monthly = len(layout(name).choosable) == 12
    assert (texts("Month by month") in there) is is_monthly
    assert (texts("Period by period") in there) is not is_monthly
    survey = layout(name).title(Sheet.SURVEY)
    assert any(survey in text for text in there) is (Sheet.SURVEY in layout(name).sheets)
    by_hand = any(measure.by_hand for measure in scorecard_of(name).measures)
    assert (BY_HAND in there) is by_hand


def test_findings_are_printed_down_to_the_last_one() -> None:
    """Excel would print all the lines that hold a formula for a jump."""
    state = office_state(scorecard_of("nav-buskerud-2009"), "2009-06", date(2009, 7, 15))
    with zipfile.ZipFile(io.BytesIO(write_office_workbook(state))) as archive:
        names = etree.fromstring(archive.read("xl/workbook.xml")).iter("{*}definedName")
    areas = [str(each.text) for each in names if each.get("name") == "_xlnm.Print_Area"]
    first, last = CONTROL_FIRST_ROW + 1, CONTROL_FIRST_ROW + CONTROL_ROWS
    lines = f"COUNTIF('Kontroll'!$A${first}:$A${last},\"?*\")+{first}"
    assert f"'Kontroll'!$A$1:INDEX('Kontroll'!$F$1:$F${MORE[0] + 1},{lines})" in areas
