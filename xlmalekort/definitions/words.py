"""What sheets, columns and choices of a definition workbook are called, and what the columns explain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from xlmalekort.locale import LANGUAGES, N_, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.definitions.schema import Column, Table

YES, NO = N_("yes"), N_("no")


@dataclass(frozen=True, slots=True)
class SheetWords:
    """A sheet's title and what its rows are."""

    title: str
    intro: str


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """A column's heading, what belongs in it, and how wide it is."""

    heading: str
    explanation: str = ""
    width: float = 14


SHEETS: Mapping[str, SheetWords] = {
    "about": SheetWords(N_("About the scorecard"), N_("What holds for the whole scorecard.")),
    "perspectives": SheetWords(
        N_("Perspectives"), N_("One row for each group of indicators, in the order in which they are shown.")
    ),
    "indicators": SheetWords(
        N_("Indicators"),
        N_(
            "One row for each indicator. The base figures that it is made of stand in {figures}, its targets in {targets}."
        ),
    ),
    "figures": SheetWords(
        N_("How it is worked out"),
        N_("One row for each indicator: which base figures it is made of. Several are added up: A.1 + A.2."),
    ),
    "targets": SheetWords(
        N_("Targets and zones"),
        N_(
            "One row for each target, and for each step where a target changes on given days. Nothing belongs in grey cells."
        ),
    ),
    "milestones": SheetWords(
        N_("Milestones"),
        N_("One row for each step of a target that is reached in milestones, in the order of their days."),
    ),
    "clarifications": SheetWords(N_("Clarifications"), N_("One row for each question. Without a decision it is open.")),
    "breaks": SheetWords(N_("Breaks"), N_("One row for each day from which something is counted in another way.")),
    "measures": SheetWords(
        N_("Base figures"), N_("One row for each number that is typed, once, for an office and a period.")
    ),
    "relations": SheetWords(N_("Relations"), N_("One row for each rule that base figures owe each other.")),
    "filters": SheetWords(
        N_("Who is asked"), N_("One row for each group of people that questions of a survey are asked of.")
    ),
    "deadlines": SheetWords(
        N_("Deadlines"),
        N_("One row for each activity, recommendation or other task with a day by which it is to be done."),
    ),
    "calendar": SheetWords(N_("Meetings"), N_("One row for each meeting that follows the scorecard up.")),
}

_ID = N_("Letters, digits, full stops, hyphens and underscores. It ties the sheets together and should not change.")
_HOW_OFTEN = N_("How often there is a figure.")
_DECIMALS = N_("How many decimals are shown and judged by, 0 to 4.")
_SEVERAL = N_("The id of a base figure, or several: A.1 + A.2.")
_ONE = N_("The id of a base figure.")
_PERCENT_IS = N_("A number in the unit shown: 75 is 75 %.")
_ZONE = N_("A number in the unit shown, or the word none or not agreed.")

