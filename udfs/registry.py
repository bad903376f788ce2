"""The functions that Excel knows: their names, and what the function wizard says of them and of their arguments."""

from __future__ import annotations

from inspect import Parameter, cleandoc, signature
from typing import TYPE_CHECKING, NamedTuple

from udfs.quiet import xlwings as xw

if TYPE_CHECKING:
    from collections.abc import Callable

    from udfs.arguments import Result


class ExcelArgument(NamedTuple):
    """An argument: its name, what the wizard says of it, whether it may be left out, and whether it may be a range."""

    name: str
    doc: str
    is_optional: bool
    is_range: bool


class ExcelFunction(NamedTuple):
    """A function of the cells."""

    name: str
    doc: str
    arguments: tuple[ExcelArgument, ...]
    python: Callable[..., Result]


FUNCTIONS: dict[str, ExcelFunction] = {}
"""Every function by its name, in the order of the source."""

CARD = "scorecard"
"""The argument that names a scorecard: always a single text, and where it is left out the workbook says which."""


def excel_function(**docs: str) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Make a function one of Excel's: every argument a cell or a range, `docs` what is said of each of them."""

    def register(function: Callable[..., Result]) -> Callable[..., Result]:
        name = function.__name__
        arguments = tuple(_argument(each, docs[each.name]) for each in signature(function).parameters.values())
        FUNCTIONS[name] = ExcelFunction(name, cleandoc(function.__doc__ or ""), arguments, function)
        # xlwings looks for a converter of each type that it finds here, and fails where it has none, as for "cell or range".
        function.__annotations__ = {}
        for each in reversed(arguments):
            shape = {"ndim": 2} if each.is_range else {}
            # An error in a cell comes as its name, which is no value; else it would come as an empty cell.
            function = xw.arg(each.name, doc=each.doc, err_to_str=True, **shape)(function)
        found: Callable[..., Result] = xw.func(function)
        return found

    return register


def _argument(parameter: Parameter, doc: str) -> ExcelArgument:
    is_optional = parameter.default is not Parameter.empty
    return ExcelArgument(parameter.name, doc, is_optional, parameter.name != CARD)
