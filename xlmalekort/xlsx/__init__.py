"""Workbook files at the level of their parts: the gate, the raw reader and the cell patcher."""

from xlmalekort.xlsx.gate import Package, open_package
from xlmalekort.xlsx.opinion import Opinion, Opinions
from xlmalekort.xlsx.patch import ErrorValue, Formula, Plain, Result, Styled, Value, patch_workbook
from xlmalekort.xlsx.sheet import RawCell, RawSheet, read_sheet
from xlmalekort.xlsx.trees import PatchError
from xlmalekort.xlsx.workbook import RawWorkbook, SheetEntry, read_workbook

__all__ = [
    "ErrorValue",
    "Formula",
    "Opinion",
    "Opinions",
    "Package",
    "PatchError",
    "Plain",
    "RawCell",
    "RawSheet",
    "RawWorkbook",
    "Result",
    "SheetEntry",
    "Styled",
    "Value",
    "open_package",
    "patch_workbook",
    "read_sheet",
    "read_workbook",
]
