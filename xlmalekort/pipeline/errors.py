"""What stops a whole job, told in words."""

from __future__ import annotations

from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING

from xlmalekort.locale.system import reason_of
from xlmalekort.locale.told import Phrase
from xlmalekort.scorecards import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlmalekort.locale.told import Told
    from xlmalekort.problems import Problem


class NotDoneError(Exception):
    """The job could not be done, and nothing was written. The message says what, where and how to mend it.

    As text it is English; `message.told(texts)` is in the reader's language. `problems` has the findings behind it, where
    there are any; `language` is that of the scorecard which the job was about, None where that is not known.
    """

    def __init__(self, message: Told, problems: tuple[Problem, ...] = (), language: str | None = None) -> None:
        """Keep the findings beside the message."""
        super().__init__(message)
        self.message = message
        self.problems = problems
        self.language = language


@contextmanager
def about_scorecard(language: str | None) -> Iterator[None]:
    """Refusals of what is done inside know the language of the scorecard that it is about."""
    try:
        yield
    except NotDoneError as error:
        error.language = error.language or language
        raise


def not_done_of(error: DefinitionError | OSError) -> NotDoneError:
    """What a definition that cannot be used, or the system where it refuses a file, comes to for whoever asked for the job."""
    if isinstance(error, DefinitionError):
        return NotDoneError(error.message, error.problems, error.language)
    file, reason = error.filename, reason_of(error)
    if file:
        return NotDoneError(Phrase("Not done: {file}: {reason}.", file=file, reason=reason))
    return NotDoneError(Phrase("Not done: {reason}.", reason=reason))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a sentence: `; did you mean X?` where something known is spelt like it, else a full stop."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return Phrase("; did you mean {name}?", name=f'"{near[0]}"') if near else "."
