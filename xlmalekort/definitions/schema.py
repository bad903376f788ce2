"""Which sheets and columns a definition workbook has: worked out from the model, so that a new field is never forgotten.

A part of a definition that has simple fields only is a row; a part within it, such as a cohort, becomes columns of the same
row. Lists become sheets whose rows name what they belong to. Targets are one sheet, whoever's they are, with a row for each
step. What cannot be carried in this way raises TypeError when the module is imported.
"""

from __future__ import annotations

import types
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from xlmalekort.model.base import exact
from xlmalekort.model.measures import Id, Sum, Text
from xlmalekort.model.scorecard import Figure, Indicator, Scorecard
from xlmalekort.model.targets import Milestone, MilestoneStep, Scheduled, Step, StepTarget, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

Source = tuple[type[BaseModel], str]
"""A field of the model."""
Path = tuple[str, ...]


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    ID = "id"
    IDS = "ids"
    LINES = "lines"
    """Texts, one a line."""
    NUMBER = "number"
    """A number, or one of the words of the column's choices."""
    WHOLE = "whole"
    WHOLES = "wholes"
    FLAG = "flag"
    DAY = "day"
    START = "start"
    """A day, or a day that comes back every year."""
    CHOICE = "choice"


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
_APART = {Indicator: {"figure": "figures"}}
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
    return tuple(name for name, hint in _fields(Scorecard) if get_origin(hint) is dict)


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
    for name, hint in _fields(Scorecard):
        source = frozenset({(Scorecard, name)})
        item = _item_of(hint)
        if item is not None:
            is_required = Scorecard.model_fields[name].is_required()
            yield from _list(name, (name,), item, source, is_required=is_required)
        elif get_origin(hint) is dict:
            keys, values = get_args(hint)
            about += [_column(f"{name}.{key.value}", (name, key.value), values, source) for key in keys]
        else:
            about += _part((name,), Scorecard, name, hint)
    yield Table(ABOUT, (), tuple(about), is_required=True)


def _list(
    key: str, path: Path, item: Any, source: frozenset[Source], *, is_required: bool = False, of: str | None = None
) -> Iterator[Table]:
    """The sheet of a list, then those of the lists and of the large parts within its rows."""
    columns: list[Column] = [] if of is None else [_owner(of)]
    below: list[Table] = []
    if not _is_model(item):
        yield Table(key, path, (*columns, *_union((), item)), of, is_required, source)
        return
    targets: list[Source] = []
    for name, hint in _fields(item):
        held = frozenset({(item, name)})
        within = _item_of(hint)
        if _is_target(hint) or (within is not None and _holds_target(within)):
            targets.append((item, name))
        elif within is not None:
            if of is not None or "id" not in item.model_fields:
                raise TypeError(f"{item.__name__}.{name}: a list within a part that has no id cannot be carried")
            below += _list(name, (name,), within, held, of=key)
        elif name in _APART.get(item, {}):
            apart = tuple(replace(each, sources=each.sources | held) for each in _union((name,), hint))
            below.append(Table(_APART[item][name], (), (_owner(key), *apart), key, is_required=True, sources=held))
        else:
            columns += _part((name,), item, name, hint)
    yield Table(key, path, tuple(columns), of, is_required, source)
    yield from below
    if targets:
        if item is not Indicator:
            raise TypeError(f"{item.__name__}: only an indicator has targets")
        yield from _target_tables(frozenset(targets))


