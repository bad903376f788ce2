"""What offices do to their workbooks, done to the XML: nothing of the project writes here but the workbook that is damaged."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from tests.faults.workbooks import (
    EMPTY,
    WORKBOOK,
    Raw,
    cell_xml,
    edited,
    moved,
    number,
    packed,
    parts_of,
    plain_sheet,
    sheet_part,
    text,
    with_cells,
    with_sheet,
    with_sheet_xml,
)
from tests.pipeline.test_refresh import LAYOUT
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import FIRST_PERIOD_COLUMN, Calc, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

TITLES = {sheet: LAYOUT.title(sheet) for sheet in LAYOUT.sheets}


def formulas_in(content: bytes, sheet: Sheet) -> list[str]:
    """The cells of a sheet that hold a formula, in the order of the file."""
    xml = parts_of(content)[sheet_part(content, TITLES[sheet])].decode()
    return re.findall(r'<c r="([A-Z]+[0-9]+)"[^>]*><f', xml)


def typed_over(content: bytes, sheet: Sheet, cells: list[str], raw: Raw | None = None) -> bytes:
    """Numbers in place of formulas."""
    return with_cells(content, TITLES[sheet], dict.fromkeys(cells, raw or number(99)))


def pasted_block(content: bytes) -> bytes:
    """Values and looks of another sheet over a whole block of the scorecard."""
    rows = [row for key, row in LAYOUT.scorecard_rows.items() if not key.startswith("perspective:")]
    cells = {f"{column}{row + 1}": Raw("<v>7</v>", style=0) for row in rows for column in "DEFGIJ"}
    return with_cells(content, TITLES[Sheet.SCORECARD], cells)


def without_rules(content: bytes, sheet: Sheet) -> bytes:
    """No input rule left."""

    def change(xml: bytes) -> bytes:
        return re.sub(rb"<dataValidations.*?</dataValidations>", b"", xml, flags=re.DOTALL)

    return with_sheet_xml(content, TITLES[sheet], change)


def with_shorter_rules(content: bytes) -> bytes:
    """The input rules of the first lines of actions gone, as a paste over them leaves it."""

    def change(xml: bytes) -> bytes:
        return re.sub(rb'sqref="([A-F])6:([A-F])65"', rb'sqref="\g<1>20:\g<2>65"', xml)

    return with_sheet_xml(content, TITLES[Sheet.ACTIONS], change)


def with_locked_cells(content: bytes) -> bytes:
    """Figures pasted with their looks: locked, and otherwise plain."""
    columns = range(FIRST_PERIOD_COLUMN, FIRST_PERIOD_COLUMN + 3)
    row = LAYOUT.line["B.1.numerator"].row
    cells = {}
    for column in columns:
        reference = a1(row, column)
        held = re.search(r"<v>(.*?)</v>", cell_xml(content, TITLES[Sheet.INPUT], reference))
        cells[reference] = Raw(f"<v>{held[1]}</v>" if held else "", style=0)
    return with_cells(content, TITLES[Sheet.INPUT], cells)


def unprotected(content: bytes, sheet: Sheet) -> bytes:
    """Protection taken off."""
    return with_sheet_xml(content, TITLES[sheet], lambda xml: re.sub(rb"<sheetProtection[^>]*/>", b"", xml))


def renamed(content: bytes, sheet: Sheet, new: str = "Tall & mål 'nye'") -> bytes:
    """A sheet under another title, with everything that refers to it, as Excel does it."""
    old = TITLES[sheet]
    quoted = escape("'" + new.replace("'", "''") + "'!", quote=False)

    def follow(part: str, data: bytes) -> bytes:
        if not part.endswith(".xml"):
            return data
        found = data.decode()
        # What stands within a text, such as the target of a link, Excel leaves as it is.
        for written in (f"'{old}'!", f"&apos;{old}&apos;!", f"'{escape(old)}'!"):
            found = re.sub(f'(?<![#";]){re.escape(written)}', lambda _: quoted, found)
        return re.sub(rf"(?<![\w'\"&;]){re.escape(old)}!", lambda _: quoted, found).encode()

    parts = {name: follow(name, data) for name, data in parts_of(content).items()}
    listed = f'<sheet name="{escape(old)}"'.encode()
    parts[WORKBOOK] = parts[WORKBOOK].replace(listed, f'<sheet name="{escape(new)}"'.encode())
    return packed(parts)


def with_other_titles(content: bytes) -> bytes:
    """Every sheet under another title."""
    for number_, sheet in enumerate(LAYOUT.sheets):
        content = renamed(content, sheet, f"{number_} {sheet.value}")
    return content


def without_names(content: bytes) -> bytes:
    """The workbook's own names deleted, but for one that stands for nothing any more."""

    def change(xml: bytes) -> bytes:
        xml = re.sub(rb'<definedName name="mk_(?!period)[a-z_]+">[^<]*</definedName>', b"", xml)
        return re.sub(rb'(<definedName name="mk_period">)[^<]*', rb"\1#REF!", xml)

    return edited(content, WORKBOOK, change)


