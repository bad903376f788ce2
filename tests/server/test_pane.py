"""The task pane in a real browser, with a stand-in of Office's script: what it shows, and what it asks Excel for."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.pipeline.offices import BUSKERUD, filled_workbook
from tests.server.open_workbooks import payload_of
from tests.support.examples import TEMPLATE_DAY
from udfs.cards import key_of
from xlmalekort.layout import look
from xlmalekort.layout.office import Sheet, layout_of
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.model.periods import Period
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
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PICTURES = os.environ.get("TASKPANE_PICTURES")
"""A folder for pictures of the pane; none are taken where it is not set."""
WAIT = 30


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Chromium, as narrow as the task pane at its narrowest."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS.split(), f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    resize(driver, 320, 900)
    yield driver
    driver.quit()


def resize(browser: Chrome, width: int, height: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )


@pytest.fixture(scope="module")
def content() -> bytes:
    """An office's workbook, after somebody has typed a word in place of a number."""
    sheet, row, column = LAYOUT.input_cell("B.1.numerator", Period.parse("2009-05")) or pytest.fail("no such cell")
    return patch_workbook(filled_workbook(), {LAYOUT.title(sheet): {(row, column): TYPED}}, recalculate=False)


@pytest.fixture(scope="module")
def payload(content: bytes) -> dict[str, Any]:
    """The same as Excel tells it, with the name that says which scorecard it is."""
    told = payload_of(content, "Prøvedal.xlsx")
    return with_card(told, key_of(CARD))


def with_card(payload: dict[str, Any], key: str) -> dict[str, Any]:
    name = {
        "name": "mk_card",
        "refers_to": f'="{key}"',
        "type": "String",
        "sheet_index": None,
        "address": None,
        "scope_sheet_name": None,
        "scope_sheet_index": None,
        "book_scope": True,
    }
    return payload | {"names": [*(each for each in payload["names"] if each["name"] != "mk_card"), name]}


@contextmanager
def opened(
    browser: Chrome, server: Server, payload: dict[str, Any] | None, before: str = "", **more: Any
) -> Iterator[None]:
    """The pane beside an open workbook; `before` runs before the page's own scripts."""
    given = ([("testWorkbook", payload)] if payload is not None else []) + list(more.items())
    source = "".join(f"globalThis.{name} = {json.dumps(value)};" for name, value in given) + before
    script = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})["identifier"]
    try:
        browser.get(f"{server.address}/taskpane")
        until(browser, "return document.getElementById('refresh').disabled === false")
        yield
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": script})


def until(browser: Chrome, condition: str) -> None:
    WebDriverWait(browser, WAIT, poll_frequency=0.05).until(lambda driver: driver.execute_script(condition))


def texts_at(browser: Chrome, selector: str) -> list[str]:
    found: list[str] = browser.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((each) => each.textContent)", selector
    )
    return found


def refresh(browser: Chrome) -> None:
    browser.find_element(By.ID, "refresh").click()
    until(browser, "return document.getElementById('refresh').getAttribute('aria-disabled') === null")


def notes(browser: Chrome) -> dict[str, Any]:
    found: dict[str, Any] = browser.execute_script("return testNotes")
    return found


def photograph(browser: Chrome, name: str) -> None:
    if PICTURES:
        browser.save_screenshot(str(Path(PICTURES, f"{name}.png")))


def test_a_click_writes_into_the_workbook_and_shows_every_status(
    browser: Chrome, server: Server, payload: dict[str, Any], content: bytes
) -> None:
    with opened(browser, server, payload):
        photograph(browser, "before")
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
        photograph(browser, "after")


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
        photograph(browser, f"after-{scorecard.language}")


def test_a_refusal_is_told_in_the_language_of_the_pane(browser: Chrome, server: Server) -> None:
    empty = {"name": "Ark1", "values": [[""]], "used_range_address": "A1", "visibility": "Visible"}
    payload = {"book": {"name": "Bok1.xlsx"}, "names": [], "sheets": [empty]}
    with opened(browser, server, payload, testLanguage="da-DK"):
        refresh(browser)
        (what,) = texts_at(browser, "#trouble-what")
        assert "Bok1.xlsx" in what
        assert what == texts_of("da")("{file}: this workbook cannot be refreshed.", file="Bok1.xlsx")
        assert notes(browser)["written"] == []
        photograph(browser, "refused")


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
        photograph(browser, "failed")


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
        assert "jump" in (browser.switch_to.active_element.get_attribute("class") or "")


@pytest.mark.parametrize("width", [320, 450])
def test_nothing_is_wider_than_the_pane(browser: Chrome, server: Server, payload: dict[str, Any], width: int) -> None:
    resize(browser, width, 900)
    try:
        with opened(browser, server, payload):
            refresh(browser)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width
            photograph(browser, f"wide-{width}")
            browser.execute_script("document.getElementById('problems').scrollIntoView()")
            photograph(browser, f"wide-{width}-problems")
    finally:
        resize(browser, 320, 900)


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
    ask = (
        "const done = arguments[0]; testNotes.functions.MK_STATUS([['B.6']], [[0.9]], [['2009-05']], null, null, null,"
        " null, { address: 'Ark1!A1' }).then(done, (error) => done(String(error)))"
    )
    for key, answer in ((key_of(CARD), [["green"]]), (f"{BUSKERUD}#0000", [[{"type": "Error", "errorType": "Value"}]])):
        with opened(browser, server, with_card(payload, key)):
            assert browser.execute_async_script(ask) == answer


def test_the_name_of_the_scorecard_may_stand_in_a_cell(
    browser: Chrome, server: Server, payload: dict[str, Any]
) -> None:
    told = with_card(payload, "")
    told["names"][-1] |= {
        "type": "Range",
        "refers_to": "=Ark!$A$1",
        "sheet_index": 0,
        "address": "A1",
        "held": "vejle-2013#1",
    }
    with opened(browser, server, told):
        assert browser.execute_script("return document.documentElement.lang") == "da"


def test_the_pane_loads_nothing_from_anywhere_else(browser: Chrome, server: Server, payload: dict[str, Any]) -> None:
    browser.get_log("performance")
    with opened(browser, server, payload):
        refresh(browser)
    events = [json.loads(each["message"])["message"] for each in browser.get_log("performance")]
    asked = [each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent"]
    assert asked
    assert [url for url in asked if not url.startswith((server.address, "data:"))] == []
