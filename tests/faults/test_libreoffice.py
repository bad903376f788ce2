"""Workbooks of the reference set as a real LibreOffice saves them, in its own formats and in Excel's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.cases import Altered, Outcome, Spot, Variant
from tests.faults.suite import judge_of
from tests.support.libreoffice import LibreOffice

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One office's workbook by the ending of the format that it was saved in."""
    folder: Path = tmp_path_factory.mktemp("saved")
    reference = judge_of().reference
    path = folder / "office.xlsx"
    path.write_bytes(reference.offices[2].content)
    with LibreOffice(locale="nb-NO") as office, office.open(path) as book:
        for suffix in (".xlsx", ".xls", ".ods"):
            book.save_as(folder / f"saved{suffix}")
    return {path.suffix: path.read_bytes() for path in folder.glob("saved.*")}


def test_a_workbook_saved_by_libreoffice_says_the_same(saved: dict[str, bytes]) -> None:
    judge = judge_of()
    spot = Spot(judge.reference, judge.reference.offices[2])
    variant = Variant("S19", "saved_by_libreoffice", Outcome.ACCEPT, lambda each: each.accepted(saved[".xlsx"]))
    verdict = judge.judge(variant, variant.alter(spot))
    assert verdict.has_passed, (verdict.silent, verdict.failures)


@pytest.mark.parametrize("suffix", [".xls", ".ods"])
@pytest.mark.parametrize("is_renamed", [True, False])
def test_other_formats_are_refused_under_any_name(saved: dict[str, bytes], suffix: str, is_renamed: bool) -> None:
    judge = judge_of()
    spot = Spot(judge.reference, judge.reference.offices[2])
    own = spot.office.file
    file = own if is_renamed else own.replace(".xlsx", suffix)
    refused = spot.rejected(saved[suffix], "FIL-003")
    files: dict[str, bytes | None] = {own: None, file: saved[suffix]}
    tells = tuple(type(tell)(tell.codes, file) for tell in refused.tells)
    altered = Altered(files, tells, refused.lost, in_folder=True)
    verdict = judge.judge(Variant("F05", suffix, Outcome.FILE, lambda _: altered), altered)
    assert verdict.has_passed, (verdict.silent, verdict.failures)
