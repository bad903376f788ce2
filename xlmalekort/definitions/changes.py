"""What has changed between two definitions, in words, and which series of figures can no longer be followed across the change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from xlmalekort.definitions import schema
from xlmalekort.definitions.annotations import Holds
from xlmalekort.definitions.cells import ExactFloat, written
from xlmalekort.definitions.rows import rows_of
from xlmalekort.definitions.schema import ABOUT, INDICATORS, MILESTONES, OWNER, STEP, TARGETS, WHICH
from xlmalekort.definitions.words import column_words, sheet_words
from xlmalekort.locale import N_
from xlmalekort.model.base import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xlmalekort.definitions.rows import Row, Value
    from xlmalekort.definitions.schema import Column, Table
    from xlmalekort.locale import Texts
    from xlmalekort.model.scorecard import Scorecard

Kind = Literal["added", "removed", "renamed", "changed", "moved"]
MEASURES, FIGURES = "measures", "figures"

_KEYS: Mapping[str, tuple[str, ...]] = {
    FIGURES: (OWNER,),
    TARGETS: (OWNER, WHICH, "starts", "level", "unit", STEP),
    MILESTONES: (OWNER, WHICH, "starts", "level", "unit", "title"),
    "clarifications": (OWNER, "question"),
    "breaks": (OWNER, "starts"),
}
"""By what a row of one definition is known in another, where it has no id; the whole row where nothing is said here."""
_BREAKING: Mapping[str, frozenset[str]] = {
    INDICATORS: frozenset(
        {
            "definition",
            "frequency",
            "level",
            "group",
            "source",
            "cohort.window_months",
            "cohort.period_is",
            "question.wording",
            "question.asked_of",
        }
    ),
    MEASURES: frozenset({"kind", "unit", "frequency", "level", "role", "source"}),
    "filters": frozenset({"title", "base"}),
}
"""The fields that say what is counted, or who. Of the ways of counting all do but those of `_HARMLESS`."""
_HARMLESS = frozenset({"figure.may_exceed", "figure.unweighted"})
_NAMED_FIRST = frozenset({"source", "group"})
"""Fields whose being filled in for the first time changes nothing of what is counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `name` is the id of what it is about, or what it is known by; empty for the scorecard itself.

    `column` is the field, None where a whole row came, went or moved. `old` and `new` are its values; where the kind of a
    part has changed they have the whole part. `indicators` are those whose series break.
    """

    kind: Kind
    table: Table
    name: str
    column: Column | None
    old: Row
    new: Row
    title: str = ""
    row: Row | None = None
    indicators: tuple[str, ...] = ()
    breaks_series: bool = False

    @property
    def indicator(self) -> str | None:
        """The indicator that it is about, if it is about one."""
        if self.table.key == INDICATORS:
            return self.name or None
        owner = (self.row or {}).get(OWNER)
        return str(owner) if owner is not None else None

    @property
    def measure(self) -> str | None:
        """The measure that it is about, if it is about one."""
        return self.name or None if self.table.key == MEASURES else None

    @property
    def field(self) -> str | None:
        """The field that has changed, as the model calls it."""
        if self.column is None:
            return None
        is_whole = len(self.old) > 1 or len(self.new) > 1
        return self.column.key.removesuffix(".kind") if is_whole else self.column.key


def changes(old: Scorecard, new: Scorecard) -> tuple[Change, ...]:
    """What has changed: what breaks a series first, then in the order of the sheets of a definition workbook."""
    before, after = rows_of(old), rows_of(new)
    renamed = {table.key: _renamed(before[table.key], after[table.key]) for table in _with_ids()}
    before = {
        table.key: [_as_called_now(table, row, renamed) for row in before[table.key]] for table in schema.tables()
    }
    found: list[Change] = []
    for table in schema.tables():
        found += _renames(table, renamed.get(table.key, {}), after[table.key])
        found += _of_table(table, before[table.key], after[table.key])
    uses = _uses(new) | {name: users for name, users in _uses(old).items() if name not in _uses(new)}
    titles = {each.id: each.title for each in (*old.indicators, *new.indicators)}
    found = [replace(each, title=each.title or titles.get(each.indicator or "", "")) for each in found]
    broken = [_with_indicators(each, uses) for each in found]
    return tuple(sorted(broken, key=lambda each: not each.breaks_series))


def _with_ids() -> Iterator[Table]:
    for table in schema.tables():
        if table.key != ABOUT and any(column.key == "id" for column in table.columns):
            yield table


# Names


def _renamed(before: Sequence[Row], after: Sequence[Row]) -> dict[str, str]:
    """The new ids of what is called otherwise and is still the same by its title, by their old ids."""
    old, new = {str(row["id"]): row for row in before}, {str(row["id"]): row for row in after}
    gone = _by_title(row for name, row in old.items() if name not in new)
    come = _by_title(row for name, row in new.items() if name not in old)
    return {gone[title]: come[title] for title in gone if title in come}


def _by_title(rows: Iterable[Row]) -> dict[str, str]:
    """Ids by title, titles that stand twice left out."""
    named = [(str(row.get("title", "")).casefold(), str(row["id"])) for row in rows]
    count = Counter(title for title, _ in named)
    return {title: name for title, name in named if title and count[title] == 1}


def _as_called_now(table: Table, row: Row, renamed: Mapping[str, Mapping[str, str]]) -> Row:
    """The row with what it names called as the new definition calls it."""
    called: Row = {}
    for key, value in row.items():
        column = table.column(key)
        names = renamed.get(table.key if key == "id" else column.refers or "", {})
        if column.holds is Holds.IDS and isinstance(value, tuple):
            called[key] = tuple(names.get(str(each), str(each)) for each in value)
        elif column.holds is Holds.ID:
            called[key] = names.get(str(value), str(value))
        else:
            called[key] = value
    return called


def _renames(table: Table, renamed: Mapping[str, str], rows: Sequence[Row]) -> Iterator[Change]:
    titles = {str(row.get("id")): str(row.get("title", "")) for row in rows}
    for old, new in renamed.items():
        yield Change("renamed", table, new, table.column("id"), {"id": old}, {"id": new}, titles[new])


# Rows


def _of_table(table: Table, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    old, new = _by_key(table, before), _by_key(table, after)
    for key, row in new.items():
        if key not in old:
            yield _whole("added", table, row)
    for key, row in old.items():
        if key not in new:
            yield _whole("removed", table, row)
        else:
            yield from _of_row(table, row, new[key])
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield Change("moved", table, "", None, {}, {})


def _by_key(table: Table, rows: Sequence[Row]) -> dict[tuple[object, ...], Row]:
    is_named = any(column.key == "id" for column in table.columns) and table.key != ABOUT
    keys = _KEYS.get(table.key, ("id",) if is_named else tuple(column.key for column in table.columns))
    found: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = () if table.key == ABOUT else tuple(row.get(each, table.column(each).default) for each in keys)
        while key in found:  # a question that stands twice, say
            key = (*key, "again")
        found[key] = row
    return found


def _whole(kind: Literal["added", "removed"], table: Table, row: Row) -> Change:
    # Nothing follows on what is gone; a day from which all is counted anew says so itself.
    breaking = (INDICATORS, MEASURES) if kind == "removed" else ("breaks",)
    old, new = (row, {}) if kind == "removed" else ({}, row)
    return Change(kind, table, _name(row), None, old, new, _title(row), row, breaks_series=table.key in breaking)


def _name(row: Row) -> str:
    return str(row.get("id") or row.get(OWNER) or "")


def _title(row: Row) -> str:
    """The title of what has an id; that of a step of a milestone is what it is known by."""
    return str(row.get("title", "")) if "id" in row else ""


def _of_row(table: Table, old: Row, new: Row) -> Iterator[Change]:
    told: set[str] = set()
    for column in table.columns:
        if column.key in told or _same(column, old, new):
            continue
        keys = [column.key]
        part = [each.key for each in table.columns if each.kind_key == column.key]
        if part:
            # Another kind has other fields: the part is told as a whole.
            keys += part
            told.update(part)
        before, after = ({key: row[key] for key in keys if key in row} for row in (old, new))
        is_break = _breaks(table, column, before, after)
        yield Change("changed", table, _name(new), column, before, after, _title(new), new, breaks_series=is_break)


def _same(column: Column, old: Row, new: Row) -> bool:
    return old.get(column.key, column.default) == new.get(column.key, column.default)


def _breaks(table: Table, column: Column, before: Row, after: Row) -> bool:
    if table.key == FIGURES:
        return column.key not in _HARMLESS
    if table.key == INDICATORS and column.key == "active":
        return after.get("active") is False
    if column.key in _NAMED_FIRST and not before:
        return False
    return column.key in _BREAKING.get(table.key, frozenset())


# Which indicators break


def _uses(scorecard: Scorecard) -> dict[str, tuple[str, ...]]:
    """The indicators that use a measure, or ask whom a filter names, by its id."""
    found: dict[str, list[str]] = {}
    for indicator in scorecard.indicators:
        names = {measure for _, measures in indicator.fields for measure in measures}
        if indicator.question and indicator.question.asked_of:
            names.add(f"filter {indicator.question.asked_of}")
        for name in sorted(names):
            found.setdefault(name, []).append(indicator.id)
    return {name: tuple(users) for name, users in found.items()}


def _with_indicators(change: Change, uses: Mapping[str, tuple[str, ...]]) -> Change:
    if not change.breaks_series:
        return change
    if change.table.key in (MEASURES, "filters"):
        name = change.name if change.table.key == MEASURES else f"filter {change.name}"
        users = uses.get(name, ())
        return replace(change, indicators=users, breaks_series=bool(users) or change.table.key == MEASURES)
    return replace(change, indicators=(change.indicator,) if change.indicator else ())


def undeclared_breaks(new: Scorecard, found: Iterable[Change]) -> tuple[str, ...]:
    """The indicators whose series break although the new definition has no new break for them, in its order."""
    declared = {each.indicator for each in found if each.table.key == "breaks" and each.kind == "added"}
    broken = {name for each in found for name in each.indicators}
    return tuple(each.id for each in new.indicators if each.id in broken - declared and each.active)


# Words

_CHANGED = N_("{where}: {field}: {new} (before: {old}).")
_FILLED_IN = N_("{where}: {field}: {new} (before: empty).")
_EMPTIED = N_("{where}: {field}: empty (before: {old}).")
_NEW, _GONE = N_("{where}: new."), N_("{where}: no longer there.")
_ADDED, _REMOVED = N_("{where}: new: {what}."), N_("{where}: no longer there: {what}.")
_RENAMED = N_("{where}: the id is now {new} (before: {old}). Figures in use stand under the old one.")
_MOVED = N_("{sheet}: the order has changed.")
_LOOK = N_("See that it still counts the same.")
_USED_BY = N_("Used by {indicators}.")
_ONE: Mapping[str, str] = {
    MEASURES: N_("Base figure {id} {title}"),
    "perspectives": N_("Perspective {id} {title}"),
    "filters": N_("Group that is asked {id} {title}"),
    "deadlines": N_("Deadline {id} {title}"),
}
"""What one row of a sheet is called; of an indicator its id and title suffice."""
_LONGEST, _BEFORE = 160, 40
"""Characters of a text that are shown, and how many of them stand before the first that has changed."""


def says(change: Change, texts: Texts) -> str:
    """The change in a sentence or two, in the reader's language."""
    if change.kind == "moved":
        return texts(_MOVED, sheet=texts(sheet_words(change.table).title))
    where = _where(change, texts)
    if change.kind == "renamed":
        return texts(_RENAMED, where=where, new=change.new["id"], old=change.old["id"])
    if change.column is None:
        is_new, row = change.kind == "added", change.new or change.old
        if "id" in row:
            message = _NEW if is_new else _GONE
            return texts(message, where=where)
        message = _ADDED if is_new else _REMOVED
        return texts(message, where=where, what=_row_words(change.table, row, texts))
    heading = texts(column_words(change.table, change.column).heading)
    old, new = (_values(change.table, row, texts) for row in _excerpts(change.column, change.old, change.new))
    message = _CHANGED if old and new else _FILLED_IN if new else _EMPTIED
    told = [texts(message, where=where, field=heading, old=old, new=new)]
    if change.table.key == MEASURES and change.column.key == "title":
        told.append(texts(_LOOK))
    if change.indicators and change.indicator is None:
        told.append(texts(_USED_BY, indicators=", ".join(change.indicators)))
    return " ".join(told)


