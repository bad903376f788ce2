"""An annotated workbook is the office's own, unchanged but for its sheet of checks and the marks on its cells."""

from __future__ import annotations

import io
import re
import warnings
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree

from tests.intake.identity import fnr
from tests.intake.plain import plain_workbook
from tests.intake.test_likelihood import card_of
from tests.pipeline.offices import BUSKERUD, DAY, filled_workbook
from tests.pipeline.older import MACROS, MAIN, found, is_mark, with_macros, without_marks, without_sheet, written
from tests.pipeline.test_refresh import furnished_workbook, without_results
from tests.support.libreoffice import LibreOffice
from tests.support.ooxml import check_workbook_files
from tests.xlsx.books import packed, parts_of
from xlmalekort import NotDoneError
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import CONTROL_FIRST_ROW, CONTROL_ROWS, Sheet, layout_of
from xlmalekort.locale import texts_of
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office, Register
from xlmalekort.pipeline.annotate import Annotated, annotate_workbooks, annotated
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.problems import Severity, as_json
from xlmalekort.problems.problem import sort_key
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.control_sheet import (
    FIX_COLUMN,
    FOUND_COLUMN,
    JUMP_COLUMN,
    MORE,
    PLACE_COLUMN,
    SEVERITY_COLUMN,
    reference_to,
)
from xlmalekort.template.marks import MARKED_SHEETS
from xlmalekort.xlsx import Package, RawSheet, RawWorkbook, open_package, patch_workbook, read_sheet, read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xlmalekort.problems import Problem

FILE = "prøvedal.xlsx"
LAYOUT = layout_of(load_scorecard(BUSKERUD), 2009)
INPUT, CONTROL, ACTIONS = (LAYOUT.title(sheet) for sheet in (Sheet.INPUT, Sheet.CONTROL, Sheet.ACTIONS))
ERROR, WARNING = "#E4D4F4", "#F4ECFB"
"""The fills of the marks."""


def place(measure: str, month: str) -> tuple[int, int]:
    return LAYOUT.line[measure].row, LAYOUT.column_of[Period.parse(month)]


BAD: dict[str, dict[tuple[int, int], float | str | bool]] = {
    INPUT: {
        place("B.1.numerator", "2009-05"): "12 personer",
        place("B.2.numerator", "2009-05"): -5,
        place("B.5.numerator", "2009-05"): "1 234",
        place("B.6.numerator", "2009-05"): 12.5,
        place("B.7.numerator", "2009-05"): True,
        place("B.8.numerator", "2009-05"): 9000,
        place("B.13.value", "2009-06"): 1120,
        place("B.13.value", "2009-12"): 7,
        (90, 3): "Husk!",
        (91, 6): 5,
    },
    ACTIONS: {(5, 0): "Z.9", (5, 2): "Ring", (5, 4): "30/6-09"},
}


@cache
def badly_filled() -> bytes:
    """An office's workbook with a fault of every sort, as it was typed: nobody has refreshed it since."""
    return patch_workbook(filled_workbook(), BAD, recalculate=False)


def problems_of(content: bytes) -> tuple[Problem, ...]:
    return check_file(content, FILE, DAY).problems


def given_back(content: bytes) -> bytes:
    return annotated(content, check_file(content, FILE, DAY), DAY)


def sheet_of(content: bytes, title: str) -> RawSheet:
    package = open_package(content, FILE)
    assert isinstance(package, Package)
    workbook = read_workbook(package)
    assert isinstance(workbook, RawWorkbook)
    entry = workbook.sheet(title)
    assert entry is not None
    sheet = read_sheet(workbook, entry)
    assert isinstance(sheet, RawSheet)
    return sheet


def titles_of(content: bytes) -> list[str]:
    return [
        str(each.get("name")) for each in etree.fromstring(parts_of(content)["xl/workbook.xml"]).iter(f"{MAIN}sheet")
    ]


def part_of(content: bytes, title: str) -> str:
    parts = parts_of(content)
    entry = next(
        each for each in etree.fromstring(parts["xl/workbook.xml"]).iter(f"{MAIN}sheet") if each.get("name") == title
    )
    relation = next(value for key, value in entry.items() if str(key).endswith("}id"))
    relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    return next(f"xl/{each.get('Target')}" for each in relations if each.get("Id") == relation)


