"""The built-in scorecards, as data, and the loader of definitions."""

from xlmalekort.scorecards.loader import DefinitionError, Finding, built_in, load_scorecard, parse_json

__all__ = ["DefinitionError", "Finding", "built_in", "load_scorecard", "parse_json"]
