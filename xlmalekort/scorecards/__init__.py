"""The built-in scorecards, as data, and the loader and the writer of definitions."""

from xlmalekort.scorecards.loader import DefinitionError, Finding, built_in, load_scorecard, parse_json
from xlmalekort.scorecards.writer import definition_text

__all__ = ["DefinitionError", "Finding", "built_in", "definition_text", "load_scorecard", "parse_json"]
