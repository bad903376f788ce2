"""Writes a scorecard as a definition workbook: a sheet for each table of `schema`, in the scorecard's language."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from xlmalekort.definitions import schema
from xlmalekort.definitions.annotations import Holds
from xlmalekort.definitions.cells import ExactFloat, written
from xlmalekort.definitions.layout import (
    ABOUT_KEY,
    ABOUT_LABEL,
    ABOUT_NOTE,
    ABOUT_VALUE,
    FIRST_ROW,
    HEAD_ROW,
    INTRO_ROW,
    KEY_ROW,
    LISTS_NAME,
    LOOKED_UP,
    TITLE_ROW,
    sheet_name,
)
from xlmalekort.definitions.rows import rows_of
from xlmalekort.definitions.rules import Lists, applies_formula, chooser_of, input_rule, wanted_formula
from xlmalekort.definitions.schema import ABOUT, INDICATORS
from xlmalekort.definitions.words import column_words, sheet_words
from xlmalekort.layout import look
from xlmalekort.layout.cells import column_name
from xlmalekort.locale import N_, texts_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.definitions.rows import Row
    from xlmalekort.definitions.schema import Column, Table
    from xlmalekort.locale import Texts
    from xlmalekort.model.scorecard import Scorecard

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST_CELL = 32_767
_SPARE_ROWS = 200
"""Rows below the last one that lists and rules hold for."""
_PER_WIDTH = 1.22
"""Characters of size 10 for each unit of a column's width, on the careful side."""
_INDENT = 1.5
"""What the space on the left takes of a column's width."""
_HIGHEST_ROW = 409
_A4 = 9
_LONGEST_HEADER = 200
_WIDEST_PAGE = 200
"""Widths of columns that can be read when they are printed on one page."""
_OPTIONAL_FILL = "#4A6A82"
"""Headings of what may stay empty; white on it has a contrast of 5.7 to 1."""

DARK = N_("Dark headings must be filled in. Choose a cell to read what belongs in it.")
LISTS = N_("Lists")
LOOKED_UP_TITLE = N_("Title")
VALUE, EXPLANATION, FIELD = N_("Value"), N_("Explanation"), N_("Field")
HOW_TO = N_("How to change the scorecard")
STEPS = (
    N_(
        "1. Change the cells, add rows below the last one, or delete whole rows. Sheets, columns and rows may be moved."
    ),
    N_("2. Check the workbook: xlmalekort definition check FILE.xlsx. It names every cell that cannot be used."),
    N_("3. See what has changed and which series break: xlmalekort diff OLD FILE.xlsx."),
    N_(
        "4. Give the file wherever a scorecard is asked for, or make it a text file: "
        "xlmalekort definition import FILE.xlsx --out FILE.yaml."
    ),
)


def write_definition(scorecard: Scorecard) -> bytes:
    """The bytes of an .xlsx; the same for the same scorecard. ValueError where a text is longer than a cell can be."""
    stream = io.BytesIO()
    workbook = Workbook(stream, _OPTIONS)
    # The clock is asked nowhere, so that the same scorecard gives the same bytes.
    workbook.set_properties(
        {
            "title": scorecard.title,
            "author": scorecard.top.name,
            "keywords": f"{scorecard.id} {scorecard.version}",
            "created": datetime(scorecard.year, 1, 1, tzinfo=UTC),
        }
    )
    _Book(workbook, texts_of(scorecard.language), scorecard).write()
    workbook.close()
    return stream.getvalue()


