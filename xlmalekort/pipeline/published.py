"""A regional workbook that was written earlier, read back or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.locale.told import Phrase
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.reading import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.published import Published


@dataclass(frozen=True, slots=True)
class Summary:
    """The file, whose scorecard is not yet known to be the one of the run."""

    path: Path
    content: bytes


def open_summary(path: Path) -> Summary:
    """The file, before a long job that could not make anything of it; NotDoneError where it is no regional workbook."""
    from xlmalekort.summary.published import is_region_workbook

    content = read_bytes(path)
    if not is_region_workbook(content, path.name):
        raise NotDoneError(Phrase("{file}: is no regional workbook that this program wrote.", file=path))
    return Summary(path, content)


def read_summary(summary: Summary, scorecard: Scorecard) -> Published:
    """What it published; NotDoneError where it is about another scorecard or cannot be read."""
    from xlmalekort.summary.published import NotPublishedError, read_published

    try:
        return read_published(summary.content, summary.path.name, scorecard)
    except NotPublishedError as error:
        problems = (error.problem,) if error.problem is not None else ()
        reason = error.reason or Phrase("a part of it is damaged")
        message = Phrase("{file}: cannot be compared with: {reason}.", file=summary.path, reason=reason)
        raise NotDoneError(message, problems, scorecard.language) from None


def is_summary(path: Path) -> bool:
    """Whether a file is a regional workbook."""
    from xlmalekort.summary.published import is_region_workbook

    try:
        return is_region_workbook(path.read_bytes(), path.name)
    except OSError:
        return False
