"""Whatever is wrong in a definition workbook is told with its cell, everything at once, and nothing is dropped in silence."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.definitions.books import FIRST, TITLES, Book, found, small
from xlmalekort.definitions import schema
from xlmalekort.definitions.reading import check_definition
from xlmalekort.definitions.workbook import write_definition
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.model.targets import AtLeast, AtMost, Scheduled
from xlmalekort.problems import Severity, sentence
from xlmalekort.scorecards import definition_text
from xlmalekort.scorecards.loader import parse_definition

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.problems import Problem


def told(problem: Problem) -> str:
    return sentence(problem, texts_of("en"))


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, [told(each) for each in problems]
    return problems[0]


def putting(sheet: str, key: str, value: object, row: int = FIRST) -> Callable[[Book], object]:
    """The change of one cell."""
    return lambda book: book.put(sheet, key, value, row)


def doubling(sheet: str) -> Callable[[Book], object]:
    """The second row of a sheet is about the indicator of the first."""
    return lambda book: book.put(sheet, schema.OWNER, book.cell(sheet, schema.OWNER).value, FIRST + 1)


def usable(change: Callable[[Book], object]) -> Scorecard:
    book = Book(small())
    change(book)
    checked = book.checked()
    assert checked.scorecard is not None, [told(each) for each in checked.problems]
    return checked.scorecard


def test_saved_by_another_program_it_is_the_same() -> None:
    checked = Book(small()).checked()
    assert checked.problems == ()
    assert checked.scorecard == small()


@pytest.mark.parametrize(
    ("sheet", "key", "value", "code", "says"),
    [
        ("indicators", "better", "highr", "DEF-006", '"highr" is none of the words that may stand here; did you mean higher?'),
        ("indicators", "perspective", "X", "DEF-007", "X does not stand in the sheet Perspectives."),
        ("indicators", "perspective", None, "DEF-005", "A.1: Perspective is not filled in."),
        ("indicators", "title", None, "DEF-005", "A.1: Title is not filled in."),
        ("indicators", "title", "x" * 2001, "DEF-009", "expected: at most 2000 characters"),
        ("indicators", "title", "=1/0", "DEF-019", "a formula without a result"),
        ("indicators", "decimals", 7, "DEF-009", "7 cannot stand here; expected: a number up to 4"),
        ("indicators", "decimals", "one", "DEF-009", '"one" cannot stand here; expected: a whole number'),
        ("indicators", "decimals", 1.5, "DEF-009", "1.5 cannot stand here; expected: a whole number"),
        ("indicators", "reach_by", "soon", "DEF-009", '"soon" cannot stand here; expected: a date'),
        ("indicators", "reach_by", "31.02.2024", "DEF-009", "expected: a date"),
        ("indicators", "active", "perhaps", "DEF-006", "none of the words that may stand here"),
        ("indicators", "part_of", "B.9", "DEF-007", "B.9 does not stand in the sheet Indicators; did you mean B."),
        ("indicators", "part_of", "A.1", "DEF-011", '"Breaks down" A.1 is not another indicator'),
        ("indicators", "cohort.period_is", "they entered", "DEF-005", "Followed for months is not filled in"),
        ("indicators", "question.asked_of", "X", "DEF-007", "X does not stand in the sheet Who is asked."),
        ("figures", "figure.numerator", "A.1.nominator", "DEF-007", "A.1.nominator does not stand in the sheet Base figures"),
        ("figures", "figure.numerator", None, "DEF-005", "A.1: Numerator is not filled in."),
        ("figures", "figure.kind", None, "DEF-005", "A.1: Worked out as is not filled in."),
        ("figures", "figure.value", "steps", "DEF-012", "A.1: Value does not belong to a row with Worked out as: share."),
        ("figures", "indicator", "A.11", "DEF-007", "A.11 does not stand in the sheet Indicators; did you mean A.1?"),
        ("figures", "indicator", None, "DEF-005", "Indicator is not filled in."),
        ("targets", "target.green", None, "DEF-005", "A.1: Green is not filled in."),
        ("targets", "target.green", "75 %", "DEF-009", '"75 %" cannot stand here; expected: a number such as 74.9'),
        ("targets", "target.green", "1.000", "DEF-009", '"1.000" cannot stand here'),
        ("targets", "target.yellow", 80, "DEF-011", 'A.1: "Yellow" must not be above "Green"'),
        ("targets", "target.yellow", "nonne", "DEF-006", '"nonne" is none of the words that may stand here; did you mean none?'),
        ("targets", "target.low", 5, "DEF-012", "A.1: Green from does not belong to a row with Target is: at least."),
        ("targets", "unit", "North", "DEF-012", "A.1: Office or unit does not belong to a row with Which target: the target."),
        ("targets", "which", None, "DEF-005", "A.1: Which target is not filled in."),
        ("targets", "step", "07-01", "DEF-009", "expected: a date, or a day such as 1 July that comes back every year"),
        ("targets", "step", "30 February", "DEF-009", "expected: a date, or a day such as 1 July"),
        ("measures", "id", "A 1", "DEF-027", "Id must be 1 to 40 letters, digits, full stops, hyphens and underscores"),
        ("measures", "role", "plan", "DEF-011", '"Numerator" uses measure A.1.numerator, whose role is plan'),
        ("measures", "level", "an area", "DEF-011", "which is held at an area level, not at an office"),
        ("relations", "kind", "part of a hole", "DEF-006", "did you mean part of a whole?"),
        ("relations", "total", "steps", "DEF-012", "Total does not belong to a row with Rule: part of a whole."),
        ("clarifications", "question", None, "DEF-005", "A.1: What must be clarified is not filled in."),
        ("milestones", "due", None, "DEF-005", "B.2: To be done by is not filled in."),
        ("milestones", "indicator", "A.1", "DEF-015", "no row of Targets and zones says that this target is reached"),
        ("about", "year", "soon", "DEF-009", '"soon" cannot stand here; expected: a whole number'),
        ("about", "language", "Swedish", "DEF-006", "none of the words"),
        ("about", "id", "A small one", "DEF-009", "expected: 2 to 61 small letters a-z, digits and hyphens"),
        ("about", "title", None, "DEF-005", "Title is not filled in."),
        ("about", "least_coverage", 80, "DEF-009", "80 cannot stand here; expected: a number up to 1"),
    ],
)  # fmt: skip
def test_tells_the_cell_and_what_is_wrong(sheet: str, key: str, value: Any, code: str, says: str) -> None:
    book = Book(small())
    cell = book.put(sheet, key, value)
    checked = book.checked()
    assert checked.scorecard is None
    matching = [each for each in checked.problems if each.code == code and says in told(each)]
    assert matching, [told(each) for each in checked.problems]
    spoken_of = {f"{each.sheet}!{each.cell}" for each in matching}
    # What does not fit between two cells is told where it is used, or missing.
    assert cell in spoken_of or code == "DEF-011" or key.startswith("cohort"), spoken_of


def test_one_thing_that_is_wrong_is_told_once() -> None:
    for sheet, key, value in (
        ("indicators", "better", "highr"),
        ("indicators", "title", None),
        ("figures", "figure.numerator", None),
        ("targets", "target.green", "many"),
        ("targets", "target.yellow", 80),
        ("measures", "unit", "stones"),
    ):
        only(found(putting(sheet, key, value)))


def test_everything_is_told_at_once() -> None:
    def change(book: Book) -> None:
        book.put("indicators", "better", "highr")
        book.put("indicators", "title", None, FIRST + 1)
        book.put("targets", "target.green", "many", FIRST + 2)
        book.put("indicators", "perspective", "X", FIRST + 2)
        book.put("measures", "role", "plan", FIRST + 4)

    codes = sorted(each.code for each in found(change))
    # That the steps are a plan now shows although other rows cannot be used.
    assert codes == ["DEF-005", "DEF-006", "DEF-007", "DEF-009", "DEF-011"], codes


class TestIds:
    def test_that_excel_made_numbers_or_days_are_not_guessed_at(self) -> None:
        for value in (1.1, date(2009, 10, 1), True):
            codes = {each.code for each in found(putting("perspectives", "id", value))}
            assert "DEF-010" in codes

    def test_that_are_whole_numbers_are_what_they_show(self) -> None:
        def change(book: Book) -> None:
            book.put("perspectives", "id", 7)
            book.put("indicators", "perspective", "7")

        assert usable(change).perspectives[0].id == "7"

    def test_that_stand_twice_name_the_first(self) -> None:
        problem = next(
            each for each in found(putting("measures", "id", "a.1.NUMERATOR", FIRST + 1)) if each.code == "DEF-008"
        )
        assert told(problem).endswith("a.1.NUMERATOR stands twice, first in A5. Delete a row, or correct the id.")

    def test_of_parts_that_an_indicator_has_once_name_the_first_row(self) -> None:
        problem = next(each for each in found(doubling("figures")) if each.code == "DEF-008")
        assert "stands twice, first in A5." in told(problem)

    def test_may_be_parted_by_whatever_people_type(self) -> None:
        for text in ("B.1.plan+steps", "B.1.plan, steps", "B.1.plan\nsteps", " B.1.plan ;steps "):
            problems = found(putting("figures", "figure.plan", text, FIRST + 1))
            # Both are found; only that the steps are no plan is wrong.
            assert [each.code for each in problems] == ["DEF-011"], [told(each) for each in problems]


class TestValues:
    def test_numbers_are_taken_as_they_are_typed(self) -> None:
        for value in (74.9, "74.9", "74,9", " 74,9 "):
            target = usable(putting("targets", "target.green", value)).indicators[0].target
            assert isinstance(target, AtLeast)
            assert float(target.green) == 74.9

    def test_a_percentage_is_not_guessed_at(self) -> None:
        def change(book: Book) -> None:
            book.put("targets", "target.green", 0.75)
            book.cell("targets", "target.green").number_format = "0 %"

        problem = only(found(change))
        assert problem.code == "DEF-018"
        assert problem.cell == "I5"

    def test_a_share_may_be_typed_as_a_percentage(self) -> None:
        def change(book: Book) -> None:
            book.put("about", "least_coverage", 0.8)
            book.cell("about", "least_coverage").number_format = "0 %"

        assert float(usable(change).least_coverage) == 0.8

    def test_days_are_taken_as_they_are_typed(self) -> None:
        for value in (date(2024, 12, 31), "31.12.2024", "31-12-2024", "2024-12-31"):
            scorecard = usable(putting("indicators", "reach_by", value))
            assert scorecard.indicators[0].reach_by == date(2024, 12, 31)

    def test_a_yearly_day_is_known_in_every_language_and_as_excel_makes_it(self) -> None:
        for value in ("1. august", "1 augustus", "1 August", "1. aug.", "01.08."):
            target = usable(putting("targets", "step", value, FIRST + 4)).indicators[1].target
            assert isinstance(target, Scheduled)
            assert target.steps[1].starts == "08-01"

        def as_excel(book: Book) -> None:
            book.put("targets", "step", date(2024, 8, 1), FIRST + 4)
            book.cell("targets", "step", FIRST + 4).number_format = "d. mmm"

        target = usable(as_excel).indicators[1].target
        assert isinstance(target, Scheduled)
        assert target.steps[1].starts == "08-01"

    def test_words_are_known_in_every_language_and_case(self) -> None:
        for word in ("HIGHER", " higher ", "Higher"):
            assert usable(putting("indicators", "better", word)).indicators[0].better == "higher"

    def test_a_formula_is_read_by_its_result(self) -> None:
        # Its result is not there: the program that saved it works nothing out.
        problem = only(found(putting("targets", "target.green", "=70+5")))
        assert problem.code == "DEF-019"


class TestTargets:
    def test_a_second_row_without_a_day_stands_in_the_way(self) -> None:
        problem = only(
            found(
                lambda book: book.add(
                    "targets",
                    indicator="A.1",
                    which="the target",
                    target__kind="at least",
                    target__green=50,
                    target__yellow="none",
                )
            )
        )
        assert (problem.code, problem.cell) == ("DEF-013", "G11")

    def test_rows_may_stand_in_any_order(self) -> None:
        def change(book: Book) -> None:
            sheet = book.sheet("targets")
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_row=10)]
            for number, row in enumerate(reversed(rows), FIRST):
                for place, value in enumerate(row, 1):
                    sheet.cell(number, place).value = value

        target = usable(change).indicator["B.1"].target
        assert isinstance(target, Scheduled)
        assert {step.starts for step in target.steps} == {"01-01", "07-01"}

    def test_a_new_indicator_is_a_row_in_each_sheet(self) -> None:
        def change(book: Book) -> None:
            book.add("indicators", id="1.10", title="New", perspective="A", definition="What is new.", better="lower")
            book.add("figures", indicator="1.10", figure__kind="a number as it is", figure__value="fresh")
            book.add(
                "targets",
                indicator="1.10",
                which="the target",
                target__kind="at most",
                target__green=3,
                target__yellow="none",
            )
            book.add("measures", id="fresh", title="Fresh ones")

        scorecard = usable(change)
        target = scorecard.indicator["1.10"].target
        assert isinstance(target, AtMost)
        assert target.green == 3

    def test_an_indicator_without_a_figure_or_a_target_is_told_at_its_own_row(self) -> None:
        added: list[str] = []

        def change(book: Book) -> None:
            added.append(
                book.add("indicators", id="N", title="New", perspective="A", definition="New.", better="lower")
            )

        problems = found(change)
        assert {each.code for each in problems} == {"DEF-014"}
        assert {f"{each.sheet}!{each.cell}" for each in problems} == set(added)
        assert sorted(str(each.slots["sheet"]) for each in problems) == ["How it is worked out", "Targets and zones"]

    def test_a_reason_may_stand_in_one_row_only_or_be_the_same(self) -> None:
        def change(book: Book) -> None:
            row = {"indicator": "A.1", "which": "of one unit", "unit": "North", "target__kind": "at least"}
            book.put("targets", "step", "1 January", FIRST + 2)
            book.add("targets", **row, step="1 July", target__green=70, target__yellow="none", reason="Another one.")

        assert only(found(change)).code == "DEF-016"


class TestSheetsAndColumns:
    def test_may_be_moved(self) -> None:
        def change(book: Book) -> None:
            book.book.move_sheet(TITLES["targets"], -4)
            sheet = book.sheet("indicators")
            sheet.insert_cols(2)
            sheet.insert_rows(1, 2)

        book = Book(small())
        change(book)
        # The names of the workbook still point to where the headings stood; keys and headings are looked for.
        assert book.checked().scorecard == small()

    def test_are_known_by_their_headings_where_the_keys_are_gone(self) -> None:
        def change(book: Book) -> None:
            for key in ("indicators", "targets", "measures"):
                book.sheet(key).delete_rows(3)

        assert usable(change) == small()

    def test_a_renamed_sheet_is_known_by_its_columns(self) -> None:
        def change(book: Book) -> None:
            book.sheet("measures").title = "Whatever"

        assert usable(change) == small()

    def test_a_sheet_that_is_needed(self) -> None:
        problem = only(found(lambda book: book.book.remove(book.sheet("measures"))))
        assert (problem.code, problem.sheet) == ("DEF-002", "Base figures")

    def test_a_sheet_that_is_not_needed_is_told_when_it_is_gone(self) -> None:
        problem = only(found(lambda book: book.book.remove(book.sheet("relations"))))
        assert (problem.code, problem.severity) == ("DEF-028", Severity.NOTE)

    def test_an_unknown_sheet_is_told(self) -> None:
        problem = only(found(lambda book: book.book.create_sheet("Indicatrs")))
        assert problem.code == "DEF-003"
        assert "did you mean Indicators?" in told(problem)

    def test_an_unknown_column_is_told_where_something_stands_in_it(self) -> None:
        def change(book: Book) -> None:
            sheet = book.sheet("indicators")
            place = sheet.max_column + 1
            sheet.cell(4, place, "Remarks of mine")
            sheet.cell(FIRST, place, "x")

        problem = only(found(change))
        assert (problem.code, problem.cell) == ("DEF-022", "AC4")
        assert "the column Remarks of mine is not known and was not read" in told(problem)

    def test_a_misspelt_column_is_not_taken_as_empty(self) -> None:
        def change(book: Book) -> None:
            place = book.column("indicators", "responsible")
            book.sheet("indicators").cell(3, place).value = None
            book.sheet("indicators").cell(4, place).value = "Responsable"
            book.sheet("indicators").cell(FIRST, place).value = "Head of office"

        problems = found(change)
        assert {each.code for each in problems} == {"DEF-004", "DEF-022"}
        assert any("did you mean Responsible?" in told(each) for each in problems)

    def test_a_column_that_is_gone_is_told(self) -> None:
        problems = found(lambda book: book.sheet("indicators").delete_cols(book.column("indicators", "goal_kind")))
        assert (only(problems).code, only(problems).severity) == ("DEF-020", Severity.NOTE)
        problems = found(lambda book: book.sheet("indicators").delete_cols(book.column("indicators", "better")))
        assert "DEF-004" in {each.code for each in problems}

    def test_a_column_that_stands_twice_is_told(self) -> None:
        def change(book: Book) -> None:
            sheet = book.sheet("measures")
            sheet.cell(3, sheet.max_column + 1, "title")

        assert only(found(change)).code == "DEF-017"

    def test_merged_cells_are_told(self) -> None:
        problems = found(lambda book: book.sheet("targets").merge_cells("A5:A7"))
        assert "DEF-023" in {each.code for each in problems}

    def test_a_sheet_without_rows_is_told(self) -> None:
        problems = found(lambda book: book.sheet("perspectives").delete_rows(FIRST, 2))
        assert "DEF-024" in {each.code for each in problems}

    def test_an_unknown_line_about_the_scorecard_is_told(self) -> None:
        def change(book: Book) -> None:
            sheet = book.sheet("about")
            sheet.cell(40, 2, "Colour")
            sheet.cell(40, 3, "pink")

        assert (only(found(change)).code, only(found(change)).cell) == ("DEF-026", "B40")

    def test_no_definition_at_all(self) -> None:
        import openpyxl

        stream = io.BytesIO()
        openpyxl.Workbook().save(stream)
        assert only(check_definition(stream.getvalue(), "def.xlsx").problems).code == "DEF-001"


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "FIL-001"), (b"id: small", "FIL-003"), (b"PK\x03\x04rest", "FIL-002")]
)
def test_the_gate_applies(content: bytes, code: str) -> None:
    assert only(check_definition(content, "def.xlsx").problems).code == code


def test_every_problem_can_be_told_in_every_language() -> None:
    def change(book: Book) -> None:
        for table in schema.tables():
            for column in table.columns:
                if table.key != schema.ABOUT:
                    book.put(table.key, column.key, "?!", book.sheet(table.key).max_row + 1)

    problems = found(change)
    assert len(problems) > 50
    for language in LANGUAGES:
        assert all(sentence(each, texts_of(language)) for each in problems)
    assert all(each.sheet and each.cell for each in problems)


def test_what_does_not_go_together_is_told_in_the_words_of_the_workbook() -> None:
    def change(book: Book) -> None:
        book.put("targets", "target.yellow", 80)
        book.put("measures", "role", "plan", FIRST + 1)
        book.put("measures", "frequency", "every year", FIRST + 4)

    reasons = [each for each in found(change) if each.code == "DEF-011"]
    assert len(reasons) == 2
    for language in LANGUAGES:
        texts = texts_of(language)
        told_ = " ".join(sentence(each, texts) for each in reasons)
        assert f'"{texts("Yellow")}"' in told_
        assert texts("every year") in told_
        assert not re.search(
            r"(?<![\w.])(yellow|green|numerator|year|month)(?![\w.])",
            told_.replace(texts("every year"), "").replace(texts("every month"), ""),
        )


_cells = st.one_of(
    st.none(),
    st.text(max_size=8).map(lambda text: "".join(each for each in text if each.isprintable())),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2050, 1, 1)),
    st.sampled_from(
        ["A.1", "B.1", "the target", "of one unit", "at least", "milestones", "share", "yes", "none", "1 July"]
    ),
)
_changes = st.lists(
    st.tuples(
        st.sampled_from([table.key for table in schema.tables()]), st.integers(1, 12), st.integers(1, 30), _cells
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_changes)
def test_whatever_is_typed_anywhere_ends_in_sentences(changes: list[tuple[str, int, int, Any]]) -> None:
    book = Book(small())
    for key, row, column, value in changes:
        book.sheet(key).cell(row, column).value = value
    checked = book.checked()
    assert all(told(each) for each in checked.problems)
    if checked.scorecard is None:
        assert any(each.severity is Severity.ERROR for each in checked.problems)
    else:
        # What was taken can be written and read again, as a workbook and as a text.
        assert check_definition(write_definition(checked.scorecard), "def.xlsx").scorecard == checked.scorecard
        assert parse_definition(definition_text(checked.scorecard), "own.yaml") == checked.scorecard
