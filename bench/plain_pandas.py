"""The script that a county would write without this project: read, stack, add up, write. It checks and judges nothing.

Run as `python bench/plain_pandas.py FOLDER OFFICES.csv OUT.xlsx calamine|openpyxl`. Its workbook holds the same base figures:
shares and sums of each area and of the county, shares of each office, and every figure as a table, with the file that it came
from.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

YEAR = "2009"
CODES_ROW = 4
"""The row with the periods' codes, counted from 0."""
UPPER, LOWER = ".numerator", ".denominator"


def read(path: Path, engine: str) -> pd.DataFrame:
    """One row for each figure of an office: measure, period, value, file."""
    frame: pd.DataFrame = pd.read_excel(path, sheet_name="Registrering", header=CODES_ROW, engine=engine)  # type: ignore[call-overload]
    periods = [column for column in frame.columns if str(column).startswith(YEAR)]
    frame = frame.rename(columns={frame.columns[0]: "measure"}).dropna(subset=["measure"])
    frame = frame[~frame["measure"].astype(str).str.startswith("comment:")]
    tidy = frame.melt(id_vars=["measure"], value_vars=periods, var_name="period")
    tidy["file"] = path.name
    return tidy.assign(value=pd.to_numeric(tidy["value"], errors="coerce")).dropna(subset=["value"])


def shares(figures: pd.DataFrame, by: str) -> pd.DataFrame:
    """Sum of numerators over sum of denominators, by unit and period."""
    sums = figures.pivot_table(index=[by, "period"], columns="measure", values="value", aggfunc="sum")
    names = [name.removesuffix(UPPER) for name in sums.columns if name.endswith(UPPER)]
    return pd.DataFrame({name: sums[name + UPPER] / sums[name + LOWER] for name in names if name + LOWER in sums})


def main(folder: Path, register: Path, out: Path, engine: str) -> None:
    figures = pd.concat([read(path, engine) for path in sorted(folder.glob("*.xlsx"))], ignore_index=True)
    offices = pd.read_csv(register)
    offices["file"] = offices["office"].str.lower().str.replace(" ", "_") + f"_{YEAR}.xlsx"
    figures = figures.merge(offices, on="file", how="left")
    with pd.ExcelWriter(out, engine="xlsxwriter") as writer:
        for by in ("region", "area", "office"):
            shares(figures, by).to_excel(writer, sheet_name=f"Shares by {by}")
        for by in ("region", "area"):
            sums = figures.pivot_table(index=[by, "measure"], columns="period", values="value", aggfunc="sum")
            sums.to_excel(writer, sheet_name=f"Sums by {by}")
        columns = ["office", "area", "region", "measure", "period", "value", "file"]
        figures[columns].to_excel(writer, sheet_name="Data", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
