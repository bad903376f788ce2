"""Writes a scorecard as the text of a definition file, in the order and the style of those that come with the library."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, get_type_hints

import yaml
from pydantic import BaseModel

from xlmalekort.model.base import exact, plain_number
from xlmalekort.model.measures import Sum
from xlmalekort.scorecards.loader import _Loader

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard

_WIDTH = 120
_SHORT = 100
"""Characters that a part may have to stand on one line."""
_LONG = 80
"""Characters from which a text stands by itself, below its key."""
_BREAKS = re.compile("[\\n\x85\u2028\u2029]")
"""What YAML takes for the end of a line."""
_TAG = "tag:yaml.org,2002:"


def definition_text(scorecard: Scorecard) -> str:
    """The text of a definition file; read again it gives the same scorecard. What holds anyway is left out."""
    text = str(yaml.serialize(_node(scorecard), Dumper=_Dumper, allow_unicode=True, width=_WIDTH))
    parted = re.sub(r"^(\w+:)$", r"\n\1", text, flags=re.MULTILINE)
    head, heading, rest = parted.partition("\nindicators:\n")
    indicators, *after = re.split(r"^(?=\n\w+:$)", rest, maxsplit=1, flags=re.MULTILINE)
    spaced = re.sub(r"\n(?=  - id: )", "\n\n", indicators)
    return f"{head}{heading}{spaced}{''.join(after)}"


class _Dumper(yaml.SafeDumper):
    """Scalars are plain where the loader reads them as what they are, and lists are set in."""

    yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


def _node(value: Any) -> yaml.Node:  # noqa: ANN401 - any value of the model
    if isinstance(value, BaseModel):
        return _mapping(_given(value))
    match value:
        case dict():
            return _mapping([(str(key), each) for key, each in value.items()])
        case tuple():
            items = [_node(each) for each in value]
            is_flat = all(isinstance(each, yaml.ScalarNode) for each in items)
            return yaml.SequenceNode(f"{_TAG}seq", items, flow_style=is_flat)
        case bool():
            return yaml.ScalarNode(f"{_TAG}bool", "true" if value else "false")
        case int() | Fraction():
            number = plain_number(Fraction(value))
            # A number with decimals is a text for the loader: so it stays exact.
            return yaml.ScalarNode(f"{_TAG}{'int' if isinstance(number, int) else 'str'}", _digits(number))
        case date():
            return yaml.ScalarNode(f"{_TAG}str", value.isoformat())
        case _:
            text = str(value)
            style = '"' if _BREAKS.search(text) else ">" if len(text) > _LONG else None
            return yaml.ScalarNode(f"{_TAG}str", text, style=style)


def _digits(number: float) -> str:
    digits = repr(number)
    return format(Fraction(digits), ".20f").rstrip("0") if "e" in digits else digits


def _given(part: BaseModel) -> list[tuple[str, Any]]:
    """The fields of a part that are not as they would be anyway. A sum of one measure is that measure."""
    hints = get_type_hints(type(part), include_extras=True)
    found = []
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        default = None if field.is_required() else field.get_default(call_default_factory=True)
        if isinstance(value, Fraction) and isinstance(default, str) and default.isdecimal():
            default = exact(default)
        if field.is_required() or value != default:
            is_one = (
                Sum in (hints[name], *getattr(hints[name], "__args__", ())) and value is not None and len(value) == 1
            )
            found.append((name, value[0] if is_one else value))
    return found


def _is_flat(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _mapping(given: list[tuple[str, Any]]) -> yaml.MappingNode:
    pairs = [(yaml.ScalarNode(f"{_TAG}str", key), _node(value)) for key, value in given]
    is_flat = all(isinstance(each, yaml.ScalarNode) or _is_flat(each) for _, each in pairs)
    length = sum(len(key.value) + len(str(value.value)) + 4 for key, value in pairs)
    is_kind = any(key == "kind" for key, _ in given) and not any(key == "id" for key, _ in given)
    return yaml.MappingNode(f"{_TAG}map", pairs, flow_style=is_flat and is_kind and length < _SHORT)