def _target_tables(sources: frozenset[Source]) -> Iterator[Table]:
    """The sheet of targets, one row for each target or step of one, and that of the steps of milestones."""
    lists = {name: _item_of(hint) for name, hint in _fields(Indicator) if (Indicator, name) in sources}
    owned: dict[str, Column] = {}
    for model in lists.values():
        for name, hint in _fields(model) if model else ():
            if _is_target(hint):
                sources |= {(model, name)}
            else:
                _merge(owned, _part((name,), model, name, hint))
    key_columns = [each for each in owned.values() if each.key != "reason"]
    heads = (
        _owner(INDICATORS),
        Column(WHICH, (WHICH,), Holds.CHOICE, frozenset(), tuple(WHICH_FIELDS), is_required=True),
        *(replace(each, is_required=False, kinds=None) for each in key_columns),
    )
    tails = tuple(replace(each, is_required=False) for each in owned.values() if each not in key_columns)
    step = Column(STEP, (STEP,), Holds.START, frozenset({(Step, "starts"), (Step, TARGET), (Scheduled, "steps")}))
    fields = tuple(_union((TARGET,), Target, besides={(Scheduled, "kind"), (Scheduled, "steps"), (Milestone, "steps")}))
    # That a target is scheduled is told by the days from which its steps hold.
    kind, *others = fields
    kind = replace(
        kind,
        choices=tuple(each for each in kind.choices if each != "scheduled"),
        sources=kind.sources | {(Scheduled, "kind")},
    )
    yield Table(TARGETS, (), (*heads, step, kind, *others, *tails), INDICATORS, is_required=True, sources=sources)
    steps = [column for name, hint in _fields(MilestoneStep) for column in _part((name,), MilestoneStep, name, hint)]
    yield Table(MILESTONES, (), (*heads, *steps), INDICATORS, sources=frozenset({(Milestone, "steps")}))


def _owner(table_key: str) -> Column:
    name = table_key.removesuffix("s")
    return Column(name, (name,), Holds.ID, frozenset(), refers=table_key, is_required=True)


# Parts of a row


def _part(path: Path, model: Any, name: str, hint: Any) -> list[Column]:
    """The columns of a field: one for a simple value, several for a part with fields of its own."""
    field = model.model_fields[name]
    source = frozenset({(model, name)})
    inner, is_optional = _without_none(hint)
    if is_optional and field.default is not None and not field.is_required():
        raise TypeError(f"{model.__name__}.{name}: an empty cell cannot tell None from the default")
    if _is_model(inner) or _variants(inner):
        columns = _flat(path, inner) if _is_model(inner) else list(_union(path, inner))
        if not field.is_required():
            if not any(column.is_required for column in columns):
                raise TypeError(f"{model.__name__}.{name}: empty cells cannot tell whether it is there")
            columns = [replace(column, is_required=False) for column in columns]
        return [replace(column, sources=column.sources | source) for column in columns]
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    if isinstance(default, str) and not isinstance(default, StrEnum) and _simple(inner)[0] is Holds.NUMBER:
        default = exact(default) if default not in _simple(inner)[1] else default
    return [
        _column(
            ".".join(path), path, inner, source, is_required=field.is_required() and not is_optional, default=default
        )
    ]


def _flat(path: Path, model: Any) -> list[Column]:
    return [column for name, hint in _fields(model) for column in _part((*path, name), model, name, hint)]


def _union(path: Path, union: Any, besides: set[Source] | None = None) -> Iterator[Column]:
    """The columns of a part of several kinds: the kind, then every field that any of them has, like fields in one column."""
    variants = _variants(union)
    kinds = {variant: str(get_args(get_type_hints(variant, include_extras=True)["kind"])[0]) for variant in variants}
    prefix = ".".join(path) + "." if path else ""
    kind_key = f"{prefix}kind"
    yield Column(
        kind_key,
        (*path, "kind"),
        Holds.CHOICE,
        frozenset((variant, "kind") for variant in variants if (variant, "kind") not in (besides or ())),
        tuple(kinds[variant] for variant in variants),
        is_required=True,
    )
    merged: dict[str, Column] = {}
    for variant in variants:
        for name, hint in _fields(variant):
            if name == "kind" or (variant, name) in (besides or ()):
                continue
            for column in _part((*path, name), variant, name, hint):
                kind = kinds[variant]
                own = replace(
                    column,
                    kinds=(kind,),
                    required_for=(kind,) if column.is_required else (),
                    is_required=False,
                    kind_key=kind_key,
                )
                if column.key in merged and merged[column.key].holds is not own.holds:
                    own = replace(own, key=f"{prefix}{kind}.{name}")
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


