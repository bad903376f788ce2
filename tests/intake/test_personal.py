"""A national identity number anywhere in a workbook rejects it; where it stands is told, and the number nowhere."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

import pytest
from xlsxwriter import Workbook

from tests.intake.identity import bsn, cpr, fnr, fnrs, loose_cpr
from tests.intake.offices import FILE, INPUT, LAYOUT, TODAY, cell_of, check, codes, input_part, office, with_cells
from tests.xlsx.books import packed, parts_of
from xlmalekort.cli.main import main
from xlmalekort.intake.identity_numbers import Kind
from xlmalekort.intake.personal import find_personal_data
from xlmalekort.intake.setup_sheet import Setup
from xlmalekort.intake.workbook_file import check_file, open_setup
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import Sheet
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.pipeline.demo import make_demo
from xlmalekort.problems import sentence
from xlmalekort.scorecards import built_in, load_scorecard
from xlmalekort.xlsx import Package, RawWorkbook, open_package, read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.problems import Problem

NUMBER = fnr()
SPACED = f"{NUMBER[:6]} {NUMBER[6:]}"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WORKBOOK = "xl/workbook.xml"
_FIRST = "xl/worksheets/sheet1.xml"


@cache
def _parts() -> Mapping[str, bytes]:
    return parts_of(office())


def _edited(part: str, change: Callable[[str], str]) -> bytes:
    before = _parts()[part].decode()
    after = change(before)
    assert after != before
    return packed({**_parts(), part: after.encode()})


def _at_the_end(xml: str, part: str = _FIRST) -> bytes:
    """A workbook with something more in a sheet."""
    return _edited(part, lambda text: text.replace("</worksheet>", f"{xml}</worksheet>"))


def _with_part(name: str, xml: str | bytes, owner: str, kind: str) -> bytes:
    """A workbook with a part more, which belongs to another."""
    folder, _, file = owner.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels".lstrip("/")
    entry = f'<Relationship Id="rIdX" Type="{_RELS}/{kind}" Target="/{name}"/>'
    empty = f'<Relationships xmlns="{_PACKAGE}"></Relationships>'
    held = _parts().get(rels, empty.encode()).decode().replace("</Relationships>", f"{entry}</Relationships>")
    return packed({**_parts(), rels: held.encode(), name: xml.encode() if isinstance(xml, str) else xml})


def _comments(text: str) -> str:
    return f'<comments xmlns="{_MAIN}"><commentList><comment ref="C7" authorId="0">{text}</comment></commentList></comments>'


def _with_format(code: str) -> bytes:
    """A workbook with a number format more."""
    entry = f'<numFmt numFmtId="900" formatCode="{code}"/>'
    return _edited("xl/styles.xml", lambda text: text.replace("</numFmts>", f"{entry}</numFmts>"))


def _with_link(target: str) -> bytes:
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    entry = f'<Relationship Id="rIdX" Type="{_RELS}/hyperlink" Target="{target}" TargetMode="External"/>'
    return _edited(rels, lambda text: text.replace("</Relationships>", f"{entry}</Relationships>"))


def _sheet_with(rows: str, state: str = "veryHidden", title: str = "Notater") -> bytes:
    """A workbook with a sheet of the office's own."""
    rels = "xl/_rels/workbook.xml.rels"
    entry = f'<Relationship Id="rIdX" Type="{_RELS}/worksheet" Target="worksheets/own.xml"/>'
    sheet = f'<sheet name="{title}" sheetId="99" state="{state}" r:id="rIdX"/>'
    return packed({
        **_parts(),
        rels: _parts()[rels].decode().replace("</Relationships>", f"{entry}</Relationships>").encode(),
        _WORKBOOK: _parts()[_WORKBOOK].decode().replace("</sheets>", f"{sheet}</sheets>").encode(),
        "xl/worksheets/own.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode(),
    })  # fmt: skip


def _cell(value: str, kind: str = "") -> str:
    return f'<row r="2"><c r="B2"{kind}>{value}</c></row>'


