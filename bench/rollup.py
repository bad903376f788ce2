"""Rolls hundreds of office workbooks up, side by side with plain pandas scripts and with the floor.

Run as `python bench/rollup.py [--offices 500] [--rounds 3] [--slow-rounds 1] [--folder DIR] [--phases]`. The workbooks are made
once and kept in the folder.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from pathlib import Path

from offices import TODAY, make_offices
from timing import Contender, in_turn, machine, table

HERE = Path(__file__).parent


def compare(offices: Path, register: Path, out: Path, rounds: int, slow_rounds: int) -> str:
    """Run the four and print what they took."""
    python = [sys.executable, "-W", "ignore"]
    pandas = [*python, str(HERE / "plain_pandas.py"), str(offices), str(register)]
    project = ["rollup", str(offices), "--register", str(register), "--today", str(TODAY)]
    floor = Contender("floor", [*python, str(HERE / "floor.py"), str(offices)], rounds)
    this = Contender("xlmalekort", [*python, "-m", "xlmalekort", *project, "--out", str(out / "region.xlsx")], rounds)
    one = [*python, str(HERE / "one_process.py"), str(offices), str(register), str(out / "one.xlsx")]
    unguarded = Contender("xlmalekort, one process", one, rounds)
    calamine = Contender("pandas, calamine", [*pandas, str(out / "calamine.xlsx"), "calamine"], rounds)
    openpyxl = Contender("pandas, openpyxl", [*pandas, str(out / "openpyxl.xlsx"), "openpyxl"], slow_rounds)
    contenders = [each for each in (floor, this, unguarded, calamine, openpyxl) if each.rounds]
    in_turn(contenders)
    return table(contenders, floor, this)


def phases(offices: Path, register_path: Path) -> str:
    """How long the steps of a roll-up take, within one process."""
    from xlmalekort.pipeline.consolidate import check_folder
    from xlmalekort.pipeline.reading import load_register
    from xlmalekort.rollup.submissions import choose_scorecard
    from xlmalekort.rollup.totals import roll_up
    from xlmalekort.summary.region_workbook import write_region_workbook

    gc.disable()
    marks = [time.process_time()]
    register, _ = load_register(register_path, None)
    checked = tuple(check_folder(offices, TODAY, register=register))
    marks.append(time.process_time())
    scorecard = choose_scorecard(checked)
    assert scorecard is not None
    rollup = roll_up(scorecard, checked, register, TODAY)
    marks.append(time.process_time())
    content = write_region_workbook(rollup)
    marks.append(time.process_time())
    steps = zip(("read and check", "roll up", "write"), marks[1:], marks, strict=False)
    lines = [f"{name}: {end - start:.2f} s of the processor" for name, end, start in steps]
    counts = f"{len(rollup.facts)} figures, {len(rollup.results)} results, {len(content) / 1e6:.0f} MB of workbook"
    return "\n".join([*lines, counts])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow-rounds", type=int, default=1, help="rounds of pandas with openpyxl")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "xlmalekort-bench")
    parser.add_argument("--phases", action="store_true", help="the steps of this project only")
    options = parser.parse_args()
    offices, register = make_offices(options.folder, options.offices)
    print(f"{options.offices} offices; {machine()}\n")
    if options.phases:
        print(phases(offices, register))
    else:
        print(compare(offices, register, options.folder, options.rounds, options.slow_rounds))


if __name__ == "__main__":
    main()
