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
_SHOWN = "only the number format of a cell is looked at, not its font and not what a condition makes of it"

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
    "Y18-hidden_by_condition": _SHOWN,
}
