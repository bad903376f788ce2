"""New office workbooks: one, or one for each office of a register."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.intake.register_file import file_stem
from xlmalekort.layout.office import COMMENT_PREFIX, layout_of
from xlmalekort.locale.told import Phrase
from xlmalekort.model.figures import Figure, Submission
from xlmalekort.model.measures import Role
from xlmalekort.model.places import office_key
from xlmalekort.model.register import Office
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.output import changing, write_whole
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.keeping import refuse_to_lose
from xlmalekort.pipeline.reading import load_figures, load_register, refuse_absent_folder
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.pipeline.suffixes import MACRO_SUFFIX, SUFFIXES, is_for_macros, refuse_other_suffix
from xlmalekort.problems import Problem
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.office_workbook import write_office_workbook
from xlmalekort.template.state import make_state

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from xlmalekort.intake.figures_file import FigureEntry
    from xlmalekort.model.figures import Figures
    from xlmalekort.model.periods import Period


_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Built:
    """The workbooks that were made, in the order of the register, and what there is to say about the files behind them."""

    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]


def build_workbook(
    scorecard: Scorecard | str | Path,
    office: str,
    out: Path | str,
    *,
    today: date | None = None,
    year: int | None = None,
    data: Path | str | None = None,
) -> Built:
    """Make one office workbook at `out`, with the figures of `data` if there are any.

    An existing file is replaced, but never an office workbook that holds something which the new one would lose.

    Lines of `data` that cannot be used are among the problems (CSV-...). NotDoneError where nothing could be made.
    """
    definition = scorecard if isinstance(scorecard, Scorecard) else load_scorecard(scorecard)
    when = year or definition.year
    out = Path(out)
    refuse_other_suffix(out, *SUFFIXES)
    refuse_absent_folder(out)
    name = " ".join(office.split())
    _refuse_unfit_names([name])
    entries: Sequence[FigureEntry] = ()
    problems: tuple[Problem, ...] = ()
    if data is not None:
        figures = load_figures(Path(data), definition, when, (name,))
        entries, problems = figures.entries, figures.problems
    content = office_workbook(
        definition, Office(name).placed(definition.top), when, today or clock.today(), entries, out.name
    )
    with changing(out):
        refuse_to_lose(out, content)
        write_whole(out, content)
    return Built((out,), problems)


def build_workbooks(
    scorecard: Scorecard | str | Path,
    register: Path | str,
    out: Path | str,
    *,
    today: date | None = None,
    year: int | None = None,
    data: Path | str | None = None,
    has_macros: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Built:
    """Make a workbook in the folder `out` for each office of a register that is open in the year, with or without macros.

    NotDoneError where the register cannot be used, or two offices would get the same file name (OFF-007).
    """
    definition = scorecard if isinstance(scorecard, Scorecard) else load_scorecard(scorecard)
    when = year or definition.year
    register, out = Path(register), Path(out)
    offices, problems = load_register(register, definition)
    if offices is None:
        raise NotDoneError(Phrase("A register is needed."))
    open_offices = _open_in_year(offices.offices, definition, when)
    _refuse_unfit_names([each.name for each in open_offices])
    paths = _paths(open_offices, out, when, register.name, MACRO_SUFFIX if has_macros else ".xlsx")
    entries: dict[str, list[FigureEntry]] = {}
    if data is not None:
        figures = load_figures(Path(data), definition, when, tuple(office.name for office in open_offices))
        problems += figures.problems
        for entry in figures.entries:
            entries.setdefault(office_key(entry.office), []).append(entry)
    day = today or clock.today()
    out.mkdir(parents=True, exist_ok=True)
    for office, path in zip(open_offices, paths, strict=True):
        content = office_workbook(definition, office, when, day, entries.get(office_key(office.name), ()), path.name)
        with changing(path):
            refuse_to_lose(path, content)
            write_whole(path, content)
        progress(office.name)
    return Built(paths, problems)


def office_workbook(
    scorecard: Scorecard, office: Office, year: int, today: date, entries: Sequence[FigureEntry], file: str
) -> bytes:
    """The content of a new workbook, its figures filled in, checked and judged; with macros where the file is an .xlsm."""
    submission = submission_of(office, year, entries, file)
    content = unchecked_workbook(scorecard, submission, today, has_macros=is_for_macros(file))
    return refresh_content(content, file, today).content if entries else content


def unchecked_workbook(scorecard: Scorecard, submission: Submission, today: date, *, has_macros: bool = False) -> bytes:
    """The content of a new workbook with what a submission holds; its checks are still empty."""
    reported = {period for measure, period in submission.figures if scorecard.measure[measure].role is Role.FIGURE}
    chosen = default_period(scorecard, submission.year, today, reported)
    return write_office_workbook(make_state(scorecard, submission, chosen, today, (), has_macros=has_macros))


def submission_of(office: Office, year: int, entries: Sequence[FigureEntry], file: str) -> Submission:
    """What an office's entries come to: figures of the year, reference figures of the year before, comments."""
    figures: Figures = {}
    earlier: Figures = {}
    comments: dict[tuple[str, Period], str] = {}
    for entry in entries:
        if isinstance(entry.value, str):
            comments[entry.line_id.removeprefix(COMMENT_PREFIX), entry.period] = entry.value
        else:
            store = figures if entry.period.year == year else earlier
            store[entry.line_id, entry.period] = Figure(entry.line_id, entry.period, entry.value)
    return Submission(
        file,
        office.name,
        year,
        figures,
        earlier,
        comments,
        exempt=office.exempt,
        area=office.area,
        region=office.region,
        country=office.country,
        local_goals=office.local_goals,
    )


def default_period(scorecard: Scorecard, year: int, today: date, reported: set[Period]) -> Period:
    """The period that a new workbook shows: the latest ended one with figures, else the latest ended one, else the first."""
    choosable = layout_of(scorecard, year).choosable
    ended = [period for period in choosable if period.has_ended(today)]
    with_figures = [period for period in ended if any(period.start <= each.end <= period.end for each in reported)]
    return (with_figures or ended or list(choosable[:1]))[-1]


def _refuse_unfit_names(names: Sequence[str]) -> None:
    """Names that neither a file nor a heading can carry are told before anything is written."""
    if not all(names):
        raise NotDoneError(Phrase("The office needs a name."))
    unfit = [name for name in names if len(name) > _LONGEST_NAME or not name.isprintable()]
    if unfit:
        shown = ", ".join(repr(name[:40]) for name in unfit)
        raise NotDoneError(
            Phrase("An office's name has at most {length} printable signs: {names}.", length=_LONGEST_NAME, names=shown)
        )


def _open_in_year(offices: tuple[Office, ...], scorecard: Scorecard, year: int) -> tuple[Office, ...]:
    """The offices that are open at some time of the year, each once, by its latest line."""
    latest: dict[str, Office] = {}
    for office in offices:
        if any(office.is_open_in(period) for period in layout_of(scorecard, year).choosable):
            latest[office_key(office.name)] = office.placed(scorecard.top)
    if not latest:
        raise NotDoneError(Phrase("The register has no office that is open in {year}.", year=year))
    return tuple(latest.values())


def _paths(offices: tuple[Office, ...], out: Path, year: int, register: str, suffix: str) -> tuple[Path, ...]:
    paths = tuple(out / f"{file_stem(office.name) or 'office'}_{year}{suffix}" for office in offices)
    doubles = sorted({path.name for path in paths if paths.count(path) > 1})
    if doubles:
        problems = tuple(Problem("OFF-007", file=register, got=name) for name in doubles)
        raise NotDoneError(Phrase("Two offices would get the same file name."), problems)
    return paths
