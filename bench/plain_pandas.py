"""The script that a county would write without this project: read, stack, add up, write. It checks nothing.

Usage: `python bench/plain_pandas.py FOLDER OUT.xlsx calamine|openpyxl`
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

HEADING_ROW = 4
"""The row with the periods' codes, counted from 0."""


def main(folder: Path, out: Path, engine: str) -> None:
    frames = []
    for path in sorted(folder.glob("*.xlsx")):
        frame = pd.read_excel(path, sheet_name="Registrering", header=HEADING_ROW, engine=engine)  # type: ignore[call-overload]
        periods = [column for column in frame.columns if str(column).startswith("2009-")]
        frame = frame.rename(columns={frame.columns[0]: "measure"}).dropna(subset=["measure"])
        frame = frame[~frame["measure"].astype(str).str.startswith("comment:")]
        tidy = frame.melt(id_vars=["measure"], value_vars=periods, var_name="period")
        tidy["office"] = path.stem
        frames.append(tidy)
    figures = pd.concat(frames)
    figures["value"] = pd.to_numeric(figures["value"], errors="coerce")
    totals = figures.groupby(["measure", "period"])["value"].sum().unstack()
    shares = {}
    for numerator in (measure for measure in totals.index if measure.endswith(".numerator")):
        denominator = numerator.replace(".numerator", ".denominator")
        if denominator in totals.index:
            shares[numerator.removesuffix(".numerator")] = totals.loc[numerator] / totals.loc[denominator]
    with pd.ExcelWriter(out, engine="xlsxwriter") as writer:
        pd.DataFrame(shares).T.to_excel(writer, sheet_name="Shares")
        totals.to_excel(writer, sheet_name="Totals")
        figures.dropna(subset=["value"]).to_excel(writer, sheet_name="Data", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
