"""The task pane in a real browser, with a stand-in of Office's script: what it shows, and what it asks Excel for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.pipeline.offices import BUSKERUD, filled_workbook
from tests.server.open_workbooks import payload_of
from tests.server.panes import (
    NARROWEST,
    asked_for,
    chromium,
    notes,
    opened,
    refresh,
    resize,
    texts_at,
    until,
    with_card,
)
from tests.support.examples import TEMPLATE_DAY
from xlmalekort.layout import look
from xlmalekort.layout.card import card_text
from xlmalekort.layout.office import Sheet, layout_of
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.model.periods import Period
from xlmalekort.model.places import Place
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.outcome import outcome_of
from xlmalekort.scorecards import load_scorecard
from xlmalekort.xlsx import patch_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome

    from tests.server.running import Server

CARD = load_scorecard(BUSKERUD)
LAYOUT = layout_of(CARD, CARD.year)
TYPED = '<img src=x onerror="document.title=1">'
"""What somebody may type into a cell: as HTML it would run."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("chromium")) as found:
        yield found


@pytest.fixture(scope="module")
def content() -> bytes:
    """An office's workbook, after somebody has typed a word in place of a number."""
    sheet, row, column = LAYOUT.input_cell("B.1.numerator", Period.parse("2009-05")) or pytest.fail("no such cell")
    return patch_workbook(filled_workbook(), {LAYOUT.title(sheet): {(row, column): TYPED}}, recalculate=False)


@pytest.fixture(scope="module")
def payload(content: bytes) -> dict[str, Any]:
    """The same as Excel tells it."""
    return payload_of(content, "Prøvedal.xlsx")


def test_a_click_writes_into_the_workbook_and_shows_every_status(
    browser: Chrome, server: Server, payload: dict[str, Any], content: bytes
) -> None:
    with opened(browser, server, payload):
        refresh(browser)
        outcome = outcome_of(content, "Prøvedal.xlsx", clock.today())
        assert texts_at(browser, "#statuses .number") == [each.indicator.id for each in outcome.judgements]
        words = [texts_of("nb")(look.STATUS_WORD[each.status]) for each in outcome.judgements]
        assert texts_at(browser, "#statuses .word") == words
        assert texts_at(browser, "#statuses .title") == [each.indicator.title for each in outcome.judgements]
        assert texts_at(browser, "#heading") == ["Prøvedal, " + texts_of("nb").period(outcome.period.code)]
        assert len(texts_at(browser, "#problems li")) == len(outcome.problems)
        written = {each["title"] for each in notes(browser)["written"]}
        assert LAYOUT.title(Sheet.CONTROL) in written


def test_statuses_have_the_colours_of_the_workbook(browser: Chrome, server: Server, payload: dict[str, Any]) -> None:
    with opened(browser, server, payload):
        refresh(browser)
        seen = browser.execute_script(
            "return [...document.querySelectorAll('#statuses .card')].map((each) => [each.dataset.status,"
            " getComputedStyle(each).backgroundColor, getComputedStyle(each.querySelector('.word')).color])"
        )
    assert seen
    for status, fill, ink in seen:
        tone = look.STATUS_TONE[status]
        assert (fill, ink) == (rgb(tone.fill), rgb(tone.ink)), status