def lines_of(content: bytes, title: str = CONTROL) -> list[tuple[str, ...]]:
    """What the filled lines of the sheet of checks say, and the formula of each link."""
    sheet = sheet_of(content, title)
    found = []
    for row in range(CONTROL_FIRST_ROW, CONTROL_FIRST_ROW + CONTROL_ROWS):
        jump = sheet.cells.get((row, JUMP_COLUMN))
        if sheet.text(row, SEVERITY_COLUMN):
            columns = (SEVERITY_COLUMN, PLACE_COLUMN, FOUND_COLUMN, FIX_COLUMN)
            formula = jump.formula if jump is not None and jump.formula else ""
            found.append((*(sheet.text(row, column) for column in columns), formula))
    return found


def places_of(problems: tuple[Problem, ...]) -> list[str]:
    return [
        reference_to(each.sheet, each.cell or "A1") if each.sheet else "" for each in sorted(problems, key=sort_key)
    ]


# What is listed


def test_every_problem_is_listed_with_its_place_and_a_link_to_it() -> None:
    content = badly_filled()
    problems = problems_of(content)
    assert {each.code for each in problems} >= {
        *("NUM-001", "NUM-004", "NUM-005", "NUM-007", "PAR-001", "LIK-002", "PER-001", "STR-010", "ACT-001", "ACT-003")
    }
    lines = lines_of(given_back(content))
    assert [line[1] for line in lines] == places_of(problems)
    for number, line in enumerate(lines, CONTROL_FIRST_ROW + 1):
        assert line[-1] == f'IF($B{number}="","",HYPERLINK("#"&$B{number},"Gå dit"))'


def test_what_was_likely_meant_comes_before_how_to_mend_it() -> None:
    content = badly_filled()
    lines = lines_of(given_back(content))
    told = [each for each in problems_of(content) if each.likely]
    assert {str(each.likely) for each in told} >= {
        '12 written as "12 personer"?',
        "5 written as -5?",
        '1234 written as "1 234"?',
        "112 written as 1120?",
        '2009-06-30 written as "30/6-09"?',
    }
    for problem in told:
        said = as_json(problem, texts_of("nb"))
        where = reference_to(str(problem.sheet), str(problem.cell))
        assert (where, f"{said['likely']} {said['fix']}") in [(line[1], line[3]) for line in lines]


def test_more_problems_than_there_are_lines_are_counted() -> None:
    bad = {(row, column): "x" for row in range(8, 40) for column in range(4, 12)}
    content = patch_workbook(filled_workbook(), {INPUT: bad})
    count = len(problems_of(content))
    sheet = sheet_of(given_back(content), CONTROL)
    assert count > CONTROL_ROWS
    assert str(count - CONTROL_ROWS) in sheet.text(*MORE)


# What changes, and what does not


def test_a_workbook_of_today_changes_in_its_sheet_of_checks_alone() -> None:
    before = badly_filled()
    after = given_back(before)
    assert changed_parts(before, after) == {part_of(before, CONTROL)}
    outputs = {a1(row, column) for row in range(250) for column in range(6)}
    part = part_of(before, CONTROL)
    assert without_results(parts_of(after)[part], outputs) == without_results(parts_of(before)[part], outputs)


def changed_parts(before: bytes, after: bytes) -> set[str]:
    old, new = parts_of(before), parts_of(after)
    assert list(new)[: len(old)] == list(old)
    return {name for name in new if old.get(name) != new[name]}


@cache
def older() -> bytes:
    """An office's workbook of before there were marks, with all that libraries lose and a fault in it."""
    content = without_marks(furnished_workbook())
    return patch_workbook(content, {INPUT: BAD[INPUT]}, recalculate=False)


