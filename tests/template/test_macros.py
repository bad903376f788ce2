"""A workbook's macros: the modules that it carries, what they say to people, the ribbon that calls them, the add-in."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from openpyxl import load_workbook
from pyopenvba.interpreter import parse_module

from tests.support.macros import body_of, modules_of, part
from tests.support.ooxml import check_workbook_files
from tests.xlsx.books import book, parts_of
from udfs.registry import FUNCTIONS
from udfs.wrappers import FOLDER
from xlmalekort.layout.office import Sheet
from xlmalekort.layout.region import REGION_NAME
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.template import macros
from xlmalekort.template.macros import Kind, add_in, add_macros, ribbon_xml, with_ribbon_of
from xlmalekort.xlsx.ribbon import RIBBON_NAMESPACE, RIBBON_PART
from xlmalekort.xlsx.vba import CODE_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from xlsxwriter import Workbook

LONGEST_LINE, MOST_CONTINUATIONS = 1023, 24
LONGEST_RIBBON_TEXT = 1024
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# What the schema of 2009/07 lets each element have, of what is used here.
RIBBON_SCHEMA = {
    "customUI": ({"onLoad"}, {"ribbon"}),
    "ribbon": (set[str](), {"tabs"}),
    "tabs": (set[str](), {"tab"}),
    "tab": ({"id", "label", "getVisible"}, {"group"}),
    "group": ({"id", "label"}, {"button"}),
    "button": ({"id", "label", "screentip", "supertip", "imageMso", "size", "onAction"}, set[str]()),
}
TITLES = ("Måle'kort æøå", "Kontroll", "Data 3")


def macro_workbook(language: str = "nb") -> bytes:
    """A workbook with three sheets, macros and a ribbon."""

    def write(workbook: Workbook) -> None:
        workbook.set_properties({"created": macros._CREATED})
        for title in TITLES:
            workbook.add_worksheet(title)
        add_macros(workbook, texts_of(language))

    return with_ribbon_of(book(write), texts_of(language))


WITH_MACROS = macro_workbook()
ADD_IN = add_in(texts_of("nb"))
SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.bas")}


def test_every_module_is_carried_as_it_was_written() -> None:
    found = modules_of(WITH_MACROS)
    for name in ("Malekort", "MalekortTexts", "MalekortAnswers", "MalekortFunctions", "MalekortRibbon"):
        assert found[name] == body_of(SOURCES[name])
        assert SOURCES[name].startswith(f'Attribute VB_Name = "{name}"\nOption Explicit\n')


def test_the_installed_xlwings_is_carried_with_its_licence_and_its_version() -> None:
    text = modules_of(WITH_MACROS)["xlwings"]
    assert "distributed under a BSD 3-clause license" in text
    assert "Redistributions of source code must retain the above copyright notice" in text
    assert f'Public Const XLWINGS_VERSION As String = "{version("xlwings")}"' in text


def test_one_place_of_xlwings_is_changed_so_that_no_name_of_a_workbook_is_in_a_command() -> None:
    spec = find_spec("xlwings")
    assert spec is not None
    assert spec.origin is not None
    installed = body_of((Path(spec.origin).parent / "xlwings.bas").read_text(encoding="ascii"))
    carried = modules_of(WITH_MACROS)["xlwings"]
    changed = [
        (before, after)
        for before, after in zip(installed.splitlines(), carried.splitlines(), strict=True)
        if before != after
    ]
    ((before, after),) = changed
    name = " & ThisWorkbook.FullName"
    assert before.replace(f'";"{name} & ";"{name} & ";"', '";;;"') == after
    # What starts Python, so that all workbooks share one.
    command = carried[carried.index("Function XLPyCommand()") :]
    assert name not in command[: command.index("End Function")]


def test_every_sheet_and_the_workbook_are_bound_to_their_modules() -> None:
    parts = parts_of(WITH_MACROS)
    workbook = etree.fromstring(parts["xl/workbook.xml"])
    assert workbook.find(f"{MAIN}workbookPr").get("codeName") == "ThisWorkbook"  # type: ignore[union-attr]
    names = [
        etree.fromstring(parts[f"xl/worksheets/sheet{number}.xml"]).find(f"{MAIN}sheetPr").get("codeName")  # type: ignore[union-attr]
        for number in range(1, len(TITLES) + 2)
    ]
    assert set(names) | {"ThisWorkbook"} <= set(modules_of(WITH_MACROS))
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("content", [WITH_MACROS, ADD_IN], ids=["workbook", "add-in"])
def test_every_line_is_one_that_vba_takes(content: bytes) -> None:
    for name, text in modules_of(content).items():
        assert max(map(len, text.splitlines()), default=0) <= LONGEST_LINE, name
        assert not re.search(rf"(?:.* _\n){{{MOST_CONTINUATIONS + 1}}}", text), name


@pytest.mark.parametrize("name", [name for name in SOURCES if name != "MalekortAddInWorkbook"])
def test_a_second_reader_of_vba_finds_nothing_wrong_with_the_grammar(name: str) -> None:
    """It does not know WithEvents, which the add-in's own module is about."""
    parse_module(SOURCES[name])


