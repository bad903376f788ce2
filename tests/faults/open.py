"""The faults that the program does not meet yet, and what happens instead. Each one is a test that has to fail until it is met.

What is met is taken out; nothing is put in to make a fault that was met pass again.
"""

from __future__ import annotations

_PAIR = "the pair is told and in no indicator, but the totals of its two measures still hold it, 40 of 40"
_UNIT = "a change of unit is counted and told by nobody: a silent wrong total"
_SLIP = "a slip of a place is counted and told by nobody: a silent wrong total"
_OTHER = "another office's figures are counted and told by nobody: a silent wrong total"
_AGAIN = "last month's figures are counted again and told by nobody: a silent wrong total"
_NAME = "the office of the setup sheet is counted; that the file has the name of another office is told by nobody"
_OUTSIDE = "told as a formula (NUM-009) and counted: only a reference with [book] is known to look outside"
_LABELS = "rows and columns go by the hidden code alone; that the title or heading beside it is another one's is told by nobody: "
_COPY = (
    "a sheet whose title reads like one of ours (blanks and case aside) is not looked at as a copy, and told by nobody"
)
_NAMED = "the copy that the name stands for is counted (STR-002); that the sheet itself holds other figures is told by nobody"
_YEAR = "columns of another year's codes are taken by their headings, which have no year: last year counts as this one, silently"
_SHOWN = "the figure counts as it stands; that its format shows another one is told by nobody"
_TWO = "the first of two values is counted; that there are two is told by nobody"

OPEN: dict[str, str] = {
    "S03-names_twice": _COPY,
    "S11-no_height": "rows of no height are not held for hidden; the figures count, as they should",
    "S16-headings_disagree": f"{_LABELS}the figures count",
    "M02-by_one": _PAIR,
    "M02-by_far": _PAIR,
    "M02-days": _PAIR,
    "M02-shared": _PAIR,
    "M02-stock": _PAIR,
    "M08-thousands": _UNIT,
    "M08-all_money": _UNIT,
    "M08-from_thousands": _UNIT,
    "M10-tenfold": _SLIP,
    "M10-tenth": _SLIP,
    "M10-pair": _SLIP,
    "M10-stock": _SLIP,
    "X03-all_figures": _OTHER,
    "X03-nearly_all": _OTHER,
    "X04-all_figures": _AGAIN,
    "X04-counts": _AGAIN,
    "X07-name_of_another": _NAME,
    "X07-swapped": _NAME,
    "Z02-dde_written_out": _OUTSIDE,
    "Z02-webservice": _OUTSIDE,
    "Z02-rtd": _OUTSIDE,
    "Z02-by_way_of_another_sheet": f"{_OUTSIDE}; one that looks at a cell which looks outside is not followed",
    "Y01-sorted_without_ids": f"{_LABELS}a silent wrong total",
    "Y01-numerators": f"{_LABELS}a silent wrong total",
    "Y01-months_swapped": f"{_LABELS}a silent wrong total",
    "Y02-title_with_blank": _COPY,
    "Y02-title_with_nb_space": _COPY,
    "Y02-same_title": _COPY,
    "Y02-title_of_another_sheet": _COPY,
    "Y02-name_of_the_copy": _NAMED,
    "Y02-two_names": _NAMED,
    "Y03-codes_of_last_year": _YEAR,
    "Y03-last_year_pasted_over": _YEAR,
    "Y03-input_is_history": _YEAR,
    "Y05-nothing": _SHOWN,
    "Y05-thousands": _SHOWN,
    "Y05-nought_behind": _SHOWN,
    "Y05-fixed_text": _SHOWN,
    "Y05-other_sign": _SHOWN,
    "Y05-fraction": _SHOWN,
    "Y05-no_width": "columns of no width are not held for hidden; the figures count, as they should",
    "Y07-value_and_text": _TWO,
    "Y07-two_values": _TWO,
}