COLUMNS: Mapping[str, ColumnWords] = {
    "about.id": ColumnWords(
        N_("Id"), N_("2 to 61 small letters a-z, digits and hyphens. Workbooks in use are known by it.")
    ),
    "about.version": ColumnWords(N_("Version"), N_("Raise it when the definition changes.")),
    "about.language": ColumnWords(N_("Language"), N_("The language of the workbooks.")),
    "about.title": ColumnWords(N_("Title"), N_("The name in full.")),
    "about.short_title": ColumnWords(N_("Short title"), N_("The name where there is little room.")),
    "about.about": ColumnWords(N_("What it is for"), N_("A few sentences for those who use it.")),
    "about.year": ColumnWords(N_("Year"), N_("The year that workbooks are made for where none is asked for.")),
    "about.top.level": ColumnWords(N_("Highest level"), N_("The level above all offices.")),
    "about.top.name": ColumnWords(N_("Highest unit"), N_("Its name, where no register says otherwise.")),
    "about.level_names.office": ColumnWords(N_("The level of offices"), N_("What the level is called here.")),
    "about.level_names.area": ColumnWords(N_("The level of areas"), N_("What the level is called here.")),
    "about.level_names.region": ColumnWords(N_("The level of regions"), N_("What the level is called here.")),
    "about.level_names.country": ColumnWords(N_("The level of the country"), N_("What the level is called here.")),
    "about.currency": ColumnWords(
        N_("Currency"), N_("What is written after an amount of money, such as kr; empty: nothing.")
    ),
    "about.comparison": ColumnWords(
        N_("Compared"), N_("As shown: what is read is what was judged. Exactly: before rounding.")
    ),
    "about.least_coverage": ColumnWords(
        N_("Least coverage of a total"), N_("A total that rests on a smaller share of its units is marked partial.")
    ),
    "perspectives.secures": ColumnWords(N_("Looks after"), N_("What the perspective looks after."), 70),
    "id": ColumnWords(N_("Id"), _ID, 12),
    "title": ColumnWords(N_("Title"), N_("As it is shown on the sheets."), 42),
    "indicator": ColumnWords(N_("Indicator"), N_("The id of the indicator."), 11),
    "indicators.perspective": ColumnWords(N_("Perspective"), N_("The id of the perspective that it belongs to."), 12),
    "indicators.definition": ColumnWords(N_("What is counted"), N_("In a sentence."), 60),
    "indicators.better": ColumnWords(N_("Better when"), N_("Which way is better."), 11),
    "indicators.origin": ColumnWords(N_("Goal set by"), N_("The level that the goal comes from."), 13),
    "decimals": ColumnWords(N_("Decimals"), _DECIMALS, 10),
    "frequency": ColumnWords(N_("How often"), _HOW_OFTEN, 15),
    "indicators.ready.kind": ColumnWords(
        N_("Figure ready"), N_("By which rule the figure of a period is ready; it is due from the day after."), 24
    ),
    "indicators.ready.day": ColumnWords(N_("Ready on day"), N_("The day of the next month, 1 to 28."), 9),
    "indicators.ready.weekday": ColumnWords(N_("Ready on weekday"), N_("The first such day after the period."), 11),
    "indicators.ready.days": ColumnWords(
        N_("Days until ready"), N_("How many days after the last day of the period."), 11
    ),
    "indicators.delay_months": ColumnWords(
        N_("Months of delay"), N_("How many months later than the rule says. Empty: none."), 11
    ),
    "indicators.reach_by": ColumnWords(
        N_("To be reached by"), N_("A day by which the target is to be reached, if there is one."), 12
    ),
    "indicators.least_denominator": ColumnWords(
        N_("Least number of cases"), N_("Under so many cases nothing is judged. Empty: any number."), 11
    ),
    "indicators.cohort.window_months": ColumnWords(
        N_("Followed for months"), N_("For a cohort: how many months those who entered in a period are followed."), 11
    ),
    "indicators.cohort.period_is": ColumnWords(
        N_("Cohort counted when"),
        N_("Whether a figure belongs to the period in which they entered, or in which the months are over."),
        15,
    ),
    "indicators.question.wording": ColumnWords(
        N_("Question of a survey"), N_("How the question reads, where the indicator is one."), 40
    ),
    "indicators.question.asked_of": ColumnWords(
        N_("Asked of"), N_("The id of the group that is asked. Empty: everybody."), 12
    ),
    "indicators.goal_kind": ColumnWords(
        N_("Kind of goal"), N_("Where several kinds are told apart: a result, an effort."), 14
    ),
    "indicators.part_of": ColumnWords(N_("Breaks down"), N_("The id of the indicator that this one breaks down."), 11),
    "indicators.group": ColumnWords(
        N_("Group of people"), N_("Who it is about, where it breaks another one down."), 18
    ),
    "level": ColumnWords(N_("Held for"), N_("The level at which the figures are held."), 11),
    "indicators.active": ColumnWords(
        N_("In use"), N_("No while it is being developed: it is listed, and nobody is asked for figures."), 8
    ),
    "source": ColumnWords(N_("Source"), N_("The system or report that the figures come from."), 30),
    "indicators.fetched_by": ColumnWords(N_("Fetched by"), N_("A role, never a person's name."), 24),
    "indicators.entered_by": ColumnWords(N_("Entered by"), N_("A role, never a person's name."), 24),
    "indicators.responsible": ColumnWords(N_("Responsible"), N_("The role that follows the indicator up."), 24),
    "figures.figure.kind": ColumnWords(
        N_("Worked out as"), N_("A share, a number, a deviation from a plan, a change, or answers by category."), 20
    ),
    "figures.figure.numerator": ColumnWords(N_("Numerator"), _SEVERAL, 20),
    "figures.figure.denominator": ColumnWords(N_("Denominator"), _SEVERAL, 20),
    "figures.figure.may_exceed": ColumnWords(
        N_("May exceed 100 %"), N_("Yes where the numerator may be larger than the denominator."), 11
    ),
    "figures.figure.value": ColumnWords(N_("Value"), _SEVERAL, 20),
    "figures.figure.weight": ColumnWords(
        N_("Weight"),
        N_("The cases or answers behind a mean, by which totals are weighted. Empty: the value is no mean."),
        20,
    ),
    "figures.figure.unweighted": ColumnWords(
        N_("Plain mean in totals"), N_("Yes where a total is to be the plain mean of the units; it says so."), 11
    ),
    "figures.figure.actual": ColumnWords(N_("Actual"), _SEVERAL, 20),
    "figures.figure.plan": ColumnWords(N_("Plan"), _SEVERAL, 20),
    "figures.figure.per": ColumnWords(
        N_("Divided by"), N_("What the value is divided by where the change is that of a rate."), 20
    ),
    "figures.figure.against": ColumnWords(N_("Change since"), N_("What the value is compared with."), 18),
    "figures.figure.baseline": ColumnWords(
        N_("Baseline"), N_("The base figure that carries the baseline, for a change since one."), 20
    ),
    "figures.figure.counts": ColumnWords(
        N_("Answers by category"),
        N_("The base figures that count the answers, the first category first: A.1; A.2; A.3."),
        24,
    ),
    "figures.figure.categories": ColumnWords(
        N_("Names of the categories"), N_("One name a line, in the same order (Alt and Enter begin a line)."), 24
    ),
    "figures.figure.share_of": ColumnWords(
        N_("Categories shown"),
        N_("The numbers of the categories whose share is shown, such as 5; 6. Empty: the mean is shown."),
        11,
    ),
    "which": ColumnWords(
        N_("Which target"),
        N_(
            "The target itself, a second one that counts too, a change from a day on, or the target of one office or area."
        ),
        15,
    ),
    "starts": ColumnWords(N_("Holds from"), N_("The day from which a changed target, or one of a unit, holds."), 12),
    "targets.level": ColumnWords(N_("Level"), N_("Whether the unit is an office, an area or a region."), 10),
    "milestones.level": ColumnWords(N_("Level"), N_("Whether the unit is an office, an area or a region."), 10),
    "unit": ColumnWords(
        N_("Office or unit"), N_("The name of the office, area or region, for a target of its own."), 18
    ),
    "targets.step": ColumnWords(
        N_("Step from"),
        N_(
            "The day from which the step holds: 1 July for every year, or a date with its year. Empty where there are no steps."
        ),
        12,
    ),
    "targets.target.kind": ColumnWords(
        N_("Target is"), N_("Which kind of target it is. It decides which of the following cells are filled in."), 17
    ),
    "targets.target.green": ColumnWords(
        N_("Green"),
        N_("The edge of green, in the unit shown: 75 is 75 %. Compared with something: the distance from it."),
        9,
    ),
    "targets.target.yellow": ColumnWords(
        N_("Yellow"),
        N_("The outer edge of yellow, or the word none or not agreed. On a path: the distance from it."),
        12,
    ),
    "targets.target.strict": ColumnWords(
        N_("Edge not green"), N_("Yes where a value on the edge itself is not green: more than, less than."), 9
    ),
    "targets.target.low": ColumnWords(N_("Green from"), _PERCENT_IS, 9),
    "targets.target.high": ColumnWords(N_("Green to"), _PERCENT_IS, 9),
    "targets.target.yellow_low": ColumnWords(N_("Yellow from"), _ZONE, 12),
    "targets.target.yellow_high": ColumnWords(N_("Yellow to"), _ZONE, 12),
    "targets.target.better": ColumnWords(N_("Better when"), N_("Which way is better."), 11),
    "targets.target.target": ColumnWords(
        N_("Own target in"), N_("The base figure in which each office types its own target."), 18
    ),
    "targets.target.own_target.yellow": ColumnWords(
        N_("Own yellow in"),
        N_("The base figure in which each office types the outer edge of its own yellow zone. Empty: no yellow."),
        18,
    ),
    "targets.target.reference": ColumnWords(N_("Compared with"), N_("What the value is held against."), 22),
    "targets.target.measure": ColumnWords(
        N_("Which stands in"),
        N_("The base figure that carries what is compared with. Empty for the indicator's own earlier values."),
        18,
    ),
    "targets.target.by": ColumnWords(
        N_("Distance in"), N_("Whether the distances are per cent of what is compared with, or points."), 10
    ),
    "targets.target.starts": ColumnWords(N_("Path begins on"), N_("A day."), 12),
    "targets.target.start": ColumnWords(N_("Path begins at"), _PERCENT_IS, 9),
    "targets.target.ends": ColumnWords(N_("Path ends on"), N_("A day."), 12),
    "targets.target.end": ColumnWords(N_("Path ends at"), _PERCENT_IS, 9),
    "reason": ColumnWords(N_("Reason"), N_("Why, in a sentence."), 50),
    "milestones.title": ColumnWords(N_("Step"), N_("What is to be done."), 60),
    "milestones.due": ColumnWords(N_("To be done by"), N_("The day by which the step is to be done."), 13),
    "clarifications.question": ColumnWords(N_("What must be clarified"), N_("A question."), 52),
    "clarifications.decided": ColumnWords(N_("What has been decided"), N_("Empty while the question is open."), 52),
    "clarifications.follow_up": ColumnWords(N_("Followed up by"), N_("A role, never a person's name."), 28),
    "breaks.starts": ColumnWords(
        N_("Counted anew from"), N_("The day from which figures are not compared with earlier ones."), 13
    ),
    "measures.id": ColumnWords(N_("Id"), _ID, 26),
    "measures.title": ColumnWords(N_("Title"), N_("As it is shown on the sheets; at most 60 characters fit."), 52),
    "measures.kind": ColumnWords(
        N_("Over time"),
        N_("Adds up over the months, the last one counts, or neither: it looks back over several months."),
        16,
    ),
    "measures.unit": ColumnWords(N_("Unit"), N_("What the number counts."), 9),
    "measures.role": ColumnWords(
        N_("Used as"), N_("What the number is for. All but a figure may be typed ahead of their period."), 17
    ),
    "measures.negative": ColumnWords(N_("May be under 0"), N_("Yes where a correction, say, may make it negative."), 9),
    "measures.maximum": ColumnWords(
        N_("Largest"), N_("The largest number that can be, in the unit shown. Empty: no limit."), 10
    ),
    "measures.alone": ColumnWords(N_("Asked for anyway"), N_("Yes where it is typed although nothing uses it."), 10),
    "measures.note": ColumnWords(N_("Note"), N_("What whoever types it should know."), 50),
    "measures.by_hand": ColumnWords(
        N_("Typed by hand"), N_("Yes where others come from a system and this one does not; it is marked."), 9
    ),
    "relations.kind": ColumnWords(
        N_("Rule"),
        N_(
            "A total of parts, a part of a whole, or a balance: opening plus what came in less what went out is closing."
        ),
        18,
    ),
    "relations.total": ColumnWords(N_("Total"), _ONE, 20),
    "relations.parts": ColumnWords(N_("Parts of the total"), _SEVERAL, 30),
    "relations.part": ColumnWords(N_("Part"), _SEVERAL, 24),
    "relations.whole": ColumnWords(N_("Whole"), _ONE, 20),
    "relations.opening": ColumnWords(N_("Opening"), _ONE, 20),
    "relations.inflow": ColumnWords(N_("Came in"), _SEVERAL, 24),
    "relations.outflow": ColumnWords(N_("Went out"), _SEVERAL, 24),
    "relations.closing": ColumnWords(N_("Closing"), _ONE, 20),
    "filters.title": ColumnWords(N_("Who is asked"), N_("In a few words."), 52),
    "filters.base": ColumnWords(N_("Counted by"), N_("The base figure that counts them, if it is known."), 20),
    "about.due_soon_days": ColumnWords(
        N_("Days before a deadline"), N_("How many days before its day a deadline is said to be due soon.")
    ),
    "deadlines.kind": ColumnWords(N_("Kind"), N_("What has a deadline."), 16),
    "deadlines.title": ColumnWords(N_("What is to be done"), N_("In a few words."), 52),
    "deadlines.due": ColumnWords(N_("Due"), N_("The last day on which it is in time. Empty: it has no date."), 12),
    "deadlines.time_frame": ColumnWords(
        N_("Time frame"), N_("When, in words, where there is no date: autumn, running."), 18
    ),
    "deadlines.goal": ColumnWords(N_("Goal or chapter"), N_("What it stands under."), 24),
    "deadlines.remark": ColumnWords(
        N_("Remark"), N_("What stands in the office's cell for remarks to begin with."), 40
    ),
    "deadlines.indicator": ColumnWords(
        N_("Indicator"), N_("The id of the indicator that it serves, if there is one."), 11
    ),
    "responsible": ColumnWords(N_("Responsible"), N_("A role, never a person's name."), 24),
    "active": ColumnWords(N_("In use"), N_("No for what is no longer followed up."), 8),
    "calendar.how_often": ColumnWords(N_("How often"), N_("In words."), 26),
    "calendar.who": ColumnWords(N_("Who meets"), N_("Roles, never persons' names."), 60),
    "calendar.answers": ColumnWords(N_("Who answers for it"), N_("A role, never a person's name."), 34),
}

