"""Whatever is typed into a definition, the loader says by file and line what is wrong, and never gives a traceback."""

from __future__ import annotations

import json
import os
import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import xlmalekort.scorecards.loader as loader_module
from tests.support.marking import marking, words
from xlmalekort.locale import texts_of
from xlmalekort.scorecards import DefinitionError, built_in, load_scorecard, parse_json
from xlmalekort.scorecards.loader import parse_definition

if TYPE_CHECKING:
    from pathlib import Path

SMALL = """\
id: small
version: "1"
language: en
title: A small scorecard
short_title: Small
about: For tests.
year: 2024
top: {level: region, name: Somewhere}
level_names: {office: Office, area: Area, region: Region, country: Country}
perspectives:
  - {id: A, title: Only one}
measures:
  - id: A.1.numerator
    title: Answered
  - id: A.1.denominator
    title: Asked
indicators:
  - id: A.1
    title: Answers
    perspective: A
    definition: Answered of asked.
    figure:
      kind: share
      numerator: A.1.numerator
      denominator: A.1.denominator
    target:
      kind: scheduled
      steps:
        - starts: 01-01
          target:
            kind: at_least
            green: 74.9
            yellow: 65
    better: higher
relations:
  - kind: part_of
    part: A.1.numerator
    whole: A.1.denominator
"""
BUILT_IN = {name: (loader_module._FOLDER / f"{name}.yaml").read_text(encoding="utf-8") for name in built_in()}


CODES = words("month own yaml UTF MB higher lower on_target none undecided nb da nl en office total_of part_of balance")
"""What may be said beside the words of the file and the keys: its name, formats, and values to choose from."""


def findings(text: str) -> list[str]:
    """What is wrong with a definition, in English; in other languages only words of the file stay as they are."""
    with pytest.raises(DefinitionError) as raised:
        parse_definition(text, "own.yaml")
    assert str(raised.value)
    assert untranslated(raised.value) <= words(text) | CODES
    return [str(each) for each in raised.value.findings]


def findings_of(path: Path) -> list[str]:
    with pytest.raises(DefinitionError) as raised:
        load_scorecard(path)
    assert untranslated(raised.value) <= words(str(path)) | CODES
    return [str(each).removeprefix(str(path)) for each in raised.value.findings]


