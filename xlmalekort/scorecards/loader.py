"""Reads definitions (YAML, of which JSON is a part, or a definition workbook) and says by place what is wrong with one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml
from pydantic import ValidationError

from xlmalekort.locale import LANGUAGES, N_
from xlmalekort.locale.system import reason_of
from xlmalekort.locale.told import Joined, Phrase, Told
from xlmalekort.model.base import Frozen
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.problems import Statement, place, sort_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from xlmalekort.problems import Problem

_FOLDER = Path(__file__).parent
_LARGEST = 5_000_000
_ZIP = b"PK\x03\x04"
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_MOST_VALUES = 50_000
"""Values in a definition, with what anchors repeat: hundreds of indicators have fewer."""
_DEEPEST = 40

Place = tuple[str | int, ...]
"""Where a value stands: the keys and the places in lists that lead to it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a definition: its file, line (None where there is none) and what is wrong.

    `place` has the keys and ids that lead there, as they stand in the file: `indicators B.1 target green`.
    """

    file: str
    line: int | None
    text: Told
    place: str = ""

    @property
    def message(self) -> Told:
        """Place first, then what is wrong."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return Joined([where, *([self.place] if self.place else []), self.text], ": ")

    def __str__(self) -> str:
        """The message in English."""
        return str(self.message)


class DefinitionError(ValueError):
    """A definition that cannot be used. `findings` has everything that is wrong, in the order of the file.

    As text it is English; `message.told(texts)` is in the reader's language. Of a definition workbook `problems` has the
    findings with their cells, and the message does not repeat them. `language` is the definition's own, None where it says
    none that can be used.
    """

    problems: tuple[Problem, ...] = ()

    def __init__(self, findings: list[Finding], language: str | None = None) -> None:
        """Gather the findings."""
        self.language = language
        self.findings = tuple(sorted(findings, key=lambda finding: finding.line or 0))
        self.message = Joined((finding.message for finding in self.findings), "\n")
        super().__init__(self.message)


class DefinitionWorkbookError(DefinitionError):
    """A definition workbook that cannot be used."""

    def __init__(self, file: str, problems: tuple[Problem, ...], language: str | None) -> None:
        """Keep the problems, and tell them as findings too."""
        found = [Finding(place(each), None, Statement(each)) for each in sorted(problems, key=sort_key)]
        super().__init__(found, language)
        self.problems = problems
        self.message = Joined([Phrase("{file}: the definition cannot be used.", file=file)], "")