_INLINE = ' t="inlineStr"'
_BETWEEN = ("/", ",", "\n", "\t", "+", " | ", ": ", " (", "    ", "\u2009" * 4, "&lt;", " &amp; ", "&quot;")
_WRITTEN = (
    *(f"{NUMBER[:6]}{between}{NUMBER[6:]}" for between in _BETWEEN),
    *(f"x{NUMBER}", f"{NUMBER}x", f"2x{NUMBER}", f"{NUMBER}x2", f"{NUMBER}²"),
    *("".join(chr(ord(zero) + int(digit)) for digit in NUMBER) for zero in "٠०𝟎"),
)
"""Ways to write the number, in XML."""
_BOX = f'<xdr:sp xmlns:a="{_DRAWING}"><xdr:txBody>{{}}</xdr:txBody></xdr:sp></xdr:wsDr>'
_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_OWN = ("Notater", "B2")
_COMMENT = ("Målekort", "C7")
_PLACES: dict[str, tuple[Callable[[], bytes], tuple[str | None, str | None], str]] = {
    "a comment cell of the input sheet": (
        lambda: with_cells({cell_of("comment:B.1"): f"Gjelder {NUMBER}"}),
        (INPUT, a1(*cell_of("comment:B.1"))),
        "the cell",
    ),
    "a figure's cell": (
        lambda: with_cells({cell_of("B.13.value"): int(fnr("150584"))}),
        (INPUT, a1(*cell_of("B.13.value"))),
        "the cell",
    ),
    "a figure's cell as text": (
        lambda: with_cells({cell_of("B.13.value"): NUMBER}),
        (INPUT, a1(*cell_of("B.13.value"))),
        "the cell",
    ),
    "an action": (
        lambda: with_cells({(20, 2): f"Ring {SPACED}"}, sheet=LAYOUT.title(Sheet.ACTIONS)),
        ("Tiltak", "C21"),
        "the cell",
    ),
    "the large hidden calculation sheet": (
        lambda: with_cells({(700, 60): SPACED}, sheet=LAYOUT.title(Sheet.CALCULATION)),
        ("Beregning", a1(700, 60)),
        "the cell",
    ),
    "a number in the large hidden calculation sheet": (
        lambda: with_cells({(700, 60): int(NUMBER)}, sheet=LAYOUT.title(Sheet.CALCULATION)),
        ("Beregning", a1(700, 60)),
        "the cell",
    ),
    "a hidden sheet of the office's own": (
        lambda: _sheet_with(_cell(f"<is><t>{NUMBER}</t></is>", _INLINE), "hidden"),
        _OWN,
        "the cell",
    ),
    "a very hidden sheet": (lambda: _sheet_with(_cell(f"<is><t>{NUMBER}</t></is>", _INLINE)), _OWN, "the cell"),
    "a number that has lost its nought": (
        lambda: _sheet_with(_cell(f"<v>{int(fnr('050584'))}</v>")),
        _OWN,
        "the cell",
    ),
    "text in several looks": (
        lambda: _sheet_with(
            _cell(f"<is><r><t>{NUMBER[:5]}</t></r><r><rPr><b/></rPr><t>{NUMBER[5:]}</t></r></is>", _INLINE)
        ),
        _OWN,
        "the cell",
    ),
    "digits as entities": (
        lambda: _sheet_with(_cell(f"<is><t>{''.join(f'&#{ord(d)};' for d in NUMBER)}</t></is>", _INLINE)),
        _OWN,
        "the cell",
    ),
    "a blank as an entity": (
        lambda: _sheet_with(_cell(f"<is><t>{NUMBER[:6]}&#xA0;{NUMBER[6:]}</t></is>", _INLINE)),
        _OWN,
        "the cell",
    ),
    "digits in the escapes of the format": (
        lambda: _sheet_with(_cell(f"<is><t>{''.join(f'_x{ord(d):04X}_' for d in NUMBER)}</t></is>", _INLINE)),
        _OWN,
        "the cell",
    ),
    "digits of full width": (
        lambda: _sheet_with(
            _cell(f"<is><t>{''.join(chr(0xFEE0 + ord(d)) for d in NUMBER)}</t></is>", _INLINE)
        ),
        _OWN,
        "the cell",
    ),
    "narrow blanks": (
        lambda: _sheet_with(_cell(f"<is><t>{NUMBER[:6]}\u2009{NUMBER[6:]}</t></is>", _INLINE)),
        _OWN,
        "the cell",
    ),
    **{
        f"{text!r} in a cell": (partial(_sheet_with, _cell(f"<is><t>{text}</t></is>", _INLINE)), _OWN, "the cell")
        for text in _WRITTEN
    },
    "a slash in several looks": (
        lambda: _sheet_with(
            _cell(f"<is><r><t>{NUMBER[:6]}/</t></r><r><rPr><b/></rPr><t>{NUMBER[6:]}</t></r></is>", _INLINE)
        ),
        _OWN,
        "the cell",
    ),
    "a comment with a line break": (
        lambda: _with_part(
            "xl/comments1.xml",
            _comments(f"<text><r><t>{NUMBER[:6]}:\n</t></r><r><t>{NUMBER[6:]}</t></r></text>"),
            _FIRST,
            "comments",
        ),
        _COMMENT,
        "a comment",
    ),
    "a shared text with a comma": (
        lambda: _edited(
            "xl/sharedStrings.xml",
            lambda text: text.replace("</sst>", f"<si><t>{NUMBER[:6]},{NUMBER[6:]}</t></si></sst>"),
        ),
        (None, None),
        "a text that the file keeps although no cell shows it",
    ),
    "a shared text with a bracket": (
        lambda: _edited(
            "xl/sharedStrings.xml",
            lambda text: text.replace("</sst>", f"<si><t>{NUMBER[:6]} &lt;{NUMBER[6:]}&gt;</t></si></sst>"),
        ),
        (None, None),
        "a text that the file keeps although no cell shows it",
    ),
    "an input message with a slash": (
        lambda: _at_the_end(
            f'<dataValidations><dataValidation prompt="{NUMBER[:6]}/{NUMBER[6:]}" sqref="D4:D9"/></dataValidations>'
        ),
        ("Målekort", "D4"),
        "an input rule or its message",
    ),
    **{
        f"a number format {name}": (partial(_with_format, code), (None, None), "a number format or style")
        for name, code in {
            "with quotes": f"&quot;{NUMBER}&quot;",
            "with strokes": "".join(f"\\{digit}" for digit in NUMBER),
            "in two": f"&quot;{NUMBER[:6]}&quot; &quot;{NUMBER[6:]}&quot;",
        }.items()
    },
    "a formula": (lambda: _sheet_with(_cell(f'<f>LEN("{SPACED}")</f><v>12</v>')), _OWN, "the formula of the cell"),
    "a formula's number": (lambda: _sheet_with(_cell(f"<f>{NUMBER}*1</f><v>1</v>")), _OWN, "the formula of the cell"),
    "a formula's result": (
        lambda: _sheet_with(_cell(f"<f>A1&amp;A2</f><v>{NUMBER}</v>", ' t="str"')),
        _OWN,
        "the cell",
    ),
    "a result from another file": (lambda: _sheet_with(_cell(f"<f>[1]A!A1</f><v>{NUMBER}</v>")), _OWN, "the cell"),
    "a comment": (
        lambda: _with_part("xl/comments1.xml", _comments(f"<text><t>{NUMBER}</t></text>"), _FIRST, "comments"),
        _COMMENT,
        "a comment",
    ),
    "a comment in several looks": (
        lambda: _with_part(
            "xl/comments1.xml",
            _comments(f"<text><r><t>Se {NUMBER[:6]} </t></r><r><t>{NUMBER[6:]}</t></r></text>"),
            _FIRST,
            "comments",
        ),
        _COMMENT,
        "a comment",
    ),
    "a threaded comment": (
        lambda: _with_part(
            "xl/threadedComments/threadedComment1.xml",
            f'<ThreadedComments xmlns="{_THREADED}"><threadedComment ref="C7" id="{{A}}"><text>{NUMBER}</text>'
            "</threadedComment></ThreadedComments>",
            _FIRST,
            "threadedComment",
        ),
        _COMMENT,
        "a comment",
    ),
    "an old drawing that is no XML": (
        lambda: _with_part(
            "xl/drawings/vmlDrawing1.vml",
            f"<xml><v:textbox><div>Ring<br><font>{NUMBER[:6]}</font><font>{NUMBER[6:]}</font></div></xml>",
            _FIRST,
            "vmlDrawing",
        ),
        ("Målekort", None),
        "a text box or drawing",
    ),
    "a text box": (
        lambda: _edited(
            "xl/drawings/drawing1.xml",
            lambda text: text.replace(
                "</xdr:wsDr>",
                _BOX.format(f"<a:p><a:r><a:t>{NUMBER[:6]}</a:t></a:r><a:r><a:t>{NUMBER[6:]}</a:t></a:r></a:p>"),
            ),
        ),
        ("Målekort", None),
        "a text box or drawing",
    ),
    "a picture's description": (
        lambda: _edited(
            "xl/drawings/drawing1.xml", lambda text: text.replace("<xdr:cNvPr ", f'<xdr:cNvPr descr="{NUMBER}" ', 1)
        ),
        ("Målekort", None),
        "a text box or drawing",
    ),
    "a chart": (
        lambda: _edited(
            "xl/charts/chart1.xml", lambda text: text.replace("</c:v>", f" {NUMBER}</c:v>", 1).replace("numCache", "strCache")
        ),
        ("Målekort", None),
        "a chart",
    ),
    "a header": (
        lambda: _at_the_end(f"<headerFooter><oddHeader>&amp;L&amp;8 {NUMBER}</oddHeader></headerFooter>"),
        ("Målekort", None),
        "the header or footer",
    ),
    "an input message": (
        lambda: _at_the_end(f'<dataValidations><dataValidation prompt="{SPACED}" sqref="D4:D9"/></dataValidations>'),
        ("Målekort", "D4"),
        "an input rule or its message",
    ),
    "a list of an input rule": (
        lambda: _at_the_end(
            f'<dataValidations><dataValidation sqref="D4"><formula1>"ja,{NUMBER}"</formula1></dataValidation></dataValidations>'
        ),
        ("Målekort", "D4"),
        "an input rule or its message",
    ),
    "a link's tip": (
        lambda: _at_the_end(f'<hyperlinks><hyperlink ref="E5" location="A1" tooltip="{NUMBER}"/></hyperlinks>'),
        ("Målekort", "E5"),
        "a link",
    ),
    "where a link leads": (
        lambda: _with_link(f"https://example.org/{NUMBER[:6]}%20{NUMBER[6:]}"),
        ("Målekort", None),
        "a link",
    ),
    "a sheet's name": (lambda: _sheet_with("", title=f"Sak {NUMBER}"), ("Sak •••••••••••", None), "the name of the sheet"),
    "a name of the workbook": (
        lambda: _edited(
            _WORKBOOK,
            lambda text: text.replace(
                "</definedNames>", f'<definedName name="bruker">"{NUMBER}"</definedName></definedNames>'
            ),
        ),
        (None, None),
        "a name that the workbook defines",
    ),
    "the properties": (
        lambda: _edited("docProps/core.xml", lambda text: re.sub(r"<dc:title>.*?<", f"<dc:title>{NUMBER}<", text)),
        (None, None),
        "the properties of the document",
    ),
    "the properties of the program": (
        lambda: _edited("docProps/app.xml", lambda text: text.replace("<Company>", f"<Company>{NUMBER} ")),
        (None, None),
        "the properties of the document",
    ),
    "properties of one's own": (
        lambda: _with_part(
            "docProps/custom.xml",
            f'<Properties><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Bruker">'
            f"<lpwstr>{NUMBER}</lpwstr></property></Properties>",
            "",
            "custom-properties",
        ),
        (None, None),
        "the properties of the document",
    ),
    "data that came along": (
        lambda: _with_part("customXml/item1.xml", f"<a><b>{SPACED}</b></a>", _WORKBOOK, "customXml"),
        (None, None),
        "a part of the workbook that is not shown",
    ),
    "data in UTF-16": (
        lambda: _with_part("customXml/item1.xml", f"\ufeff<a>{NUMBER}</a>".encode("utf-16-le"), _WORKBOOK, "customXml"),
        (None, None),
        "a part of the workbook that is not shown",
    ),
    "what is kept of another workbook": (
        lambda: _with_part(
            "xl/externalLinks/externalLink1.xml",
            f'<externalLink xmlns="{_MAIN}"><cell r="A1" t="str"><v>{NUMBER}</v></cell></externalLink>',
            _WORKBOOK,
            "externalLink",
        ),
        (None, None),
        "what the workbook keeps of another one",
    ),
    "a table's heading": (
        lambda: _with_part(
            "xl/tables/table1.xml",
            f'<table xmlns="{_MAIN}" ref="B3:C9"><tableColumns><tableColumn id="1" name="{NUMBER}"/></tableColumns></table>',
            _FIRST,
            "table",
        ),
        ("Målekort", "B3"),
        "a table or pivot table",
    ),
    "a shared text that no cell shows": (
        lambda: _edited("xl/sharedStrings.xml", lambda text: text.replace("</sst>", f"<si><t>{NUMBER}</t></si></sst>")),
        (None, None),
        "a text that the file keeps although no cell shows it",
    ),
}  # fmt: skip