def _excerpts(column: Column, old: Row, new: Row) -> tuple[Row, Row]:
    """Both rows, of long texts only what stands about the first difference."""
    before, after = old.get(column.key), new.get(column.key)
    if not (isinstance(before, str) and isinstance(after, str)) or max(len(before), len(after)) <= _LONGEST:
        return old, new
    common = next(
        (place for place, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before)
    )
    start = before.rfind(" ", 0, max(0, common - _BEFORE)) + 1
    shown = (f"…{text[start:]}" if start else text for text in (before, after))
    return {**old, column.key: next(shown)}, {**new, column.key: next(shown)}


def _where(change: Change, texts: Texts) -> str:
    """What a change is about: `B.1 Short title`, `B.1 Short title, of one unit, Prøvedal`, or a sheet's title."""
    table, row = change.table, change.row or {}
    sheet = texts(sheet_words(table).title)
    if table.key in _ONE:
        return texts(_ONE[table.key], id=change.name, title=change.title).strip()
    named = f"{change.name} {change.title}".strip() if table.key != ABOUT else ""
    if table.key in (INDICATORS, FIGURES):
        return named
    if table.key in (TARGETS, MILESTONES):
        keys = (WHICH, "level", "unit", "starts", STEP, "title")
        return ", ".join(
            (named, *(_value(table, table.column(key), row[key], texts) for key in keys if _is_told(table, row, key)))
        )
    return f"{named}, {sheet}" if named else sheet


