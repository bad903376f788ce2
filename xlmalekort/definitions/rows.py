"""A scorecard as rows of the definition workbook's sheets: one for each indicator, target step, clarification and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from xlmalekort.definitions import schema
from xlmalekort.definitions.schema import ABOUT, ALSO, MAIN, MILESTONES, REVISION, STEP, TARGETS, UNIT, WHICH
from xlmalekort.model.targets import Milestone, Scheduled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from fractions import Fraction

    from xlmalekort.definitions.schema import Column, Table
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.model.targets import Target

    Value = str | bool | int | Fraction | date | tuple[str, ...] | tuple[int, ...]
    Row = dict[str, Value]
    """The values of a row by the key of their column; those of empty cells are left out."""


def rows_of(scorecard: Scorecard) -> dict[str, list[Row]]:
    """The rows of every sheet, in the order of the definition. The sheet about the scorecard itself has one."""
    return {table.key: list(_rows(scorecard, table)) for table in schema.tables()}


def _rows(scorecard: Scorecard, table: Table) -> Iterator[Row]:
    if table.key == ABOUT:
        about = _row(table.columns, scorecard)
        names = [f"level_names.{level}" for level in scorecard.level_names]
        # The levels keep the order in which the definition names them.
        yield {**{key: value for key, value in about.items() if key not in names}, **{key: about[key] for key in names}}
    elif table.key in (TARGETS, MILESTONES):
        for indicator in scorecard.indicators:
            for head, tail, target in _targets(indicator):
                yield from _target_rows(table, {schema.OWNER: indicator.id, **head}, tail, target)
    elif table.of is None:
        for item in getattr(scorecard, table.path[0]):
            yield _row(table.columns, item)
    else:
        owner, *columns = table.columns
        for item in getattr(scorecard, table.of):
            for part in getattr(item, table.path[0]) if table.path else (item,):
                yield {owner.key: item.id, **_row(columns, part)}


def _row(columns: Sequence[Column], item: object) -> Row:
    found = {
        column.key: _value(item, column.path)
        for column in columns
        if column.kinds is None or _value(item, (*column.path[:-1], "kind")) in column.kinds
    }
    return {key: value for key, value in found.items() if value is not None and value != ()}


def _value(item: object, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - any value of the model
    for step in path:
        if isinstance(item, dict):
            item = item.get(step)
        elif isinstance(item, BaseModel) and step in type(item).model_fields:
            item = getattr(item, step)
        else:
            return None
    return str(item) if isinstance(item, str) else item


def _targets(indicator: Indicator) -> Iterator[tuple[Row, Row, Target]]:
    """Every target of an indicator, with what tells whose it is and from when, and with its reason."""
    yield {WHICH: MAIN}, {}, indicator.target
    if indicator.also is not None:
        yield {WHICH: ALSO}, {}, indicator.also
    for which, owners in ((REVISION, indicator.revisions), (UNIT, indicator.unit_targets)):
        for owner in owners:
            named = {key: getattr(owner, key) for key in type(owner).model_fields if key != "target"}
            given = {
                key: str(each) if isinstance(each, str) else each for key, each in named.items() if each is not None
            }
            tail = {key: given.pop(key) for key in ("reason",) if key in given}
            yield {WHICH: which, **given}, tail, owner.target


def _target_rows(table: Table, head: Row, tail: Row, target: Target) -> Iterator[Row]:
    """The rows of one target; its reason stands in the first."""
    if table.key == MILESTONES:
        for milestone in target.steps if isinstance(target, Milestone) else ():
            yield {**head, **_row([each for each in table.columns if each.key not in head], milestone)}
        return
    columns = [column for column in table.columns if column.path[0] == schema.TARGET]
    if not isinstance(target, Scheduled):
        yield {**head, **_row(columns, {schema.TARGET: target}), **tail}
        return
    for number, step in enumerate(target.steps):
        yield {**head, STEP: step.starts, **_row(columns, {schema.TARGET: step.target}), **({} if number else tail)}
