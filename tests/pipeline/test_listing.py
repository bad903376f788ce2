"""What stands in a folder: every command that is given one names the same files and goes by the same rules."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.pipeline.offices import BUSKERUD
from xlmalekort import check_workbooks, roll_up
from xlmalekort.cli import main
from xlmalekort.output import changing
from xlmalekort.pipeline.annotate import annotate_workbooks
from xlmalekort.pipeline.consolidate import check_folder
from xlmalekort.pipeline.errors import NotDoneError

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2009, 7, 15)
TODAY = ["--today", "2009-07-15", "--lang", "en"]
IGNORED = {
    ".~lock.a.xlsx#": "FIL-005",
    "._a.xlsx": "FIL-009",
    "region.xlsx": "FIL-009",
    "note.txt": "FIL-009",
    "without ending": "FIL-009",
    "sub": "FIL-009",
    "~$d.xlsx": "FIL-005",
}
READ = {"a.xlsx", "b.ods", "c.xlsm", "d.xls", "empty.XLSX", "gone.xlsx"}


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("listing") / "a.xlsx"
    data = path.with_name("f.csv")
    data.write_text("measure,period,value\nB.1.numerator,2009-05,75\nB.1.denominator,2009-05,100\n", encoding="utf-8")
    made = ["new", BUSKERUD, "--office", "Prøvedal", "--data", str(data), "--out", str(path), "--today", "2009-07-15"]
    assert main(made) == 0
    return path.read_bytes()


@pytest.fixture
def folder(tmp_path: Path, workbook: bytes) -> Path:
    """One of everything that turns up beside workbooks."""
    found = tmp_path / "in"
    found.mkdir()
    (found / "a.xlsx").write_bytes(workbook)
    roll_up(found, out=found / "region.xlsx", today=DAY)
    (found / "b.ods").write_bytes(b"PK\x03\x04")
    (found / "c.xlsm").write_bytes(workbook)
    (found / "d.xls").write_bytes(workbook)
    (found / "empty.XLSX").write_bytes(b"")
    (found / "gone.xlsx").symlink_to(found / "nowhere.xlsx")
    for name in (".~lock.a.xlsx#", "._a.xlsx", "note.txt", "without ending", "~$d.xlsx"):
        (found / name).write_bytes(b"x")
    (found / "sub").mkdir()
    (found / "sub" / "unseen.xlsx").write_bytes(workbook)
    return found


def check(capsys: pytest.CaptureFixture[str], *arguments: object, code: int) -> Any:
    capsys.readouterr()
    assert main(["check", *map(str, arguments), *TODAY, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_check_goes_by_the_listing_of_the_roll_up(folder: Path) -> None:
    checked = check_workbooks([folder], today=DAY)
    assert [each.file for each in checked] == sorted(READ | set(IGNORED))
    assert {each.file: each.problems[0].code for each in checked if each.is_ignored} == IGNORED
    assert checked == tuple(check_folder(folder, DAY))
    rolled = roll_up(folder, out=folder.parent / "r.xlsx", today=DAY)
    assert {each.checked.file for each in rolled.files} == {each.file for each in checked}
    assert {each.checked.file for each in rolled.files if each.checked.is_ignored} == set(IGNORED)


def test_check_names_each_thing_of_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = check(capsys, folder, code=1)
    assert {each["file"]: each["ignored"] for each in found["files"]} == {
        **dict.fromkeys(READ, False),
        **dict.fromkeys(IGNORED, True),
    }
    main(["check", str(folder), *TODAY])
    lines = capsys.readouterr().out.splitlines()
    for name, code in IGNORED.items():
        assert [line for line in lines if line.startswith(name)] == [
            line for line in lines if f"{name} [{code}]" in line
        ]
        assert sum(line.startswith(name) for line in lines) == 1
    for name in READ:
        assert any(line.startswith(f"{name}: ") for line in lines)


def test_what_a_run_keeps_beside_its_output_is_no_file_of_the_folder(folder: Path) -> None:
    with changing(folder / "other.xlsx"):
        checked = check_workbooks([folder], today=DAY)
    assert {each.file for each in checked} == READ | set(IGNORED)


def test_ignored_things_alone_are_no_reason_to_look(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in READ - {"a.xlsx"}:
        (folder / name).unlink()
    assert check(capsys, folder, code=0)["nothing_to_check"] == []


@pytest.mark.parametrize("names", [[], ["note.txt"], ["~$d.xlsx", "region.xlsx"]])
@pytest.mark.parametrize("annotate", [False, True])
def test_a_folder_with_nothing_to_check_is_not_done_like_a_roll_up_of_it(
    folder: Path, tmp_path: Path, names: list[str], annotate: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in names:
        (bare / name).write_bytes((folder / name).read_bytes())
    more = ["--annotate", tmp_path / "back"] if annotate else []
    found = check(capsys, bare, *more, code=2)
    assert found["error"] == f"{bare}: there is no workbook to check."
    assert sorted(each["file"] for each in found["problems"]) == sorted(names)
    assert not (tmp_path / "back").exists()
    with pytest.raises(NotDoneError):
        roll_up(bare, out=tmp_path / "r.xlsx", today=DAY)


def test_an_empty_folder_among_others_is_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    assert check(capsys, folder / "a.xlsx", bare, code=1)["nothing_to_check"] == [str(bare)]
    assert main(["check", str(folder / "a.xlsx"), str(bare), *TODAY]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"{bare}: there is no workbook to check."


@pytest.mark.parametrize(
    ("name", "code"), [("~$d.xlsx", "FIL-005"), (".~lock.a.xlsx#", "FIL-005"), ("._a.xlsx", "FIL-009")]
)
def test_what_a_program_keeps_beside_a_workbook_is_told_by_its_rule_when_it_is_named(
    folder: Path, name: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (problem,) = check(capsys, folder / name, code=2)["problems"]
    assert (problem["code"], problem["file"]) == (code, name)
    files = check(capsys, folder / "a.xlsx", folder / name, code=0)["files"]
    assert [(each["file"], each["ignored"]) for each in files] == [("a.xlsx", False), (name, True)]


def test_whoever_names_another_file_is_told_what_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = check(capsys, folder / "note.txt", code=1)["files"]
    assert ([each["code"] for each in found["problems"]], found["ignored"]) == (["FIL-003"], False)


def test_there_is_nothing_to_give_back_of_what_was_not_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in READ - {"a.xlsx", "c.xlsm"}:
        (folder / name).unlink()
    back = folder / "back"
    first = check(capsys, folder, "--annotate", back, code=0)
    # The second time the answers stand in the folder: they are no part of what was received.
    assert check(capsys, folder, "--annotate", back, code=0) == first
    given = {each["file"]: each["annotated"] for each in first["files"]}
    assert {name for name, path in given.items() if path} == {"a.xlsx", "c.xlsm"}
    assert {each["not_annotated"] for each in first["files"] if each["file"] == "sub"} == {
        "sub: was not read, so there is nothing to give back."
    }
    assert sorted(path.name for path in back.iterdir()) == ["a.xlsx", "c.xlsm"]


def test_what_is_ignored_keeps_no_workbook_of_that_name_from_being_given_back(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for each in (other, folder):
        (each / "~$d.xlsx").write_bytes(b"x")
    (other / "e.xlsx").write_bytes((folder / "a.xlsx").read_bytes())
    found = annotate_workbooks([other, folder], tmp_path / "back", today=DAY)
    assert {each.checked.file for each in found if each.written} == {"a.xlsx", "c.xlsm", "d.xls", "e.xlsx"}
