"""The command line: what stands on stdout, and what the exit code says."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.pipeline.offices import BUSKERUD
from tests.template.deadline_samples import FIRST_SPARE, PLAN
from xlmalekort import roll_up
from xlmalekort.cli import main
from xlmalekort.layout.cells import a1
from xlmalekort.layout.deadlines import DEADLINES_FIRST_ROW, Column
from xlmalekort.layout.office import Sheet, layout_of
from xlmalekort.model.periods import Period
from xlmalekort.scorecards import load_scorecard
from xlmalekort.xlsx import patch_workbook

if TYPE_CHECKING:
    from pathlib import Path

TODAY = ["--today", "2009-07-15"]
FIGURES = """indicator,field,period,value
B.1,numerator,2009-05,75
B.1,denominator,2009-05,100
B.6,numerator,2009-05,679
B.6,denominator,2009-05,1000
B.13,value,2009-04,100
B.13,value,2009-05,105
B.13,value,2008-12,90
Ø.1,actual,2009-05,102
Ø.1,plan,2009-05,100
B.1,comment,2009-05,To møter ble flyttet
"""


class Run:
    """The command line, with what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: object, code: int) -> str:
        self.capsys.readouterr()
        assert main([str(argument) for argument in arguments]) == code
        captured = self.capsys.readouterr()
        assert "Traceback" not in captured.err
        return captured.out

    def json(self, *arguments: object, code: int) -> Any:
        return json.loads(self(*arguments, "--json", code=code))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "Fylke Øst – målekort"
    found.mkdir()
    (found / "tall.csv").write_text(FIGURES, encoding="utf-8")
    return found


@pytest.fixture
def office(folder: Path, run: Run) -> Path:
    path = folder / "prøvedal.xlsx"
    run("new", BUSKERUD, "--office", "Prøvedal", "--data", folder / "tall.csv", "--out", path, *TODAY, code=0)
    return path


def type_into(path: Path, measure: str, period: str, value: float | str) -> None:
    layout = layout_of(load_scorecard(BUSKERUD), 2009)
    place = layout.input_cell(measure, Period.parse(period))
    assert place is not None
    changes = {layout.title(Sheet.INPUT): {place[1:]: value}}
    path.write_bytes(patch_workbook(path.read_bytes(), changes))


def test_scorecards_lists_the_built_in_ones(run: Run) -> None:
    assert [each["id"] for each in run.json("scorecards", code=0)] == [
        "kbh-resultatkontrakt-2007",
        "nav-aas-2014",
        "nav-buskerud-2009",
        "uwv-pacta-2006",
        "vejle-2013",
    ]


def test_judge_prints_the_documented_keys(run: Run) -> None:
    found = run.json(
        "judge", BUSKERUD, "B.1", "--period", "2009-05", "--numerator", 63, "--denominator", 100, *TODAY, code=0
    )
    assert found["indicator"] == "B.1"
    assert found["period"] == "2009-05"
    assert (found["value"], found["shown"], found["status"], found["target"]) == (63, 63, "red", 75)
    assert (found["green"], found["yellow"]) == ("≥ 75", "65 – 75")
    assert (found["to_green"], found["reachable"]) == ({"numerator": 12}, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["judge", BUSKERUD, "B.99", "--period", "2009-05", "--value", "1"],
        ["judge", BUSKERUD, "B.1", "--period", "mai", "--value", "1"],
        ["judge", BUSKERUD, "B.1", "--period", "2009-Q1", "--value", "1"],
        ["judge", BUSKERUD, "B.1", "--period", "2009-05", "--value", "mye"],
        ["judge", BUSKERUD, "B.1", "--period", "2009-05", "--value", "1,234"],
        ["judge", BUSKERUD, "B.1", "--period", "2009-05", "--actual", "1"],
        ["judge", "nav-buskerud", "B.1", "--period", "2009-05"],
        ["judge", "finnes-ikke.yaml", "B.1", "--period", "2009-05"],
        ["new", BUSKERUD, "--out", "x.xlsx"],
        ["new", BUSKERUD, "--office", "A", "--out", "x.pdf"],
        ["new", BUSKERUD, "--office", "A", "--out", "finnes/ikke/x.xlsx"],
        ["check", "finnes-ikke.xlsx"],
        ["refresh", "finnes-ikke.xlsx"],
        ["cells", "finnes-ikke.xlsx"],
        ["fill", "finnes-ikke.xlsx", "--data", "finnes-ikke.csv"],
        ["rollup", "finnes-ikke", "--out", "x.xlsx"],
        ["tull"],
        ["judge"],
        ["check", "a.xlsx", "--today", "i morgen"],
    ],
)
def test_what_cannot_be_done_is_said_in_words_with_exit_code_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip()
    assert "Traceback" not in captured.err
    assert list(tmp_path.iterdir()) == []


