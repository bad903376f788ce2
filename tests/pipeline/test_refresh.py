"""Refresh changes its own output cells and nothing else."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from xlsxwriter import Workbook

from tests.pipeline.offices import BUSKERUD, DAY, entries_of, filled_workbook
from tests.support.libreoffice import LibreOffice
from xlmalekort import NotDoneError, refresh_workbook
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import SCORECARD_PERIOD, Sheet, layout_of
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office
from xlmalekort.pipeline.build import submission_of
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.office_workbook import formula_values, output_values, write_sheets
from xlmalekort.template.state import make_state
from xlmalekort.xlsx import patch_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.figures import Submission

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SCORECARD = load_scorecard(BUSKERUD)
LAYOUT = layout_of(SCORECARD, 2009)
LATER = date(2009, 10, 20)


def furnished_workbook() -> bytes:
    """An office's workbook with all that a library would lose when it loads and saves: of ours and of the office's own."""
    submission = submission_of(Office("Prøvedal"), 2009, entries_of("Prøvedal"), "f.xlsx")
    state = make_state(SCORECARD, submission, Period.parse("2009-08"), DAY, ())
    stream = io.BytesIO()
    workbook = Workbook(stream, {"strings_to_formulas": False})
    write_sheets(workbook, state)
    notes = workbook.add_worksheet("Egne notater")
    notes.write_column("A1", [3, 1, 2])
    notes.write_formula("B1", "=SUM(A1:A3)", None, 6)
    notes.write_array_formula("C1:C3", "{=A1:A3*2}", None, 6)
    notes.add_sparkline("D1", {"range": "'Egne notater'!A1:A3", "markers": True})
    notes.conditional_format("A1:A3", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    notes.insert_textbox("F2", "Husk å ringe fylket")
    notes.write_comment("A1", "Hvem tok dette ut?")
    notes.insert_chart("F8", _chart(workbook))
    workbook.define_name("Mine_tall", "='Egne notater'!$A$1:$A$3")
    workbook.close()
    return _with_parts(
        stream.getvalue(),
        {
            "customUI/customUI14.xml": b"<customUI xmlns='http://schemas.microsoft.com/office/2009/07/customui'/>",
            "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
            "xl/slicers/slicer1.xml": b"<slicers/>",
            "xl/calcChain.xml": f"<calcChain xmlns='{MAIN[1:-1]}'><c r='B1' i='12'/></calcChain>".encode(),
        },
    )


def _chart(workbook: Workbook) -> object:
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": "='Egne notater'!$A$1:$A$3"})
    return chart


def _with_parts(content: bytes, more: dict[str, bytes]) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        for name, part in more.items():
            archive.writestr(name, part)
    return stream.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_part(sheet: Sheet) -> str:
    return f"xl/worksheets/sheet{LAYOUT.sheets.index(sheet) + 1}.xml"


def _given(submission: Submission | None) -> Submission:
    assert submission is not None
    return submission


def without_results(xml: bytes, outputs: set[str]) -> bytes:
    """A sheet in canonical form without what its output cells hold."""
    root = etree.fromstring(xml)
    for cell in root.iter(f"{MAIN}c"):
        if cell.get("r") in outputs:
            if "t" in cell.attrib:
                del cell.attrib["t"]
            for child in list(cell):
                if child.tag != f"{MAIN}f":
                    cell.remove(child)
    return etree.tostring(root, method="c14n", with_comments=True)


@pytest.fixture(scope="module")
def furnished() -> bytes:
    """The workbook after the office typed one more figure, so that there is something to refresh."""
    line, period = LAYOUT.line["B.1.numerator"], Period.parse("2009-07")
    typed = {LAYOUT.title(Sheet.INPUT): {(line.row, LAYOUT.column_of[period]): 1}}
    return patch_workbook(furnished_workbook(), typed, recalculate=False)


@pytest.mark.parametrize("period", [None, Period.parse("2009-07")])
def test_refresh_changes_nothing_but_its_own_output_cells(furnished: bytes, period: Period | None) -> None:
    refreshed = refresh_content(furnished, "f.xlsx", LATER, period)
    before, after = parts_of(furnished), parts_of(refreshed.content)
    assert list(after) == list(before)
    state = make_state(SCORECARD, _given(refreshed.checked.submission), refreshed.period, LATER, refreshed.problems)
    changed = {name for name in before if before[name] != after[name]}
    touched = (
        Sheet.SCORECARD,
        Sheet.LOCAL,
        Sheet.ACTIONS,
        Sheet.DEADLINES,
        Sheet.CONTROL,
        Sheet.FIGURES,
        Sheet.CALCULATION,
        Sheet.LOCAL_STEPS,
    )
    assert changed <= {sheet_part(sheet) for sheet in touched} | {"xl/workbook.xml"}
    assert sheet_part(Sheet.CALCULATION) in changed
    for sheet in touched:
        places = {*formula_values(state).get(sheet, {}), *output_values(state).get(sheet, {})}
        if sheet is Sheet.SCORECARD and period is not None:
            places.add(SCORECARD_PERIOD)
        outputs = {a1(*place) for place in places}
        part = sheet_part(sheet)
        assert without_results(after[part], outputs) == without_results(before[part], outputs), sheet


def test_refresh_leaves_every_formula_as_it_is(furnished: bytes) -> None:
    def formulas(content: bytes) -> list[str]:
        return [
            f"{name}!{cell.get('r')}={cell.findtext(f'{MAIN}f')}"
            for name, part in parts_of(content).items()
            if name.startswith("xl/worksheets/sheet")
            for cell in etree.fromstring(part).iter(f"{MAIN}c")
            if cell.find(f"{MAIN}f") is not None
        ]

    found = formulas(furnished)
    assert len(found) > 5_000
    assert formulas(refresh_content(furnished, "f.xlsx", LATER).content) == found


def test_a_second_refresh_changes_nothing(furnished: bytes) -> None:
    once = refresh_content(furnished, "f.xlsx", LATER).content
    assert refresh_content(once, "f.xlsx", LATER).content == once


def test_a_figure_that_was_typed_is_judged(furnished: bytes) -> None:
    statuses = {
        each.indicator.id: str(each.status)
        for each in refresh_content(furnished, "f.xlsx", LATER, Period.parse("2009-07")).judgements
    }
    assert len(statuses) == 22
    assert statuses["B.1"] == "red"


def test_the_file_stays_as_it_was_when_it_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Øvre Ås æøå.xlsx"
    path.write_bytes(content := filled_workbook())

    def refuse(*_: object) -> None:
        raise PermissionError(13, "open elsewhere", str(path))

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(PermissionError):
        refresh_workbook(path, today=LATER)
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_period_of_another_year_cannot_be_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content := filled_workbook())
    with pytest.raises(NotDoneError, match=r"2010-01 cannot be shown"):
        refresh_workbook(path, today=LATER, period="2010-01")
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", [None, b"notes", b""], ids=["another office's", "a text", "nothing"])
def test_nothing_is_refreshed_over_a_file_that_holds_something_else(tmp_path: Path, content: bytes | None) -> None:
    other = filled_workbook("Lillevik") if content is None else content
    path, there = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(filled_workbook())
    there.write_bytes(other)
    with pytest.raises(NotDoneError):
        refresh_workbook(path, today=LATER, out=there)
    assert there.read_bytes() == other


@pytest.mark.parametrize(("suffix", "other"), [(".xlsm", ".xlsx"), (".xlsx", ".xlsm"), (".xlsx", "")])
def test_a_workbook_gets_no_name_under_which_excel_would_not_open_it(tmp_path: Path, suffix: str, other: str) -> None:
    path, out = tmp_path / f"kontor{suffix}", tmp_path / f"ut{other}"
    path.write_bytes(filled_workbook(suffix=suffix))
    with pytest.raises(NotDoneError, match=rf"choose a name that ends in \{suffix}"):
        refresh_workbook(path, today=LATER, out=out)
    assert not out.exists()
    assert refresh_workbook(path, today=LATER, out=out.with_suffix(suffix.upper())).content


def test_a_workbook_is_refreshed_over_its_own_copy(tmp_path: Path) -> None:
    path, there = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(filled_workbook())
    for period in ("2009-08", "2009-07"):
        assert refresh_workbook(path, today=LATER, period=period, out=there).content == there.read_bytes()


@pytest.mark.libreoffice
def test_a_workbook_that_libreoffice_saved_is_refreshed_to_the_same(tmp_path: Path) -> None:
    path, saved = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(filled_workbook())
    with LibreOffice(locale="nb-NO") as office:
        office.convert(path, saved)
    ours, theirs = (refresh_workbook(each, today=LATER, period="2009-08") for each in (path, saved))
    assert [(j.indicator.id, j.status, j.shown) for j in theirs.judgements] == [
        (j.indicator.id, j.status, j.shown) for j in ours.judgements
    ]


def test_a_period_that_was_typed_by_its_name_is_understood() -> None:
    changes = {LAYOUT.title(Sheet.SCORECARD): {SCORECARD_PERIOD: "juni 2009"}}
    content = patch_workbook(filled_workbook(), changes)
    assert refresh_content(content, "f.xlsx", LATER).period == Period.parse("2009-06")
