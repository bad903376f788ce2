"""Which sheets and columns a definition workbook has: worked out from the model, so that a new field is never forgotten.

A part of a definition that has simple fields only is a row; a part within it, such as a cohort, becomes columns of the same
row. Lists become sheets whose rows name what they belong to. Targets are one sheet, whoever's they are, with a row for each
step. What cannot be carried in this way raises TypeError when the module is imported.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, get_args, get_origin, get_type_hints

from xlmalekort.definitions.annotations import (
    Holds,
    Model,
    fields,
    holds_target,
    is_model,
    is_target,
    item_of,
    lies_within_one,
    simple,
    variants,
    without_none,
)
from xlmalekort.model.base import exact
from xlmalekort.model.indicators import Indicator
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.model.targets import Milestone, MilestoneStep, Scheduled, Step, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Source = tuple[Model, str]
"""A field of the model."""
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `path` leads from the row's part of the definition to the value; `key` names it, unlike all others of its table.

    `kinds` are the kinds of the row's variant that have the field, None where all have, and `required_for` those that must
    have it; `choices` are the words of the model that may stand in it. `refers` is the table whose ids it names.
    """

    key: str
    path: Path
    holds: Holds
    sources: frozenset[Source]
    choices: tuple[str, ...] = ()
    refers: str | None = None
    default: object = None
    is_required: bool = False
    is_share: bool = False
    """Whether the number lies between 0 and 1, so that a percentage may be typed for it."""
    kinds: tuple[str, ...] | None = None
    required_for: tuple[str, ...] = ()
    kind_key: str | None = None
    """The column that says which kind the row is."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet. `path` leads to the list in the definition or, where rows belong to something, in the owner `of`."""

    key: str
    path: Path
    columns: tuple[Column, ...]
    of: str | None = None
    """The table to whose rows these belong; their first column names the owner."""
    is_required: bool = False
    sources: frozenset[Source] = frozenset()

    def column(self, key: str) -> Column:
        """The column of a key that it has."""
        return next(column for column in self.columns if column.key == key)


ABOUT = "about"
TARGETS = "targets"
MILESTONES = "milestones"
INDICATORS = "indicators"
OWNER = "indicator"
WHICH = "which"
STEP = "step"
TARGET = "target"
REASON = "reason"
MAIN, ALSO, REVISION, UNIT = "main", "also", "revision", "unit"
WHICH_FIELDS = {MAIN: "target", ALSO: "also", REVISION: "revisions", UNIT: "unit_targets"}
"""The field of an indicator that holds each kind of target row."""

_REFERS = {
    "perspective": "perspectives",
    "part_of": INDICATORS,
    "indicators": INDICATORS,
    "asked_of": "filters",
    OWNER: INDICATORS,
}
"""What an id names, by field; every other one names a measure."""
_APART: dict[Model, dict[str, str]] = {Indicator: {"figure": "figures"}}
"""Parts with many fields of their own, which get a sheet of their own with one row each."""


@cache
def tables() -> tuple[Table, ...]:
    """Every sheet, in the order in which it stands in the workbook."""
    made = {table.key: table for table in _tables()}
    return tuple(made.pop(key) for key in _ORDER if key in made) + tuple(made.values())


@cache
def table(key: str) -> Table:
    """The sheet of a key."""
    return next(each for each in tables() if each.key == key)


@cache
def mappings() -> tuple[str, ...]:
    """The fields of the scorecard that hold names by words of the model."""
    return tuple(name for name, hint in fields(Scorecard) if get_origin(hint) is dict)


_ORDER = (
    ABOUT,
    "perspectives",
    INDICATORS,
    "figures",
    TARGETS,
    MILESTONES,
    "clarifications",
    "breaks",
    "measures",
    "relations",
)
"""The sheets that come first; others follow in the order of the model."""


def _tables() -> Iterator[Table]:
    about: list[Column] = []
    for name, hint in fields(Scorecard):
        source = frozenset({(Scorecard, name)})
        item = item_of(hint)
        if item is not None:
            frame = Table(name, (name,), (), is_required=Scorecard.model_fields[name].is_required(), sources=source)
            yield from _list(frame, item)
        elif get_origin(hint) is dict:
            keys, values = get_args(hint)
            about += [_column(f"{name}.{key.value}", (name, key.value), values, source) for key in keys]
        else:
            about += _part((name,), Scorecard, name, hint)
    yield Table(ABOUT, (), tuple(about), is_required=True)


def _list(frame: Table, item: object) -> Iterator[Table]:
    """The sheet of a list, for which a frame without columns is given; then those of what its rows hold besides."""
    owner = [_owner(frame.of)] if frame.of else []
    if not is_model(item):
        yield replace(frame, columns=(*owner, *_union((), item)))
        return
    columns, below = list(owner), list[Table]()
    targets: set[Source] = set()
    for name, hint in fields(item):
        source = frozenset({(item, name)})
        within = item_of(hint)
        if is_target(hint) or holds_target(within):
            targets |= source
        elif within is not None:
            if frame.of or "id" not in item.model_fields:
                raise TypeError(f"{item.__name__}.{name}: a list within a part that has no id cannot be carried")
            below += _list(Table(name, (name,), (), frame.key, sources=source), within)
        elif name in _APART.get(item, {}):
            below.append(_apart(frame.key, item, name, hint))
        else:
            columns += _part((name,), item, name, hint)
    yield replace(frame, columns=tuple(columns))
    yield from below
    if targets:
        if item is not Indicator:
            raise TypeError(f"{item.__name__}: only an indicator has targets")
        yield from _target_tables(targets)