def untranslated(error: DefinitionError) -> set[str]:
    """The words of an error that are the same in every language, other than keys of definitions."""
    with marking():
        return words(error.message.told(texts_of("nb"))) - words(" ".join(loader_module._known_keys()))


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_the_small_scorecard_is_fine() -> None:
    assert parse_definition(SMALL, "own.yaml").indicator["A.1"].is_percent


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ("short_title: Small", "short_titel: Small", "short_titel", "did you mean `short_title`?"),
        ("    better: higher", "    better: higher\n    colour: pink", "colour", "indicators A.1 colour: is no key"),
        ("    better: higher\n", "", "- id: A.1\n", "indicators A.1 better: is missing"),
        ("    better: higher", "    better: upwards", "better", "must be one of higher, lower, on_target"),
        ("yellow: 65", "yellow: sixty", "yellow", "must be a number"),
        ("yellow: 65", "yellow: 75", "          target:", "yellow must not be above green"),
        ("green: 74.9", "green: 1e999999999", "green", "must be a number"),
        ("green: 74.9", "green: 0.12345678901234567890123", "green", "at most 15 digits"),
        ("green: 74.9", "green: .inf", "green", "must be a number"),
        ("green: 74.9", "green: true", "green", "must be a number"),
        ("green: 74.9", "green: [74, 9]", "green", "must be a number"),
        ("            green: 74.9\n", "", "          target:", "green: is missing"),
        ("starts: 01-01", "starts: 02-29", "starts", "there is no day 02-29, or not in every year"),
        ("starts: 01-01", "starts: January", "starts", "must be a day such as 07-01"),
        ("year: 2024", "year: next", "year", "must be a whole number"),
        ("year: 2024", "year: 24", "year", "at least 1950"),
        ("language: en", "language: no", "language", "one of nb, da, nl, en"),
        ("id: small", "id: A Small One", "id:", "small letters"),
        ("title: Answered\n", 'title: ""\n', 'title: ""', "must not be empty"),
        ("title: Answered\n", "title:\n", "    title:", "must be a text"),
        ("title: Answered\n", "title: {a: b}\n", "title: {a", "must be a text"),
        (
            "      numerator: A.1.numerator",
            "      numerator: A.1.nominator",
            "A.1.nominator",
            "A.1.nominator, which is not",
        ),
        ("      numerator: A.1.numerator", "      numerator: []", "numerator: []", "must have at least 1"),
        ("    part: A.1.numerator", "    part: A.2", "part: A.2", "relation part_of: measure A.2 is not defined"),
        ("  - kind: part_of\n    part", "  - part", "  - part", "has no `kind`"),
        (
            "kind: part_of",
            "kind: piece_of",
            "piece_of",
            'has the kind "piece_of"; the kinds are total_of, part_of, balance',
        ),
        ("    perspective: A", "    perspective: Z", "perspective: Z", "perspective Z is not defined"),
        ("  - id: A.1.denominator", "  - id: a.1.Numerator", "a.1.Numerator", "measure a.1.Numerator stands twice"),
        ("  - {id: A, title: Only one}", "  []", "perspectives", "must have at least 1"),
        ("  - {id: A, title: Only one}", "  - A", "  - A", "must hold keys with values"),
        ("  - {id: A, title: Only one}", "  id: A", "perspectives", "must be a list"),
        ("    better: higher", "    better: higher\n    reach_by: 2024-02-30", "reach_by", "must be a day such as"),
        (
            "    better: higher",
            "    better: higher\n    delay_months: -1",
            "delay_months",
            "must be at least 0",
        ),
        (
            "    title: Asked",
            "    title: Asked\n    role: plan",
            "denominator: A",
            "whose role is plan and should be figure",
        ),
        (
            "    title: Asked",
            "    title: Asked\n    level: area",
            "denominator: A",
            "held at area level, not at office",
        ),
        (
            "    title: Asked",
            "    title: Asked\n    frequency: year",
            "      denominator: A",
            "whose frequency is year, not month",
        ),
        ("year: 2024", "year: 2024\nyear: 2025", "year: 2025", "the key 'year' stands twice"),
        ("year: 2024", "? [a, b]\n: 2024", "? [a, b]", "a key must be a word"),
        ("title: Asked", 'title: "\\ud800"', "ud800", "half a character"),
        ("year: 2024", "year: !!int many", "year", "must be a whole number"),
        ("level: region, name", "level: office, name", "top:", "top level: must be one of region, country"),
        ("{office: Office,", "{shop: Office,", "level_names:", "must be one of office, area, region, country"),
        ("yellow: 65", "yellow: sixty", "yellow", ", or be one of none, undecided"),
        ("title: Asked", 'title: "a\\x01b"', "x01", "holds the control character U+0001"),
        ("  - id: A.1\n", "  - id: 'A\"1'\n", "- id: 'A", "must be 1 to 40 letters, digits"),
        ("title: Asked", "title: Asked\n    denominator: x", "denominator: x", "is a key of other parts"),
        (
            "    better: higher",
            """        - starts: 01-01
          target: {kind: at_most, green: 1, yellow: none}
    better: higher""",
            "    target:",
            "two steps start on 01-01",
        ),
    ],
)
def test_tells_the_line_and_what_is_wrong(old: str, new: str, at: str, told: str) -> None:
    text = changed(old, new)
    found = findings(text)
    line = line_of(text, at)
    assert any(each.startswith(f"own.yaml:{line}: ") and told in each for each in found), found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("yellow: 65", "yellow: sixty"),
        ("green: 74.9", "green: [74, 9]"),
        ("level: region", "level: office"),
        ("{office: Office", "{shop: Office"),
        ("better: higher", "better: 3"),
        ("better: higher", "better: higher\n    ready: {kind: days_after_end, days: x}"),
    ],
)
def test_findings_speak_the_words_of_the_definition(old: str, new: str) -> None:
    (found,) = findings(changed(old, new))
    assert not re.search(r"function-|\[key\]|<\w+\.|literal|Fraction|pydantic|Input should", found), found


@pytest.mark.parametrize("name", ["Ø.1", "æ-å_2", "B.1.x"])
def test_ids_take_letters_of_any_language(name: str) -> None:
    text = SMALL.replace("A.1\n    title: Answers", f"{name}\n    title: Answers")
    assert list(parse_definition(text, "own.yaml").indicator) == [name]