def test_cells_lists_every_input_cell_with_its_users(run: Run, office: Path) -> None:
    cells = run.json("cells", office, code=0)
    assert set(cells[0]) == {"sheet", "cell", "measure", "period", "indicator", "field", "used_by", "value", "raw"}
    filled = {(c["indicator"], c["field"], c["period"]): c["value"] for c in cells if c["value"] is not None}
    assert filled["B.1", "numerator", "2009-05"] == 75
    assert filled["B.1", "comment", "2009-05"] == "To møter ble flyttet"
    assert len(filled) == 9
    shared = next(c for c in cells if c["measure"] == "employees")
    assert shared["used_by"] == [["M.2", "denominator"], ["M.4", "denominator"]]
    assert len({(c["sheet"], c["cell"]) for c in cells}) == len(cells)


def test_check_accepts_a_sound_workbook_and_its_ledger_balances(run: Run, office: Path) -> None:
    (found,) = run.json("check", office, *TODAY, code=0)["files"]
    assert (found["file"], found["office"], found["accepted"]) == ("prøvedal.xlsx", "Prøvedal", True)
    ledger = found["ledger"]
    assert ledger == {"filled": 10, "counted": 9, "rejected": 0, "provisional": 0, "reference": 1}


@pytest.mark.parametrize(
    ("measure", "period", "value", "code"),
    [
        ("B.1.numerator", "2009-05", "tolv", "NUM-001"),
        ("B.1.numerator", "2009-05", 101, "PAR-001"),
        ("B.1.numerator", "2009-05", -1, "NUM-004"),
        ("B.1.numerator", "2009-05", 7.5, "NUM-005"),
        ("B.1.numerator", "2009-08", 5, "PER-001"),
        ("B.2.numerator", "2009-05", 5, "PAR-002"),
        ("B.8.denominator", "2009-05", 5, "PAR-002"),
    ],
)
def test_check_names_place_and_remedy(
    run: Run, office: Path, measure: str, period: str, value: object, code: str
) -> None:
    assert isinstance(value, float | int | str)
    type_into(office, measure, period, value)
    (found,) = run.json("check", office, *TODAY, code=1)["files"]
    problem = next(each for each in found["problems"] if each["code"] == code)
    place = layout_of(load_scorecard(BUSKERUD), 2009).input_cell(measure, Period.parse(period))
    assert place is not None
    assert problem["file"] == "prøvedal.xlsx"
    assert problem["sheet"] == "Registrering"
    assert problem["cell"]
    assert problem["fix"]
    assert problem["expected"]
    ledger = found["ledger"]
    parts = ("counted", "rejected", "provisional", "reference")
    assert ledger["filled"] == sum(ledger[part] for part in parts)


def test_refresh_judges_the_chosen_period_and_keeps_the_choice(run: Run, office: Path) -> None:
    found = run.json("refresh", office, "--period", "2009-05", *TODAY, code=0)
    statuses = {each["indicator"]: each for each in found["statuses"]}
    assert (found["office"], found["period"], len(statuses)) == ("Prøvedal", "2009-05", 22)
    assert {key: statuses[key]["status"] for key in ("B.1", "B.2", "B.3", "B.6", "B.13", "M.3", "Ø.1")} == {
        "B.1": "green",
        "B.2": "missing",
        "B.3": "undecided",
        "B.6": "red",
        "B.13": "green",
        "M.3": "not_due",
        "Ø.1": "green",
    }
    assert statuses["B.6"]["why"] == "67,9 % er under gult område 68-75 % i mai 2009; målet er minst 75 %"
    assert run.json("refresh", office, *TODAY, code=0)["period"] == "2009-05"