def _is_told(table: Table, row: Row, key: str) -> bool:
    return key in row and any(column.key == key for column in table.columns)


def _row_words(table: Table, row: Row, texts: Texts) -> str:
    """What a row holds but for what it is known by."""
    known = {OWNER, WHICH, "starts", "level", "unit", STEP, "title"} if table.key in (TARGETS, MILESTONES) else {OWNER}
    return _values(table, {key: value for key, value in row.items() if key not in known}, texts)


def _values(table: Table, row: Row, texts: Texts) -> str:
    """The values of a part, each but the first with its heading."""
    told: list[str] = []
    for column in table.columns:
        if column.key not in row or (row[column.key] is False and len(row) > 1):
            continue
        value = _value(table, column, row[column.key], texts)
        heading = texts(column_words(table, column).heading)
        told.append(f"{heading}: {value}" if told else value)
    return ", ".join(told)


def _value(table: Table, column: Column, value: Value, texts: Texts) -> str:
    held = written(table, column, value, texts)
    if isinstance(held, date):
        return texts.date(held)
    if isinstance(held, ExactFloat):
        return repr(plain_number(Fraction(repr(float(held))))).replace(".", texts.decimal_sign)
    text = held if len(held) <= _LONGEST else f"{held[:_LONGEST].rstrip()}…"
    return f'"{text}"' if column.holds in (Holds.TEXT, Holds.LINES) else text


def as_json(change: Change, texts: Texts) -> dict[str, object]:
    """The change as the command line prints it."""
    return {
        "kind": change.kind,
        "part": change.table.key,
        "name": change.name or None,
        "indicator": change.indicator,
        "measure": change.measure,
        "field": change.field,
        "old": _plain(change.old),
        "new": _plain(change.new),
        "says": says(change, texts),
        "breaks_series": change.breaks_series,
        "indicators": list(change.indicators),
    }


def _plain(row: Row) -> object:
    """The values of a row as JSON has them: the value itself where there is one only."""
    found = {key: _plain_value(value) for key, value in row.items()}
    return next(iter(found.values()), None) if len(found) <= 1 else found


def _plain_value(value: Value) -> object:
    if isinstance(value, Fraction):
        return plain_number(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
