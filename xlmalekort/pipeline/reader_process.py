"""The process that reads files for `xlmalekort.pipeline.readers`: one path after the other, until nobody asks any more."""

from __future__ import annotations

import os
import pickle
import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.pipeline.check import check_workbook
from xlmalekort.pipeline.readers import receive, send

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard


def main() -> None:
    """Answer requests on the standard input until it ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    # Nothing but answers goes that way, whatever a library prints.
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process lives
    try:
        today, register = pickle.loads(receive(requests))  # noqa: S301 - from the process that started this one
        send(answers, b"ready")
        while True:
            path = Path(os.fsdecode(receive(requests)))
            checked = check_workbook(path, today=today, register=register)
            definition = _definition(checked.scorecard) if checked.scorecard is not None else None
            send(answers, pickle.dumps((definition, replace(checked, scorecard=None)), pickle.HIGHEST_PROTOCOL))
    except EOFError:
        return


@lru_cache(maxsize=16)
def _definition(scorecard: Scorecard) -> str:
    return scorecard.as_json