# Texts


def test_settings_and_texts_stand_on_a_hidden_sheet_where_xlwings_and_the_macros_look() -> None:
    workbook = load_workbook(io.BytesIO(WITH_MACROS))
    sheet = workbook["xlwings.conf"]
    assert sheet.sheet_state == "hidden"
    settings = {str(name): value for name, value in sheet.iter_rows(max_col=2, values_only=True) if name is not None}
    assert settings == {
        name: None if value == "" else value  # an empty cell
        for name, value in macros._SETTINGS.items()
    }
    # xlwings looks from A1 down to the first empty cell.
    assert [sheet.cell(row, 1).value is not None for row in range(1, len(settings) + 2)] == [True] * len(settings) + [
        False
    ]
    said = macros._said(texts_of("nb"))
    assert workbook.defined_names["mk_texts"].attr_text == f"'xlwings.conf'!$D$1:$E${len(said)}"
    found = sheet.iter_rows(min_col=4, max_col=5, max_row=len(said), values_only=True)
    assert {str(key): text for key, text in found} == said


def test_the_settings_are_those_of_the_per_user_install() -> None:
    settings = macros._SETTINGS
    assert settings["INTERPRETER_WIN"] == r"%LOCALAPPDATA%\xlmalekort\python\Scripts\pythonw.exe"
    assert settings["PYTHONPATH"] == r"%LOCALAPPDATA%\xlmalekort\python"
    assert settings["UDF MODULES"] == "udfs.functions"
    assert {name for name, value in settings.items() if value == 1} == {"USE UDF SERVER"}


def test_no_setting_is_a_truth_value_which_xlwings_would_put_into_words() -> None:
    sheet = load_workbook(io.BytesIO(WITH_MACROS))["xlwings.conf"]
    values = [value for (value,) in sheet.iter_rows(min_col=2, max_col=2, values_only=True)]
    assert {type(each) for each in values} == {str, int, type(None)}


def test_whatever_xlwings_asks_for_stands_in_the_workbook_and_in_no_file_beside_it() -> None:
    asked = set(re.findall(r'GetConfig\("([^"]+)"', modules_of(WITH_MACROS)["xlwings"]))
    elsewhere = {name for name in asked if name.endswith("_MAC")}
    # For want of the interpreter, and of a Python that stays alive.
    elsewhere |= {"INTERPRETER", "TEMP DIR"}
    assert asked - elsewhere <= set(macros._SETTINGS)


def test_everything_that_the_macros_say_has_a_text_and_every_text_is_said() -> None:
    code = "\n".join(SOURCES.values())
    said = set(re.findall(r'Say\("(\w+)"\)', code)) | set(re.findall(r'"(no_python_\w+)"', SOURCES["Malekort"]))
    assert said == set(macros._SAID)


def test_the_last_resort_is_the_same_text_in_english() -> None:
    found = re.findall(r'Case "(\w+)"\n\s+InEnglish = "(.*)"\n', SOURCES["MalekortTexts"])
    assert dict(found) == macros._SAID


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_has_no_letter_that_a_message_box_cannot_show(language: str) -> None:
    for text in macros._SAID.values():
        texts_of(language)(text).encode(CODE_PAGE)


def test_there_is_help_for_every_function_and_argument() -> None:
    said = macros._said(texts_of("en"))
    for name, function in FUNCTIONS.items():
        assert said[name] == function.doc
        assert [said[f"{name}.{each.name}"] for each in function.arguments] == [each.doc for each in function.arguments]


# What the code names exists


def test_the_buttons_and_the_ribbon_name_macros_that_exist() -> None:
    for macro in (macros.REFRESH_MACRO, macros.ROLL_UP_MACRO):
        assert f"Public Sub {macro}()\n" in SOURCES["Malekort"]
        assert f'RunInFront "{macro}"\n    Else\n        {macro}\n' in SOURCES["MalekortRibbon"]
    for kind in Kind:
        code = SOURCES["MalekortAddIn" if kind is Kind.ADD_IN else "MalekortRibbon"]
        for each in _elements(ribbon_xml(texts_of("en"), kind)):
            for attribute, arguments in (("onAction", "control As Object"), ("onLoad", "ribbon As Object")):
                if (name := each.get(attribute)) is not None:
                    assert f"Public Sub {name}({arguments})\n" in code
            if (name := each.get("getVisible")) is not None:
                assert f"Public Sub {name}(control As Object, ByRef visible As Variant)\n" in code


def test_no_macro_of_the_ribbon_is_in_the_workbooks_and_in_the_add_in() -> None:
    called = [
        {name for each in _elements(ribbon_xml(texts_of("en"), kind)) if (name := each.get("onAction")) is not None}
        for kind in (Kind.OFFICE, Kind.REGION, Kind.ADD_IN)
    ]
    assert not (called[0] | called[1]) & called[2]
    for names, others in ((called[0] | called[1], ADD_IN), (called[2], WITH_MACROS)):
        code = "\n".join(modules_of(others).values())
        assert not [name for name in names if f"Sub {name}(" in code]


