"""The score of the fault suite: every fault of tests/faults put into a reference set, and what became of it.

python bench/faults.py [--failed] [--only C05 S] [--combinations 200]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.faults.cases import LEVELS
from tests.faults.combinations import combinations
from tests.faults.combinations import verdict_of as verdict_of_combination
from tests.faults.outcomes import Score, Verdict
from tests.faults.suite import BENIGN, VARIANTS, judge_of, verdict_of


def clean() -> Verdict:
    """The forty workbooks as they were made: whatever is told of them is a false alarm."""
    verdict = Verdict("clean", "clean and benign")
    for checked in judge_of().reference.checked.values():
        errors = [problem for problem in checked.problems if problem.severity == "error"]
        verdict.false_alarms += len(errors) + checked.ledger.rejected
        verdict.failures += [f"{problem.code} is told of {checked.file}" for problem in errors]
    return verdict


def sound_cells(verdicts: int) -> int:
    """The filled cells of the clean workbooks, and of so many more of the same size."""
    checked = judge_of().reference.checked.values()
    cells = sum(each.ledger.filled for each in checked)
    return cells + verdicts * cells // len(checked)


def collect(only: tuple[str, ...], combined: int) -> list[Verdict]:
    """What comes of every fault, of the benign variants and of the combinations."""
    found = [clean()]
    for variant in (each for each in VARIANTS if each.id.startswith(only)):
        found.append(verdict_of(variant))
        sys.stderr.write(f"\r{len(found)} {variant.id:<60}")
    for variant in BENIGN:
        verdict = verdict_of(variant)
        verdict.level = "clean and benign"
        found.append(verdict)
    found += [verdict_of_combination(each) for each in combinations()[:combined]]
    sys.stderr.write("\n")
    return found


def table(verdicts: list[Verdict]) -> str:
    """A line for each part of the list, in Markdown."""
    lines = [
        "| | tried | as they should | silent wrong totals | detected | right place | false alarms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for level in (*LEVELS.values(), "combined", "clean and benign"):
        own = [each for each in verdicts if each.level == level]
        if own:
            score = Score(tuple(own), 0)
            passed = sum(each.has_passed for each in own)
            alarms = sum(each.false_alarms for each in own)
            asked = any(each.asked for each in own)
            told = (f"{score.detected:.1f} %", f"{score.placed:.1f} %") if asked else ("–", "–")
            cells = (level, len(own), passed, score.silent, *told, alarms)
            lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failed", action="store_true", help="list what did not come out as it should")
    parser.add_argument("--only", nargs="*", default=[""], help="beginnings of the faults to try")
    parser.add_argument("--combinations", type=int, default=200)
    options = parser.parse_args()
    started = time.perf_counter()
    verdicts = collect(tuple(options.only), options.combinations)
    sound = sum(each.asked == 0 for each in verdicts)
    score = Score(tuple(verdicts), sound_cells(sound))
    listed = Score(tuple(each for each in verdicts if each.level not in ("combined", LEVELS["Y"])), sound_cells(sound))
    faults = {each.name.partition("-")[0] for each in verdicts if each.level in LEVELS.values()}
    print(table(verdicts))
    print()
    print(f"faults tried: {len(faults)}, in {len(verdicts)} ways")
    for name, each in (("all", score), ("of the list alone", listed)):
        print(
            f"{name}: silent wrong totals {each.silent}, detected {each.detected:.1f} %, right place {each.placed:.1f} %, "
            f"false alarms {each.false_alarms:.2f} for 1,000 sound cells"
        )
    print(
        f"slowest roll-up: {max(each.seconds for each in verdicts):.1f} s; all: {time.perf_counter() - started:.0f} s"
    )
    if options.failed:
        for verdict in (each for each in verdicts if not each.has_passed):
            print(f"- {verdict.name}")
            print("\n".join(f"    {each}" for each in (*verdict.silent[:1], *verdict.failures[:1])))


if __name__ == "__main__":
    main()
