"""Figures files: every line becomes a figure or a problem that names the line."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlmalekort.intake.figures_file import NOT_WHOLE, TOO_LARGE, TOO_PRECISE, UNDER_ZERO, FiguresFile, read_figures
from xlmalekort.locale import texts_of
from xlmalekort.model.periods import Period
from xlmalekort.problems import as_json, sentence
from xlmalekort.scorecards import load_scorecard

BUSKERUD = load_scorecard("nav-buskerud-2009")
PACTA = load_scorecard("uwv-pacta-2006")
HEADING = "office,indicator,field,period,value\n"
TENKEBY = ("Tenkeby",)


def read(lines: str, offices: tuple[str, ...] | None = ("Tenkeby", "Liksom"), heading: str = HEADING) -> FiguresFile:
    return read_figures((heading + lines).encode(), "f.csv", BUSKERUD, 2009, offices)


def found(file: FiguresFile) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in file.problems]


def values(file: FiguresFile) -> list[Fraction | str]:
    return [entry.value for entry in file.entries]


def test_a_line_by_indicator_and_field_is_a_figure_of_its_measure() -> None:
    (entry,) = read("tenkeby,b.1,Numerator,2009-06,12\n").entries
    assert (entry.office, entry.line_id, entry.period, entry.value, entry.line) == (
        "Tenkeby",
        "B.1.numerator",
        Period.parse("2009-06"),
        Fraction(12),
        2,
    )


def test_both_forms_may_stand_in_one_file() -> None:
    heading = "office;measure;indicator;field;period;value\n"
    file = read(
        "Liksom;employees;;;2009-01;20\nLiksom;;M.4;numerator;2009-01;5\nLiksom;B.1.numerator;B.1;numerator;2009-02;1\n",
        heading=heading,
    )
    assert [entry.line_id for entry in file.entries] == ["employees", "M.4.numerator", "B.1.numerator"]
    assert file.problems == ()


def test_a_line_that_names_no_figure_or_two_is_told() -> None:
    heading = "office;measure;indicator;field;period;value\n"
    file = read("Liksom;;;;2009-01;20\nLiksom;employees;B.1;numerator;2009-01;5\n", heading=heading)
    assert (found(file), file.entries) == ([("CSV-017", 2), ("CSV-017", 3)], ())


def test_the_office_may_be_left_out_for_a_single_one() -> None:
    file = read("employees,2009-01,20\n", TENKEBY, "measure,period,value\n")
    assert [entry.office for entry in file.entries] == ["Tenkeby"]
    assert [entry.office for entry in read(",B.1,numerator,2009-01,2\n", TENKEBY).entries] == ["Tenkeby"]
    assert found(read("employees,2009-01,20\n", heading="measure,period,value\n")) == [("CSV-014", 1)]
    assert found(read(",B.1,numerator,2009-01,2\n")) == [("CSV-014", 2)]
    assert found(read(",B.1,numerator,2009-01,2\n", None)) == [("CSV-014", 2)]


def test_without_a_list_of_offices_every_name_is_taken_and_spelled_one_way() -> None:
    file = read("Ål,B.1,numerator,2009-01,2\nål,B.1,denominator,2009-01,3\n", None)
    assert [entry.office for entry in file.entries] == ["Ål", "Ål"]


@pytest.mark.parametrize(
    ("heading", "missing"),
    [
        ("office,indicator,period,value\n", "field"),
        ("office,field,period,value\n", "indicator"),
        ("office,period,value\n", "measure"),
        ("office,measure,value\n", "period"),
        ("office,indicator,field\n", "period, value"),
    ],
)
def test_a_missing_column_is_named(heading: str, missing: str) -> None:
    (problem,) = read("", heading=heading).problems
    assert (problem.code, problem.slots["missing"]) == ("CSV-002", missing)


def test_a_column_that_is_not_known_is_told() -> None:
    file = read("Liksom,employees,2009-01,20,x\n", heading="office,measure,period,value,remark\n")
    assert values(file) == [20]
    assert found(file) == [("CSV-016", 1)]


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("Tenkby,B.1,numerator,2009-01,1", "CSV-003", "; did you mean Tenkeby?"),
        ("Tenkeby,B1,numerator,2009-01,1", "CSV-004", "; did you mean B.1?"),
        ("Tenkeby,zzz,numerator,2009-01,1", "CSV-004", ""),
    ],
)
def test_misspelt_names_get_a_suggestion(line: str, code: str, hint: str) -> None:
    (problem,) = read(line).problems
    assert (problem.code, problem.line, problem.slots["hint"]) == (code, 2, hint)


def test_a_misspelt_measure_gets_a_suggestion() -> None:
    (problem,) = read("Liksom,employes,2009-01,1\n", heading="office,measure,period,value\n").problems
    assert (problem.code, problem.slots["hint"]) == ("CSV-006", "; did you mean employees?")


@pytest.mark.parametrize("field", ["value", "reference", "baseline", "count_1", "done", "weight", "", "nmerator"])
def test_a_field_that_the_indicator_does_not_have_lists_those_that_it_has(field: str) -> None:
    (problem,) = read(f"Liksom,B.1,{field},2009-01,1\n").problems
    assert (problem.code, problem.slots["fields"]) == ("CSV-005", "numerator, denominator, comment")


def test_own_targets_are_fields() -> None:
    file = read("Liksom,B.3,target,2009-01,30\nLiksom,B.3,yellow,2009-01,25\nLiksom,P.L,weight,2009-01,4\n")
    assert [entry.line_id for entry in file.entries] == ["B.3.target", "B.3.yellow", "P.L.weight"]


def test_a_part_that_is_a_sum_cannot_be_given_as_one_number() -> None:
    content = HEADING + "Oost,O.1,denominator,2006-03,205\nOost,O.1,numerator,2006-03,133\nOost,O.6,value,2006-03,1\n"
    file = read_figures(content.encode(), "f.csv", PACTA, 2006, ("Oost",))
    assert found(file) == [("CSV-012", 2), ("CSV-018", 4)]
    assert "closed.no_inflow, closed.inflow" in file.problems[0].slots["measures"]
    assert [entry.line_id for entry in file.entries] == ["closed.work"]


@pytest.mark.parametrize("period", ["2009-13", "June", "2009-Q1", "2009", "2007-06", "2010-01", ""])
def test_periods_that_have_no_cell_are_told(period: str) -> None:
    (problem,) = read(f"Liksom,B.1,numerator,{period},1\n").problems
    assert (problem.code, problem.got, problem.slots["periods"]) == ("CSV-007", period, "2008-01 – 2009-12")


def test_what_is_no_period_is_told_with_the_forms_that_periods_have() -> None:
    (problem,) = read("Liksom,B.1,numerator,June,1\n").problems
    told = sentence(problem, texts_of("en"))
    assert all(
        form in told for form in ("2008-01 – 2009-12", "2009-06", "2009-Q2", "2009-T1", "2009-H1", "a year as 2009.")
    )


def read_own(lines: str, heading: str = HEADING) -> FiguresFile:
    return read_figures((heading + lines).encode(), "f.csv", BUSKERUD, 2009, TENKEBY, skips_others=True)


def test_lines_of_other_offices_are_told_once_and_not_looked_at() -> None:
    file = read_own(
        "Ål,X.9,numerator,June,much\nTenkeby,B.1,numerator,2009-01,3\nål,,,,\nLiksom,B.1,numerator,2009-01,1\n"
    )
    assert values(file) == [3]
    assert (found(file), file.others, file.is_all_others) == ([("CSV-023", 2)], ("Ål", "Liksom"), False)
    assert (file.problems[0].slots["count"], file.problems[0].slots["office"]) == ("3", "Tenkeby")


def test_a_file_without_other_offices_reads_as_ever() -> None:
    lines = "TENKEBY,B.1,numerator,2009-01,3\n,B.1,denominator,2009-13,4\n"
    assert read_own(lines) == read(lines, TENKEBY)
    assert read_own("employees,2009-01,20\n", "measure,period,value\n").others == ()


def test_of_many_other_offices_a_few_are_named() -> None:
    file = read_own("".join(f"Kontor {number},B.1,numerator,2009-01,1\n" for number in range(9)) + "Tenkby,,,,\n")
    assert file.is_all_others
    assert file.problems[0].slots["names"] == "Tenkby, Kontor 0, Kontor 1, Kontor 2, Kontor 3, …"


def test_lines_of_other_offices_tell_how_numbers_are_written() -> None:
    # Alone, the first line could be one and something or more than a thousand.
    lines = "Tenkeby;employees;2009-01;1,234\n"
    heading = "office;measure;period;value\n"
    assert found(read_own(lines, heading)) == found(read(lines, TENKEBY, heading))
    whole = lines + "Liksom;employees;2009-01;1.234,5\n"
    assert read_own(whole, heading).entries == read(whole, TENKEBY, heading).entries


def test_the_year_before_gives_reference_figures_but_no_comments() -> None:
    file = read("Liksom,B.1,numerator,2008-12,7\nLiksom,B.1,comment,2008-12,late\n")
    assert [entry.period.code for entry in file.entries] == ["2008-12"]
    assert found(file) == [("CSV-007", 3)]


def test_the_same_figure_twice_is_fine_and_another_value_uses_neither() -> None:
    same = read("Liksom,B.1,numerator,2009-01,7\nliksom,B.1,numerator,2009-01,7.0\n")
    assert ([entry.line for entry in same.entries], same.problems) == ([2], ())
    file = read("Liksom,B.1,numerator,2009-01,7\nLiksom,B.1,denominator,2009-01,9\nLiksom,B.1,numerator,2009-01,8\n")
    assert [entry.line_id for entry in file.entries] == ["B.1.denominator"]
    (problem,) = file.problems
    assert (problem.code, problem.line, problem.slots) == ("CSV-010", 4, {"other": "2", "value": "7"})


def test_empty_values_are_no_figures_and_told_in_one_note() -> None:
    file = read("Liksom,B.1,numerator,2009-01,\nLiksom,B.1,denominator,2009-01,0\nLiksom,B.1,numerator,2009-02,\n")
    assert values(file) == [0]
    (problem,) = file.problems
    assert (problem.code, problem.severity, problem.line, problem.slots) == ("CSV-019", "note", 2, {"count": "2"})


def test_limits_are_told_with_the_decimal_sign_of_the_reader() -> None:
    measure = next(each for each in BUSKERUD.measures if each.decimals == 1)
    heading = "measure,period,value\n"
    (problem,) = read(f"{measure.id},2009-01,1.23\n", offices=TENKEBY, heading=heading).problems
    assert "0,1)" in str(as_json(problem, texts_of("nb"))["expected"])
    assert "0.1)" in str(as_json(problem, texts_of("en"))["expected"])


def test_numbers_are_read_by_the_convention_of_the_whole_file() -> None:
    heading = "office;indicator;field;period;value\n"
    file = read("Liksom;Ø.1;actual;2009-01;1.234\nLiksom;P.L;value;2009-01;12,5\n", heading=heading)
    assert [entry.value for entry in file.entries] == [1234, Fraction(25, 2)]
    alone = read("Liksom;Ø.1;actual;2009-01;1.234\nLiksom;P.L;value;2009-01;12\n", heading=heading)
    assert found(alone) == [("CSV-009", 2)]
    assert values(alone) == [12]


def test_comments_do_not_tell_how_numbers_are_written() -> None:
    heading = "office;indicator;field;period;value\n"
    file = read("Liksom;B.1;comment;2009-01;1.5\nLiksom;Ø.1;actual;2009-01;1.234\n", heading=heading)
    assert found(file) == [("CSV-009", 3)]
    assert [(entry.line_id, entry.value) for entry in file.entries] == [("comment:B.1", "1.5")]


@pytest.mark.parametrize("value", ["n/a", "12 %", "(5)", "1e3", "~5"])
def test_what_is_no_number_is_told(value: str) -> None:
    assert found(read(f"Liksom,B.1,numerator,2009-01,{value}\n")) == [("CSV-008", 2)]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("B.1,numerator", "-1", UNDER_ZERO),
        ("B.1,numerator", "2.5", NOT_WHOLE),
        ("P.L,value", "-0.5", UNDER_ZERO),
        ("P.L,value", "9.25", TOO_PRECISE),
        ("Ø.1,actual", "2000000000000", TOO_LARGE),
    ],
)
def test_values_that_a_measure_cannot_have_are_told_with_the_reason(field: str, value: str, reason: str) -> None:
    (problem,) = read(f"Liksom,{field},2009-01,{value}\n").problems
    assert (problem.code, problem.slots["reason"]) == ("CSV-015", reason)
    assert reason in sentence(problem, texts_of("en"))


def test_money_that_may_be_negative_is_taken() -> None:
    assert [entry.value for entry in read("Liksom,Ø.1,actual,2009-01,-1500\n").entries] == [-1500]


def test_comments_keep_their_text() -> None:
    (entry,) = read('Liksom,B.1,comment,2009-01,"=1+1; late, again"\n').entries
    assert (entry.line_id, entry.value) == ("comment:B.1", "=1+1; late, again")
    assert found(read(f"Liksom,B.1,comment,2009-01,{'x' * 40_000}\n")) == [("CSV-015", 2)]


CELLS = st.sampled_from(
    ["Liksom", "Tenkeby", "B.1", "B.3", "numerator", "comment", "2009-01", "2008-02", "7", "1.234", "1,5", "", '"', "x"]
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=4, max_size=6).map(",".join), max_size=6))
def test_every_line_with_a_value_ends_as_an_entry_or_in_a_problem(lines: list[str]) -> None:
    file = read("\n".join(lines))
    told = {problem.line for problem in file.problems} | {entry.line for entry in file.entries}
    if all(problem.code != "CSV-001" for problem in file.problems) and '"' not in "".join(lines):
        for number, line in enumerate(lines, start=2):
            cells = line.split(",")
            doubles = {other for other, each in enumerate(lines, start=2) if each.split(",")[:4] == cells[:4]}
            assert number in told or not line.strip(",") or not cells[-1] or told & doubles
