"""What of a filled-in workbook is no longer as its template has it, and the parts that put it right.

A new workbook of the same definition, office and year, which holds the same, stands beside the file: what belongs to the
template is compared sheet by sheet, and only the differences are changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.layout.card import CARD_NAME
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import SETUP_KEYS, Sheet, range_a1
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.opened import opened_package
from xlmalekort.pipeline.standing import lost_formulas, standing
from xlmalekort.pipeline.template_faults import blocks_of, new_cells
from xlmalekort.problems import Problem
from xlmalekort.template.input_sheet import AS_OF_NAME, READY_NAME
from xlmalekort.template.local_steps import local_line_place
from xlmalekort.template.scorecard_sheet import PERIOD_NAME
from xlmalekort.xlsx import ErrorValue, Formula, RawSheet, Styled, read_sheet
from xlmalekort.xlsx.guards import guards_of, locked_among, open_styles, styles_of, within
from xlmalekort.xlsx.mending import MendedBook, MendedSheet, has_drawing, protection_of, rules_of
from xlmalekort.xlsx.references import place_of
from xlmalekort.xlsx.style_parts import CellStyleTable
from xlmalekort.xlsx.workbook import relations_of, workbook_part
from xlmalekort.xlsx.xml import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.pipeline.standing import Place, Standing
    from xlmalekort.xlsx import RawCell, RawWorkbook, SheetEntry
    from xlmalekort.xlsx.guards import CellStyles
    from xlmalekort.xlsx.patch import Change, Scalar
    from xlmalekort.xlsx.references import Area
    from xlmalekort.xlsx.sheet import Cells

_MOVED = N_("rows or columns of it have been inserted, deleted or moved")
_MISSING = N_("the sheet is missing")
_CHARTS = N_("its charts are gone")
_NOTHING = N_("nothing")

_MAY_LACK = frozenset({Sheet.LOCAL, Sheet.LOCAL_STEPS, Sheet.DEADLINES, Sheet.SURVEY})
"""Sheets that workbooks made before they were invented do not have."""


@dataclass
class Plan:
    """What is to be changed. `changes` tells each change (REP-...), `left` what cannot be changed in place (REP-008).

    `parts` are whole parts of the file, `cells` single cells by the title of their sheet.
    """

    changes: list[Problem] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)
    parts: dict[str, bytes] = field(default_factory=dict)
    cells: dict[str, dict[Place, Change]] = field(default_factory=dict)


def plan_repair(workbook: RawWorkbook, titles: Mapping[Sheet, str], layout: OfficeLayout, new: bytes) -> Plan:
    """Compare a workbook whose sheets have their own titles with a `new` one that holds the same."""
    comparing = _Comparing(workbook, titles, layout, opened_package(new, ""))
    comparing.look()
    return comparing.plan


@dataclass
class _Comparing:
    """The two workbooks side by side."""

    workbook: RawWorkbook
    titles: Mapping[Sheet, str]
    layout: OfficeLayout
    new: RawWorkbook
    plan: Plan = field(default_factory=Plan)

    def look(self) -> None:
        for sheet in self.layout.sheets:
            if sheet in self.titles:
                self.at(sheet)
            elif sheet not in _MAY_LACK or sheet.defined_name in self.workbook.names:
                self.leave(self.layout.title(sheet), _MISSING)
        self.about_workbook()
        if self.styles.is_changed:
            self.plan.parts[self.styles_part(self.workbook)] = self.styles.content

    def at(self, sheet: Sheet) -> None:
        title, ours = self.titles[sheet], self.new_entry(sheet)
        entry = self.workbook.sheet(title)
        if entry is None:
            return
        self.put_back_formulas(sheet, entry)
        if self.stands[sheet].is_unmoved:
            self.put_back_guards(sheet, entry, ours)
        if has_drawing(self.new.package.read(ours.part)) and not has_drawing(self.workbook.package.read(entry.part)):
            self.leave(title, _CHARTS)

    def new_entry(self, sheet: Sheet) -> SheetEntry:
        entry = self.new.sheet(self.layout.title(sheet))
        if entry is None:
            raise AssertionError(sheet)
        return entry

    @cached_property
    def cells(self) -> dict[Sheet, Cells]:
        """What the file holds, by sheet."""
        return {sheet: _cells(self.workbook, self.workbook.sheet(title)) for sheet, title in self.titles.items()}

    @cached_property
    def new_cells(self) -> dict[Sheet, Cells]:
        """What the new workbook holds."""
        return {sheet: _cells(self.new, self.new_entry(sheet)) for sheet in self.titles}

    @cached_property
    def stands(self) -> dict[Sheet, Standing]:
        """Where things stand in the file."""
        new = new_cells(self.layout)
        return {sheet: standing(new[sheet], cells) for sheet, cells in self.cells.items() if sheet in new}

    def leave(self, title: str, reason: str) -> None:
        slots = {"sheet": title, "reason": Phrase(reason)}
        self.plan.left.append(Problem("REP-008", file=self.workbook.file, sheet=title, slots=slots))

    def change(self, code: str, at: str | None, cell: str | None = None, got: str | None = None, **slots: str) -> None:
        """Tell a change on the sheet of this title, with what stood there before."""
        self.plan.changes.append(Problem(code, file=self.workbook.file, sheet=at, cell=cell, got=got, slots=slots))

    # Formulas

    @cached_property
    def new_formulas(self) -> dict[Sheet, dict[Place, str]]:
        """The formulas that the file should have."""
        formulas = {
            sheet: {place: cell.formula for place, cell in cells.items() if cell.formula is not None}
            for sheet, cells in self.new_cells.items()
        }
        if Sheet.SCORECARD in formulas and Sheet.LOCAL not in self.titles:
            formulas[Sheet.SCORECARD].pop(local_line_place(self.layout), None)
        return formulas

    @cached_property
    def lost(self) -> dict[Sheet, dict[Place, Place]]:
        """The places of the file that should hold a formula and do not, with their places in the new workbook."""
        return {
            sheet: lost_formulas(formulas, self.stands[sheet], self.cells[sheet])
            for sheet, formulas in self.new_formulas.items()
        }

    def put_back_formulas(self, sheet: Sheet, entry: SheetEntry) -> None:
        lost, formulas, found = self.lost[sheet], self.new_formulas[sheet], self.cells[sheet]
        if not all(self.is_in_place(sheet, formulas[here]) for here in lost.values()):
            self.leave(entry.title, _MOVED)
            return
        for place, here in lost.items():
            style = self.style_for(self.new_styles[sheet].of(*here))
            changed_style = style if style != self.file_styles[sheet].of(*place) else None
            formula = Formula(formulas[here], _scalar(self.new_cells[sheet][here]), changed_style)
            self.plan.cells.setdefault(entry.title, {})[place] = formula
            got = _shown(found.get(place))
            before = f'"{got[:_LONGEST]}"' if got else Phrase(_NOTHING)
            self.change("REP-001", entry.title, a1(*place), got, before=before, formula=f"={formulas[here]}")

    def is_in_place(self, sheet: Sheet, formula: str) -> bool:
        """Whether a formula of the template would find everything that it looks at where it looks for it."""
        looked_at = [other for other in self.titles if f"{self.layout.quoted(other)}!" in formula]
        return all(self.stands[each].is_unmoved for each in (sheet, *looked_at) if each in self.stands)

    # Styles

    @cached_property
    def styles(self) -> CellStyleTable:
        return CellStyleTable(self.workbook.package.read(self.styles_part(self.workbook)))

    @cached_property
    def styles_of_new(self) -> CellStyleTable:
        return CellStyleTable(self.new.package.read(self.styles_part(self.new)))

    @staticmethod
    def styles_part(workbook: RawWorkbook) -> str:
        package = workbook.package
        relations = relations_of(package, workbook_part(package) or "")
        found = next(
            (part for each in relations if each.kind == "styles" and (part := package.find(each.target))), None
        )
        if found is None:
            raise NotDoneError(Phrase("{file}: this workbook cannot be repaired.", file=workbook.file))
        return found

    @cached_property
    def file_styles(self) -> dict[Sheet, CellStyles]:
        return {sheet: _styles(self.workbook, title) for sheet, title in self.titles.items()}

    @cached_property
    def new_styles(self) -> dict[Sheet, CellStyles]:
        return {sheet: _styles(self.new, self.layout.title(sheet)) for sheet in self.titles}

    @cached_property
    def _usual(self) -> dict[int, int]:
        """The style of the file in which most cells are that have a style in the new workbook."""
        votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
        for sheet, new in self.new_styles.items():
            there = self.file_styles[sheet].cells
            if not self.stands[sheet].is_unmoved:
                continue
            lost = {a1(*place) for place in self.lost[sheet]}
            for reference, style in new.cells.items():
                if reference in there and reference not in lost:
                    votes[style][there[reference]] += 1
        return {style: counts.most_common(1)[0][0] for style, counts in votes.items()}

    def style_for(self, style: int) -> int:
        """The style of the file that stands for one of the new workbook; added where there is none."""
        usual = self._usual.get(style)
        return usual if usual is not None else self.styles.taken(self.styles_of_new, style)

    # Guards

    def put_back_guards(self, sheet: Sheet, entry: SheetEntry, ours: SheetEntry) -> None:
        data, new = self.workbook.package.read(entry.part), self.new.package.read(ours.part)
        guards = guards_of(self.workbook, entry)
        mended = MendedSheet(data)
        is_changed = False
        for rule, areas in rules_of(new):
            places = _places(areas)
            free = places - within(guards.areas, places)
            free = frozenset(place for place in free if not self.stands[sheet].is_absent(place[1]))
            if free:
                blocks = blocks_of(free)
                mended.add_rule(rule, [(*first, *last) for first, last in blocks])
                is_changed = True
                for first, last in blocks:
                    self.change("REP-002", entry.title, a1(*first), range=_range(first, last))
        protection = protection_of(new)
        if protection is not None and not guards.is_protected:
            mended.protect(protection)
            is_changed = True
            self.change("REP-004", entry.title, sheet=entry.title)
        if is_changed:
            self.plan.parts[entry.part] = mended.content
        self.unlock(sheet, entry)

    def unlock(self, sheet: Sheet, entry: SheetEntry) -> None:
        """Cells that are open in the new workbook are opened in the file, in the style that they have there."""
        new = self.new_styles[sheet]
        places = [
            place for reference, style in new.cells.items() if style in self._open and (place := place_of(reference))
        ]
        to_fill = frozenset(place for place in places if not self.stands[sheet].is_absent(place[1]))
        locked = locked_among(self.workbook, entry, to_fill, open_styles(self.workbook))
        cells = self.plan.cells.setdefault(entry.title, {}) if locked else {}
        for place in locked:
            cells[place] = Styled(self.styles.unlocked(self.file_styles[sheet].of(*place)))
        for first, last in blocks_of(locked):
            self.change("REP-003", entry.title, a1(*first), range=_range(first, last))

    @cached_property
    def _open(self) -> frozenset[int]:
        return open_styles(self.new)

    # The workbook as a whole

    def about_workbook(self) -> None:
        part = workbook_part(self.workbook.package) or ""
        book = MendedBook(self.workbook.package.read(part))
        names = self.lost_names(book.names())
        states = {
            title: sheet.is_hidden
            for sheet, title in self.titles.items()
            if (entry := self.workbook.sheet(title)) is not None and entry.is_hidden != sheet.is_hidden
        }
        if not (names or states):
            return
        known = {name.casefold(): meaning for name, meaning in book.names().items()}
        book.set_names(names)
        for name, meaning in names.items():
            self.change("REP-007", None, got=known.get(name.casefold()), name=name, meaning=meaning)
        for title, is_hidden in states.items():
            self.change("REP-006", title, sheet=title, state=Phrase(_HIDDEN if is_hidden else _SHOWN))
        for state, is_hidden in (("hidden", True), ("visible", False)):
            book.show([title for title, hidden in states.items() if hidden is is_hidden], state)
        self.plan.parts[part] = book.content

    def lost_names(self, held: Mapping[str, str]) -> dict[str, str]:
        """The names of the new workbook that the file has not, or that stand for nothing in it.

        One that the file never speaks of was invented after it was made.
        """
        known = {name.casefold(): meaning for name, meaning in held.items()}
        ours = {sheet.defined_name for sheet in self.titles} | {PERIOD_NAME, AS_OF_NAME, READY_NAME}
        if self.cells[Sheet.SETUP].get((SETUP_KEYS.index("card"), 0)) is not None:
            ours.add(CARD_NAME)
        new_part = workbook_part(self.new.package) or ""
        lost: dict[str, str] = {}
        for name, meaning in MendedBook(self.new.package.read(new_part)).names().items():
            owners = (each for each in self.layout.sheets if meaning.startswith(f"{self.layout.quoted(each)}!"))
            sheet = next(owners, None)  # what the macros say stands on a sheet of theirs
            is_there = sheet is not None and sheet in self.titles and self.stands[sheet].is_unmoved
            is_lost = is_there and not self.is_of_a_sheet(known.get(name.casefold(), ""))
            if is_lost and (name in ours or self.is_spoken_of(name)):
                lost[name] = meaning
        return lost

    def is_spoken_of(self, name: str) -> bool:
        """Whether a rule or a formula of the workbook's own sheets uses a name."""
        parts = (entry.part for title in self.titles.values() if (entry := self.workbook.sheet(title)) is not None)
        return any(name.encode() in self.workbook.package.read(part) for part in parts)

    def is_of_a_sheet(self, meaning: str) -> bool:
        """Whether a name stands for a cell of one of the sheets."""
        return "#REF!" not in meaning and any(
            meaning.startswith((f"{each.title}!", "'" + each.title.replace("'", "''") + "'!"))
            for each in self.workbook.sheets
        )


