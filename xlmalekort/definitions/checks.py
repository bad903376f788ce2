"""Checks a definition that was read from a workbook, and says by cell what is wrong with it: everything at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from pydantic import TypeAdapter, ValidationError

from xlmalekort.definitions import schema
from xlmalekort.definitions.cells_read import Choices, hint
from xlmalekort.definitions.draft import Cell, put_together
from xlmalekort.definitions.telling import InWords
from xlmalekort.definitions.words import choice_word, column_words, folded, sheet_words
from xlmalekort.locale import LANGUAGES, N_
from xlmalekort.locale.told import DayText, Joined, NumberText, Phrase, Told
from xlmalekort.model.scorecard import Scorecard, disagreements
from xlmalekort.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from xlmalekort.definitions.draft import Draft, Place, ReadRow
    from xlmalekort.definitions.schema import Column, Table
    from xlmalekort.definitions.sheets import ReadSheets


@dataclass(frozen=True, slots=True)
class CheckedDefinition:
    """A definition that was read: the scorecard, None where it cannot be used, and what there is to say.

    `language` is that of the definition, None where it is not known. `unit_cells` has the cell in which a unit with a target
    of its own stands, by indicator, level and unit.
    """

    scorecard: Scorecard | None
    problems: tuple[Problem, ...]
    unit_cells: Mapping[tuple[str, str, str], Cell] = field(default_factory=dict)
    language: str | None = None


def check_sheets(found: ReadSheets) -> CheckedDefinition:
    """The scorecard that the rows make up, or everything that is wrong with them."""
    if any(each.code == "DEF-001" for each in found.problems):
        return CheckedDefinition(None, tuple(found.problems))
    draft = put_together(found.rows)
    about_ids = [*_doubles(found.rows), *_unknown(found)]
    problems = [*found.problems, *about_ids, *draft.problems]
    scorecard = None
    try:
        scorecard = Scorecard.model_validate(draft.data)
    except ValidationError as error:
        problems += _Findings(found, draft, error, are_ids_known=not about_ids).problems()
    told = _told_once(_about_whom(problems, found.rows))
    is_usable = not any(problem.severity is Severity.ERROR for problem in told)
    language = next((each for each in LANGUAGES if each == draft.data.get("language")), None)
    return CheckedDefinition(scorecard if is_usable else None, told, _unit_cells(found.rows), language)


def _unit_cells(rows: Mapping[str, Sequence[ReadRow]]) -> dict[tuple[str, str, str], Cell]:
    level = schema.table(schema.TARGETS).column("level")
    return {
        (
            str(row.values.get(schema.OWNER)),
            str(row.values.get("level", level.default)),
            str(row.values["unit"]).strip(),
        ): row.cell("unit")
        for row in rows.get(schema.TARGETS, ())
        if "unit" in row.values
    }


def _about_whom(problems: Iterable[Problem], rows: Mapping[str, Sequence[ReadRow]]) -> Iterator[Problem]:
    """The problems, each with the indicator or measure of its row."""
    owners: dict[tuple[str, str], str] = {}
    measures: dict[tuple[str, str], str] = {}
    for table in schema.tables():
        for row in rows.get(table.key, ()):
            named = row.values.get(schema.OWNER) or (row.values.get("id") if table.key in _NAMES else None)
            if named is not None and row.first.name is not None:
                into = measures if table.key == "measures" else owners
                into[row.first.sheet, row.first.name.lstrip(_LETTERS)] = str(named)
    for problem in problems:
        place = (problem.sheet or "", (problem.cell or "").lstrip(_LETTERS))
        yield replace(problem, indicator=owners.get(place), measure=measures.get(place))


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NAMES = frozenset({schema.INDICATORS, "measures"})


def _told_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems, the same one of the same cell only once."""
    kept = {(each.code, each.sheet, each.cell, each.got, str(sorted(each.slots.items()))): each for each in problems}
    return tuple(kept.values())


def _title(table: Table) -> Told:
    return Told(sheet_words(table).title)


# Ids


def _doubles(rows: Mapping[str, Sequence[ReadRow]]) -> Iterator[Problem]:
    """Ids that stand twice, at the later place."""
    for table in schema.tables():
        first: dict[str, Cell] = {}
        for row in rows.get(table.key, ()) if table.key != schema.ABOUT else ():
            name = row.values.get("id")
            if name is None:
                continue
            key = str(name).casefold()
            if key in first:
                yield row.cell("id").problem("DEF-008", str(name), other=first[key].name or "")
            first.setdefault(key, row.cell("id"))


def _unknown(found: ReadSheets) -> Iterator[Problem]:
    """Ids that name nothing in a sheet that is there."""
    for table in schema.tables():
        for column in (each for each in table.columns if each.refers in found.rows):
            refers = schema.table(column.refers or "")
            rows = found.rows[refers.key]
            known = {str(row.values["id"]) for row in rows if "id" in row.values}
            # Where an id was emptied, what names it is right, and no other one is meant.
            is_whole = all("id" in row.values for row in rows)
            near = {folded(name): name for name in sorted(known)} if is_whole else {}
            hints: dict[str, str] = {}
            for row in found.rows.get(table.key, ()):
                for name in _ids(row, column):
                    if name not in known:
                        told = hints[name] = hints[name] if name in hints else hint(name, near)
                        yield row.cell(column.key).problem("DEF-007", name, sheet=_title(refers), hint=told)