def _apart(owner: str, item: Model, name: str, hint: object) -> Table:
    """The sheet of a large part, with one row for each that has it."""
    source = frozenset({(item, name)})
    columns = (replace(each, sources=each.sources | source) for each in _union((name,), hint))
    return Table(_APART[item][name], (), (_owner(owner), *columns), owner, is_required=True, sources=source)


def _target_tables(sources: set[Source]) -> Iterator[Table]:
    """The sheet of targets, one row for each target or step of one, and that of the steps of milestones."""
    owned: dict[str, Column] = {}
    for name, hint in fields(Indicator):
        model = item_of(hint)
        if (Indicator, name) not in sources or not is_model(model):
            continue
        for each, held in fields(model):
            if is_target(held):
                sources.add((model, each))
            else:
                _merge(owned, _part((each,), model, each, held))
    # What tells whose target it is stands before the target, why it is so behind it.
    whose = [replace(each, is_required=False) for each in owned.values() if each.key != REASON]
    heads = (
        _owner(INDICATORS),
        Column(WHICH, (WHICH,), Holds.CHOICE, frozenset(), tuple(WHICH_FIELDS), is_required=True),
        *whose,
    )
    tails = (replace(each, is_required=False) for each in owned.values() if each.key == REASON)
    scheduled: list[Source] = [(Step, "starts"), (Step, TARGET), (Scheduled, "steps")]
    step = Column(STEP, (STEP,), Holds.START, frozenset(scheduled))
    listed: list[Source] = [(Scheduled, "steps"), (Milestone, "steps")]
    kind, *others = _union((TARGET,), Target, besides=listed)
    # That a target is scheduled is told by the days from which its steps hold.
    kind = replace(kind, choices=tuple(each for each in kind.choices if each != "scheduled"))
    columns = (*heads, step, kind, *others, *tails)
    yield Table(TARGETS, (), columns, INDICATORS, is_required=True, sources=frozenset(sources))
    milestone = frozenset({(Milestone, "steps")})
    yield Table(MILESTONES, (), (*heads, *_flat((), MilestoneStep)), INDICATORS, sources=milestone)


def _owner(table_key: str) -> Column:
    name = table_key.removesuffix("s")
    return Column(name, (name,), Holds.ID, frozenset(), refers=table_key, is_required=True)


# Parts of a row


def _part(path: Path, model: Model, name: str, hint: object) -> list[Column]:
    """The columns of a field: one for a simple value, several for a part with fields of its own."""
    field = model.model_fields[name]
    source = frozenset({(model, name)})
    inner, is_optional = without_none(hint)
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    if is_optional and default is not None:
        raise TypeError(f"{model.__name__}.{name}: an empty cell cannot tell None from the default")
    if is_model(inner) or variants(inner):
        columns = _flat(path, inner) if is_model(inner) else list(_union(path, inner))
        if not field.is_required():
            if not any(column.is_required for column in columns):
                raise TypeError(f"{model.__name__}.{name}: empty cells cannot tell whether it is there")
            columns = [replace(column, is_required=False) for column in columns]
        return [replace(column, sources=column.sources | source) for column in columns]
    column = _column(".".join(path), path, inner, source)
    if column.holds is Holds.NUMBER and isinstance(default, str) and default not in column.choices:
        default = exact(default)
    return [replace(column, is_required=field.is_required() and not is_optional, default=default)]


def _flat(path: Path, model: Model) -> list[Column]:
    return [column for name, hint in fields(model) for column in _part((*path, name), model, name, hint)]


def _union(path: Path, union: object, besides: Iterable[Source] = ()) -> Iterator[Column]:
    """The columns of a part of several kinds: the kind, then every field that any of them has, like fields in one column."""
    kinds = {each: str(get_args(get_type_hints(each, include_extras=True)["kind"])[0]) for each in variants(union)}
    chooser = ".".join((*path, "kind"))
    sources = frozenset((each, "kind") for each in kinds)
    yield Column(chooser, (*path, "kind"), Holds.CHOICE, sources, tuple(kinds.values()), is_required=True)
    merged: dict[str, Column] = {}
    for variant, kind in kinds.items():
        for name, hint in fields(variant):
            if name == "kind" or (variant, name) in besides:
                continue
            for column in _part((*path, name), variant, name, hint):
                required_for = (kind,) if column.is_required else ()
                own = replace(column, kinds=(kind,), required_for=required_for, is_required=False, kind_key=chooser)
                if column.key in merged and merged[column.key].holds is not own.holds:
                    own = replace(own, key=".".join((*path, kind, name)))
                _merge(merged, [own])
    yield from merged.values()


def _merge(columns: dict[str, Column], more: list[Column]) -> None:
    """Add columns, those of a key that is there already to the one that is there."""
    for new in more:
        old = columns.get(new.key)
        if old is None:
            columns[new.key] = new
            continue
        if old.holds is not new.holds or old.refers != new.refers:
            raise TypeError(f"{new.key}: two fields of the same name hold different things")
        columns[new.key] = replace(
            old,
            sources=old.sources | new.sources,
            choices=tuple(dict.fromkeys((*old.choices, *new.choices))),
            kinds=None if old.kinds is None or new.kinds is None else (*old.kinds, *new.kinds),
            required_for=(*old.required_for, *new.required_for),
            default=old.default if old.default == new.default else None,
        )


def _column(key: str, path: Path, hint: object, sources: frozenset[Source]) -> Column:
    holds, choices = simple(hint)
    is_id = holds in (Holds.ID, Holds.IDS) and path[-1] != "id"
    refers = _REFERS.get(path[-1], "measures") if is_id else None
    return Column(key, path, holds, sources, choices, refers, is_share=lies_within_one(hint))