def built_in() -> tuple[str, ...]:
    """The ids of the scorecards that come with the library, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def load_scorecard(name: str | Path) -> Scorecard:
    """The scorecard of a built-in name, a definition file or a definition workbook; DefinitionError where none can be used.

    >>> load_scorecard("nav-buskerud-2009").indicator["B.1"].decimals
    1
    """
    if isinstance(name, str) and name in built_in():
        return _load_built_in(name)
    path = Path(name)
    looks_like_path = isinstance(name, Path) or path.suffix or "/" in name or "\\" in name
    if not looks_like_path and not _exists(path):
        near = get_close_matches(str(name).lower(), built_in(), n=1, cutoff=0.4)
        hint = Phrase("; did you mean {name}?", name=f'"{near[0]}"') if near else "."
        names = ", ".join(built_in())
        text = Phrase("no scorecard has this name{hint} The built-in ones: {names}", hint=hint, names=names)
        raise DefinitionError([Finding(str(name), None, text)])
    content = _read(path)
    if content.startswith(_ZIP) or path.suffix.casefold() in _WORKBOOKS:
        return _from_workbook(content, path)
    return parse_definition(_decoded(content, str(path)), str(path))


def _from_workbook(content: bytes, path: Path) -> Scorecard:
    from xlmalekort.definitions.reading import check_definition

    checked = check_definition(content, path.name)
    if checked.scorecard is None:
        raise DefinitionWorkbookError(str(path), checked.problems, checked.language)
    return checked.scorecard


@cache
def _load_built_in(name: str) -> Scorecard:
    path = _FOLDER / f"{name}.yaml"
    return parse_definition(path.read_text(encoding="utf-8"), str(path))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long for the file system, say
        return False


def _read(path: Path) -> bytes:
    file = str(path)
    try:
        if path.exists() and not path.is_file():
            raise DefinitionError([Finding(file, None, Phrase("is no file"))])
        with path.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
    except OSError as error:
        text = Phrase("cannot be read: {reason}", reason=reason_of(error))
        raise DefinitionError([Finding(file, None, text)]) from None
    except ValueError as error:
        if isinstance(error, DefinitionError):
            raise
        raise DefinitionError([Finding(file, None, Phrase("is no name that a file can have"))]) from None
    if len(content) > _LARGEST:
        raise DefinitionError([Finding(file, None, Phrase("the file is larger than 5 MB; this is no definition"))])
    return content


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        text = Phrase("is not UTF-8 text (byte {byte}); save the file as UTF-8", byte=error.start)
        raise DefinitionError([Finding(file, line, text)]) from None


def parse_json(text: str) -> Scorecard:
    """The scorecard of a definition that travelled with a workbook; DefinitionError where it cannot be used."""
    try:
        return Scorecard.model_validate_json(text)
    except ValidationError as error:
        data = _plain_json(text)
        findings = [Finding("definition", None, _sentence(each), _place(each, data)) for each in _causes(error)]
        raise DefinitionError(_merged(findings)) from None
    except UnicodeError:
        raise DefinitionError([Finding("definition", None, Phrase(_HALF_CHARACTER))]) from None


def _plain_json(text: str) -> dict[str, Any]:
    """What a text holds, to name places by; nothing where it is no JSON."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def parse_definition(text: str, file: str) -> Scorecard:
    """The scorecard that a text defines; DefinitionError with every finding, by line, where it cannot be used."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        reason = next((told for sign, told in _YAML_FAULTS if sign in (error.problem or "")), _YAML_FAULT)
        raise DefinitionError([_no_yaml(file, mark.line + 1 if mark else None, reason)]) from None
    except RecursionError:
        raise DefinitionError([_no_yaml(file, None, _TOO_DEEP)]) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        # ValueError and OverflowError: an escape such as "\UFFFFFFFF" names no character.
        raise DefinitionError([_no_yaml(file, None, _NO_CHARACTER)]) from None
    if not isinstance(root, yaml.MappingNode):
        text = Phrase("holds no definition; it should begin with {key}", key="`id: ...`")
        raise DefinitionError([Finding(file, 1, text)])
    walk = _Walk(file)
    data = walk.plain(root, (), frozenset())
    if walk.findings:
        raise DefinitionError(walk.findings, _language_in(data))
    try:
        return Scorecard.model_validate(data)
    except ValidationError as error:
        findings = [finding for each in _causes(error) for finding in _located(each, walk.lines, file, data)]
        raise DefinitionError(_merged(findings), _language_in(data)) from None


def _language_in(data: Mapping[str, object]) -> str | None:
    """The language that the parts of a definition name, None where they name none of the four."""
    return next((each for each in LANGUAGES if each == data.get("language")), None)


def _no_yaml(file: str, line: int | None, reason: str) -> Finding:
    return Finding(file, line, Phrase("is no valid YAML: {reason}", reason=Phrase(reason)))


_YAML_FAULTS = (
    (
        "mapping values are not allowed",
        N_("a colon stands where no key can be; mend the indentation, or put the text in quotation marks"),
    ),
    ("'\\t' that cannot start", N_("a tab stands where only blanks can; indent by blanks")),
    ("cannot start any token", N_("a text that begins with this sign must be in quotation marks")),
    ("unexpected end of stream", N_("a quotation mark is missing")),
    ("document separator", N_("a quotation mark is missing")),
    ("could not find expected ':'", N_("a colon is missing after a key")),
    ("expected <block end>", N_("the indentation does not fit the lines above")),
    ("expected ',' or", N_("a comma or a closing bracket is missing")),
    ("undefined alias", N_("what is named after * is not defined above")),
    ("another document", N_("a second document begins here; take the line --- out")),
    ("escape", N_("a backslash in double quotation marks stands before what it cannot; use single ones")),
)
"""By a sign in what the library of YAML says: what people do wrong, in their own words."""
_YAML_FAULT = N_("it cannot be understood from here on")
_NO_CHARACTER = N_("it holds a character that YAML does not have")
_TOO_DEEP = N_("it is nested too deep")
_HALF_CHARACTER = N_("holds half a character")


class _Loader(yaml.SafeLoader):
    """YAML 1.2 scalars only: `no` is a word, `2009-06-01` a text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as yaml declares it


_INT = re.compile(r"^[-+]?\d{1,18}$", re.ASCII)
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", _INT, list("-+0123456789"))


class _TooMuch(Exception):  # noqa: N818 - a way out of the walk, never seen outside
    """The definition is larger or deeper than any can be."""

    def __init__(self, text: Told) -> None:
        super().__init__(text)
        self.text = text