def test_an_older_workbook_gets_the_marks_and_keeps_all_that_it_has() -> None:
    before, after = older(), given_back(older())
    marked = {part_of(before, LAYOUT.title(sheet)) for sheet in MARKED_SHEETS}
    control = part_of(before, CONTROL)
    assert changed_parts(before, after) == marked | {control, "xl/workbook.xml", "xl/styles.xml"}
    old, new = parts_of(before), parts_of(after)
    for part in marked:
        assert without_added_rules(new[part]) == without_added_rules(old[part], ahead=3), part
    styles = etree.fromstring(new["xl/styles.xml"])
    dxfs = found(styles, "dxfs")
    for dxf in list(dxfs)[-3:]:
        dxfs.remove(dxf)
    dxfs.set("count", str(len(dxfs)))
    assert canonical(styles) == canonical(etree.fromstring(old["xl/styles.xml"]))
    names = etree.fromstring(new["xl/workbook.xml"])
    added = [each for each in names.iter(f"{MAIN}definedName") if each.get("name", "").startswith("mk_control_")]
    assert [each.text for each in added] == [f"'{CONTROL}'!$B$6:$B$205", f"'{CONTROL}'!$A$6:$A$205"]
    for each in added:
        found(names, "definedNames").remove(each)
    assert canonical(names) == canonical(etree.fromstring(old["xl/workbook.xml"]))


def canonical(root: etree._Element) -> bytes:
    return etree.tostring(root, method="c14n")


def without_added_rules(xml: bytes, *, ahead: int = 0) -> bytes:
    """A sheet without the marks; `ahead` is how many places its own rules go back in the order."""
    root = etree.fromstring(xml)
    for block in root.findall(f"{MAIN}conditionalFormatting"):
        if is_mark(block):
            root.remove(block)
    for rule in root.iter("{*}cfRule"):
        if rule.get("priority"):
            rule.set("priority", str(int(rule.get("priority", "")) + ahead))
    return canonical(root)


def test_marks_come_before_all_other_rules_of_a_sheet() -> None:
    root = etree.fromstring(parts_of(given_back(older()))[part_of(older(), INPUT)])
    blocks = [(block, rule) for block in root.iter("{*}conditionalFormatting") for rule in block.iter("{*}cfRule")]
    rules = [(int(rule.get("priority", "")), is_mark(block)) for block, rule in blocks]
    assert [is_ours for _, is_ours in sorted(rules)][:4] == [True, True, True, False]
    assert len({number for number, _ in rules}) == len(rules)


def without_control() -> bytes:
    return without_sheet(older(), CONTROL)


def test_a_workbook_without_its_sheet_of_checks_gets_one_in_its_place() -> None:
    after = given_back(without_control())
    assert titles_of(after) == titles_of(older())
    names = {
        str(each.get("name")): (each.get("localSheetId"), each.text)
        for each in etree.fromstring(parts_of(after)["xl/workbook.xml"]).iter(f"{MAIN}definedName")
    }
    assert names["mk_control"] == (None, f"'{CONTROL}'!$A$1")
    before = etree.fromstring(parts_of(badly_filled())["xl/workbook.xml"])
    assert local_names(etree.fromstring(parts_of(after)["xl/workbook.xml"])) == local_names(before)
    found = check_file(after, FILE, DAY)
    assert [each for each in found.problems if each.code == "STR-019"] == []


def local_names(workbook: etree._Element) -> set[tuple[str, str, str]]:
    """The names of single sheets, with the title of the sheet."""
    titles = [str(each.get("name")) for each in workbook.iter(f"{MAIN}sheet")]
    return {
        (str(each.get("name")), titles[int(str(each.get("localSheetId")))], str(each.text))
        for each in workbook.iter(f"{MAIN}definedName")
        if each.get("localSheetId") is not None
    }


def test_an_added_sheet_of_checks_looks_like_one_of_the_template() -> None:
    made, added = (loaded(given_back(content))[CONTROL] for content in (older(), without_control()))
    assert added.max_row == made.max_row
    for row, other in zip(added.iter_rows(), made.iter_rows(), strict=True):
        for cell, like in zip(row, other, strict=True):
            assert cell.value == like.value, cell.coordinate
            for look in ("font", "fill", "border", "alignment", "number_format", "protection"):
                assert repr(getattr(cell, look)) == repr(getattr(like, look)), (cell.coordinate, look)
    widths = [{name: each.width for name, each in sheet.column_dimensions.items()} for sheet in (added, made)]
    heights = [{number: each.height for number, each in sheet.row_dimensions.items()} for sheet in (added, made)]
    assert widths[0] == widths[1]
    assert heights[0] == heights[1]
    assert added.freeze_panes == made.freeze_panes
    rules = [
        {
            str(block.sqref): [(rule.formula, repr(rule.dxf)) for rule in block.rules]
            for block in sheet.conditional_formatting
        }
        for sheet in (added, made)
    ]
    assert rules[0] == rules[1]


