"""The regional workbook: what a controller opens when the offices have been added up."""

from xlmalekort.summary.region_workbook import write_region_workbook

__all__ = ["write_region_workbook"]