def _column(key: str, path: Path, hint: Any, sources: frozenset[Source], **more: Any) -> Column:
    holds, choices, is_share = _simple(hint)
    refers = None
    if holds in (Holds.ID, Holds.IDS) and path[-1] != "id":
        refers = _REFERS.get(path[-1], "measures")
    return Column(key, path, holds, sources, choices, refers, is_share=is_share, **more)


_PLAIN = {bool: Holds.FLAG, int: Holds.WHOLE, str: Holds.TEXT, date: Holds.DAY}
_STARTS = get_type_hints(Step, include_extras=True)["starts"]


def _simple(hint: Any) -> tuple[Holds, tuple[str, ...], bool]:
    """What a simple value is, the words that it may be, and whether it is a share."""
    known = {Id: Holds.ID, Text: Holds.TEXT, Sum: Holds.IDS, _STARTS: Holds.START}
    for each, holds in known.items():
        if hint == each:
            return holds, (), False
    plain, metadata = (hint.__origin__, hint.__metadata__) if get_origin(hint) is Annotated else (hint, ())
    if get_origin(plain) is Literal:
        return Holds.CHOICE, tuple(str(getattr(each, "value", each)) for each in get_args(plain)), False
    if isinstance(plain, type) and issubclass(plain, Enum):
        return Holds.CHOICE, tuple(str(each.value) for each in plain), False
    if plain is Fraction:
        limits = [each for info in metadata if isinstance(info, FieldInfo) for each in info.metadata]
        return Holds.NUMBER, (), any(getattr(each, "le", None) == 1 for each in limits)
    if plain in _PLAIN:
        return _PLAIN[plain], (), False
    if get_origin(plain) in (Union, types.UnionType):
        parts = [_simple(each) for each in get_args(plain)]
        if {each[0] for each in parts} == {Holds.NUMBER, Holds.CHOICE}:
            return Holds.NUMBER, tuple(word for each in parts for word in each[1]), False
    if get_origin(plain) is tuple and get_args(plain)[1:] == (...,):
        many = {Holds.ID: Holds.IDS, Holds.TEXT: Holds.LINES, Holds.WHOLE: Holds.WHOLES}
        held = _simple(get_args(plain)[0])[0]
        if held in many:
            return many[held], (), False
    raise TypeError(f"{hint}: no cell can hold it")


# The model's annotations


def _fields(model: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a part with their full annotations, in the order of the model."""
    hints = get_type_hints(model, include_extras=True)
    for name in model.model_fields:
        yield name, hints[name]


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint):
        inner = tuple(each for each in get_args(hint) if each is not type(None))
        return (inner[0] if len(inner) == 1 else Union[inner]), True  # noqa: UP007 - built while running
    return hint, False


def _variants(hint: Any) -> tuple[Any, ...]:
    """The parts that a union told apart by `kind` is made of; empty for anything else."""
    plain = hint.__origin__ if get_origin(hint) is Annotated else hint
    parts = get_args(plain) if get_origin(plain) in (Union, types.UnionType) else ()
    return parts if parts and all(_is_model(each) for each in parts) else ()


def _item_of(hint: Any) -> Any | None:
    """The part, or the union of parts, that a list holds; None for what is no list of parts."""
    plain = hint.__origin__ if get_origin(hint) is Annotated and get_origin(hint.__origin__) is tuple else hint
    if get_origin(plain) is not tuple or get_args(plain)[1:] != (...,):
        return None
    item = get_args(plain)[0]
    return item if _is_model(item) or _variants(item) else None


def _is_target(hint: Any) -> bool:
    return _without_none(hint)[0] in (Target, StepTarget)


def _holds_target(item: Any) -> bool:
    return _is_model(item) and any(_is_target(hint) for _, hint in _fields(item))