@dataclass
class _Book:
    """The workbook that is being written."""

    workbook: Workbook
    texts: Texts
    scorecard: Scorecard

    def __post_init__(self) -> None:
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self) -> None:
        """Write every sheet."""
        rows = rows_of(self.scorecard)
        sheets = {table.key: self.workbook.add_worksheet(self.title(table)) for table in schema.tables()}
        lists = Lists(self.texts, self.workbook.add_worksheet(self.texts(LISTS)), self._last_rows(rows))
        for table in schema.tables():
            writer = _AboutSheet if table.key == ABOUT else _TableSheet
            writer(self, sheets[table.key], table, lists).write(rows[table.key])
        lists.sheet.hide()
        self.workbook.define_name(LISTS_NAME, f"='{self.texts(LISTS)}'!$A$1")

    def _last_rows(self, rows: dict[str, list[Row]]) -> dict[str, tuple[str, int]]:
        """For each sheet that others name ids of, its title and the last row that it may come to."""
        return {
            table.key: (self.title(table), FIRST_ROW + len(rows[table.key]) + _SPARE_ROWS) for table in schema.tables()
        }

    def title(self, table: Table) -> str:
        """The title of a sheet."""
        return self.texts(sheet_words(table).title)

    def format(self, **properties: Any) -> Format:  # noqa: ANN401 - whatever a format takes
        """A format on the common ground, made once."""
        made = {
            "font_name": look.FONT,
            "font_size": look.NOTE_SIZE,
            "font_color": look.INK,
            "valign": "vcenter",
            **properties,
        }
        key = tuple(sorted(made.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(made)
        return self._formats[key]


class _Sheet:
    """One sheet that is being written."""

    numbers = "right"
    """The side on which numbers stand."""

    def __init__(self, book: _Book, sheet: Worksheet, table: Table, lists: Lists) -> None:
        self.book, self.sheet, self.table, self.lists, self.texts = book, sheet, table, lists, book.texts

    def head(self, intro: str, column: int = 0) -> None:
        """Write the title and what the sheet holds."""
        self.sheet.hide_gridlines(2)
        # Rows of their own look, for the columns below have lines.
        self.sheet.set_row(TITLE_ROW, 27, self.book.format())
        self.sheet.set_row(INTRO_ROW, 20, self.book.format())
        title = self.page_title
        big = self.book.format(font_size=16, bold=True, font_color=look.HEADING_FILL, valign="vcenter")
        self.sheet.write_string(TITLE_ROW, column, title, big)
        self.sheet.write_string(INTRO_ROW, column, intro, self.book.format(font_color=look.MUTED_INK))
        self.sheet.set_paper(_A4)
        self.sheet.set_landscape()
        self.sheet.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.6)
        self.sheet.repeat_rows(HEAD_ROW)
        self.sheet.set_footer('&L&"Calibri"&9&F&C&"Calibri"&9&A&R&"Calibri"&9&P / &N')

    @property
    def page_title(self) -> str:
        """What the sheet holds, and of which scorecard."""
        return f"{self.book.title(self.table)}  ·  {self.book.scorecard.short_title}"

    def heading(self, row: int, column: int, text: str, *, is_required: bool) -> None:
        """Write a heading: dark where something must stand below it."""
        self.sheet.write_string(row, column, text, self.heading_format(is_required=is_required))

    def heading_format(self, *, is_required: bool) -> Format:
        """The look of a heading."""
        return self.book.format(
            bold=True,
            font_color=look.HEADING_INK,
            bg_color=look.HEADING_FILL if is_required else _OPTIONAL_FILL,
            text_wrap=True,
            align="left",
            indent=1,
            left=1,
            left_color=look.HEADING_INK,
        )

    def value_format(self, column: Column, value: object = None) -> Format:
        """The look of a cell; texts are kept as texts, whatever Excel would make of them."""
        grid = {"bottom": 1, "bottom_color": look.RULE, "text_wrap": True}
        match column.holds:
            case Holds.DAY | Holds.START if isinstance(value, date) or column.holds is Holds.DAY:
                return self.book.format(**grid, num_format=14, align="left", indent=1)
            case Holds.NUMBER if column.is_share:
                return self.book.format(**grid, num_format="0.##\\ %", align="left", indent=1)
            case Holds.NUMBER | Holds.WHOLE:
                return self.book.format(**grid, align=self.numbers, indent=1)
            case Holds.FLAG:
                return self.book.format(**grid, align="center")
            case _:
                return self.book.format(**grid, num_format="@", align="left", indent=1, bold=column.key == "id")

    def value(self, row: int, place: int, column: Column, values: Row) -> str:
        """Write the value of a cell; what it says, for the height of its row."""
        given = values.get(column.key)
        if given is None or (
            given == column.default and isinstance(given, int) and not given and column.key != "decimals"
        ):
            # What is left at no or none stays empty: the eye finds what differs.
            self.sheet.write_blank(row, place, None, self.value_format(column))
            return ""
        held = written(self.table, column, given, self.texts)
        look_of = self.value_format(column, held)
        if isinstance(held, ExactFloat):
            self.sheet.write_number(row, place, held, look_of)
        elif isinstance(held, date):
            self.sheet.write_datetime(row, place, datetime(held.year, held.month, held.day), look_of)  # noqa: DTZ001
        else:
            if len(held) > _LONGEST_CELL:
                raise ValueError(f"{self.table.key} {column.key}: longer than a cell can be")
            self.sheet.write_string(row, place, held, look_of)
        return "" if isinstance(held, date) else str(held)

    def fit(self, row: int, texts: list[str], widths: list[float]) -> None:
        """Make a row as high as the longest of its wrapped texts needs."""
        lines = 1
        for text, width in zip(texts, widths, strict=True):
            room = max(4, int((width - _INDENT) * _PER_WIDTH))
            lines = max(lines, sum(max(1, len(wrap(part, room))) for part in text.split("\n")))
        self.sheet.set_row(row, min(_HIGHEST_ROW, 6 + 13.2 * lines))


class _TableSheet(_Sheet):
    """A sheet with a row for each thing."""

    def write(self, rows: list[Row]) -> None:
        """Write the whole sheet."""
        table, texts = self.table, self.texts
        titles = {each.key: self.book.title(each) for each in schema.tables()}
        intro = sheet_words(table).intro
        self.head(f"{texts(intro, **titles) if intro else ''} {texts(DARK)}".strip())
        columns = self._columns()
        last = FIRST_ROW + max(1, len(rows)) - 1
        self.sheet.set_row(KEY_ROW, None, None, {"hidden": True})
        # High enough that the buttons of the filter cover no words.
        self.sheet.set_row(HEAD_ROW, 44)
        widths = [self._width(column) for column in columns]
        for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
            self.sheet.set_column(place, place, width, self.value_format(column) if column else None)
            self.sheet.write_string(KEY_ROW, place, column.key if column else LOOKED_UP)
        self.sheet.add_table(HEAD_ROW, 0, last, len(columns) - 1, self._options(columns))
        for number, row in enumerate(rows or [{}], FIRST_ROW):
            shown = [
                self.value(number, place, column, row) if column else self._looked_up(number, place, row)
                for place, column in enumerate(columns)
            ]
            self.fit(number, shown, widths)
        self._rules(columns, FIRST_ROW + len(rows) + _SPARE_ROWS)
        self.sheet.freeze_panes(FIRST_ROW, 2 if len(columns) > 3 else 1)  # noqa: PLR2004 - narrow sheets need no more
        self._print(last, widths)
        self.book.workbook.define_name(sheet_name(table), f"='{titles[table.key]}'!$A${HEAD_ROW + 1}")

    def _columns(self) -> list[Column | None]:
        """The columns, with one that shows the title of the owner (None) beside its id."""
        owned = self.table.of is not None
        first, *others = self.table.columns
        return [first, None, *others] if owned else [first, *others]

    def _width(self, column: Column | None) -> float:
        return column_words(self.table, column).width if column else 30

    def _heading(self, column: Column | None) -> str:
        return self.texts(column_words(self.table, column).heading if column else LOOKED_UP_TITLE)

    def _options(self, columns: list[Column | None]) -> dict[str, Any]:
        """The table as Excel knows it: it grows with rows that are typed below it, formats and lists included."""
        named = []
        for column in columns:
            options: dict[str, Any] = {
                "header": self._heading(column),
                "header_format": self.heading_format(is_required=column is not None and column.is_required),
            }
            if column is None:
                options["formula"] = self._formula()
            named.append(options)
        return {"name": f"mk_{self.table.key}", "columns": named, "style": None, "autofilter": True}

    def _formula(self) -> str:
        """The title of the owner, looked up by its id."""
        owners = schema.table(self.table.of or INDICATORS)
        name, title = (self.texts(column_words(owners, owners.column(key)).heading) for key in ("id", "title"))
        own = self._heading(self.table.columns[0])
        found = f"MATCH(mk_{self.table.key}[[#This Row],[{own}]],mk_{owners.key}[{name}],0)"
        return f'=IFERROR(INDEX(mk_{owners.key}[{title}],{found}),"")'

    def _looked_up(self, row: int, place: int, values: Row) -> str:
        owner = values.get(self.table.columns[0].key)
        titles = {str(each.id): str(each.title) for each in getattr(self.book.scorecard, self.table.of or INDICATORS)}
        title = titles.get(str(owner), "")
        grey = self.book.format(bottom=1, bottom_color=look.RULE, text_wrap=True, indent=1, font_color=look.MUTED_INK)
        self.sheet.write_formula(row, place, self._formula(), grey, title)
        return title

    def _rules(self, columns: list[Column | None], last: int) -> None:
        """Lists to choose from, messages that explain, grey where nothing belongs and yellow where something is missing."""
        places = {column.key: place for place, column in enumerate(columns) if column}
        grey = self.book.workbook.add_format({"bg_color": "#E4E8EC", "pattern": 1})
        wanted = self.book.workbook.add_format({"bg_color": "#FFE9A8", "pattern": 1})
        for place, column in enumerate(columns):
            if column is None:
                continue
            area = (FIRST_ROW, place, last, place)
            self.sheet.data_validation(*area, input_rule(self.table, column, self.texts, self.lists))
            chooser = chooser_of(self.table, column)
            kind = column_name(places[chooser]) if chooser else ""
            for formula, shade in (
                (applies_formula(self.table, column, kind, self.texts), grey),
                (wanted_formula(self.table, column, column_name(place), kind, self.texts), wanted),
            ):
                if formula:
                    self.sheet.conditional_format(*area, {"type": "formula", "criteria": formula, "format": shade})

    def _print(self, last: int, widths: list[float]) -> None:
        """One page wide where that can be read; else several, each with its title above and what the rows are on the left."""
        if sum(widths) <= _WIDEST_PAGE:
            self.sheet.fit_to_pages(1, 0)
            return
        self.sheet.set_print_scale(60)
        self.sheet.repeat_columns(0, 1)
        self.sheet.print_across()
        self.sheet.print_area(HEAD_ROW, 0, last, len(widths) - 1)
        title = self.page_title.replace("&", "&&")
        self.sheet.set_header(f'&L&"Calibri,Bold"&14{title[:_LONGEST_HEADER]}', {"margin": 0.2})
        self.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)


