"""The faults that the program does not meet yet, and what happens instead. Each one is a test that has to fail until it is met.

What is met is taken out; nothing is put in to make a fault that was met pass again.
"""

from __future__ import annotations

_ONE_BY_ONE = "likelihood asks each row by itself; what all the rows of a month show together is not asked"
_NEIGHBOUR = "a column is compared with the month before and the same month of last year only, not with any other"
_FACTORS = (
    "only about 10, 100 and 1,000 times the usual are told; what is larger still, or lies between, is told by nobody"
)
_UNDER_NOUGHT = "of amounts under nought likelihood says nothing, so that a minus too many is told by nobody"
_SAME_PLACE = "offices are compared in the same month, and in nearly all figures of it, only"
_FIRST_CELL = "a formula over several cells stands in the first of them; the others are read as if they were typed"
_ONE_CELL = "a formula is followed by the cells that it names, not by those that it works out or that others fill"
_UNASKED = "words typed over a heading, title or unit that are none of the workbook's own are told by nobody"
_FORMAT = "a number format is odd by its digits only: words that make another number of them are not understood"
_SHOWN = "only the number format of a cell is looked at, not its font and not what a condition makes of it"
_READY = "whether a formula stands in the cell Ready for, and where that leads, is not asked"

OPEN: dict[str, str] = {
    "Y15-january_as_march": _NEIGHBOUR,
    "Y15-december_as_march": _NEIGHBOUR,
    "Y15-trend": _ONE_BY_ONE,
    "Y15-series": _ONE_BY_ONE,
    "Y15-doubled": _ONE_BY_ONE,
    "Y15-sums_since_january": _ONE_BY_ONE,
    "Y15-quarter_in_march": _ONE_BY_ONE,
    "Y15-noughts": "a nought is never unlikely, not even where every figure of a month is one",
    "Y15-noughts_shown_as_dashes": "a nought is never unlikely, not even where every figure of a month is one",
    "Y15-one_nought": "a nought is never unlikely, not even where every other month has about 150",
    "Y15-telephone_number": _FACTORS,
    "Y15-number_of_a_day": _FACTORS,
    "Y15-plan_as_actual": "nothing compares what was spent with what was planned, digit by digit",
    "Y15-other_sign": _UNDER_NOUGHT,
    "Y15-other_sign_once": _UNDER_NOUGHT,
    "Y15-other_month_of_another_office": _SAME_PLACE,
    "Y15-block_of_another_office": _SAME_PLACE,
    "Y15-last_year_itself": "the figures of the year before are never asked whether they are likely",
    "Y16-one_column_right": "a month left out before Ready for, beside one that is still running, is told by nobody (DLV-009)",
    "Y16-figure_in_the_comment": "a comment that is nothing but a number is taken for a comment",
    "Y16-month_by_month": "the file that goes further counts; that the other one alone has January is a list of notes",
    "Y17-array_from_outside": _FIRST_CELL,
    "Y17-array_within": _FIRST_CELL,
    "Y17-table_of_values": _FIRST_CELL,
    "Y17-array_on_another_sheet": _FIRST_CELL,
    "Y17-offset": _ONE_CELL,
    "Y17-indirect_within": _ONE_CELL,
    "Y17-long_chain": "following a chain of formulas takes time by the cube of its length, and the whole file is rejected",
    "Y17-ready_from_outside": _READY,
    "Y17-ready_from_today": _READY,
    "Y17-noise_under_nought": "a figure is held against nought before the noise is taken off it",
    "Y18-heading_so_far": _UNASKED,
    "Y18-heading_other_year": _UNASKED,
    "Y18-heading_two_months": _UNASKED,
    "Y18-title": _UNASKED,
    "Y18-unit": _UNASKED,
    "Y18-format_thousands": _FORMAT,
    "Y18-format_millions": _FORMAT,
    "Y18-format_k": _FORMAT,
    "Y18-format_mille": _FORMAT,
    "Y18-struck_out": _SHOWN,
    "Y18-white": _SHOWN,
    "Y18-hidden_by_condition": _SHOWN,
    "Y20-other_rows_in_an_extension": "the quick reader takes the first rows by their spelling, wherever in the part they stand",
    "Y20-fed_from_outside": "a query that fills the input sheet is not looked for",
    "Y21-other_half_of_a_mac": "it is rejected as a workbook that is none, an error for each file that a Mac has copied",
    "Y21-lock_of_libreoffice": "told as a file of an unknown kind, not that the workbook is open",
}
