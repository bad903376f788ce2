"""Makes the county that the benchmarks roll up: real office workbooks with a whole year of figures, and their register.

python bench/offices.py FOLDER [--offices 500]
"""

from __future__ import annotations

import argparse
import csv
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from xlmalekort.intake.figures_file import FigureEntry
from xlmalekort.intake.register_file import file_stem
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office, Register
from xlmalekort.pipeline.build import submission_of, unchecked_workbook
from xlmalekort.pipeline.county import made_up_offices
from xlmalekort.pipeline.plausible import MadeUpOffice, plausible_figures
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.scorecards import load_scorecard

SCORECARD = "nav-buskerud-2009"
TODAY = date(2010, 2, 1)
SEED = 2009
AREA_SIZE = 20
FIRST = (
    "Furu Gran Bjørk Selje Hassel Rogn Osp Hegg Lind Eike Alm Ask "
    "Lønn Older Einer Lyng Mose Sten Berg Li Å Fjell Sand Leir Grus"
)
LAST = "dal vik nes ås bakk li mo haug fjord sund øy eid lund rud stad heim voll tun myr vang"


def made_up_county(count: int) -> Register:
    """So many offices, twenty to an area. No place of these names is meant."""
    names = [f"{first}{last}" for first in FIRST.split() for last in LAST.split()]
    rounds = range(count // len(names) + 1)
    numbered = (f"{name} {number}" if number else name for number in rounds for name in names)
    top = load_scorecard(SCORECARD).top.name
    return Register(
        tuple(
            Office(name=name, area=f"TO {place // AREA_SIZE + 1:02d}", region=top)
            for place, name in zip(range(count), numbered, strict=False)
        )
    )


def make_offices(folder: Path, count: int) -> tuple[Path, Path]:
    """The folder of workbooks and the register, made unless they are there from an earlier run."""
    offices, register_path = folder / f"offices-{count}", folder / f"offices-{count}.csv"
    if register_path.exists():
        return offices, register_path
    offices.mkdir(parents=True, exist_ok=True)
    register = made_up_county(count)
    characters = made_up_offices(register, SEED)
    with ProcessPoolExecutor() as workers:
        list(workers.map(partial(_make, offices), register.offices, characters, chunksize=10))
    # The register comes last: it says that all the workbooks are there.
    with register_path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("office", "area", "region"))
        writer.writerows((office.name, office.area, office.region) for office in register.offices)
    return offices, register_path


def _make(folder: Path, office: Office, character: MadeUpOffice) -> None:
    scorecard = load_scorecard(SCORECARD)
    path = folder / f"{file_stem(office.name)}_{scorecard.year}.xlsx"
    entries = [
        FigureEntry(office.name, each.measure, each.period, each.value, line=0)
        for each in plausible_figures(scorecard, character, scorecard.year, TODAY, SEED)
    ]
    submission = submission_of(office, scorecard.year, entries, path.name)
    submission = replace(submission, ready_for=Period.parse(f"{scorecard.year}-12"))
    refreshed = refresh_content(unchecked_workbook(scorecard, submission, TODAY), path.name, TODAY)
    errors = [problem for problem in refreshed.problems if problem.severity == "error"]
    assert not errors, errors
    path.write_bytes(refreshed.content)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--offices", type=int, default=500)
    options = parser.parse_args()
    print(*make_offices(options.folder, options.offices), f"({os.cpu_count()} cores)")
