"""Which language a command speaks."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from xlmalekort.locale import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

_CODES = {**{language: language for language in LANGUAGES}, "no": "nb", "nn": "nb"}
"""The language of an environment, and ours that its readers read."""


def asked_for(arguments: Sequence[str]) -> str | None:
    """What `--lang` names, looked for before the arguments are understood; None where it names none of the four."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--lang")
    try:
        language = parser.parse_known_args(arguments)[0].lang
    except argparse.ArgumentError:
        return None
    return language if language in LANGUAGES else None


def of_environment() -> str:
    """The language that the environment is set to where it is one of the four, else English."""
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    setting = next((each for each in settings if each), "")
    return _CODES.get(setting.partition(".")[0].partition("_")[0].lower(), "en")


def language_of(options: argparse.Namespace, scorecard: str | None = None) -> str:
    """`--lang` where it is given, else the language of the scorecard that the command is about, else the environment's."""
    return options.lang or scorecard or of_environment()