@pytest.mark.parametrize("name", ['"', "'", "a b", "a;b", "a|b", "a!b", "a&b", "a/b", "a(b", "x" * 41, "a\n"])
def test_ids_that_would_break_formulas_are_refused(name: str) -> None:
    quoted = json.dumps(name)
    text = SMALL.replace("  - id: A.1\n    title: Answers", f"  - id: {quoted}\n    title: Answers")
    assert any("must be 1 to 40 letters, digits" in each for each in findings(text))


def test_tells_everything_that_is_wrong_in_the_order_of_the_file() -> None:
    text = changed("year: 2024", "year: soon").replace("better: higher", "better: up").replace("id: small", "id: S")
    found = findings(text)
    assert [int(each.split(":")[1]) for each in found] == [1, 7, line_of(text, "better")]


def test_a_measure_that_nothing_uses_is_a_finding_unless_it_is_asked_for_alone() -> None:
    more = changed("indicators:", "  - id: other\n    title: Other\nindicators:")
    assert findings(more) == [f"own.yaml:{line_of(more, 'id: other')}: measure other is used by nothing"]
    alone = more.replace("title: Other", "title: Other\n    alone: true")
    assert parse_definition(alone, "own.yaml").users["other"] == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "own.yaml:1: holds no definition"),
        ("# nothing but a remark\n", "own.yaml:1: holds no definition"),
        ("- id: small\n- title: x\n", "own.yaml:1: holds no definition"),
        ("just words", "own.yaml:1: holds no definition"),
        ("id: small\n  title: [", "own.yaml:2: is no valid YAML"),
        ("id: 'small\n", "is no valid YAML"),
        ("id: small\n\ttitle: x\n", "own.yaml:2: is no valid YAML"),
        ("id: *nobody\n", "own.yaml:1: is no valid YAML"),
        ("id: a\n---\nid: b\n", "own.yaml:2: is no valid YAML"),
        ("id: a\x00b\n", "is no valid YAML"),
        ('id: "\\UFFFFFFFF"\n', "is no valid YAML"),
        ("[" * 5000, "is no valid YAML"),
        ("a: " + "{a: " * 200 + "}" * 200, "nested more than 40 deep"),
    ],
)
def test_what_is_no_definition_at_all(text: str, told: str) -> None:
    assert told in findings(text)[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id: a: b", "1: is no valid YAML: a colon stands where no key can be"),
        ("id: x\n\ttitle: x\n", "2: is no valid YAML: a tab stands where only blanks can"),
        ("id: @x", "1: is no valid YAML: a text that begins with this sign must be in quotation marks"),
        ('id: "x\ntitle: y', "a quotation mark is missing"),
        ('id: "x\n---\ny"', "2: is no valid YAML: a quotation mark is missing"),
        ("id: x\ntitle\nyear: 1", "a colon is missing after a key"),
        ("- a\nid: x", "2: is no valid YAML: the indentation does not fit the lines above"),
        ("id: [a, b\ntitle: x", "a comma or a closing bracket is missing"),
        ("id: *x", "1: is no valid YAML: what is named after * is not defined above"),
        ("id: x\n---\nid: y", "2: is no valid YAML: a second document begins here"),
        ('id: "C:\\my"', "1: is no valid YAML: a backslash in double quotation marks"),
        ("id: !<x", "1: is no valid YAML: it cannot be understood from here on"),
    ],
)
def test_says_what_people_do_wrong_with_yaml(text: str, told: str) -> None:
    (found,) = findings(text)
    assert told in found


def test_anchors_that_hold_themselves() -> None:
    assert "own.yaml:1: refers to itself" in findings("perspectives: &all\n  - *all\n")
    assert "own.yaml:1: refers to itself" in findings("&root\nid: *root\n")


def test_anchors_that_multiply() -> None:
    laughs = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    laughs += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    started = time.monotonic()
    assert any("holds more than 50000 values" in each for each in findings("\n".join(laughs)))
    assert time.monotonic() - started < 10


def test_anchors_that_stack_up() -> None:
    tower = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 2000))]
    assert any("nested more than 40 deep" in each for each in findings("\n".join(tower)))


def test_anchors_may_repeat_what_they_name() -> None:
    text = changed("{id: A, title: Only one}", "{id: A, title: &same Only one}").replace("Answers", "*same")
    assert parse_definition(text, "own.yaml").indicator["A.1"].title == "Only one"