def rgb(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgb({red}, {green}, {blue})"


def test_a_problem_jumps_to_its_cell(browser: Chrome, server: Server, payload: dict[str, Any], content: bytes) -> None:
    outcome = outcome_of(content, "Prøvedal.xlsx", clock.today())
    (typed,) = [each for each in outcome.problems if each.got == TYPED]
    with opened(browser, server, payload):
        refresh(browser)
        for button in browser.find_elements(By.CSS_SELECTOR, "#problems .jump"):
            if button.find_element(By.CLASS_NAME, "place").text.endswith(f"!{typed.cell}"):
                button.send_keys(Keys.ENTER)
                break
        until(browser, "return testNotes.selected.length > 0")
        assert notes(browser)["selected"] == [[typed.sheet, typed.cell]]
        assert notes(browser)["activated"] == [typed.sheet]


def test_a_jump_to_a_sheet_that_is_gone_is_told(browser: Chrome, server: Server, payload: dict[str, Any]) -> None:
    with opened(browser, server, payload):
        refresh(browser)
        browser.execute_script("Excel.run = async () => { throw new Error('ItemNotFound'); }")
        browser.find_element(By.CSS_SELECTOR, "#problems .jump").send_keys(Keys.ENTER)
        place = texts_at(browser, "#problems .place")[0]
        said = texts_of("nb")("{place} cannot be shown. Was the sheet renamed, hidden or deleted?", place=place)
        until(browser, f"return document.getElementById('said').textContent === {json.dumps(said)}")


def test_what_somebody_typed_is_shown_as_it_is_and_never_run(
    browser: Chrome, server: Server, payload: dict[str, Any]
) -> None:
    with opened(browser, server, payload):
        refresh(browser)
        assert any(TYPED in each for each in texts_at(browser, "#problems .found"))
        assert browser.execute_script("return document.querySelectorAll('#pane img').length") == 0
        assert browser.title != "1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pane_speaks_the_language_of_excel_where_no_scorecard_is_open(
    browser: Chrome, server: Server, language: str
) -> None:
    with opened(browser, server, None, testLanguage=f"{language}-XX"):
        texts = texts_of(language)
        assert texts_at(browser, "#refresh") == [texts("Refresh scorecard")]
        idle = "Fill in the figures, then refresh the scorecard. What comes of it is shown here."
        assert texts_at(browser, "#said") == [texts(idle)]
        assert browser.execute_script("return document.documentElement.lang") == language


def test_an_office_that_does_not_answer_is_told_in_the_language_of_the_browser(browser: Chrome, server: Server) -> None:
    silent = "globalThis.testSilent = true;"
    language = "Object.defineProperty(navigator, 'language', { get: () => 'nb-NO' });"
    with opened(browser, server, None, silent + language, is_ready=False):
        until(browser, "return document.documentElement.lang === 'nb'")
        texts = texts_of("nb")
        assert texts_at(browser, "#xlwings-taskpane-reload-btn") == [texts("Load again")]
        assert texts_at(browser, "#xlwings-office-ready-error .mb-3") == [texts("The pane did not load properly.")]


@pytest.mark.parametrize(("card", "language"), [("vejle-2013", "da"), ("uwv-pacta-2006", "nl"), (BUSKERUD, "nb")])
def test_the_pane_speaks_the_language_of_the_open_scorecard(
    browser: Chrome, server: Server, payload: dict[str, Any], card: str, language: str
) -> None:
    with opened(browser, server, with_card(payload, f"{card}#0000"), testLanguage="en-GB"):
        assert browser.execute_script("return document.documentElement.lang") == language


@pytest.mark.parametrize("card", ["uwv-pacta-2006", "vejle-2013"])
def test_statuses_and_problems_are_in_the_language_of_the_scorecard(browser: Chrome, server: Server, card: str) -> None:
    scorecard = load_scorecard(card)
    texts = texts_of(scorecard.language)
    office = filled_workbook("Prøveby", scorecard_id=card, day=TEMPLATE_DAY[card])
    with opened(browser, server, payload_of(office, "x.xlsx"), testLanguage="en-GB"):
        refresh(browser)
        words = {texts(word) for word in look.STATUS_WORD.values()}
        assert set(texts_at(browser, "#statuses .word")) <= words
        assert texts_at(browser, "#statuses-heading") == [texts("Statuses")]


def test_a_refusal_is_told_in_the_language_of_the_pane(browser: Chrome, server: Server) -> None:
    empty = {"name": "Ark1", "values": [[""]], "used_range_address": "A1", "visibility": "Visible"}
    payload = {"book": {"name": "Bok1.xlsx"}, "names": [], "sheets": [empty]}
    with opened(browser, server, payload, testLanguage="da-DK"):
        refresh(browser)
        (what,) = texts_at(browser, "#trouble-what")
        assert "Bok1.xlsx" in what
        assert what == texts_of("da")("{file}: this workbook cannot be refreshed.", file="Bok1.xlsx")
        assert notes(browser)["written"] == []


