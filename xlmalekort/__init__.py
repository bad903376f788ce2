"""Scorecards of public employment offices in Excel.

    from datetime import date
    from pathlib import Path
    from xlmalekort import build_workbook, judge, roll_up

    judge("nav-buskerud-2009", "B.6", "2009-05", numerator=679, denominator=1000).why
    build_workbook("nav-buskerud-2009", "Prøvedal", Path("provedal.xlsx"))
    roll_up(Path("offices"), out=Path("region.xlsx"))

Percentages are as shown (74.9). Whatever depends on the day takes it as `today`; left out, it is the clock's.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlmalekort.pipeline.build import build_workbook, build_workbooks
    from xlmalekort.pipeline.check import check_workbook, check_workbooks
    from xlmalekort.pipeline.consolidate import roll_up
    from xlmalekort.pipeline.errors import NotDoneError
    from xlmalekort.pipeline.fill_files import fill_workbook
    from xlmalekort.pipeline.refresh import refresh_workbook
    from xlmalekort.pipeline.tidy import tidy_frame
    from xlmalekort.pipeline.verdict import judge
    from xlmalekort.scorecards import load_scorecard

__all__ = [
    "NotDoneError",
    "build_workbook",
    "build_workbooks",
    "check_workbook",
    "check_workbooks",
    "fill_workbook",
    "judge",
    "load_scorecard",
    "refresh_workbook",
    "roll_up",
    "tidy_frame",
]
__version__ = "0.1.0"

_HOMES = {
    "NotDoneError": "pipeline.errors",
    "build_workbook": "pipeline.build",
    "build_workbooks": "pipeline.build",
    "check_workbook": "pipeline.check",
    "check_workbooks": "pipeline.check",
    "fill_workbook": "pipeline.fill_files",
    "judge": "pipeline.verdict",
    "load_scorecard": "scorecards",
    "refresh_workbook": "pipeline.refresh",
    "roll_up": "pipeline.consolidate",
    "tidy_frame": "pipeline.tidy",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the public names
    """Import a public name when it is first asked for: Excel waits for every import."""
    if name not in _HOMES:
        raise AttributeError(f"module 'xlmalekort' has no attribute {name!r}")
    return getattr(import_module(f"xlmalekort.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
