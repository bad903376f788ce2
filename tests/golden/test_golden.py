"""One office workbook and one regional workbook, as dumps that people can read. See CONTRIBUTING.md to renew them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.pipeline.offices import filled_workbook
from tests.pipeline.uwv_month import PERIOD, write_figures, write_register
from tests.support.dump import assert_matches_golden
from xlmalekort import build_workbooks, roll_up

HERE = Path(__file__).parent


def test_the_office_workbook_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "provedal.xlsx"
    path.write_bytes(filled_workbook())
    # The hidden sheets repeat the same few formulas row by row; the first rows show them.
    assert_matches_golden(path, HERE / "office.txt", hidden_rows=400)


def test_the_regional_workbook_is_as_it_was(tmp_path: Path) -> None:
    day = date(2006, 8, 1)
    register, figures = write_register(tmp_path / "regions.csv"), write_figures(tmp_path / "figures.csv")
    build_workbooks("uwv-pacta-2006", register, tmp_path / "in", today=day, data=figures)
    roll_up(tmp_path / "in", out=tmp_path / "land.xlsx", register=register, today=day, period=PERIOD)
    assert_matches_golden(tmp_path / "land.xlsx", HERE / "region.txt")