def _ids(row: ReadRow, column: Column) -> tuple[str, ...]:
    value = row.values.get(column.key, ())
    return tuple(str(each) for each in value) if isinstance(value, tuple) else (str(value),)


# What the model finds

_IN_SHEET = {"figure": "figures", "target": schema.TARGETS, "steps": schema.MILESTONES}
"""Parts that stand in a sheet of their own."""
_QUOTED = re.compile(r"'([^']*)'")
_LIMITS = {
    "greater_than_equal": ("ge", N_("a number from {limit}")),
    "less_than_equal": ("le", N_("a number up to {limit}")),
    "string_too_long": ("max_length", N_("at most {limit} characters")),
    "too_short": ("min_length", N_("at least {limit}")),
    "too_long": ("max_length", N_("at most {limit}")),
}
_FORMS = {
    "id": N_("2 to 61 small letters a-z, digits and hyphens"),
    "version": N_("1 to 20 letters a-z, digits, full stops and hyphens"),
}
_TOLD_BY_CELL = re.compile(
    r"stands twice$|is not defined$|^indicator (\S+): part_of (?!\1 )\S+ is not another indicator$"
)
"""Sentences of the model about ids, which are told with their cells here (DEF-007, DEF-008)."""
_TOLD_WHEN_WHOLE = re.compile(r"is used by nothing$")
"""What can only be told when nothing has been left out."""
_SPOKEN_OF = re.compile(r"(perspective|measure|indicator|relation|filter) (\S+?):? (.*)", re.DOTALL)
_USED = re.compile(r"(\w+) uses measure ([\w.\-]+)")