def _only_personal(checked: CheckedFile) -> tuple[Problem, ...]:
    assert checked.submission is None
    assert set(codes(checked)) <= {"PRI-001", "PRI-002"}, codes(checked)
    return checked.problems


def _holds(text: str) -> bool:
    """Whether the digits of the number stand in a text, with anything but digits and letters between them."""
    return NUMBER in re.sub(r"[^0-9A-Za-z]", "", text) or NUMBER[6:] in text


@pytest.mark.parametrize("name", _PLACES)
def test_a_number_anywhere_rejects_the_file_and_tells_where(name: str) -> None:
    content, place, where = _PLACES[name]
    (problem,) = _only_personal(check(content()))
    assert (problem.sheet, problem.cell) == place
    assert problem.slots == {"kind": str(Kind.FNR), "where": where}
    assert not any(_holds(sentence(problem, texts_of(language))) for language in LANGUAGES)


def test_a_clean_workbook_has_none() -> None:
    assert codes(check(office())) == []


def test_every_shared_text_is_told_at_each_of_its_cells() -> None:
    text = next(
        each for each in re.findall(r"<t>([^<]+)</t>", _parts()["xl/sharedStrings.xml"].decode()) if " " in each
    )
    content = _edited("xl/sharedStrings.xml", lambda xml: xml.replace(f"<t>{text}</t>", f"<t>{NUMBER}</t>"))
    problems = _only_personal(check(content))
    assert problems
    assert all(problem.cell for problem in problems)