def test_refresh_writes_elsewhere_when_told_to(run: Run, office: Path) -> None:
    before = office.read_bytes()
    copy = office.with_name("kopi.xlsx")
    run("refresh", office, "--out", copy, "--period", "2009-04", *TODAY, code=0)
    assert office.read_bytes() == before
    assert run.json("refresh", copy, *TODAY, code=0)["period"] == "2009-04"


def test_new_never_puts_an_empty_workbook_in_the_place_of_a_filled_one(run: Run, office: Path, folder: Path) -> None:
    before = office.read_bytes()
    run("new", BUSKERUD, "--office", "Prøvedal", "--out", office, *TODAY, code=2)
    assert office.read_bytes() == before
    run("new", BUSKERUD, "--office", "Prøvedal", "--data", folder / "tall.csv", "--out", office, *TODAY, code=0)


def test_fill_lists_what_it_overwrote(run: Run, office: Path, folder: Path) -> None:
    more = folder / "flere.csv"
    more.write_text("office;indicator;field;period;value\nPrøvedal;B.1;numerator;2009-05;70\n", encoding="cp1252")
    found = run.json("fill", office, "--data", more, *TODAY, code=0)
    (note,) = [each for each in found["problems"] if each["code"] == "CSV-011"]
    assert (note["sheet"], note["got"], note["severity"]) == ("Registrering", "75", "note")
    cells = {(c["measure"], c["period"]): c["value"] for c in run.json("cells", office, code=0)}
    assert cells["B.1.numerator", "2009-05"] == 70
    assert cells["B.1.denominator", "2009-05"] == 100


def test_fill_takes_a_folder_and_leaves_the_others_alone(run: Run, office: Path, folder: Path) -> None:
    other = folder / "testnes.xlsx"
    run("new", BUSKERUD, "--office", "Testnes", "--out", other, *TODAY, code=0)
    before = other.read_bytes()
    (folder / "flere.csv").write_text("office,indicator,field,period,value\nPrøvedal,B.2,numerator,2009-05,7\n")
    run("fill", folder, "--data", folder / "flere.csv", *TODAY, code=0)
    assert other.read_bytes() == before


def county(folder: Path, own: str = "") -> Path:
    """Figures of four other offices, eight lines, before those of `own`."""
    path = folder / "county.csv"
    names = ("Testnes", "Prøvedalen", "Liksom", "Ål")
    lines = "".join(f"{name},B.2,numerator,2009-0{month},7\n" for name in names for month in (4, 5))
    path.write_text(f"office,indicator,field,period,value\n{lines}{own}", encoding="utf-8")
    return path


def test_fill_of_one_workbook_tells_the_lines_of_other_offices_once(run: Run, office: Path, folder: Path) -> None:
    found = run.json("fill", office, "--data", county(folder, "Prøvedal,B.2,numerator,2009-05,9\n"), *TODAY, code=1)
    assert found["files"] == [{"file": office.name, "office": "Prøvedal", "written": 1}]
    (told,) = [each for each in found["problems"] if each["code"].startswith("CSV")]
    assert (told["code"], told["severity"]) == ("CSV-023", "warning")
    said = run("fill", office, "--data", folder / "county.csv", "--lang", "en", *TODAY, code=1)
    # A name spelt like the office's own may be a slip, so it comes first.
    assert "not used: 8 (Prøvedalen, Testnes, Liksom, Ål); the workbook is that of Prøvedal." in said


def test_fill_of_one_workbook_from_a_file_without_its_office_is_not_done(run: Run, office: Path, folder: Path) -> None:
    before = office.read_bytes()
    found = run.json("fill", office, "--data", county(folder), "--lang", "en", *TODAY, code=2)
    assert found["error"] == (
        f"{office}: is the workbook of Prøvedal, and county.csv has no line for it; "
        "its lines are for: Prøvedalen, Testnes, Liksom, Ål."
    )
    assert office.read_bytes() == before