class _AboutSheet(_Sheet):
    """The sheet about the scorecard, with a row for each field."""

    numbers = "left"

    def write(self, rows: list[Row]) -> None:
        """Write the whole sheet."""
        (values,) = rows
        self.head(self.texts(sheet_words(self.table).intro), ABOUT_LABEL)
        self.sheet.set_column(ABOUT_KEY, ABOUT_KEY, 10, None, {"hidden": True})
        widths = {ABOUT_LABEL: 28.0, ABOUT_VALUE: 64.0, ABOUT_NOTE: 62.0}
        for place, width in widths.items():
            self.sheet.set_column(place, place, width)
        self.sheet.set_row(KEY_ROW, None, None, {"hidden": True})
        self.sheet.set_row(HEAD_ROW, 20)
        for place, heading in ((ABOUT_LABEL, FIELD), (ABOUT_VALUE, VALUE), (ABOUT_NOTE, EXPLANATION)):
            self.heading(HEAD_ROW, place, self.texts(heading), is_required=True)
        order = {key: number for number, key in enumerate(values)}
        named = sorted(self.table.columns, key=lambda column: order.get(column.key, len(order)))
        for number, column in enumerate(_in_place(self.table.columns, named), FIRST_ROW):
            self._row(number, column, values, list(widths.values()))
        row = FIRST_ROW + len(self.table.columns) + 1
        self.sheet.write_string(
            row, ABOUT_LABEL, self.texts(HOW_TO), self.book.format(bold=True, font_color=look.HEADING_FILL)
        )
        for number, step in enumerate(STEPS, row + 1):
            self.sheet.write_string(number, ABOUT_LABEL, self.texts(step), self.book.format())
        self.sheet.freeze_panes(FIRST_ROW, 0)
        self.sheet.fit_to_pages(1, 0)
        self.book.workbook.define_name(
            sheet_name(self.table), f"='{self.book.title(self.table)}'!${column_name(ABOUT_LABEL)}${HEAD_ROW + 1}"
        )

    def _row(self, number: int, column: Column, values: Row, widths: list[float]) -> None:
        words = column_words(self.table, column)
        label, note = self.texts(words.heading), self.texts(words.explanation)
        line = {"bottom": 1, "bottom_color": look.RULE}
        self.sheet.write_string(number, ABOUT_KEY, column.key)
        self.sheet.write_string(number, ABOUT_LABEL, label, self.book.format(**line, indent=1, bold=column.is_required))
        said = self.value(number, ABOUT_VALUE, column, values)
        self.sheet.write_string(
            number, ABOUT_NOTE, note, self.book.format(**line, font_color=look.MUTED_INK, text_wrap=True, indent=1)
        )
        self.fit(number, [label, said, note], widths)
        self.sheet.data_validation(
            number, ABOUT_VALUE, number, ABOUT_VALUE, input_rule(self.table, column, self.texts, self.lists)
        )


def _in_place(columns: tuple[Column, ...], named: list[Column]) -> list[Column]:
    """The columns in the order of the table, but for the names of the levels: those stand in the definition's own order."""
    mapped = [column for column in named if column.path[0] in schema.mappings()]
    return [mapped.pop(0) if column.path[0] in schema.mappings() else column for column in columns]