CHOICES: Mapping[str, str] = {
    "nb": N_("Norwegian"),
    "da": N_("Danish"),
    "nl": N_("Dutch"),
    "en": N_("English"),
    "as_shown": N_("as shown"),
    "exact": N_("exactly"),
    "higher": N_("higher"),
    "lower": N_("lower"),
    "on_target": N_("on target"),
    "national": N_("national"),
    "county": N_("county"),
    "municipality": N_("municipality"),
    "office": N_("an office"),
    "area": N_("an area"),
    "region": N_("a region"),
    "country": N_("the country"),
    "month": N_("every month"),
    "quarter": N_("every quarter"),
    "term": N_("every term"),
    "half_year": N_("every half-year"),
    "year": N_("every year"),
    "when_held": N_("when held"),
    "end_of_next_month": N_("last day of the next month"),
    "day_of_next_month": N_("a day of the next month"),
    "weekday_after_end": N_("a weekday after the period"),
    "days_after_end": N_("days after the period"),
    "monday": N_("Monday"),
    "tuesday": N_("Tuesday"),
    "wednesday": N_("Wednesday"),
    "thursday": N_("Thursday"),
    "friday": N_("Friday"),
    "saturday": N_("Saturday"),
    "sunday": N_("Sunday"),
    "entry": N_("they entered"),
    "closing": N_("the months are over"),
    "share": N_("share"),
    "amount": N_("a number as it is"),
    "deviation": N_("deviation from a plan"),
    "change": N_("change"),
    "distribution": N_("answers by category"),
    "previous": N_("the period before"),
    "last_year": N_("the same period last year"),
    "baseline": N_("baseline"),
    "plan": N_("plan"),
    "outside": N_("a figure from outside"),
    "peers": N_("the mean of the other offices"),
    "peers_and_self": N_("the mean of all offices"),
    "at_least": N_("at least"),
    "at_most": N_("at most"),
    "within": N_("within"),
    "own_target": N_("an own target"),
    "against": N_("compared"),
    "path": N_("a path to a day"),
    "milestone": N_("milestones"),
    "undecided": N_("not agreed"),
    "none": N_("none"),
    "percent": "%",
    "points": N_("points"),
    "count": N_("number"),
    "days": N_("days"),
    "money": N_("money"),
    "flow": N_("adds up"),
    "stock": N_("the last one counts"),
    "rolling": N_("looks back"),
    "figure": N_("figure"),
    "target": N_("target"),
    "yellow": N_("edge of yellow"),
    "reference": N_("figure to compare with"),
    "main": N_("the target"),
    "also": N_("a second target"),
    "revision": N_("changed from a day"),
    "unit": N_("of one unit"),
    "activity": N_("activity"),
    "recommendation": N_("recommendation"),
    "complaint": N_("complaint"),
    "total_of": N_("total of parts"),
    "part_of": N_("part of a whole"),
    "balance": N_("balance"),
}
"""What the words of the model are called."""
_CHOICES_OF: Mapping[str, Mapping[str, str]] = {
    "indicators.origin": {"office": N_("office")},
    "deadlines.kind": {"milestone": N_("milestone")},
}
"""The same where a column calls them otherwise."""