class _Walk:
    """Turns the nodes of a definition into plain data, noting the line of every place and what is wrong on the way."""

    def __init__(self, file: str) -> None:
        self.lines: dict[Place, int] = {}
        self.findings: list[Finding] = []
        self._file = file
        self._values = 0

    def plain(self, node: yaml.Node, place: Place, above: frozenset[int]) -> dict[str, Any]:
        """The root as plain data. Numbers with a decimal point stay text: they are exact."""
        try:
            return cast("dict[str, Any]", self._plain(node, place, above))
        except _TooMuch as error:
            self.findings.append(Finding(self._file, None, error.text))
            return {}

    def _plain(self, node: yaml.Node, place: Place, above: frozenset[int]) -> Any:  # noqa: ANN401 - whatever the file holds
        line = node.start_mark.line + 1
        self.lines.setdefault(place, line)
        self._values += 1
        if id(node) in above:
            self._find(line, Phrase("refers to itself"))
            return None
        if self._values > _MOST_VALUES:
            message = N_("holds more than {most} values (anchors repeat what they name); this is no definition")
            raise _TooMuch(Phrase(message, most=_MOST_VALUES))
        if len(place) > _DEEPEST:
            raise _TooMuch(Phrase("is nested more than {most} deep; this is no definition", most=_DEEPEST))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place, above | {id(node)})
        if isinstance(node, yaml.SequenceNode):
            inside = above | {id(node)}
            return [self._plain(each, (*place, index), inside) for index, each in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place, above: frozenset[int]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._find(line, Phrase("a key must be a word"))
                continue
            key = str(key_node.value)
            if not _is_text(key):
                self._find(line, Phrase("a key holds half a character"))
                continue
            if key in result:
                self._find(line, Phrase("the key {key} stands twice", key=repr(key)))
            self.lines[*place, key] = line
            result[key] = self._plain(value_node, (*place, key), above)
        return result

    def _scalar(self, node: yaml.Node) -> str | int | bool | None:
        value = str(node.value)
        kind = node.tag.rpartition(":")[2]
        if kind == "int" and _INT.match(value):
            return int(value)
        if kind == "bool" and value in {"true", "false"}:
            return value == "true"
        if kind == "null":
            return None
        if not _is_text(value):
            self._find(node.start_mark.line + 1, Phrase(_HALF_CHARACTER))
            return None
        return value

    def _find(self, line: int, text: Told) -> None:
        self.findings.append(Finding(self._file, line, text))


def _is_text(value: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _causes(error: ValidationError) -> list[ErrorDetails]:
    """What pydantic found, without lists that are too short only because something in them is wrong."""
    found = error.errors()
    inside = {each["loc"][:length] for each in found for length in range(len(each["loc"]))}
    return [each for each in found if each["type"] != "too_short" or each["loc"] not in inside]


def _merged(findings: list[Finding]) -> list[Finding]:
    """The findings, where a value may be of several kinds in one sentence: it is wrong once, not once for each kind."""
    merged: dict[tuple[int | None, str], Finding] = {}
    for finding in findings:
        key = (finding.line, finding.place or finding.text)
        held, choices = merged.get(key), _choices(finding.text)
        if held is None:
            merged[key] = finding
        elif finding.place and choices and choices not in held.text:
            text = Phrase("{reason}, or be one of {choices}", reason=held.text, choices=choices)
            merged[key] = replace(held, text=text)
        elif finding.text != held.text:
            merged[finding.line, finding.text] = finding
    return list(merged.values())


def _choices(text: Told) -> str:
    """The values that a finding asks for; empty where it asks for something else."""
    if isinstance(text, Phrase) and text.message == _GOT:
        return _choices(cast("Told", text.slots["reason"]))
    return str(text.slots["choices"]) if isinstance(text, Phrase) and text.message == _ONE_OF else ""


def _located(error: ErrorDetails, lines: dict[Place, int], file: str, data: dict[str, Any]) -> list[Finding]:
    """A pydantic finding with the nearest line. One about the whole is split, and each sentence seeks its own line."""
    if not error["loc"]:
        told = _sentence(error)
        sentences = told.parts if isinstance(told, Joined) else (told,)
        return [
            Finding(file, _line_of_mention(each, lines, data), each if isinstance(each, Told) else Told(each))
            for each in sentences
        ]
    place: Place = ()
    for step in error["loc"]:
        # A discriminated union puts the kind into the place, where the file has no such step.
        if (*place, step) in lines:
            place = (*place, step)
    return [Finding(file, lines.get(place, 1), _sentence(error), _place(error, data))]


def _line_of_mention(sentence: str, lines: dict[Place, int], data: dict[str, Any]) -> int | None:
    """The line of what a sentence speaks of: the id used there if it names one, else the thing that it begins with."""
    found = re.match(r"(perspective|measure|indicator|relation|deadline) (\S+?):? ", sentence)
    if not found:
        return None
    group = f"{found[1]}s"
    name = "kind" if group == "relations" else "id"
    matching: list[Place] = [
        (group, index) for index, each in enumerate(data.get(group) or ()) if each.get(name) == found[2]
    ]
    spoken_of = re.search(r": .*?(?:measure|perspective|indicator) (\S+?),? (?:which|whose|is)", sentence)
    if spoken_of:
        for place, line in lines.items():
            if place[:2] in matching and _at(data, place) == spoken_of[1]:
                return line
    return lines.get(matching[-1]) if matching else None


def _at(data: Any, place: Place) -> object:  # noqa: ANN401 - whatever the file holds
    for step in place:
        data = data[step]
    return data


def _place(error: ErrorDetails, data: dict[str, Any]) -> str:
    """The place of a finding in words: `indicators B.1 target green`."""
    words: list[str] = []
    here: Any = data
    for number, step in enumerate(error["loc"], 1):
        if isinstance(here, dict) and step in here:
            here = here[step]
            words.append(str(step))
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
            words.append(str(here.get("id", step + 1)) if isinstance(here, dict) else str(step + 1))
        elif error["type"] == "missing" and number == len(error["loc"]):
            words.append(str(step))
        # Any other step names a kind of a union or the way in which a value is read, which the file does not have.
    return " ".join(words)


def _sentence(error: ErrorDetails) -> Told:
    """What is wrong, in words of the definition and not of the library that found it."""
    match error["type"]:
        case "missing":
            return Phrase("is missing")
        case "extra_forbidden":
            key = str(error["loc"][-1])
            near = [each for each in get_close_matches(key, _known_keys(), n=2) if each != key]
            if key in _known_keys():
                return Phrase("is a key of other parts of a definition, not of this one")
            hint = Phrase("; did you mean {name}?", name=f"`{near[0]}`") if near else ""
            return Phrase("is no key of a definition{hint}", hint=hint)
        case _:
            text = _reason(error)
            got = error.get("input")
            shown = json.dumps(got, ensure_ascii=False) if isinstance(got, str | int | float) else None
            if shown and len(shown) > _LONGEST_SHOWN:
                shown = f"{shown[:_LONGEST_SHOWN]}..."
            return Phrase(_GOT, reason=text, value=shown) if shown and not isinstance(text, Joined) else text


_GOT = N_("{reason} (got {value})")
_ONE_OF = N_("must be one of {choices}")
_LONGEST_SHOWN = 60
_TYPES = {
    "string": N_("must be a text; numbers and true or false stand in quotation marks"),
    "int": N_("must be a whole number"),
    "bool": N_("must be true or false"),
    "date": N_("must be a day such as 2009-06-30"),
    "tuple": N_("must be a list"),
    "dict": N_("must hold keys with values"),
    "model": N_("must hold keys with values"),
}
_LIMITS = {
    "greater_than_equal": ("ge", N_("must be at least {limit}")),
    "less_than_equal": ("le", N_("must be at most {limit}")),
    "too_short": ("min_length", N_("must have at least {limit}")),
    "string_too_long": ("max_length", N_("must have at most {limit} characters")),
}
_QUOTED = re.compile(r"'([^']*)'")


def _reason(error: ErrorDetails) -> Told:
    kind, context = error["type"], error.get("ctx") or {}
    match kind:
        case "value_error":
            cause = context["error"]
            told = cause.args[0] if cause.args else ""
            return told if isinstance(told, Told) else Told(cause)
        case "literal_error" | "enum":
            return Phrase(_ONE_OF, choices=", ".join(_QUOTED.findall(str(context.get("expected", "")))))
        case "union_tag_invalid":
            tags = ", ".join(_QUOTED.findall(str(context.get("expected_tags", ""))))
            tag = json.dumps(context.get("tag"), ensure_ascii=False)
            return Phrase("has the kind {kind}; the kinds are {kinds}", kind=tag, kinds=tags)
        case "json_invalid":
            return Phrase("is no valid JSON")
        case "string_too_short":
            return Phrase("must not be empty")
        case "union_tag_not_found":
            return Phrase("has no {key}", key="`kind`")
        case "string_pattern_mismatch":
            return Phrase(_FORMS.get(str(error["loc"][-1]), _FORM))
    if kind in _LIMITS:
        name, sentence = _LIMITS[kind]
        return Phrase(sentence, limit=context.get(name))
    return Phrase(_TYPES.get(kind.partition("_")[0], _CANNOT_BE_USED))


_FORMS = {
    "id": N_("must be 2 to 61 small letters a-z, digits and hyphens"),
    "version": N_("must be 1 to 20 letters a-z, digits, full stops and hyphens"),
    "starts": N_("must be a day such as 07-01, or 2009-07-01"),
}
"""What a key whose value has a form asks for."""
_FORM = N_("does not have the form that is asked for")
_CANNOT_BE_USED = N_("cannot be used here")


@cache
def _known_keys() -> tuple[str, ...]:
    """Every key that some part of a definition has."""
    parts, keys = [Frozen], set[str]()
    while parts:
        part = parts.pop()
        parts += part.__subclasses__()
        keys |= set(part.model_fields)
    return tuple(sorted(keys))
