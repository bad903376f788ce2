"""What became of everything that was handed in: every file that was seen, and every cell that was filled in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.locale import N_
from xlmalekort.model.figures import Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.rollup.results import FileState, RollUp

RULES = {
    "FIL-005": N_("a sign that a workbook is open in Excel"),
    "FIL-009": N_("no office's workbook"),
    "DLV-002": N_("sent twice"),
    "DLV-003": N_("another file of the office is delivered further"),
    "DLV-011": N_("another file of the office has the same figures"),
}
"""The rules by which a file is ignored, by the code of the finding that tells it."""


@dataclass(frozen=True, slots=True)
class RunLedger:
    """The two sums of a run.

    Files: seen = counted + rejected + held + ignored, where `ignored_by` has the ignored ones by the code of the rule.
    Cells: those of the counted files, filled = counted + rejected + provisional + reference; figures of periods in which the
    register does not have the office open are among the rejected ones. `elsewhere` has the filled cells
    of the other files that could be read, by what became of the file; none of them counts.
    """

    files: Mapping[FileState, int]
    ignored_by: Mapping[str, int]
    seen: int
    cells: Ledger
    elsewhere: Mapping[FileState, int]

    @property
    def balances(self) -> bool:
        """Whether both sums come out, and every ignored file is ignored by a rule."""
        cells = self.cells
        return (
            self.seen == sum(self.files.values())
            and self.files["ignored"] == sum(self.ignored_by.values())
            and cells.filled == cells.counted + cells.rejected + cells.provisional + cells.reference
        )


def run_ledger(rollup: RollUp) -> RunLedger:
    """The ledger of a roll-up."""
    states: tuple[FileState, ...] = ("counted", "rejected", "held", "ignored")
    rule = {problem.file: problem.code for problem in rollup.problems if problem.code in RULES}
    ignored = Counter(
        rule[report.checked.file]
        for report in rollup.files
        if report.state == "ignored" and report.checked.file in rule
    )
    closed = sum(rollup.closed.get(report.checked.file, 0) for report in rollup.files if report.state == "counted")
    counted = [report.checked.ledger for report in rollup.files if report.state == "counted"]
    filled: dict[FileState, int] = {
        state: sum(report.checked.ledger.filled for report in rollup.files if report.state == state)
        for state in states
        if state != "counted"
    }
    return RunLedger(
        files={state: rollup.count(state) for state in states},
        ignored_by={code: ignored[code] for code in RULES if ignored[code]},
        seen=len(rollup.files),
        cells=Ledger(
            sum(each.filled for each in counted),
            sum(each.counted for each in counted) - closed,
            sum(each.rejected for each in counted) + closed,
            sum(each.provisional for each in counted),
            sum(each.reference for each in counted),
        ),
        elsewhere=filled,
    )