def test_fill_of_a_folder_tells_every_line_of_an_unknown_office(run: Run, office: Path, folder: Path) -> None:
    found = run.json("fill", folder, "--data", county(folder, "Prøvedal,B.2,numerator,2009-05,9\n"), *TODAY, code=1)
    assert [each["code"] for each in found["problems"] if each["code"].startswith("CSV")] == ["CSV-003"] * 8


def test_check_gives_a_workbook_back_where_that_is_asked_for(run: Run, office: Path, folder: Path) -> None:
    type_into(office, "B.1.numerator", "2009-05", "75 stk")
    before, out = office.read_bytes(), folder / "tilbake.xlsx"
    (found,) = run.json("check", office, "--annotate", out, *TODAY, code=1)["files"]
    assert (found["annotated"], found["not_annotated"]) == (str(out), None)
    assert [each["likely"] for each in found["problems"] if each["code"] == "NUM-001"] != [None]
    assert office.read_bytes() == before
    assert run.json("check", out, *TODAY, code=1)["files"][0]["problems"] == [
        each | {"file": out.name} for each in found["problems"]
    ]
    told = run("check", office, "--annotate", out, "--lang", "en", *TODAY, code=1)
    assert told.splitlines()[-1] == f"{office.name}: given back as {out}."


def test_check_tells_of_each_workbook_whether_it_was_given_back(run: Run, office: Path, folder: Path) -> None:
    (folder / "skadet.xlsx").write_bytes(office.read_bytes()[:5000])
    out = folder / "tilbake"
    found = run.json("check", folder, "--annotate", out, "--lang", "en", *TODAY, code=1)["files"]
    assert [(each["file"], each["annotated"]) for each in found] == [
        (office.name, str(out / office.name)),
        ("skadet.xlsx", None),
        ("tall.csv", None),
    ]
    assert "skadet.xlsx: cannot be given back" in found[1]["not_annotated"]
    assert [each.name for each in out.iterdir()] == [office.name]


def test_check_alone_says_nothing_of_giving_back(run: Run, office: Path) -> None:
    (found,) = run.json("check", office, *TODAY, code=0)["files"]
    assert "annotated" not in found


def test_check_gives_nothing_back_in_the_place_of_another_file(run: Run, office: Path, folder: Path) -> None:
    before = (folder / "tall.csv").read_bytes()
    assert "error" in run.json("check", office, "--annotate", folder / "tall.csv", *TODAY, code=2)
    assert (folder / "tall.csv").read_bytes() == before


def test_rollup_of_a_folder(run: Run, office: Path, folder: Path) -> None:
    (folder / "offices.csv").write_text("office,area,region\nPrøvedal,TO Nord,Buskerud\nTestnes,TO Nord,Buskerud\n")
    (folder / "skadet.xlsx").write_bytes(office.read_bytes()[:5000])
    out, tidy = folder.parent / "fylke.xlsx", folder.parent / "tall.csv"
    found = run.json(
        "rollup", folder, "--out", out, "--register", folder / "offices.csv", "--period", "2009-05",
        "--tidy", tidy, *TODAY, code=1,
    )  # fmt: skip
    # The two text files beside the workbooks are told and not read.
    assert found["files"] == {"seen": 4, "counted": 1, "rejected": 1, "held": 0, "ignored": 2}
    region = next(r for r in found["results"] if (r["indicator"], r["level"]) == ("B.6", "region"))
    assert (region["name"], region["numerator"], region["denominator"], region["status"]) == (
        "Buskerud",
        679,
        1000,
        "red",
    )
    assert (region["reported"], region["expected"], region["complete"]) == (1, 2, False)
    assert {source["sheet"] for source in region["sources"]} == {"Registrering"}
    assert {each["code"] for each in found["problems"]} >= {"FIL-002", "DLV-001"}
    assert out.read_bytes()[:2] == b"PK"
    assert (
        tidy.read_text(encoding="utf-8").splitlines()[0]
        == "level,unit,area,region,measure,period,value,file,sheet,cell"
    )