def test_a_cpr_and_a_d_number_and_a_test_person_are_told_by_what_they_look_like() -> None:
    comment = cell_of("comment:B.1")
    for text, kind in [
        (f"{loose_cpr()[:6]}-{loose_cpr()[6:]}", Kind.CPR),
        (cpr(), Kind.CPR),
        (fnr("550584"), Kind.FNR),
        (fnr("158584"), Kind.FNR),
        (f"BSN {bsn()}", Kind.BSN),
    ]:
        (problem,) = _only_personal(check(with_cells({comment: text})))
        assert problem.slots["kind"] == str(kind)


def test_more_places_than_a_screen_holds_are_counted() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"{_INLINE}><is><t>{NUMBER}</t></is></c></row>' for n in range(1, 51))
    problems = _only_personal(check(_sheet_with(rows)))
    assert [each.code for each in problems] == ["PRI-001"] * 20 + ["PRI-002"]
    assert problems[-1].slots == {"count": "30"}


def test_what_our_formulas_copy_is_not_told_beside_its_source() -> None:
    comment = cell_of("comment:B.1")
    content = with_cells({comment: NUMBER})
    part = f"xl/worksheets/sheet{[*LAYOUT.sheets].index(Sheet.SCORECARD) + 1}.xml"
    parts = parts_of(content)
    row = f'<row r="900"><c r="B900" t="str"><f>A1</f><v>{NUMBER}</v></c></row></sheetData>'
    copied = packed({**parts, part: parts[part].replace(b"</sheetData>", row.encode())})
    assert [(each.sheet, each.cell) for each in _only_personal(check(copied))] == [(INPUT, a1(*comment))]