def sheet_words(table: Table) -> SheetWords:
    """What a sheet is called and says; the name in the model where nobody has given it words yet."""
    return SHEETS.get(table.key) or SheetWords(_plain(table.key), "")


def column_words(table: Table, column: Column) -> ColumnWords:
    """What a column is called and says; the name in the model where nobody has given it words yet."""
    named = COLUMNS.get(f"{table.key}.{column.key}") or COLUMNS.get(column.key)
    return named or ColumnWords(_plain(column.key))


def choice_word(table: Table, column: Column, choice: str) -> str:
    """What a word of the model is called in a column, in English."""
    special = _CHOICES_OF.get(f"{table.key}.{column.key}", {})
    return special.get(choice) or CHOICES.get(choice) or _plain(choice)


def _plain(key: str) -> str:
    return key.replace(".", " ").replace("_", " ").capitalize()


def folded(text: str) -> str:
    """A heading or a word as it is compared: case, spaces and the sign of what is required set aside."""
    return re.sub(r"\s+", " ", text).strip(" *").casefold()


@cache
def choices_by_word(table: Table, column: Column) -> dict[str, str]:
    """The words of the model by what they are called in any language, and by themselves."""
    named = {
        folded(texts_of(each)(choice_word(table, column, choice))): choice
        for each in LANGUAGES
        for choice in column.choices
    }
    return {**named, **{choice: choice for choice in column.choices}}


@cache
def flags_by_word() -> dict[str, bool]:
    """Yes and no in every language."""
    words = {texts_of(each)(word).casefold(): word == YES for each in LANGUAGES for word in (YES, NO)}
    return {**words, "true": True, "false": False, "x": True}


@cache
def columns_by_heading(table: Table) -> dict[str, Column]:
    """The columns of a sheet by their headings in any language."""
    return {
        folded(texts_of(each)(column_words(table, column).heading)): column
        for each in LANGUAGES
        for column in table.columns
    }


@cache
def tables_by_title() -> dict[str, Table]:
    """The sheets by their titles in any language."""
    from xlmalekort.definitions.schema import tables

    return {folded(texts_of(each)(sheet_words(table).title)): table for each in LANGUAGES for table in tables()}
