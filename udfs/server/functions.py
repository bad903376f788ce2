"""The functions of the cells as custom functions of xlwings Server: the same names, descriptions and shapes."""

from __future__ import annotations

import sys
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING

from xlwings.server import arg, func
from xlwings_server.config import PROJECT_DIR

import udfs.functions  # noqa: F401 - fills the list of functions
from udfs.arguments import VALUE, Argument, ArgumentError, Result
from udfs.registry import CARD, FUNCTIONS, ExcelFunction
from udfs.server.cards import own_scorecards, served_name

if TYPE_CHECKING:
    from collections.abc import Callable

# xlwings looks for the Python of browsers in every cell that it reads, and looks again where there is none: 1,000 cells take
# 39 ms in place of 3 ms. A module that is known to be absent is looked for no more.
for _name in ("pyodide", "pyodide.ffi"):
    sys.modules.setdefault(_name, None)  # type: ignore[arg-type]


def custom_functions() -> dict[str, Callable[..., Result]]:
    """Every function by its name, as xlwings Server finds them in a module.

    DefinitionError where a definition of the project cannot be used: that is told when the server starts.
    """
    own_scorecards(PROJECT_DIR)
    return {name: _custom(function) for name, function in FUNCTIONS.items()}


def _custom(function: ExcelFunction) -> Callable[..., Result]:
    takes = signature(function.python)

    def answer(*given: Argument) -> Result:
        # An exception would be asked for three times, and logged with what stood in the cells.
        try:
            return function.python(*_ready(takes, given))
        except ArgumentError:
            return VALUE

    answer.__name__ = function.name
    answer.__doc__ = function.doc
    # xlwings would look for converters of our type hints; it gets the names and what may be left out.
    answer.__annotations__ = {}
    bare = [Parameter(each.name, each.kind, default=each.default) for each in takes.parameters.values()]
    answer.__signature__ = Signature(bare)  # type: ignore[attr-defined]
    for each in reversed(function.arguments):
        shape = {"ndim": 2} if each.is_range else {}
        # An error in a cell comes as its text, which no function takes: it is an error in its own cell again.
        arg(each.name, doc=each.doc, err_to_str=True, **shape)(answer)
    found: Callable[..., Result] = func(answer)
    return found


def _ready(takes: Signature, given: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments as the function wants them, its scorecard one that is served."""
    try:
        bound = takes.bind(*given)
    except TypeError:
        raise ArgumentError from None
    bound.apply_defaults()
    if CARD in bound.arguments:
        bound.arguments[CARD] = served_name(bound.arguments[CARD], PROJECT_DIR)
    return bound.args