def with_states(content: bytes) -> bytes:
    """A hidden sheet shown, and one that people need hidden."""

    def change(xml: bytes) -> bytes:
        title = TITLES[Sheet.CALCULATION].encode()
        xml = re.sub(rb'(<sheet name="' + title + rb'"[^>]*?) state="[a-zA-Z]*"', rb"\1", xml)
        title = TITLES[Sheet.ACTIONS].encode()
        return re.sub(rb'(<sheet name="' + title + rb'" )', rb'\1state="hidden" ', xml)

    return edited(content, WORKBOOK, change)


def with_broken_formulas(content: bytes) -> bytes:
    """What a deleted sheet leaves behind in formulas that looked at it."""

    def change(xml: bytes) -> bytes:
        return re.sub(rb'(<c r="D8"[^>]*><f>)[^<]*', rb"\1IF(#REF!=0,&quot;&quot;,1)", xml)

    return with_sheet_xml(content, TITLES[Sheet.SCORECARD], change)


def value_cells(sheet: Sheet) -> list[str]:
    """Some cells of steps on the calculation sheet."""
    del sheet
    return [a1(row, Calc.VALUE.column) for row in (2, 5, 9)]


def with_macros(content: bytes) -> bytes:
    """The workbook with a module of macros, which nobody reads."""
    parts = parts_of(content)
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 8
    return packed(parts)


ALL: dict[str, Callable[[bytes], bytes]] = {
    "a figure of the scorecard": lambda c: typed_over(c, Sheet.SCORECARD, ["D8"]),
    "a text over a reason": lambda c: typed_over(c, Sheet.SCORECARD, ["I9"], text("Ferie & sommer")),
    "formulas emptied": lambda c: typed_over(c, Sheet.SCORECARD, ["E8", "E9"], EMPTY),
    "a block pasted over": pasted_block,
    "steps typed over": lambda c: typed_over(c, Sheet.CALCULATION, value_cells(Sheet.CALCULATION)),
    "checked figures typed over": lambda c: typed_over(c, Sheet.FIGURES, formulas_in(c, Sheet.FIGURES)[5:30]),
    "how actions stand": lambda c: typed_over(c, Sheet.ACTIONS, ["G6", "H7"]),
    "how deadlines stand": lambda c: typed_over(c, Sheet.DEADLINES, formulas_in(c, Sheet.DEADLINES)[:12]),
    "local goals": lambda c: typed_over(c, Sheet.LOCAL, formulas_in(c, Sheet.LOCAL)[:5]),
    "steps of local goals": lambda c: typed_over(c, Sheet.LOCAL_STEPS, formulas_in(c, Sheet.LOCAL_STEPS)[::7]),
    "jumps": lambda c: typed_over(c, Sheet.CONTROL, formulas_in(c, Sheet.CONTROL), EMPTY),
    "broken formulas": with_broken_formulas,
    "rules of figures": lambda c: without_rules(c, Sheet.INPUT),
    "rules of actions": lambda c: without_rules(c, Sheet.ACTIONS),
    "rules of the chooser": lambda c: without_rules(c, Sheet.SCORECARD),
    "protection of figures": lambda c: unprotected(c, Sheet.INPUT),
    "protection of the calculation": lambda c: unprotected(c, Sheet.CALCULATION),
    "names": without_names,
    "hidden and shown": with_states,
    "a title": lambda c: renamed(c, Sheet.INPUT),
    "every title": with_other_titles,
}
"""Every damage after which the repaired workbook is the undamaged one."""


def moved_scorecard(content: bytes) -> bytes:
    """A row inserted in the middle of the scorecard."""
    return moved(content, TITLES[Sheet.SCORECARD], rows=lambda row: row + (row >= 11))


def with_own_sheet(content: bytes, title: str) -> bytes:
    """A sheet of the office's own with a title of ours."""
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>mitt</t></is></c></row>'
    return with_sheet(content, title, plain_sheet(row))