def test_the_commands_are_the_two_that_python_knows() -> None:
    assert re.findall(r'Perform "(.*?)"', SOURCES["Malekort"]) == [
        "import udfs.macros; udfs.macros.refresh()",
        "import udfs.macros; udfs.macros.roll_up()",
    ]


def test_the_sheets_that_the_ribbon_leads_to_are_those_of_the_layout() -> None:
    for name in ("MalekortRibbon", "MalekortAddIn"):
        led = re.findall(r'GoToSheet "(\w+)"', SOURCES[name])
        assert led == [Sheet.CONTROL.defined_name, Sheet.INPUT.defined_name]
    assert re.findall(r'Names\("(mk_\w+)"\)', SOURCES["Malekort"]) == [Sheet.SETUP.defined_name, REGION_NAME]


# The ribbon


def _elements(xml: str) -> Iterator[_Element]:
    return etree.fromstring(xml.encode()).iter()


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ribbon_keeps_to_the_schema(language: str, kind: Kind) -> None:
    elements = list(_elements(ribbon_xml(texts_of(language), kind)))
    for each in elements:
        name = etree.QName(each)
        attributes, children = RIBBON_SCHEMA[name.localname]
        assert name.namespace == RIBBON_NAMESPACE
        assert set(map(str, each.attrib)) <= attributes
        assert {etree.QName(child).localname for child in each} <= children
        assert all(0 < len(str(text)) <= LONGEST_RIBBON_TEXT for text in each.attrib.values())
        assert each.get("size") in (None, "large", "normal")
    ids = [each.get("id") for each in elements if each.get("id") is not None]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", str(each)) for each in ids)


@pytest.mark.parametrize(
    ("language", "title"), [("nb", "Målekort"), ("da", "Målekort"), ("nl", "Scorekaart"), ("en", "Scorecard")]
)
def test_the_tab_is_called_as_the_language_calls_it(language: str, title: str) -> None:
    (tab,) = (
        each for each in _elements(ribbon_xml(texts_of(language), Kind.OFFICE)) if each.get("id") == "malekortTab"
    )
    assert tab.get("label") == title


def test_the_workbook_carries_its_ribbon() -> None:
    assert part(WITH_MACROS, RIBBON_PART).decode() == ribbon_xml(texts_of("nb"), Kind.OFFICE)
    assert part(ADD_IN, RIBBON_PART).decode() == ribbon_xml(texts_of("nb"), Kind.ADD_IN)


# The add-in


def test_the_add_in_has_the_workbooks_macros_and_hands_over_the_workbook_in_front() -> None:
    own, shared = modules_of(ADD_IN), modules_of(WITH_MACROS)
    for name in ("Malekort", "MalekortTexts", "MalekortAnswers", "MalekortFunctions"):
        assert own[name] == shared[name]
    changed = [
        (before, after)
        for before, after in zip(shared["xlwings"].splitlines(), own["xlwings"].splitlines(), strict=True)
        if before != after
    ]
    assert len(changed) == 1
    assert changed[0][0].replace("ThisWorkbook", "ActiveWorkbook") == changed[0][1]
    assert "BOOK_CALLER" in changed[0][0]


def test_the_add_in_watches_which_workbook_is_in_front() -> None:
    own = modules_of(ADD_IN)
    assert own["ThisWorkbook"] == SOURCES["MalekortAddInWorkbook"]
    assert "Public Sub MalekortAddInLooksAgain()" in own["MalekortAddIn"]
    assert "MalekortAddIn" not in modules_of(WITH_MACROS)


def test_another_xlwings_that_starts_python_otherwise_is_noticed() -> None:
    with pytest.raises(ValueError, match="FullName"):
        macros._changed("Option Explicit\n", macros._NAMED_TWICE, macros._NAMELESS)


def test_another_xlwings_that_hands_over_otherwise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    macros._add_in_modules.cache_clear()
    monkeypatch.setattr(macros, "_xlwings_module", lambda: "Option Explicit\n")
    with pytest.raises(ValueError, match="BOOK_CALLER"):
        macros._add_in_modules()


# Files


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_and_add_in_open_without_a_repair(language: str, tmp_path: Path) -> None:
    paths = {tmp_path / "x.xlsm": macro_workbook(language), tmp_path / "x.xlam": add_in(texts_of(language))}
    for path, content in paths.items():
        path.write_bytes(content)
    assert check_workbook_files(paths) == {key: [] for key in paths}


def test_the_bytes_are_the_same_from_run_to_run() -> None:
    program = (
        "import sys; from tests.template.test_macros import ADD_IN, WITH_MACROS; "
        "sys.stdout.buffer.write(WITH_MACROS + ADD_IN)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == WITH_MACROS + ADD_IN


def test_making_macros_starts_no_xlwings() -> None:
    program = (
        "import sys; from xlmalekort.template.macros import add_in; from xlmalekort.locale import texts_of; "
        "add_in(texts_of('nb')); print(sorted(each for each in sys.modules if each.startswith(('xlwings', 'udfs.'))))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
