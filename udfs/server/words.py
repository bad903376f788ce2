"""What the pane and the ribbon say of themselves, in every language. What is said of a workbook is told by `told`."""

from __future__ import annotations

from xlmalekort.locale import LANGUAGES, N_, texts_of
from xlmalekort.template.control_sheet import JUMP

LOCALES = {"nb": "nb-NO", "da": "da-DK", "nl": "nl-NL", "en": "en-US"}
"""A language as a manifest names it."""

REFRESH = N_("Refresh scorecard")

PANE = {
    "refresh": REFRESH,
    "idle": N_("Fill in the figures, then refresh the scorecard. What comes of it is shown here."),
    "working": N_("Refreshing …"),
    "failed": N_("The scorecard could not be refreshed."),
    "again": N_("Try again. If it happens again, show this to whoever looks after the server:"),
    "statuses": N_("Statuses"),
    "problems": N_("To look at"),
    "jump": JUMP,
    "unreachable": N_("{place} cannot be shown. Was the sheet renamed, hidden or deleted?"),
}
"""By the names that the pane's script knows them by."""

PAGE = {
    "#xlwings-office-ready-error .mb-3": N_("The pane did not load properly."),
    "#xlwings-taskpane-reload-btn": N_("Load again"),
    "#xlwings-taskpane-reload-cancel-btn": N_("Cancel"),
}
"""What xlwings Server's own page shows where Office does not answer, by the places where it stands."""

RIBBON = {
    "Refresh.Label": REFRESH,
    "Refresh.Tooltip": N_("Check the figures in this workbook and show how the office stands."),
    "Pane.Label": N_("Show statuses"),
    "Pane.Tooltip": N_("Open the pane with the statuses and with what should be put right."),
}
"""By the ids of the manifest."""


def pane_words() -> dict[str, dict[str, object]]:
    """What the pane says, by language; under `ofServer` what it says in place of xlwings Server's own words."""
    return {language: {**_in(language, PANE), "ofServer": _in(language, PAGE)} for language in LANGUAGES}


def _in(language: str, said: dict[str, str]) -> dict[str, str]:
    return {key: texts_of(language)(text) for key, text in said.items()}


def ribbon_words(name: str) -> dict[str, str]:
    """What the ribbon says under an id of the manifest, by locale; English is the manifest's default."""
    return {LOCALES[language]: texts_of(language)(RIBBON[name]) for language in LANGUAGES}
