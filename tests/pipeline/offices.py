"""Office workbooks with plausible figures, as bytes."""

from __future__ import annotations

from datetime import date

from xlmalekort.intake.figures_file import FigureEntry
from xlmalekort.model.register import Office
from xlmalekort.pipeline.build import office_workbook
from xlmalekort.pipeline.plausible import MadeUpOffice, plausible_figures
from xlmalekort.scorecards import load_scorecard

BUSKERUD = "nav-buskerud-2009"
DAY = date(2009, 9, 15)


def entries_of(name: str, *, scorecard_id: str = BUSKERUD, day: date = DAY, seed: int = 7) -> list[FigureEntry]:
    """The figures of a middling office as far as they are ready on the day."""
    scorecard = load_scorecard(scorecard_id)
    made_up = MadeUpOffice(name, "TO Midt", "middling", 1.4)
    return [
        FigureEntry(name, each.measure, each.period, each.value, line=0)
        for each in plausible_figures(scorecard, made_up, scorecard.year, day, seed)
    ]


def filled_workbook(
    name: str = "Prøvedal", *, scorecard_id: str = BUSKERUD, day: date = DAY, seed: int = 7, suffix: str = ".xlsx"
) -> bytes:
    """A workbook with these figures, checked and judged; with macros where it is an .xlsm."""
    scorecard = load_scorecard(scorecard_id)
    entries = entries_of(name, scorecard_id=scorecard_id, day=day, seed=seed)
    office = Office(name, area="TO Midt", region=scorecard.top.name)
    return office_workbook(scorecard, office, scorecard.year, day, entries, f"{name}{suffix}")
