"""Chromium with the task pane beside a workbook that is open in a stand-in of Excel."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

    from tests.server.running import Server

NARROWEST = 320
"""Pixels that the task pane has at least."""
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
_PATIENCE = 15
"""Seconds until what is waited for has to be there."""


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """A browser with a new profile, as narrow as the pane at its narrowest; it notes what it asks for."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*_FLAGS.split(), f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        resize(driver, NARROWEST)
        yield driver
    finally:
        driver.quit()


def resize(browser: Chrome, width: int, height: int = 900) -> None:
    """The size of the pane in pixels."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )


def with_card(payload: dict[str, Any], key: str) -> dict[str, Any]:
    """The workbook with a name that stands for a text, not for a cell, which says whose scorecard it is."""
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
    browser: Chrome,
    server: Server,
    payload: dict[str, Any] | None,
    before: str = "",
    *,
    is_ready: bool = True,
    **more: Any,
) -> Iterator[None]:
    """The pane beside an open workbook; `before` runs before the page's own scripts.

    Where Office is not to be ready, nothing is waited for.
    """
    given = ([("testWorkbook", payload)] if payload is not None else []) + list(more.items())
    source = "".join(f"globalThis.{name} = {json.dumps(value)};" for name, value in given) + before
    script = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})["identifier"]
    try:
        browser.get(f"{server.address}/taskpane")
        if is_ready:
            until(browser, "return document.getElementById('refresh').disabled === false")
        yield
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": script})


def until(browser: Chrome, condition: str) -> None:
    """Wait until a script of the page says so."""
    WebDriverWait(browser, _PATIENCE, poll_frequency=0.05).until(lambda driver: driver.execute_script(condition))


def texts_at(browser: Chrome, selector: str) -> list[str]:
    """What stands in every element of a kind."""
    found: list[str] = browser.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((each) => each.textContent)", selector
    )
    return found


def refresh(browser: Chrome) -> None:
    """Click, and wait for what comes of it."""
    browser.find_element(By.ID, "refresh").click()
    until(browser, "return document.getElementById('refresh').getAttribute('aria-disabled') === null")


def notes(browser: Chrome) -> dict[str, Any]:
    """What was done with the workbook."""
    found: dict[str, Any] = browser.execute_script("return testNotes")
    return found


def asked_for(browser: Chrome) -> list[str]:
    """Every address that the browser has asked for since it was last asked."""
    log: list[dict[str, str]] = browser.get_log("performance")  # type: ignore[no-untyped-call]
    events = [json.loads(each["message"])["message"] for each in log]
    return [each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent"]