# Names


def test_the_office_is_told_only_where_the_number_is_not_in_the_setup_sheet() -> None:
    in_cell = check(with_cells({cell_of("comment:B.1"): NUMBER}))
    assert (in_cell.office, in_cell.year) == ("NAV Åmønster", 2009)
    setup = LAYOUT.title(Sheet.SETUP)
    found = open_setup(office(), FILE)
    assert isinstance(found, tuple)
    row = next(row for (row, column), cell in found[1].cells.items() if column == 1 and cell.text == "NAV Åmønster")
    in_name = check(with_cells({(row, 1): f"NAV {NUMBER}"}, sheet=setup))
    _only_personal(in_name)
    assert (in_name.office, in_name.scorecard) == (None, None)


def test_a_number_in_the_name_of_the_file_rejects_it_and_is_masked() -> None:
    checked = check_file(office(), f"{NUMBER}_2009.xlsx", TODAY)
    (problem,) = _only_personal(checked)
    assert checked.file == problem.file == "•••••••••••_2009.xlsx"
    assert problem.slots["where"] == "the name of the file"
    assert check_file(b"", f"{SPACED}.xlsx", TODAY).problems[0].file == "•••••• •••••.xlsx"
    # In a Norwegian workbook nine digits are an organisation.
    name = f"{bsn()}.xlsx"
    assert check_file(office(), name, TODAY).file == name