class _Findings:
    """What the model found in a draft, as problems with their cells."""

    def __init__(self, found: ReadSheets, draft: Draft, error: ValidationError, *, are_ids_known: bool) -> None:
        self._found, self._draft, self._are_ids_known = found, draft, are_ids_known
        self._errors = error.errors()
        self._known = {place[:length] for place in draft.places for length in range(len(place) + 1)}
        self._faulty = {row.cell(key) for rows in found.rows.values() for row in rows for key in row.faulty}

    def problems(self) -> Iterator[Problem]:
        """Every finding; those about how parts go together as far as parts can be used."""
        inside = {each["loc"][:length] for each in self._errors for length in range(len(each["loc"]))}
        for error in self._errors:
            if error["type"] == "too_short" and error["loc"] in inside:
                continue  # too short only because something in it is wrong
            yield from self._one(error) if error["loc"] else self._sentences(_reasons(error))
        if any(error["loc"] for error in self._errors):
            self._are_ids_known = False
            yield from self._sentences(disagreements(self._usable_parts()))

    def _usable_parts(self) -> Scorecard:
        """What can be used of the draft, not checked as a whole."""
        parts: dict[str, Any] = {}
        for table in schema.tables():
            if table.of is None and table.key != schema.ABOUT:
                bad = {
                    error["loc"][1]
                    for error in self._errors
                    if error["loc"][:1] == table.path and len(error["loc"]) > 1
                }
                items = [item for number, item in enumerate(self._draft.data[table.key]) if number not in bad]
                hint: Any = Scorecard.model_fields[table.key].annotation
                parts[table.key] = TypeAdapter(hint).validate_python(items)
        return Scorecard.model_construct(**parts)

    def _place(self, loc: tuple[str | int, ...]) -> Place:
        """The place in the draft that a finding speaks of, or the nearest one to it."""
        place: Place = ()
        for step in loc:
            # A union told apart by its kind puts the kind into the place, where the draft has no such step.
            if (*place, step) in self._known:
                place = (*place, step)
        return place

    def _one(self, error: ErrorDetails) -> Iterator[Problem]:
        kind, place = error["type"], self._place(error["loc"])
        if kind in ("missing", "too_short") and (place not in self._draft.columns or place[-1] in _IN_SHEET):
            yield from self._absent(error, place)
            return
        if kind in ("union_tag_not_found", "union_tag_invalid"):
            place = (*place, "kind")
        cell = self._draft.places.get(place)
        if cell is None or cell in self._faulty:
            return
        if place not in self._draft.columns:
            yield from self._disagreement(cell, place, _reasons(error))
            return
        table, column = self._draft.columns[place]
        heading = Told(column_words(table, column).heading)
        match kind:
            case "missing" | "union_tag_not_found" | "string_too_short":
                yield cell.problem("DEF-005", field=heading)
            case "literal_error" | "enum" | "union_tag_invalid":
                yield cell.problem(
                    "DEF-006", _word(table, column, error), hint="", choices=_allowed(table, column, error)
                )
            case "string_pattern_mismatch" if place[-1] in _FORMS:
                yield cell.problem("DEF-009", _shown(error["input"]), expected=Told(_FORMS[str(place[-1])]))
            case _ if kind in _LIMITS:
                name, expected = _LIMITS[kind]
                limit = (error.get("ctx") or {}).get(name)
                yield cell.problem("DEF-009", _shown(error["input"]), expected=Phrase(expected, limit=limit))
            case _:
                for reason in _reasons(error):
                    yield cell.problem("DEF-027", field=heading, reason=reason)

    def _absent(self, error: ErrorDetails, place: Place) -> Iterator[Problem]:
        """What has no row: an indicator's target, say, or anything at all of a sheet."""
        name = str(error["loc"][-1])
        if name in _IN_SHEET and place:
            table, owner = schema.table(_IN_SHEET[name]), self._owner(place)
            # Whether one without an id, or with one that stands twice, has a row elsewhere cannot be told.
            if owner is not None and table.key in self._found.titles:
                yield self._draft.places[place].problem("DEF-014", owner, sheet=_title(table))
        elif len(error["loc"]) == 1 and name in self._found.titles:
            title = self._found.titles[name]
            yield Problem("DEF-024", sheet=title, slots={"sheet": title})
        elif error["loc"][:-1] and (cell := self._draft.places.get(place)) is not None:
            yield cell.problem("DEF-005", field=name)

    def _owner(self, place: Place) -> str | None:
        """The id of the indicator that a place belongs to; None where it has none of its own."""
        indicators = self._draft.data[str(place[0])]
        names = [str(each["id"]) if "id" in each else "" for each in indicators]
        own = names[int(place[1])]
        return own if own and [each.casefold() for each in names].count(own.casefold()) == 1 else None

    # How parts go together

    def _sentences(self, reasons: Iterable[str]) -> Iterator[Problem]:
        for reason in reasons:
            if _TOLD_BY_CELL.search(str(reason)):
                continue
            if _TOLD_WHEN_WHOLE.search(str(reason)) and not self._are_ids_known:
                continue
            found = _SPOKEN_OF.match(str(reason))
            if found is None:
                yield Cell(self._found.titles.get(schema.ABOUT, "")).problem("DEF-011", reason=reason)
                continue
            key, name = f"{found[1]}s", "kind" if found[1] == "relation" else "id"
            for number, item in enumerate(self._draft.data.get(key, ())):
                if str(item.get(name)) == found[2]:
                    yield from self._disagreement(self._draft.places[key, number], (key, number), [reason])
                    break

    def _disagreement(self, cell: Cell, base: Place, reasons: Iterable[str]) -> Iterator[Problem]:
        """Sentences about a part, each with the cell below it that the sentence speaks of, if there is one."""
        for reason in reasons:
            yield (self._mentioned(base, str(reason)) or cell).problem("DEF-011", reason=InWords(_finding(reason)))

    def _mentioned(self, base: Place, sentence: str) -> Cell | None:
        below = [place for place in self._draft.columns if place[: len(base)] == base]
        if used := _USED.search(sentence):
            for place in below:
                if self._draft.columns[place][1].refers == "measures" and used[2] in self._ids(place):
                    return self._draft.places[place]
        for word in re.findall(r"[a-z_]+", sentence.partition(": ")[2] or sentence):
            for place in below:
                if word in place[len(base) :] and word not in _VAGUE:
                    return self._draft.places[place]
        return None

    def _ids(self, place: Place) -> tuple[str, ...]:
        held: Any = self._draft.data
        for step in place:
            held = held.get(step, ()) if isinstance(held, dict) else held[step]
        return held if isinstance(held, tuple) else (held,)


_VAGUE = frozenset({"target", "figure", "kind", "level", "unit"})
"""Words of sentences that speak of a part as a whole."""


def _reasons(error: ErrorDetails) -> tuple[str, ...]:
    """The sentences of a finding of the model's own."""
    cause = (error.get("ctx") or {}).get("error")
    reason = cause.args[0] if isinstance(cause, ValueError) and cause.args else error["msg"]
    return reason.parts if isinstance(reason, Joined) else (reason,)


def _finding(reason: str) -> str:
    """A sentence without the indicator that it begins with, which the problem names itself."""
    return cast("Told", reason.slots["finding"]) if isinstance(reason, Phrase) and "finding" in reason.slots else reason


def _allowed(table: Table, column: Column, error: ErrorDetails) -> Choices:
    context = error.get("ctx") or {}
    expected = _QUOTED.findall(str(context.get("expected") or context.get("expected_tags") or ""))
    known = [each for each in expected if each in column.choices] or column.choices
    return Choices("\n".join(choice_word(table, column, each) for each in known))


def _word(table: Table, column: Column, error: ErrorDetails) -> str:
    got = error["input"]
    found = got.get("kind") if isinstance(got, dict) else got
    return Told(choice_word(table, column, str(found))) if found in column.choices else _shown(found)


def _shown(value: object) -> str:
    if isinstance(value, Fraction):
        return NumberText.of(value)
    if isinstance(value, date):
        return DayText(value.isoformat())
    if isinstance(value, tuple):
        return "; ".join(str(each) for each in value)
    return f'"{value}"' if isinstance(value, str) else str(value)