_LONGEST = 200
_HIDDEN, _SHOWN = N_("hidden, as it was made"), N_("shown, as it was made")


def _cells(workbook: RawWorkbook, entry: SheetEntry | None) -> Cells:
    sheet = read_sheet(workbook, entry) if entry is not None else None
    return sheet.cells if isinstance(sheet, RawSheet) else {}


def _styles(workbook: RawWorkbook, title: str) -> CellStyles:
    entry = workbook.sheet(title)
    if entry is None:
        raise AssertionError(title)
    return styles_of(parse(workbook.package.read(entry.part)))


def _places(areas: Iterable[Area]) -> frozenset[Place]:
    return frozenset(
        (row, column)
        for top, left, bottom, right in areas
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    )


def _range(first: Place, last: Place) -> str:
    return a1(*first) if first == last else range_a1(first, last)


def _scalar(cell: RawCell) -> Scalar:
    """What a formula of the new workbook comes to."""
    match cell.kind:
        case "number":
            return float(cell.text)
        case "bool":
            return cell.text == "TRUE"
        case "error":
            return ErrorValue(cell.text)
        case _:
            return cell.text


def _shown(cell: RawCell | None) -> str:
    """What stands in a cell, a formula with its equals sign; empty where nothing does."""
    if cell is None:
        return ""
    return f"={cell.formula}" if cell.formula is not None else cell.text
