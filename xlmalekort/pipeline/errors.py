"""What stops a whole job, told in words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlmalekort.problems import Problem


class NotDoneError(Exception):
    """The job could not be done, and nothing was written. The message says what, where and how to mend it.

    `problems` has the findings behind it, where there are any.
    """

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        """Keep the findings beside the message."""
        super().__init__(message)
        self.problems = problems


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean X?` where something known is spelt like it, else nothing."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f'; did you mean "{near[0]}"?' if near else ""
