"""What it costs to import the library and its commands, beside a bare start of Python: Excel waits for it.

Run as `python bench/imports.py [--rounds 7]`.
"""

from __future__ import annotations

import argparse
import sys
from statistics import median

from timing import Contender, in_turn, machine

IMPORTS = {
    "bare Python": "pass",
    "xlmalekort": "import xlmalekort",
    "the functions of Excel": "import udfs.functions",
    "xlwings alone": "import xlwings",
    "the judge command": "import xlmalekort.cli.judge",
    "the check command": "import xlmalekort.cli.check",
    "the refresh command": "import xlmalekort.cli.refresh",
    "the rollup command": "import xlmalekort.cli.rollup, xlmalekort.summary.region_workbook",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    contenders = [Contender(name, [sys.executable, "-c", code], options.rounds) for name, code in IMPORTS.items()]
    in_turn(contenders)
    bare = median(contenders[0].processor)
    print(machine(), "\n")
    for each in contenders:
        cost = median(each.processor)
        print(
            f"{each.name}: {1000 * (cost - bare):.0f} ms of the processor over the bare start ({1000 * cost:.0f} in all)"
        )


if __name__ == "__main__":
    main()