def loaded(content: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what that library does not know
        return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("make", [badly_filled, older, without_control])
def test_annotating_twice_is_annotating_once(make: Callable[[], bytes]) -> None:
    once = given_back(make())
    assert given_back(once) == once


def test_a_workbook_that_says_little_more_than_its_figures_is_given_back_too() -> None:
    card = card_of()
    content = plain_workbook(card, {"v@2014-05": "12 personer"})
    after = given_back(content)
    assert titles_of(after) == ["Input", "Checks", "History", "Setup"]
    assert any(line[1].startswith("Input!") for line in lines_of(after, "Checks"))
    assert given_back(after) == after


def test_macros_stay_as_they_are() -> None:
    content = with_macros(without_control())
    assert parts_of(given_back(content))["xl/vbaProject.bin"] == MACROS


def test_what_was_given_back_opens_without_a_repair_prompt(tmp_path: Path) -> None:
    contents = {"today": badly_filled(), "older": older_filled(), "without": without_sheet(older_filled(), CONTROL)}
    for name, content in contents.items():
        (tmp_path / f"{name}.xlsx").write_bytes(given_back(content))
    found = check_workbook_files(sorted(tmp_path.glob("*.xlsx")), allowed_errors={"#N/A"})
    assert {path: complaints for path, complaints in found.items() if complaints} == {}


def older_filled() -> bytes:
    return without_marks(badly_filled())


# Sheets that are not as they were


def test_a_renamed_sheet_is_marked_under_its_own_name() -> None:
    parts = parts_of(badly_filled())
    workbook = etree.fromstring(parts["xl/workbook.xml"])
    for each in workbook.iter(f"{MAIN}sheet"):
        if each.get("name") == INPUT:
            each.set("name", "Ola's ~tall")
    for each in workbook.iter(f"{MAIN}definedName"):
        each.text = (each.text or "").replace(f"'{INPUT}'!", "'Ola''s ~tall'!")
    after = given_back(packed(parts | {"xl/workbook.xml": written(workbook)}))
    assert any(line[1].startswith("'Ola''s ~tall'!") for line in lines_of(after))
    rules = parts_of(after)[part_of(after, "Ola's ~tall")].decode()
    assert "&quot;'Ola''s ~~tall'!&quot;" in rules or "\"'Ola''s ~~tall'!\"" in rules


def test_cells_that_a_paste_took_out_of_the_rule_are_marked_again() -> None:
    parts = parts_of(badly_filled())
    part = part_of(badly_filled(), INPUT)
    cut = parts[part].replace(b'sqref="B1:XFD1 A2:XFD1048576"', b'sqref="A20:XFD1048576"')
    assert cut != parts[part]
    after = given_back(packed(parts | {part: cut}))
    root = etree.fromstring(parts_of(after)[part])
    assert [block.get("sqref") for block in root.iter(f"{MAIN}conditionalFormatting") if is_mark(block)] == [
        "B1:XFD1 A2:XFD1048576"
    ]


def test_links_that_another_program_has_made_values_come_back() -> None:
    parts = parts_of(badly_filled())
    part = part_of(badly_filled(), CONTROL)
    flat = re.sub(rb"<f>[^<]*</f>", b"", parts[part])
    after = given_back(packed(parts | {part: flat}))
    assert all(line[-1].startswith("IF(") for line in lines_of(after))


def test_an_offices_own_sheet_of_that_title_is_left_alone() -> None:
    content = without_control()
    parts = parts_of(content)
    own = packed(parts | {"xl/workbook.xml": parts["xl/workbook.xml"].replace(b"Egne notater", CONTROL.encode())})
    after = given_back(own)
    assert f"{CONTROL} (2)" in titles_of(after)
    assert parts_of(after)[part_of(after, CONTROL)] == parts_of(own)[part_of(own, CONTROL)]
    # Only now can the check tell that the office's sheet is another one.
    again = given_back(after)
    assert changed_parts(after, again) == {part_of(after, f"{CONTROL} (2)")}
    assert given_back(again) == again


# Marks, as a spreadsheet program shows them


def marks_of(content: bytes, folder: Path, office: LibreOffice) -> Counter[str]:
    """How many cells a reader sees in each of the two fills."""
    source, page = folder / "a.xlsx", folder / "a.html"
    source.write_bytes(content)
    office.convert(source, page, "HTML (StarCalc)")
    text = page.read_text(encoding="utf-8").upper()
    return Counter({fill: text.count(f'BGCOLOR="{fill}"') for fill in (ERROR, WARNING)})


@pytest.mark.libreoffice
def test_every_cell_that_is_listed_is_marked_and_none_once_it_is_mended(tmp_path: Path) -> None:
    with LibreOffice() as office:
        for content in (badly_filled(), older_filled(), without_sheet(older_filled(), CONTROL)):
            problems = problems_of(content)
            cells = {
                severity: {(each.sheet, each.cell) for each in problems if each.severity is severity and each.cell}
                for severity in Severity
            }
            expected = {
                ERROR: len(cells[Severity.ERROR]),
                WARNING: len(cells[Severity.WARNING] - cells[Severity.ERROR]),
            }
            assert min(expected.values()) >= 3
            after = given_back(content)
            assert marks_of(after, tmp_path, office) == expected
            mended = patch_workbook(after, {title: dict.fromkeys(cells_, None) for title, cells_ in BAD.items()})
            mended = patch_workbook(mended, {INPUT: before_it_was_spoiled()})
            refreshed = refresh_content(mended, FILE, DAY)
            assert [each for each in refreshed.problems if each.severity is not Severity.NOTE] == []
            assert marks_of(refreshed.content, tmp_path, office) == {ERROR: 0, WARNING: 0}


def before_it_was_spoiled() -> dict[tuple[int, int], float]:
    sheet = sheet_of(filled_workbook(), INPUT)
    return {where: float(sheet.cells[where].text) for where in BAD[INPUT] if where in sheet.cells}


def test_a_refresh_marks_too() -> None:
    before = refresh_content(badly_filled(), FILE, DAY)
    assert changed_parts(before.content, given_back(before.content)) == set()


# Files


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / FILE
    path.write_bytes(badly_filled())
    return path


def test_the_workbook_itself_stays_as_it_was(source: Path, tmp_path: Path) -> None:
    (found,) = annotate_workbooks([source], tmp_path / "tilbake.xlsx", today=DAY)
    assert found.written == tmp_path / "tilbake.xlsx"
    assert source.read_bytes() == badly_filled()
    assert lines_of(found.written.read_bytes()) == lines_of(given_back(badly_filled()))


def test_a_workbook_may_be_annotated_in_place(source: Path) -> None:
    (found,) = annotate_workbooks([source], source, today=DAY)
    assert found.written == source
    assert len(lines_of(source.read_bytes())) == len(found.checked.problems)
    assert [each.name for each in source.parent.iterdir()] == [FILE]


def test_several_workbooks_are_given_back_in_a_folder_under_their_names(source: Path, tmp_path: Path) -> None:
    other = tmp_path / "ringdal.xlsx"
    other.write_bytes(filled_workbook("Ringdal"))
    found = annotate_workbooks([source, other], tmp_path / "tilbake", today=DAY)
    assert [each.written for each in found] == [tmp_path / "tilbake" / FILE, tmp_path / "tilbake" / "ringdal.xlsx"]
    assert lines_of((tmp_path / "tilbake" / "ringdal.xlsx").read_bytes()) == []


@pytest.mark.parametrize("there", ["another office's", "a list", "the same office's with other figures"])
def test_nothing_that_is_there_already_is_lost(source: Path, tmp_path: Path, there: str) -> None:
    out = tmp_path / "tilbake.xlsx"
    others = {
        "another office's": filled_workbook("Ringdal", seed=8),
        "a list": b"navn;telefon",
        "the same office's with other figures": filled_workbook(),
    }
    out.write_bytes(others[there])
    with pytest.raises(NotDoneError):
        annotate_workbooks([source], out, today=DAY)
    assert out.read_bytes() == others[there]


def test_an_earlier_answer_is_replaced(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "tilbake.xlsx"
    annotate_workbooks([source], out, today=DAY)
    (found,) = annotate_workbooks([source], out, today=DAY)
    assert found.written == out


def test_two_workbooks_of_one_name_are_not_given_back_over_each_other(source: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    double = tmp_path / "b" / FILE.upper()
    double.write_bytes(filled_workbook("Ringdal"))
    with pytest.raises(NotDoneError, match="have this name"):
        annotate_workbooks([source, double], tmp_path / "tilbake", today=DAY)
    assert not (tmp_path / "tilbake").exists()


def test_a_workbook_keeps_its_kind(source: Path, tmp_path: Path) -> None:
    with pytest.raises(NotDoneError, match=r"ends in \.xlsx"):
        annotate_workbooks([source], tmp_path / "tilbake.xlsm", today=DAY)


def refused(content: bytes, tmp_path: Path) -> Annotated:
    """What came of a file that is not given back: nothing was written."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    (found,) = annotate_workbooks([path], tmp_path / "tilbake.xlsx", today=DAY)
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_bytes() == content
    assert found.written is None
    return found


def test_a_workbook_with_an_identity_number_is_not_copied(tmp_path: Path) -> None:
    number = fnr()
    found = refused(patch_workbook(filled_workbook(), {ACTIONS: {(5, 2): f"Ring {number}"}}), tmp_path)
    assert "identity number" in str(found.reason)
    assert number not in repr(found)


@pytest.mark.parametrize("content", [b"", b"navn;telefon", filled_workbook()[:5000]])
def test_what_is_no_workbook_is_not_given_back_and_told(content: bytes, tmp_path: Path) -> None:
    assert "no office workbook" in str(refused(content, tmp_path).reason)


def test_a_workbook_without_a_setup_sheet_is_not_given_back(tmp_path: Path) -> None:
    content = without_sheet(filled_workbook(), LAYOUT.title(Sheet.SETUP))
    assert "no office workbook" in str(refused(content, tmp_path).reason)


def test_a_workbook_that_is_rejected_as_a_whole_is_given_back_with_the_reason(source: Path, tmp_path: Path) -> None:
    register = Register((Office("Ringdal"),))
    (found,) = annotate_workbooks([source], tmp_path / "tilbake.xlsx", today=DAY, register=register)
    assert not found.checked.is_accepted
    assert found.written is not None
    (line,) = lines_of(found.written.read_bytes())
    assert "Prøvedal" in line[2]


def test_a_workbook_without_its_input_sheet_is_given_back_with_the_reason() -> None:
    after = given_back(without_sheet(filled_workbook(), INPUT))
    assert any(INPUT in line[2] for line in lines_of(after))


@pytest.mark.parametrize(("scorecard", "language"), [(BUSKERUD, "nb"), ("vejle-2013", "da"), ("uwv-pacta-2006", "nl")])
def test_everything_is_said_in_the_language_of_the_workbook(scorecard: str, language: str) -> None:
    card = load_scorecard(scorecard)
    layout = layout_of(card, card.year)
    line = next(line for line in layout.lines if line.measure is not None)
    period = next(each for each in layout.periods if layout.has_cell(line, each))
    typed = {layout.title(Sheet.INPUT): {(line.row, layout.column_of[period]): "12,5 %"}}
    content = patch_workbook(filled_workbook(scorecard_id=scorecard, day=period.end), typed)
    checked = check_file(content, FILE, period.end)
    problem = next(each for each in checked.problems if each.code == "NUM-001")
    said = as_json(problem, texts_of(language))
    lines = lines_of(annotated(content, checked, period.end), layout.title(Sheet.CONTROL))
    assert any(str(said["says"]) in line[2] and str(said["fix"]) in line[3] for line in lines)
