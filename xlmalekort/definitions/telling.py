"""What the model says of a definition, in the words of the workbook: headings and choices instead of the model's own names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from xlmalekort.definitions import schema
from xlmalekort.definitions.words import choice_word, column_words
from xlmalekort.locale.told import Joined, Phrase, Told
from xlmalekort.model.figure_kinds import Part
from xlmalekort.model.measures import Level, Role
from xlmalekort.model.periods import Frequency

if TYPE_CHECKING:
    from xlmalekort.locale import Texts

_NAMES = {
    "yellow_low": (schema.TARGETS, "target.yellow_low"),
    "yellow_high": (schema.TARGETS, "target.yellow_high"),
    "green": (schema.TARGETS, "target.green"),
    "yellow": (schema.TARGETS, "target.yellow"),
    "low": (schema.TARGETS, "target.low"),
    "high": (schema.TARGETS, "target.high"),
    "starts": (schema.TARGETS, "target.starts"),
    "ends": (schema.TARGETS, "target.ends"),
    "share_of": ("figures", "figure.share_of"),
    "reach_by": (schema.INDICATORS, "reach_by"),
    "part_of": (schema.INDICATORS, "part_of"),
}
"""The names that stand in sentences of the model as they are, in every language, and the columns that they mean."""
_NAME = re.compile(rf"(?<![\w.\-])(?:{'|'.join(_NAMES)})(?![\w.\-])")
_PARTS = {
    Part.NUMERATOR: ("figures", "figure.numerator"),
    Part.DENOMINATOR: ("figures", "figure.denominator"),
    Part.VALUE: ("figures", "figure.value"),
    Part.DONE: ("figures", "figure.value"),
    Part.WEIGHT: ("figures", "figure.weight"),
    Part.ACTUAL: ("figures", "figure.actual"),
    Part.PLAN: ("figures", "figure.plan"),
    Part.TARGET: (schema.TARGETS, "target.target"),
    Part.YELLOW: (schema.TARGETS, "target.own_target.yellow"),
    Part.REFERENCE: (schema.TARGETS, "target.measure"),
    Part.BASELINE: ("figures", "figure.baseline"),
}
_WORDS = ((Role, "measures", "role"), (Level, "measures", "level"), (Frequency, "measures", "frequency"))


class InWords(Told):
    """A sentence of the model as somebody who has the workbook before him understands it."""

    reason: str

    def __new__(cls, reason: str) -> Self:
        """Keep the sentence beside its English form."""
        found = super().__new__(cls, reason)
        found.reason = reason
        return found

    def told(self, texts: Texts) -> str:
        """The sentence in the reader's language."""
        reason = _in_words(self.reason)
        told = reason.told(texts) if isinstance(reason, Told) else reason
        return _NAME.sub(lambda name: _heading(*_NAMES[name[0]]).told(texts), told)


def _in_words(said: object) -> str:
    """A part of a sentence whose own parts are told in words."""
    if isinstance(said, Joined):
        return Joined((_in_words(each) for each in said.parts), said.between)
    if isinstance(said, Phrase):
        return Phrase(said.message, **{name: _in_words(slot) for name, slot in said.slots.items()})
    if isinstance(said, Part):
        place = _PARTS.get(said, ("figures", "figure.counts"))
        return _heading(*place)
    for kind, table, column in _WORDS:
        if isinstance(said, kind):
            held = schema.table(table)
            return Told(choice_word(held, held.column(column), str(said)))
    return said if isinstance(said, str) else str(said)


class _Quoted(Told):
    """A heading, in quotation marks."""

    __slots__ = ()

    def told(self, texts: Texts) -> str:
        return f'"{texts(str(self))}"'


def _heading(table: str, column: str) -> Told:
    held = schema.table(table)
    return _Quoted(column_words(held, held.column(column)).heading)
