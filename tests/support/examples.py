"""The workbooks that stand ready in `workbooks/`: templates, and UWV's real month with its country workbook.

Usage: `python -m tests.support.examples`
"""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

from tests.pipeline.uwv_month import PERIOD, write_figures, write_register
from xlmalekort import build_workbook, build_workbooks, load_scorecard, roll_up
from xlmalekort.pipeline.county import made_up_register
from xlmalekort.pipeline.demo import register_csv
from xlmalekort.scorecards import built_in

FOLDER = Path(__file__).parents[2] / "workbooks"
TEMPLATE_DAY = {
    "kbh-resultatkontrakt-2007": date(2007, 1, 15),
    "nav-aas-2014": date(2014, 1, 15),
    "nav-buskerud-2009": date(2009, 1, 15),
    "uwv-pacta-2006": date(2006, 1, 15),
    "vejle-2013": date(2013, 1, 15),
}
TEMPLATE_OFFICE = {"da": "Enhedens navn", "nb": "Kontorets navn", "nl": "Naam van de vestiging"}
MONTH_DAY = date(2006, 8, 1)


def make_examples(folder: Path) -> None:
    """Make everything anew in the folder."""
    templates, month = folder / "templates", folder / "uwv-2006"
    for each in (templates, month):
        shutil.rmtree(each, ignore_errors=True)
        each.mkdir(parents=True)
    for name in built_in():
        office = TEMPLATE_OFFICE[load_scorecard(name).language]
        for suffix in (".xlsx", ".xlsm"):
            build_workbook(name, office, templates / f"{name}{suffix}", today=TEMPLATE_DAY[name])
    (folder / "offices.csv").write_bytes(register_csv(made_up_register(load_scorecard("nav-buskerud-2009"))))
    register, figures = write_register(month / "regions.csv"), write_figures(month / "figures.csv")
    build_workbooks("uwv-pacta-2006", register, month / "regions", today=MONTH_DAY, data=figures)
    for file in ("country.xlsx", "country.xlsm"):
        roll_up(month / "regions", out=month / file, register=register, today=MONTH_DAY, period=PERIOD)


if __name__ == "__main__":
    make_examples(FOLDER)
    sys.stdout.write("".join(f"{path}\n" for path in sorted(FOLDER.rglob("*")) if path.is_file()))