def test_what_is_no_office_workbook_is_looked_through_all_the_same() -> None:
    stranger = packed({
        **_parts(),
        "xl/workbook.xml": re.sub(rb"<definedNames>.*</definedNames>", b"", _parts()["xl/workbook.xml"]),
        "xl/worksheets/sheet14.xml": _parts()["xl/worksheets/sheet14.xml"].replace(b"</sheetData>", (
            f'<row r="900"><c r="B900"{_INLINE}><is><t>{NUMBER}</t></is></c></row></sheetData>').encode()),
    })  # fmt: skip
    _only_personal(check(stranger))


# Nothing of it in what is written


def _written(folder: Path) -> str:
    """Everything in a folder: names, texts, and the parts of workbooks."""
    pieces = []
    for path in (each for each in folder.rglob("*") if each.is_file()):
        content = path.read_bytes()
        pieces += [path.name, content.decode("utf-8", errors="replace")]
        if zipfile.is_zipfile(io.BytesIO(content)):
            pieces += [f"{name} {data.decode('utf-8', errors='replace')}" for name, data in parts_of(content).items()]
    return "\n".join(pieces)


def _spoilt() -> bytes:
    """A workbook with the number in every kind of text that the checks tell, and faults that would quote it."""
    figures = {cell_of(line): NUMBER for line in ("B.13.value", "B.1.numerator")}
    return with_cells({
        **figures,
        cell_of("comment:B.1"): SPACED,
        (90, 3): f"stray {NUMBER}",
        (91, 0): NUMBER,
    })  # fmt: skip


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_command_prints_or_writes_the_number(
    form: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    received, out = tmp_path / "received", tmp_path / "out"
    received.mkdir()
    out.mkdir()
    spoilt = received / f"{SPACED}.xlsx"
    spoilt.write_bytes(_spoilt())
    (received / f"~${NUMBER}.xlsx").write_bytes(b"x")
    (received / f"{NUMBER}.pdf").write_bytes(b"x")
    plain = received / "plain.xlsx"
    plain.write_bytes(_spoilt())
    (received / "good.xlsx").write_bytes(office())
    data = tmp_path / "figures.csv"
    data.write_text("measure,period,value\nB.13.value,2009-05,4\n")
    day = ["--today", "2009-07-15"]
    for file in (spoilt, plain):
        for command in (
            ["check", str(file)],
            ["cells", str(file)],
            ["refresh", str(file), "--out", str(out / "copy.xlsx")],
            ["fill", str(file), "--data", str(data)],
            ["migrate", str(file), "--to", "nav-buskerud-2009", "--year", "2010", "--out", str(out / "next.xlsx")],
            ["new", "nav-buskerud-2009", "--office", "Å", "--out", str(file)],
        ):
            assert main([*command, *day, *form]) in (1, 2), command
    region, tidy = out / "region.xlsx", out / "tidy.csv"
    assert main(["rollup", str(received), "--out", str(region), "--tidy", str(tidy), *day, *form]) == 1
    said = capfd.readouterr()
    assert not _holds(said.out)
    assert not _holds(said.err)
    assert "PRI-001" in said.out + said.err
    assert {each.name for each in out.iterdir()} == {"region.xlsx", "tidy.csv"}
    assert not _holds(_written(out))
    assert "PRI-001" in _written(out)
    assert plain.read_bytes() == spoilt.read_bytes() == _spoilt()


def test_the_ledger_of_a_roll_up_counts_it_as_rejected(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    received = tmp_path / "received"
    received.mkdir()
    (received / "bad.xlsx").write_bytes(_spoilt())
    (received / "good.xlsx").write_bytes(office())
    main(["rollup", str(received), "--out", str(tmp_path / "r.xlsx"), "--today", "2009-07-15", "--json"])
    told = json.loads(capfd.readouterr().out)
    assert {each: told["files"][each] for each in ("seen", "counted", "rejected")} == {
        "seen": 2,
        "counted": 1,
        "rejected": 1,
    }
    about = [each for each in told["problems"] if each["file"] == "bad.xlsx"]
    assert {each["code"] for each in about} == {"PRI-001"}
    assert all(each["got"] is None for each in about)


def test_refresh_tells_the_office_in_its_own_sheet_of_checks_and_changes_nothing_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "al_2009.xlsx"
    path.write_bytes(with_cells({cell_of("comment:B.1"): NUMBER}))
    before = parts_of(path.read_bytes())
    assert main(["refresh", str(path), "--today", "2009-07-15"]) == 2
    said = capfd.readouterr()
    assert "PRI-001" in said.err
    assert "ikke vurdert" in said.err
    assert not _holds(said.out + said.err)
    after = parts_of(path.read_bytes())
    control = f"xl/worksheets/sheet{[*LAYOUT.sheets].index(Sheet.CONTROL) + 1}.xml"
    assert {name for name in before if before[name] != after[name]} <= {control, "xl/workbook.xml", "xl/calcChain.xml"}
    text = after[control].decode()
    assert f"{INPUT}!{a1(*cell_of('comment:B.1'))}" in text
    assert not _holds(text)


def test_a_figures_file_is_told_without_its_numbers(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "figures.csv"
    data.write_text(f"measure,period,value\nB.13.value,2009-05,{SPACED}\n{NUMBER},2009-05,4\n")
    main(["new", "nav-buskerud-2009", "--office", "Å", "--data", str(data), "--out", str(tmp_path / "a.xlsx")])
    said = capfd.readouterr()
    assert "CSV-" in said.out + said.err
    assert not _holds(said.out + said.err)


# False alarms


@pytest.mark.slow
# The forty clean workbooks of tests/faults say the same of nav-buskerud-2009.
@pytest.mark.parametrize("scorecard", sorted(set(built_in()) - {"nav-buskerud-2009"}))
def test_a_county_of_clean_workbooks_raises_no_alarm(scorecard: str, tmp_path: Path) -> None:
    demo = make_demo(tmp_path, scorecard)
    assert not [each for each in demo.rollup.problems if each.code.startswith("PRI")]


def test_figures_of_any_size_raise_no_alarm_where_they_are_expected() -> None:
    dice = random.Random(2009)
    lines = [line for line in LAYOUT.lines if line.measure is not None]
    for _ in range(6):
        months = [period for period in LAYOUT.periods if period.end <= date(2009, 6, 30)]
        cells = {
            place[1:]: dice.randrange(10 ** dice.randint(4, 10))
            for line in lines
            for month in months
            if (place := LAYOUT.input_cell(line.id, month)) is not None and place[0] is Sheet.INPUT
        }
        checked = check(with_cells(cells))
        assert not [each for each in checked.problems if each.code.startswith("PRI")]


def test_a_notes_sheet_of_telephone_numbers_days_and_organisations_raises_no_alarm() -> None:
    dice = random.Random(2009)
    texts = [
        *(f"{dice.randrange(2 * 10**7, 10**8)}" for _ in range(200)),
        *(f"{dice.randrange(8 * 10**8, 10**9)}" for _ in range(200)),
        *(f"{dice.randrange(100):02}.{dice.randrange(1, 13):02}.2009 {dice.randrange(2400):04}" for _ in range(100)),
        "2009-12-31T23:59:59Z",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "N-3001 Drammen",
        "1234.56.78903",
    ]
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"{_INLINE}><is><t>{text}</t></is></c><c r="B{n}"><v>{dice.randrange(10**8)}</v></c></row>'
        for n, text in enumerate(texts, start=1)
    )
    assert codes(check(_sheet_with(rows, "visible"))) == ["STR-015"]


def test_amounts_on_a_sheet_of_the_office_are_known_by_how_they_are_shown() -> None:
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    sheet = workbook.add_worksheet("Bedragen")
    grouped = [workbook.add_format({"num_format": code}) for code in (3, 4, 44, "#,##0", "# ##0,00", "[$€-413] #,##0")]
    for row, look in enumerate(grouped):
        sheet.write_number(row, 0, int(bsn(20_000_000)), look)
    sheet.write_number(9, 1, int(bsn(20_000_000)), workbook.add_format({"num_format": "0"}))
    workbook.close()
    package = open_package(stream.getvalue(), "a.xlsx")
    assert isinstance(package, Package)
    raw = read_workbook(package)
    assert isinstance(raw, RawWorkbook)
    dutch = Setup(load_scorecard("uwv-pacta-2006"), "A", 2006, "", "", "", frozenset())
    (problem,) = find_personal_data(raw, dutch, "a.xlsx").problems
    assert (problem.cell, problem.slots["kind"]) == ("B10", "BSN")


@pytest.mark.parametrize(
    "code", ["000000&quot;-&quot;00000", "00000000000", "[&lt;=99999999]## ## ## ##;+## ########", "dd\\.mm\\.yyyy;@"]
)
def test_formats_of_numbers_that_show_long_ones_raise_no_alarm(code: str) -> None:
    assert codes(check(_with_format(code))) == []


def test_ids_and_checksums_of_the_format_raise_no_alarm() -> None:
    number = next(each for each in fnrs("150584"))
    xml = (
        f'<extLst><ext uri="{{{number[:8]}-0000-1111-2222-333344445555}}" id="{number}"/></extLst>'
        f'<phoneticPr fontId="{number}"/>'
    )
    assert codes(check(_at_the_end(xml))) == []
    assert input_part(office()) in _parts()
