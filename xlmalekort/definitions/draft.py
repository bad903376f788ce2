"""Rows of a definition workbook put together into a definition, each value with the cell that it came from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from xlmalekort.definitions import schema
from xlmalekort.definitions.schema import (
    ABOUT,
    ALSO,
    MAIN,
    MILESTONES,
    OWNER,
    REVISION,
    STEP,
    TARGET,
    TARGETS,
    UNIT,
    WHICH,
    WHICH_FIELDS,
)
from xlmalekort.definitions.words import choice_word, column_words, sheet_words
from xlmalekort.locale.told import Told
from xlmalekort.model.targets import Revision, UnitTarget
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlmalekort.definitions.rows import Row, Value
    from xlmalekort.definitions.schema import Column, Table

    Place = tuple[str | int, ...]
    """Where a value stands in the definition: the keys and the places in lists that lead to it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the workbook; `name` is None for a sheet as a whole."""

    sheet: str
    name: str | None = None

    def problem(self, code: str, got: str | None = None, *, indicator: str | None = None, **slots: str) -> Problem:
        """What is wrong with it."""
        return Problem(code, sheet=self.sheet, cell=self.name, got=got, indicator=indicator, slots=slots)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it was read: its values, and the cell of every column that the sheet has, empty ones included.

    `faulty` are the columns whose cell holds something that could not be read.
    """

    values: Row
    cells: Mapping[str, Cell]
    first: Cell
    faulty: frozenset[str] = frozenset()

    def cell(self, key: str) -> Cell:
        """The cell of a column, or the row's first one where the sheet lacks the column."""
        return self.cells.get(key, self.first)


@dataclass
class Draft:
    """A definition that nobody has checked yet, with the cell of every place of it that a row speaks of."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Place, Cell] = field(default_factory=dict)
    columns: dict[Place, tuple[Table, Column]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def put_together(rows: Mapping[str, Sequence[ReadRow]]) -> Draft:
    """The definition that rows make up. What belongs to nothing, or stands twice, is a problem and left out."""
    draft = Draft()
    for table in schema.tables():
        if table.of is None:
            _put_list(draft, table, rows.get(table.key, ()))
    for table in schema.tables():
        if table.of is not None and table.key not in (TARGETS, MILESTONES):
            _put_parts(draft, table, rows.get(table.key, ()))
    _Targets(draft, rows).put()
    return draft


def _put_list(draft: Draft, table: Table, rows: Sequence[ReadRow]) -> None:
    if table.key == ABOUT:
        draft.data.update({name: {} for name in schema.mappings()})
        for row in rows:
            # The names of the levels keep the order in which they stand.
            order = {key: number for number, key in enumerate(row.values)}
            columns = sorted(table.columns, key=lambda column: order.get(column.key, len(order)))
            _put_row(draft, table, columns, row, (), draft.data)
        return
    items: list[dict[str, Any]] = []
    draft.data[table.key] = items
    for row in rows:
        items.append({})
        _put_row(draft, table, table.columns, row, (*table.path, len(items) - 1), items[-1])


def _put_parts(draft: Draft, table: Table, rows: Sequence[ReadRow]) -> None:
    owner, *columns = table.columns
    first: dict[Place, Cell] = {}
    for row, (place, item) in _owned(draft, table, owner, rows):
        if table.path:
            parts = item.setdefault(table.path[0], [])
            parts.append({})
            _put_row(draft, table, columns, row, (*place, table.path[0], len(parts) - 1), parts[-1])
        elif any(column.path[0] in item for column in columns):
            other = first[place].name or ""
            draft.problems.append(row.cell(owner.key).problem("DEF-008", str(row.values[owner.key]), other=other))
        else:
            first[place] = row.cell(owner.key)
            _put_row(draft, table, columns, row, place, item)
            item.setdefault(columns[0].path[0], {})


def _owned(
    draft: Draft, table: Table, owner: Column, rows: Iterable[ReadRow]
) -> Iterable[tuple[ReadRow, tuple[Place, dict[str, Any]]]]:
    """The rows whose owner is there, with its place and its part of the definition."""
    of = table.of or ""
    items = draft.data.get(of, ())
    known: dict[str, tuple[Place, dict[str, Any]]] = {}
    for number, item in enumerate(items):
        known.setdefault(str(item.get("id")), ((of, number), item))
    for row in rows:
        name = row.values.get(owner.key)
        if name is None:
            if owner.key not in row.faulty:
                draft.problems.append(row.cell(owner.key).problem("DEF-005", field=_heading(table, owner)))
        elif str(name) in known:
            yield row, known[str(name)]
        # An unknown one is told with all other references (`checks`).


def _put_row(
    draft: Draft, table: Table, columns: Iterable[Column], row: ReadRow, base: Place, into: dict[str, Any]
) -> None:
    """Put the values of a row where their paths lead, leaving out what the row's kind does not have."""
    draft.places.setdefault(base, row.first)
    for column in columns:
        kind = row.values.get(column.kind_key) if column.kind_key else None
        if column.kinds is not None and kind is not None and kind not in column.kinds:
            _leave_out(draft, table, column, row, column.kind_key or "", str(kind))
            continue
        path = column.path
        for length in range(1, len(path) + 1):
            draft.places.setdefault((*base, *path[:length]), row.cell(column.key))
        draft.columns.setdefault((*base, *path), (table, column))
        value = row.values.get(column.key)
        if value is None:
            continue
        held = into
        for step in path[:-1]:
            held = held.setdefault(step, {})
        held[path[-1]] = value


