"""Problems: what is wrong in what people handed in, where, and how to mend it.

A mistake of a user is a value, never an exception. `catalogue` has one entry for each code and renders it in each language.
"""

from xlmalekort.problems.catalogue import CATALOGUE, Entry
from xlmalekort.problems.problem import Problem, Severity, Statement, as_json, place, sentence, sort_key

__all__ = ["CATALOGUE", "Entry", "Problem", "Severity", "Statement", "as_json", "place", "sentence", "sort_key"]