def test_rollup_of_a_period_prints_that_period_and_keeps_the_earlier_ones_for_the_trend(
    run: Run, office: Path, folder: Path
) -> None:
    found = run.json("rollup", folder, "--out", folder.parent / "r.xlsx", "--period", "2009-05", *TODAY, code=0)
    assert {each["period"] for each in found["results"]} == {"2009-05"}
    rollup = roll_up(folder, out=folder.parent / "r.xlsx", today=date(2009, 7, 15), period="2009-05")
    assert {str(each.period) for each in rollup.results} == {f"2009-0{month}" for month in range(1, 6)}


def test_rollup_without_a_register_does_not_know_what_is_expected(run: Run, office: Path, folder: Path) -> None:
    found = run.json("rollup", folder, "--out", folder.parent / "r.xlsx", "--period", "2009-05", *TODAY, code=0)
    region = next(r for r in found["results"] if (r["indicator"], r["level"]) == ("B.6", "region"))
    assert (region["expected"], region["complete"]) == (None, None)


def test_rollup_prints_the_deadlines_of_the_offices_the_worst_first(run: Run, folder: Path, tmp_path: Path) -> None:
    plan, received = tmp_path / "plan.yaml", tmp_path / "mottatt"
    plan.write_text(PLAN.as_json, encoding="utf-8")
    received.mkdir()
    path = received / "prøvedal.xlsx"
    run("new", plan, "--office", "Prøvedal", "--data", folder / "tall.csv", "--out", path, *TODAY, code=0)
    layout = layout_of(PLAN, 2009)
    title, row = layout.title(Sheet.DEADLINES), DEADLINES_FIRST_ROW
    done = {(row, int(Column.DONE)): "2009-07-01", (FIRST_SPARE, int(Column.WHAT)): "Klage"}
    path.write_bytes(patch_workbook(path.read_bytes(), {title: done}))
    run("refresh", path, *TODAY, code=0)
    found = run.json("rollup", received, "--out", tmp_path / "r.xlsx", *TODAY, code=0)["deadlines"]
    states = [each["state"] for each in found]
    assert states == ["overdue"] * 2 + ["due_soon"] * 2 + ["open"] * 2 + ["undated"] * 2 + ["done"]
    assert found[0] == {
        "office": "Prøvedal",
        "kind": "milestone",
        "id": "M.1",
        "title": "Lokal personalhåndbok er skrevet",
        "responsible": "NAV-leder",
        "due": "2009-05-31",
        "done": None,
        "state": "overdue",
        "reported": True,
        "days_over": 45,
        "remark": "",
        "file": "prøvedal.xlsx",
        "sheet": title,
        "cell": a1(row + 4, Column.NUMBER),
    }
    assert (found[-1]["id"], found[-1]["done"]) == ("1.1", "2009-07-01")
    assert [each["due"] for each in found if each["state"] == "undated"] == ["løpende", None]


def test_rollup_of_nothing_is_not_done(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    run("rollup", tmp_path / "tom", "--out", tmp_path / "r.xlsx", code=2)
    assert not (tmp_path / "r.xlsx").exists()


@pytest.mark.parametrize("language", ["nb", "da", "nl", "en"])
def test_people_read_their_own_language(run: Run, office: Path, language: str) -> None:
    type_into(office, "B.1.numerator", "2009-05", "tolv")
    out = run("check", office, "--lang", language, *TODAY, code=1)
    word = {"nb": "Skriv", "da": "Skriv", "nl": "Vul", "en": "Enter"}[language]
    assert word in out


def test_demo_makes_a_county_and_says_where_to_look_in_three_lines(run: Run, tmp_path: Path) -> None:
    out = run("demo", "--out", tmp_path / "demo", code=0)
    assert len(out.splitlines()) == 3
    assert (tmp_path / "demo" / "region.xlsx").is_file()
    assert len(list((tmp_path / "demo" / "offices").glob("*.xlsx"))) == 20
    again = run.json("demo", "--out", tmp_path / "demo", code=0)
    assert again["files"] == {"seen": 20, "counted": 18, "rejected": 1, "held": 0, "ignored": 1}
