"""The functions of the cells say what the library says, in the shape that they were asked in."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from fractions import Fraction
from math import inf, nan, nextafter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.arguments import NOT_AVAILABLE, VALUE, ArgumentError, Cell
from udfs.cards import Card, card_of, remember
from udfs.functions import MK_SHARE, MK_STATUS, MK_TARGET, MK_TO_GREEN, MK_WHY
from udfs.judging import yardstick
from xlmalekort import judge, load_scorecard
from xlmalekort.layout.card import card_text, key_of
from xlmalekort.model.figure_kinds import Change
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import periods_of_year
from xlmalekort.model.places import NOWHERE, Place
from xlmalekort.model.targets import AtLeast, UnitTarget
from xlmalekort.scorecards import built_in, parse_json

if TYPE_CHECKING:
    from pathlib import Path

BUSKERUD = "nav-buskerud-2009"
ASKED = date(2020, 1, 1)
PLAIN = [each.id for each in load_scorecard(BUSKERUD).active if not isinstance(each.figure, Change)]
"""A ready value of a change is what `judge` compares with its reference; in a cell it is the change itself."""
YARDS = [
    (card, indicator, periods_of_year(card.year, indicator.frequency.span)[-1])
    for card in map(load_scorecard, built_in())
    for indicator in card.active
]


@pytest.mark.parametrize(
    ("number", "status"), [(0.679, "red"), (0.6795, "yellow"), (0.7494, "yellow"), (0.7495, "green"), (0.75, "green")]
)
def test_a_value_is_judged_as_it_is_shown(number: float, status: str) -> None:
    assert MK_STATUS("B.6", number, "2009-05", scorecard=BUSKERUD) == status


@pytest.mark.parametrize(
    "given_numbers", [(None, None, None), (0.613, None, None), (0.6, 0.7, 0.6), (120.0, 50.0, 40.0)]
)
def test_a_status_that_is_looked_up_is_the_one_that_is_judged(given_numbers: tuple[float | None, ...]) -> None:
    """At every bound, just under it, and between: of every indicator of every scorecard."""
    for card, indicator, period in YARDS:
        yard = yardstick(Card(card, NOWHERE), indicator.id, period.code, *given_numbers)
        bounds = yard._scale.bounds if yard._scale is not None else ()
        numbers = [
            *bounds,
            *(nextafter(bound, -inf) for bound in bounds),
            *(bound + 1e-4 for bound in bounds),
            -3.0,
            1e9,
        ]
        for number in numbers:
            assert yard.status(number) == str(yard.at(number).status), (card.id, indicator.id, number)


@given(st.integers(min_value=0, max_value=100_000), st.sampled_from(PLAIN))
def test_a_status_is_that_of_the_library(thousandths: int, name: str) -> None:
    card = load_scorecard(BUSKERUD)
    period = periods_of_year(2009, card.indicator[name].frequency.span)[0].code
    yard = yardstick(Card(card, NOWHERE), name, period)
    shown = Fraction(thousandths, 1000)
    number = float(shown / 10**yard.shift)
    assert MK_STATUS(name, number, period, scorecard=BUSKERUD) == str(yard.judged(shown).status)
    said = judge(card, name, period, value=shown, today=ASKED)
    if said.status != "too_few":
        assert MK_STATUS(name, number, period, scorecard=BUSKERUD) == said.status
        assert MK_WHY(name, number, period, scorecard=BUSKERUD) == said.why


def test_what_cannot_be_is_said_as_judge_says_it() -> None:
    card = load_scorecard(BUSKERUD)
    said = judge(card, "B.6", "2009-05", value=Fraction(101), today=ASKED)
    assert said.status == MK_STATUS("B.6", 1.01, "2009-05", scorecard=BUSKERUD) == "rejected"
    assert MK_WHY("B.6", 1.01, "2009-05", scorecard=BUSKERUD) == said.why
    assert "Kontroll" not in said.why


def test_a_range_comes_back_in_its_shape_and_an_empty_cell_empty() -> None:
    values: list[list[Cell]] = [[0.5, None], ["", 0.9]]
    assert MK_STATUS("B.6", values, "2009-05", scorecard=BUSKERUD) == [["red", None], [None, "green"]]


def test_a_column_of_indicators_meets_a_row_of_periods() -> None:
    found = MK_STATUS([["B.6"], ["B.1"]], 1.0, [["2009-05", "2009-06"]], scorecard=BUSKERUD)
    assert found == [["green", "green"], ["green", "green"]]


def test_what_cannot_be_used_is_an_error_in_its_own_cell_only() -> None:
    values: list[list[Cell]] = [[0.9], ["many"], [True], [nan], [0.9]]
    assert MK_STATUS("B.6", values, "2009-05", scorecard=BUSKERUD) == [["green"], [VALUE], [VALUE], [VALUE], ["green"]]
    assert MK_STATUS("B.99", 0.5, "2009-05", scorecard=BUSKERUD) == VALUE
    assert MK_STATUS("B.6", 0.5, "2009-Q1", scorecard=BUSKERUD) == VALUE
    assert MK_STATUS("B.6", 0.5, "soon", scorecard=BUSKERUD) == VALUE


def test_a_truth_value_is_no_number_even_beside_one() -> None:
    references: list[list[Cell]] = [[1.0], [True]]
    assert MK_STATUS("B.6", 0.9, "2009-05", references, scorecard=BUSKERUD) == [["green"], [VALUE]]


def test_a_month_that_excel_has_made_a_day_of_is_that_month() -> None:
    days: list[list[Cell]] = [[39_965.0, 39_965, 39_966.0, 39_965.5, 6.0, 1e300, nan]]
    assert MK_STATUS("B.6", 0.9, days, scorecard=BUSKERUD) == [["green"] * 2 + [VALUE] * 5]
    for period in ("2009-06", 39_965.0):
        assert MK_WHY("B.6", 0.9, period, scorecard=BUSKERUD) == MK_WHY("B.6", 0.9, "2009-06", scorecard=BUSKERUD)
        assert MK_TARGET("B.6", period, scorecard=BUSKERUD) == 0.75
        assert MK_TO_GREEN("B.6", 1.0, 2.0, period, BUSKERUD) == 1


def test_an_indicator_is_known_whatever_its_case_as_in_excel_s_own_functions() -> None:
    assert MK_STATUS([["b.6", "B.6", " b.6 "]], 0.9, "2009-05", scorecard=BUSKERUD) == [["green"] * 3]
    assert MK_TARGET("b.6", "2009-05", scorecard=BUSKERUD) == 0.75


def test_nothing_is_compared_across_a_break() -> None:
    """As `judge` has it: what the comparison is not there for is not red."""
    for period in ("2013-H1", "2013-H2"):
        said = judge("vejle-2013", "S.2", period, value="0", reference="70", today=ASKED)
        about = "S.2", 0.0, period, 0.7, None, None, "vejle-2013"
        assert (MK_STATUS(*about), MK_WHY(*about)) == (said.status, said.why)
    assert MK_STATUS("S.2", 0.0, "2013-H2", 0.7, scorecard="vejle-2013") == "not_assessable"


def test_ranges_that_do_not_fit_together_and_unknown_scorecards_are_refused() -> None:
    with pytest.raises(ArgumentError):
        MK_SHARE([[1.0], [2.0], [3.0]], [[1.0], [2.0]])
    with pytest.raises(ArgumentError):
        MK_SHARE([[]], 1.0)
    for name in (None, "no-such-scorecard", f"{BUSKERUD}#0000"):
        with pytest.raises(ArgumentError):
            MK_STATUS("B.6", 0.5, "2009-05", scorecard=name)


def test_an_office_s_own_target_and_zone_are_what_its_value_is_held_against() -> None:
    card = load_scorecard(BUSKERUD)
    own = next(each for each in card.active if each.targets and each.targets[0].kind == "own_target")
    period = periods_of_year(2009, own.frequency.span)[2].code
    assert [MK_STATUS(own.id, 10.0, period, None, target, 5.0, BUSKERUD) for target in (9.0, 11.0)] == [
        "green",
        "yellow",
    ]


def test_a_reference_that_was_divided_is_taken_as_the_fraction_that_it_was() -> None:
    card = load_scorecard("nav-aas-2014")
    period = periods_of_year(2014, card.indicator["II.C"].frequency.span)[-1].code
    yard = yardstick(Card(card, NOWHERE), "II.C", period, 2 / 3)
    ((_, compared),) = yard.given.compared
    assert compared.upper / (compared.lower or 1) in (Fraction(2, 3), Fraction(200, 3))


def test_the_target_is_a_number_where_one_number_is_to_be_reached_and_else_the_rule() -> None:
    assert MK_TARGET("B.6", "2009-05", scorecard=BUSKERUD) == 0.75
    targets = MK_TARGET(
        [[each.id] for each in load_scorecard("uwv-pacta-2006").active], "2006-05", scorecard="uwv-pacta-2006"
    )
    assert isinstance(targets, list)
    assert all(isinstance(row[0], str) and row[0] for row in targets)


def test_an_office_s_agreed_target_is_its_own() -> None:
    card = load_scorecard("kbh-resultatkontrakt-2007")
    agreed = next(each for each in card.active if each.unit_targets)
    period = periods_of_year(2007, agreed.frequency.span)[-1].code
    own = {MK_TARGET(agreed.id, period, each.unit, card.id) for each in agreed.unit_targets}
    assert len(own) > 1
    assert MK_TARGET(agreed.id, period, None, card.id) not in own


@given(st.integers(0, 400), st.integers(1, 400))
def test_so_many_more_make_it_green_and_one_less_does_not(upper: int, lower: int) -> None:
    more = MK_TO_GREEN("B.6", float(upper), float(lower), "2009-05", BUSKERUD)
    if upper > lower:
        assert more == VALUE
        return
    assert isinstance(more, float)
    reached = upper + more
    assert MK_TO_GREEN("B.6", reached, float(lower), "2009-05", BUSKERUD) == 0
    if more:
        assert MK_TO_GREEN("B.6", reached - 1, float(lower), "2009-05", BUSKERUD) == 1


def test_nothing_is_said_of_nothing_and_of_nothing_to_reach() -> None:
    assert MK_TO_GREEN("B.6", None, None, "2009-05", BUSKERUD) is None
    assert MK_TO_GREEN("B.6", 0.0, 0.0, "2009-05", BUSKERUD) is None
    assert MK_TO_GREEN("B.6", 1.0, None, "2009-05", BUSKERUD) == VALUE
    assert NOT_AVAILABLE == "#N/A"


def test_shares_are_of_pairs() -> None:
    pairs = MK_SHARE([[1.0], [None], [3.0], [0.0], [5.0], [-1.0]], [[4.0], [None], [None], [0.0], [4.0], [4.0]])
    assert pairs == [[0.25], [None], [VALUE], [None], [VALUE], [VALUE]]


def test_the_scorecard_of_a_workbook_is_known_by_its_id_and_hash_once_it_was_brought_along() -> None:
    card = load_scorecard(BUSKERUD)
    own = card.model_copy(update={"id": "own-card"})
    with pytest.raises(ArgumentError):
        card_of(key_of(own))
    assert card_of(remember(own)).scorecard is own
    assert card_of(key_of(card)).scorecard == card


def test_a_definition_file_that_is_changed_or_comes_later_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "eget kort Ærø.json"
    card = load_scorecard(BUSKERUD)
    with pytest.raises(ArgumentError):
        MK_STATUS("B.6", 0.7, "2009-06", scorecard=str(path))
    path.write_text(card.model_dump_json(), encoding="utf-8")
    assert MK_STATUS("B.6", 0.7, "2009-06", scorecard=str(path)) == "yellow"
    higher = card.indicator["B.6"].model_copy(
        update={"target": AtLeast(kind="at_least", green=Fraction(90), yellow=Fraction(80))}
    )
    changed = tuple(higher if each.id == "B.6" else each for each in card.indicators)
    path.write_text(card.model_copy(update={"indicators": changed}).model_dump_json(), encoding="utf-8")
    assert MK_STATUS("B.6", 0.7, "2009-06", scorecard=str(path)) == "red"
    path.unlink()
    with pytest.raises(ArgumentError):
        MK_STATUS("B.6", 0.7, "2009-06", scorecard=str(path))


def test_an_office_s_agreed_target_is_what_its_workbook_s_values_are_held_against() -> None:
    card = load_scorecard("kbh-resultatkontrakt-2007")
    agreed = card.indicator["PO.R1"]
    period = periods_of_year(2007, agreed.frequency.span)[-1].code
    about = agreed.id, 0.1, period, 0.13, None, None
    statuses = [MK_STATUS(*about, card_text(card, Place(each.unit))) for each in agreed.unit_targets]
    assert set(statuses) == {"green", "red"}
    assert MK_STATUS(*about, card_text(card, Place("Jobcenter Prøveli"))) == "undecided"
    target = MK_TARGET(agreed.id, period, None, card_text(card, Place(agreed.unit_targets[0].unit)))
    assert target == MK_TARGET(agreed.id, period, agreed.unit_targets[0].unit, card.id)


def test_an_office_that_is_named_in_its_own_workbook_has_the_target_of_its_area() -> None:
    card = load_scorecard(BUSKERUD)
    higher = AtLeast(kind="at_least", green=Fraction(90), yellow=Fraction(80))
    agreed = UnitTarget(unit="TO Midt", level=Level.AREA, target=higher)
    held = card.indicator["B.6"].model_copy(update={"unit_targets": (agreed,)})
    own = tuple(held if each.id == "B.6" else each for each in card.indicators)
    of_areas = parse_json(card.model_copy(update={"id": "areas", "indicators": own}).model_dump_json())
    remember(of_areas)
    named = card_text(of_areas, Place("Prøvedal", "TO Midt", card.top.name))
    offices: list[list[Cell]] = [[None, "Prøvedal", "prøvedal ", "Lillevik"]]
    assert MK_TARGET("B.6", "2009-06", offices, named) == [[0.9, 0.9, 0.9, 0.75]]


def test_the_functions_are_there_without_the_large_libraries_which_can_be_imported_afterwards() -> None:
    code = (
        "import sys, udfs.functions; large = {'pandas', 'numpy', 'matplotlib', 'openpyxl'} & set(sys.modules);"
        "import pandas; print(sorted(large), pandas.DataFrame({'a': [1]}).shape)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] (1, 1)"
