"""The model's annotations: which parts and lists a field holds, and what a simple value of it is."""

from __future__ import annotations

import types
from datetime import date
from enum import Enum, StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, TypeGuard, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from xlmalekort.model.measures import Id, Sum, Text
from xlmalekort.model.targets import Step, StepTarget, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

Model = type[BaseModel]


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


def fields(model: Model) -> Iterator[tuple[str, object]]:
    """The fields of a part with their full annotations, in the order of the model."""
    hints = get_type_hints(model, include_extras=True)
    for name in model.model_fields:
        yield name, hints[name]


def is_model(hint: object) -> TypeGuard[Model]:
    """Whether an annotation is a part of a definition."""
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def without_none(hint: object) -> tuple[object, bool]:
    """An annotation without None, and whether it had it."""
    if not _is_union(hint) or type(None) not in get_args(hint):
        return hint, False
    inner = tuple(each for each in get_args(hint) if each is not type(None))
    return (inner[0] if len(inner) == 1 else Union[inner]), True  # noqa: UP007 - built while running


def variants(hint: object) -> tuple[Model, ...]:
    """The parts that a union told apart by `kind` is made of; empty for anything else."""
    plain = _bare(hint)
    parts = get_args(plain) if _is_union(plain) else ()
    return tuple(each for each in parts if is_model(each)) if all(is_model(each) for each in parts) else ()


def item_of(hint: object) -> object | None:
    """The part, or the union of parts, that a list holds; None for what is no list of parts."""
    item = _item(_bare(hint))
    return item if is_model(item) or variants(item) else None


def is_target(hint: object) -> bool:
    """Whether a field holds a target."""
    return without_none(hint)[0] in (Target, StepTarget)


def holds_target(item: object) -> bool:
    """Whether a part has a target among its fields."""
    return is_model(item) and any(is_target(hint) for _, hint in fields(item))


_STARTS = get_type_hints(Step, include_extras=True)["starts"]
_KNOWN = ((Id, Holds.ID), (Text, Holds.TEXT), (Sum, Holds.IDS), (_STARTS, Holds.START))
_PLAIN = {Fraction: Holds.NUMBER, bool: Holds.FLAG, int: Holds.WHOLE, str: Holds.TEXT, date: Holds.DAY}
_MANY = {Holds.ID: Holds.IDS, Holds.TEXT: Holds.LINES, Holds.WHOLE: Holds.WHOLES}


def simple(hint: object) -> tuple[Holds, tuple[str, ...]]:
    """What a simple value is, and the words that it may be; TypeError for what no cell can hold."""
    for known, holds in _KNOWN:
        if hint == known:
            return holds, ()
    plain = _bare(hint)
    if words := _words(plain):
        return Holds.CHOICE, words
    for each, holds in _PLAIN.items():
        if plain is each:
            return holds, ()
    if _is_union(plain):
        parts = [simple(each) for each in get_args(plain)]
        if {holds for holds, _ in parts} == {Holds.NUMBER, Holds.CHOICE}:
            return Holds.NUMBER, tuple(word for _, words in parts for word in words)
    held = simple(item)[0] if (item := _item(plain)) is not None else None
    if held in _MANY:
        return _MANY[held], ()
    raise TypeError(f"{hint}: no cell can hold it")


def lies_within_one(hint: object) -> bool:
    """Whether a number lies between 0 and 1."""
    infos = [each for each in get_args(hint) if isinstance(each, FieldInfo)] if get_origin(hint) is Annotated else []
    return any(getattr(limit, "le", None) == 1 for info in infos for limit in info.metadata)


def _is_union(hint: object) -> bool:
    return get_origin(hint) in (Union, types.UnionType)


def _bare(hint: object) -> object:
    """The annotation without what is said about it besides."""
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _item(plain: object) -> object | None:
    return get_args(plain)[0] if get_origin(plain) is tuple and get_args(plain)[1:] == (...,) else None


def _words(plain: object) -> tuple[str, ...]:
    """The words of an enumeration; empty for anything else."""
    if get_origin(plain) is Literal:
        return tuple(str(getattr(each, "value", each)) for each in get_args(plain))
    return tuple(str(each.value) for each in plain) if isinstance(plain, type) and issubclass(plain, Enum) else ()
