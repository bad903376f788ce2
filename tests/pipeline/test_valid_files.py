"""Every workbook that is written opens without a repair prompt, as far as two validators and our own checks can tell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.support.ooxml import check_workbook_files
from xlmalekort import fill_workbook, refresh_workbook
from xlmalekort.pipeline.demo import make_demo

if TYPE_CHECKING:
    from pathlib import Path

ONLY_IN_CHARTS = {"#N/A"}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder)
    return folder


def test_workbooks_of_the_demonstration_are_valid(county: Path) -> None:
    offices = sorted((county / "offices").glob("*.xlsx"))
    sound = [path for path in offices if path.stat().st_size > 200_000]
    assert len(sound) == 19
    found = check_workbook_files([sound[0], sound[-1], county / "region.xlsx"], allowed_errors=ONLY_IN_CHARTS)
    assert {path: complaints for path, complaints in found.items() if complaints} == {}


def test_workbooks_stay_valid_when_they_are_filled_and_refreshed(county: Path, tmp_path: Path) -> None:
    office, figures = county / "offices" / "tenkeby_2009.xlsx", tmp_path / "more.csv"
    figures.write_text('measure,period,value\nB.1.numerator,2009-12,7\n"B.2.numerator",2009-12,9\n', encoding="utf-8")
    path = tmp_path / "tenkeby.xlsx"
    path.write_bytes(office.read_bytes())
    fill_workbook(path, figures, today=date(2010, 2, 1))
    refresh_workbook(path, today=date(2010, 2, 2), period="2009-11")
    found = check_workbook_files([path], allowed_errors=ONLY_IN_CHARTS)
    assert {path: complaints for path, complaints in found.items() if complaints} == {}
