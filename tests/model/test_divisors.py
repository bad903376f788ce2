"""What is divided by is never under 0: a percentage of that would turn round."""

from __future__ import annotations

import pytest

from tests.support.cards import (
    AMOUNT,
    CHANGE,
    DEVIATION,
    RATE_CHANGE,
    SHARE,
    Definition,
    against,
    at_least,
    card,
    indicator,
    survey,
)


@pytest.mark.parametrize(
    ("figure", "measure"),
    [
        (SHARE, "d"),
        (DEVIATION, "p"),
        (CHANGE, "v"),
        (RATE_CHANGE, "n"),
        (RATE_CHANGE, "d"),
        (CHANGE | {"against": "baseline", "baseline": "b"}, "b"),
        (AMOUNT | {"weight": "w"}, "w"),
        (survey(3), "c2"),
    ],
)
def test_a_measure_that_may_be_under_nought_is_refused_where_it_is_divided_by(figure: Definition, measure: str) -> None:
    with pytest.raises(ValueError, match="nothing can be divided by that"):
        card(indicator("A", figure, at_least(1)), measures=[{"id": measure, "negative": True}])


@pytest.mark.parametrize(
    ("figure", "target", "measure"),
    [
        (SHARE, at_least(1), "n"),
        (DEVIATION, at_least(1), "a"),
        (AMOUNT, at_least(1), "v"),
        (AMOUNT, against("plan"), "r"),
    ],
)
def test_elsewhere_it_may_be(figure: Definition, target: Definition, measure: str) -> None:
    card(indicator("A", figure, target), measures=[{"id": measure, "negative": True}])