class TestFiles:
    def test_is_read_as_utf8_with_or_without_mark(self, tmp_path: Path) -> None:
        for encoding in ("utf-8", "utf-8-sig"):
            path = tmp_path / f"{encoding}.yaml"
            path.write_text(SMALL.replace("Answers", "Årets svar"), encoding=encoding)
            assert load_scorecard(str(path)).indicator["A.1"].title == "Årets svar"

    def test_not_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / "own.yaml"
        path.write_text(SMALL.replace("Answers", "Årets svar"), encoding="cp1252")
        assert findings_of(path)[0].startswith(f":{line_of(SMALL, 'Answers')}: is not UTF-8 text (byte ")
        path.write_text(SMALL, encoding="utf-16")
        assert findings_of(path)[0].startswith(":1: is not UTF-8 text")

    def test_windows_line_ends(self, tmp_path: Path) -> None:
        path = tmp_path / "own.yaml"
        path.write_bytes(SMALL.replace("\n", "\r\n").replace("better: higher", "better: up").encode())
        assert findings_of(path)[0].startswith(f":{line_of(SMALL, 'better')}: ")

    def test_empty(self, tmp_path: Path) -> None:
        path = tmp_path / "own.yaml"
        path.touch()
        assert findings_of(path) == [":1: holds no definition; it should begin with `id: ...`"]

    def test_huge(self, tmp_path: Path) -> None:
        path = tmp_path / "own.yaml"
        with path.open("wb") as file:
            file.truncate(10_000_000_000)
        assert findings_of(path) == [": the file is larger than 5 MB; this is no definition"]

    def test_not_there(self, tmp_path: Path) -> None:
        assert findings_of(tmp_path / "own.yaml") == [": cannot be read: there is no such file or folder"]

    def test_a_folder(self, tmp_path: Path) -> None:
        assert findings_of(tmp_path) == [": is no file"]

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
    def test_a_pipe_that_never_ends(self, tmp_path: Path) -> None:
        path = tmp_path / "own.yaml"
        os.mkfifo(path)
        assert findings_of(path) == [": is no file"]

    def test_a_path_in_the_same_folder_needs_no_ending(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "own").write_text(SMALL, encoding="utf-8")
        assert load_scorecard("own").id == "small"


class TestNames:
    def test_are_the_names_of_files_and_of_scorecards(self) -> None:
        assert {"nav-aas-2014", "nav-buskerud-2009", "uwv-pacta-2006"} <= set(built_in())
        assert all(load_scorecard(name).id == name for name in built_in())

    @pytest.mark.parametrize("typed", ["nav-buskerud-209", "nav-buskerrud-2009", "NAV-Buskerud-2009", "buskerud"])
    def test_a_typo_gets_a_suggestion(self, typed: str) -> None:
        with pytest.raises(DefinitionError, match=r'did you mean "nav-buskerud-2009"\? The built-in ones: '):
            load_scorecard(typed)

    @pytest.mark.parametrize(
        "typed", ["zzz", "", "a\x00b", "a\x00b.yaml", "x" * 5000, f"{'x' * 5000}.yaml", "?*<>|", "-1"]
    )
    def test_nonsense_is_refused_in_words(self, typed: str) -> None:
        with pytest.raises(DefinitionError) as raised:
            load_scorecard(typed)
        assert len(raised.value.findings) == 1