@pytest.mark.parametrize(
    "before",
    [
        "globalThis.testLocked = true;",
        "XMLHttpRequest.prototype.send = function () { setTimeout(() => this.onerror(), 0); };",
        "document.addEventListener('DOMContentLoaded', () => { globalThis.getAuth = async () => { throw new Error('x'); }; });",
    ],
    ids=["Excel takes nothing", "no answer", "no sign-in"],
)
def test_what_goes_wrong_is_told_kindly_and_the_button_works_again(
    browser: Chrome, server: Server, payload: dict[str, Any], before: str
) -> None:
    with opened(browser, server, payload, before):
        refresh(browser)
        assert texts_at(browser, "#trouble-what") == [texts_of("nb")("The scorecard could not be refreshed.")]
        assert texts_at(browser, "#trouble-reason") != [""]
        assert browser.find_element(By.ID, "trouble").is_displayed()
        assert not browser.find_element(By.ID, "statuses").is_displayed()
        assert not browser.find_element(By.ID, "global-error-alert").is_displayed()


def test_the_whole_pane_is_worked_by_keyboard(browser: Chrome, server: Server, payload: dict[str, Any]) -> None:
    with opened(browser, server, payload):
        body = browser.find_element(By.TAG_NAME, "body")
        body.send_keys(Keys.TAB)
        assert browser.switch_to.active_element.get_attribute("id") == "refresh"
        browser.switch_to.active_element.send_keys(Keys.SPACE)
        until(browser, "return document.querySelectorAll('#problems .jump').length > 0")
        until(browser, "return document.getElementById('refresh').getAttribute('aria-disabled') === null")
        assert browser.switch_to.active_element.get_attribute("id") == "refresh"
        browser.switch_to.active_element.send_keys(Keys.TAB)
        assert browser.switch_to.active_element.get_attribute("hash") == "#problems"
        browser.switch_to.active_element.send_keys(Keys.ENTER, Keys.TAB)
        assert "jump" in (browser.switch_to.active_element.get_attribute("class") or "")


@pytest.mark.parametrize("width", [NARROWEST, 450])
def test_nothing_is_wider_than_the_pane(browser: Chrome, server: Server, payload: dict[str, Any], width: int) -> None:
    resize(browser, width)
    try:
        with opened(browser, server, payload):
            refresh(browser)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    finally:
        resize(browser, NARROWEST)


def test_the_ribbons_button_refreshes_and_shows_the_pane(
    browser: Chrome, server: Server, payload: dict[str, Any]
) -> None:
    with opened(browser, server, payload):
        browser.execute_script(
            "testNotes.actions['refresh-scorecard']({ completed: () => { testNotes.completed = true; } })"
        )
        until(browser, "return testNotes.completed === true")
        assert notes(browser)["shown"] == 1
        assert texts_at(browser, "#statuses .number")


def test_a_function_whose_scorecard_is_left_out_judges_by_that_of_the_workbook(
    browser: Chrome, server: Server, payload: dict[str, Any]
) -> None:
    """The workbook's name for it stands for a cell, which holds the office too."""
    ask = (
        "const done = arguments[0]; testNotes.functions.MK_STATUS([['B.6']], [[0.9]], [['2009-05']], null, null, null,"
        " null, { address: 'Ark1!A1' }).then(done, (error) => done(String(error)))"
    )
    unknown = with_card(payload, f"{BUSKERUD}#0000")
    own = with_card(payload, card_text(CARD, Place("Prøvedal")))
    for book, answer in ((payload, "green"), (own, "green"), (unknown, {"type": "Error", "errorType": "Value"})):
        with opened(browser, server, book):
            assert browser.execute_async_script(ask) == [[answer]]


def test_the_pane_loads_nothing_from_anywhere_else(browser: Chrome, server: Server, payload: dict[str, Any]) -> None:
    asked_for(browser)
    with opened(browser, server, payload):
        refresh(browser)
    asked = asked_for(browser)
    assert asked
    assert [url for url in asked if not url.startswith((server.address, "data:"))] == []