def _leave_out(draft: Draft, table: Table, column: Column, row: ReadRow, kind_key: str, kind: str) -> None:
    """Tell of a value that does not belong to its row's kind, unless it says nothing: no, or what holds anyway."""
    value = row.values.get(column.key)
    if value is not None and value != column.default:
        chooser = table.column(kind_key)
        slots = {"column": _heading(table, chooser), "kind": Told(choice_word(table, chooser, kind))}
        draft.problems.append(row.cell(column.key).problem("DEF-012", field=_heading(table, column), **slots))


def _heading(table: Table, column: Column) -> Told:
    return Told(column_words(table, column).heading)


def _title(table: Table) -> Told:
    return Told(sheet_words(table).title)


# Targets

_OWNED = {
    MAIN: frozenset[str](),
    ALSO: frozenset[str](),
    REVISION: frozenset(Revision.model_fields),
    UNIT: frozenset(UnitTarget.model_fields),
}
"""What each kind of target row has besides the target."""


@dataclass
class _Group:
    """The rows of one target, and where it goes."""

    rows: list[ReadRow]
    place: Place
    item: dict[str, Any]
    which: str
    heads: dict[str, Value]
    milestones: list[ReadRow] = field(default_factory=list)


class _Targets:
    """Puts the targets of every indicator together from their rows."""

    def __init__(self, draft: Draft, rows: Mapping[str, Sequence[ReadRow]]) -> None:
        self._draft = draft
        self._table, self._steps = schema.table(TARGETS), schema.table(MILESTONES)
        self._owner = self._table.column(OWNER)
        self._rows, self._milestones = rows.get(TARGETS, ()), rows.get(MILESTONES, ())
        names = [column for column in self._table.columns if column.path[0] not in (OWNER, WHICH, STEP, TARGET)]
        self._heads = [column for column in names if column in self._steps.columns]
        self._tails = [column for column in names if column not in self._heads]
        # A target stands at the place of its field: `also`, say.
        self._fields = [replace(each, path=each.path[1:]) for each in self._table.columns if each.path[0] == TARGET]
        known = {OWNER, WHICH, *(each.key for each in self._heads)}
        self._step_fields = [each for each in self._steps.columns if each.key not in known]

    def put(self) -> None:
        """Put every target into its indicator."""
        groups: dict[tuple[object, ...], _Group] = {}
        for key, row, place, item, which, heads in self._headed(self._table, self._rows):
            groups.setdefault(key, _Group([], place, item, which, heads)).rows.append(row)
        for key, row, *_ in self._headed(self._steps, self._milestones):
            group = groups.get(key)
            if group is None:
                self._draft.problems.append(row.cell(OWNER).problem("DEF-015", sheet=_title(self._table)))
            else:
                group.milestones.append(row)
        for group in groups.values():
            self._put_group(group)

    def _headed(
        self, table: Table, rows: Sequence[ReadRow]
    ) -> Iterable[tuple[tuple[object, ...], ReadRow, Place, dict[str, Any], str, dict[str, Value]]]:
        """The rows whose indicator and kind are known, with what tells targets apart."""
        for row, (place, item) in _owned(self._draft, table, self._owner, rows):
            which = row.values.get(WHICH)
            if which is None:
                if WHICH not in row.faulty:
                    word = _heading(table, table.column(WHICH))
                    self._draft.problems.append(row.cell(WHICH).problem("DEF-005", field=word))
                continue
            heads: dict[str, Value] = {}
            for column in self._heads:
                if column.key not in _OWNED[str(which)]:
                    _leave_out(self._draft, table, column, row, WHICH, str(which))
                elif column.key in row.values:
                    heads[column.key] = row.values[column.key]
            key = tuple(heads.get(column.key, column.default) for column in self._heads)
            yield (place, which, *key), row, place, item, str(which), heads

    def _put_group(self, group: _Group) -> None:
        name = WHICH_FIELDS[group.which]
        first = group.rows[0]
        if group.which in (MAIN, ALSO):
            base, into, key = group.place, group.item, name
        else:
            owners = group.item.setdefault(name, [])
            owners.append({})
            base, into, key = (*group.place, name, len(owners) - 1), owners[-1], TARGET
            self._draft.places[base] = first.first
            for column in self._heads:
                self._draft.places[*base, column.key] = first.cell(column.key)
                self._draft.columns[*base, column.key] = (self._table, column)
            into.update(group.heads)
        self._put_tails(group, base, into)
        self._draft.places[*base, key] = first.cell(f"{TARGET}.kind")
        into[key] = self._target(group, (*base, key))

    def _put_tails(self, group: _Group, base: Place, into: dict[str, Any]) -> None:
        """The reason, which may stand in any of the rows, but must not differ."""
        for column in self._tails:
            self._draft.places[*base, column.key] = group.rows[0].cell(column.key)
            self._draft.columns[*base, column.key] = (self._table, column)
            for row in group.rows:
                value = row.values.get(column.key)
                if value is None:
                    continue
                if column.key not in _OWNED[group.which]:
                    _leave_out(self._draft, self._table, column, row, WHICH, group.which)
                elif into.setdefault(column.key, value) != value:
                    self._draft.problems.append(
                        row.cell(column.key).problem("DEF-016", field=_heading(self._table, column))
                    )

    def _target(self, group: _Group, place: Place) -> dict[str, Any]:
        stepped = [row for row in group.rows if STEP in row.values or STEP in row.faulty]
        if not stepped:
            for row in group.rows[1:]:
                self._twice(row)
            return self._put_target(group, group.rows[0], place)
        steps: list[dict[str, Any]] = []
        for row in group.rows:
            if row not in stepped:
                self._twice(row)
                continue
            here = (*place, "steps", len(steps))
            self._draft.places[here] = row.cell(STEP)
            self._draft.places[*here, "starts"] = row.cell(STEP)
            self._draft.columns[*here, "starts"] = (self._table, self._table.column(STEP))
            step = {"starts": row.values[STEP]} if STEP in row.values else {}
            steps.append({**step, TARGET: self._put_target(group, row, (*here, TARGET))})
        return {"kind": "scheduled", "steps": steps}

    def _twice(self, row: ReadRow) -> None:
        heading = _heading(self._table, self._table.column(STEP))
        self._draft.problems.append(row.cell(STEP).problem("DEF-013", field=heading))

    def _put_target(self, group: _Group, row: ReadRow, place: Place) -> dict[str, Any]:
        held: dict[str, Any] = {}
        self._draft.places[place] = row.cell(f"{TARGET}.kind")
        _put_row(self._draft, self._table, self._fields, row, place, held)
        if held.get("kind") == "milestone":
            held["steps"] = []
            self._draft.places[*place, "steps"] = row.cell(f"{TARGET}.kind")
            for number, step in enumerate(group.milestones):
                held["steps"].append({})
                _put_row(
                    self._draft, self._steps, self._step_fields, step, (*place, "steps", number), held["steps"][-1]
                )
        elif group.milestones and row is group.rows[0]:
            for step in group.milestones:
                self._draft.problems.append(step.cell(OWNER).problem("DEF-015", sheet=_title(self._table)))
        return held