class TestJson:
    def test_is_a_definition_too(self, tmp_path: Path) -> None:
        expected = parse_definition(SMALL, "own.yaml")
        path = tmp_path / "own.json"
        path.write_text(expected.as_json, encoding="utf-8")
        assert load_scorecard(path) == parse_json(expected.as_json) == expected
        path.write_text(json.dumps(json.loads(expected.as_json), indent="\t"), encoding="utf-8")
        with pytest.raises(DefinitionError, match="is no valid YAML"):  # YAML indents by blanks
            load_scorecard(path)
        path.write_text(json.dumps(json.loads(expected.as_json), indent=2), encoding="utf-8")
        assert load_scorecard(path) == expected

    @pytest.mark.parametrize("name", built_in())
    def test_of_the_built_in_ones_gives_the_same_scorecard(self, name: str) -> None:
        scorecard = load_scorecard(name)
        assert parse_json(scorecard.as_json).model_dump() == scorecard.model_dump()
        assert parse_definition(scorecard.as_json, "own.json") == scorecard
        assert parse_definition(scorecard.as_json, "own.json").as_json == scorecard.as_json

    @given(st.decimals(-(10**9), 10**9, places=4))
    @settings(derandomize=True, deadline=None)
    def test_keeps_every_number_exactly(self, number: object) -> None:
        text = changed("green: 74.9", f"green: {number}").replace("yellow: 65", "yellow: none")
        scorecard = parse_definition(text, "own.yaml")
        assert parse_json(scorecard.as_json).model_dump() == scorecard.model_dump()

    @pytest.mark.parametrize("text", ["", "{", "[]", "null", "1", '"\ud800"', "[" * 100_000, '{"id": "x"}', "\x00"])
    def test_that_is_none_is_refused_in_words(self, text: str) -> None:
        with pytest.raises(DefinitionError) as raised:
            parse_json(text)
        assert all(each.text for each in raised.value.findings)

    def test_findings_name_the_place(self) -> None:
        text = parse_definition(SMALL, "own.yaml").as_json.replace('"green":74.9', '"green":"x"')
        with pytest.raises(DefinitionError, match=r"definition: indicators .*target.*green: must be a number"):
            parse_json(text)


def only_definition_errors(text: str) -> None:
    """Load it; what loads has to survive JSON, and what does not has to say why in words that can be printed."""
    try:
        scorecard = parse_definition(text, "own.yaml")
    except DefinitionError as error:
        told = str(error)
    else:
        assert parse_json(scorecard.as_json).model_dump() == scorecard.model_dump()
        return
    assert told.encode()


LINES = {name: text.splitlines() for name, text in BUILT_IN.items()}
JUNK = st.sampled_from(
    [
        *(
            "",
            "null",
            "[]",
            "{}",
            "true",
            "-1",
            "0.5",
            "1e99",
            "'",
            '"',
            "&a",
            "*a",
            "- ",
            "?",
            ": ",
            "|",
            ">-",
            "%",
            "!!int x",
        ),
        *(
            "kind",
            "kind: share",
            "[a, b]",
            "{a: b}",
            "2009-13-45",
            "9" * 400,
            "\ud800",
            "\x07",
            "<<: *a",
            "\t",
            "æøå",
            "...",
        ),
    ]
)


@given(data=st.data())
@settings(derandomize=True, deadline=None, max_examples=150)
def test_lines_that_are_lost_moved_or_altered_never_end_in_a_traceback(data: st.DataObject) -> None:
    lines = list(LINES[data.draw(st.sampled_from(sorted(LINES)))])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        match data.draw(st.sampled_from(["delete", "cut", "indent", "value", "double", "swap", "junk"])):
            case "delete":
                del lines[at : at + data.draw(st.integers(1, 5))]
            case "cut":
                lines[at] = line[: data.draw(st.integers(0, len(line)))]
            case "indent":
                lines[at] = " " * data.draw(st.integers(0, 8)) + line.lstrip()
            case "value":
                lines[at] = f"{line.partition(':')[0]}: {data.draw(JUNK)}"
            case "double":
                lines.insert(at, line)
            case "swap":
                other = data.draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], line
            case _:
                lines[at] = data.draw(JUNK)
    only_definition_errors("\n".join(lines))


@given(st.text(max_size=200))
@settings(derandomize=True, deadline=None)
def test_no_text_ends_in_a_traceback(text: str) -> None:
    only_definition_errors(text)
    with pytest.raises(DefinitionError):
        parse_json(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates().map(str),
    lambda inside: (
        st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from(["id", "kind", "x"]), inside, max_size=3)
    ),
    max_leaves=6,
)


@given(data=st.data())
@settings(derandomize=True, deadline=None, max_examples=150)
def test_values_of_any_kind_anywhere_never_end_in_a_traceback(data: st.DataObject) -> None:
    root = json.loads(parse_definition(SMALL, "own.yaml").as_json)
    here = root
    while True:
        keys = sorted(here) if isinstance(here, dict) else range(len(here))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(here[key], dict | list) or not here[key] or data.draw(st.booleans()):
            here[key] = data.draw(VALUES)
            break
        here = here[key]
    only_definition_errors(json.dumps(root))
