"""Whether Excel lets macros and add-ins run: what the user has chosen, and what the organisation has."""

from __future__ import annotations

import ntpath
import re
from typing import TYPE_CHECKING

from xlmalekort.desktop.excel import is_vba_off, security, trusted_locations
from xlmalekort.desktop.findings import Finding, Level, error, fine, warning
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlmalekort.desktop.excel import Excel
    from xlmalekort.desktop.machine import Machine
    from xlmalekort.desktop.places import Places

_MACROS = {
    1: (Level.OK, N_("Excel runs all macros without asking.")),
    2: (Level.OK, N_("Excel asks before macros run: choose Enable Content once for each workbook.")),
    3: (Level.WARNING, N_("Excel runs signed macros only, and is silent about others.")),
    4: (Level.WARNING, N_("Excel runs no macros, and is silent about it.")),
}
"""What Excel's setting of macros means; the second is how it comes."""
_AS_IT_COMES = 2


def check_trust(machine: Machine, excel: Excel, places: Places) -> Iterator[Finding]:
    """Macros, add-ins and trusted locations."""
    registry = machine.registry
    without = Phrase("The workbook's own formulas work without macros; for the button ask whoever sets up Office here.")
    if is_vba_off(registry, excel):
        yield error("macros", Phrase("Macros are switched off for all of Office."), without)
        return
    chosen, is_policy = security(registry, excel, "VBAWarnings")
    level, text = _MACROS.get(_AS_IT_COMES if chosen is None else chosen, _MACROS[_AS_IT_COMES])
    fix = None if level is Level.OK else _trust_fix(machine, excel, places, is_policy=is_policy)
    yield Finding("macros", level, Phrase(text), fix)
    blocked, is_policy = security(registry, excel, "blockcontentexecutionfrominternet")
    if blocked and is_policy:
        yield warning(
            "macros",
            Phrase("The organisation blocks macros in files from the internet or from e-mail."),
            Phrase(
                "Save such workbooks in a trusted location, or have them unblocked. Whether one is blocked says: {command}",
                command="xlmalekort excel doctor FILE.xlsm",
            ),
        )
    if security(registry, excel, "DisableAllAddins")[0]:
        yield error("add-ins", Phrase("Excel opens no add-ins at all."), _add_in_fix())
    elif security(registry, excel, "RequireAddinSig")[0]:
        yield warning("add-ins", Phrase("Excel opens signed add-ins only."), _add_in_fix())
    locations = trusted_locations(registry, excel)
    if not locations:
        yield warning(
            "trust",
            Phrase("Excel trusts no folder, or has never been started."),
            Phrase(
                "Workbooks ask before their macros run, and the add-in may be blocked. Ask whoever sets up Office here."
            ),
        )
    else:
        folders = ", ".join(dict.fromkeys(expanded(machine, each.folder) for each in locations))
        yield fine("trust", Phrase("Excel trusts workbooks in these folders: {folders}.", folders=folders))


def _trust_fix(machine: Machine, excel: Excel, places: Places, *, is_policy: bool) -> Phrase:
    if is_policy:
        return Phrase(
            "The organisation has set this. Keep the workbooks in a trusted location, or ask whoever sets up Office here "
            "to allow one."
        )
    chosen = Phrase("In Excel: File, Options, Trust Center, Trust Center Settings, Macro Settings: choose to be asked.")
    if not is_trusted(machine, excel, places.started_add_in):
        return chosen
    return Phrase("{chosen} The add-in runs all the same.", chosen=chosen)


def _add_in_fix() -> Phrase:
    return Phrase(
        "The button in the workbook works without the add-in. For the ribbon tab, ask whoever sets up Office here, or look in "
        "Excel: File, Options, Trust Center, Trust Center Settings, Add-ins."
    )


def expanded(machine: Machine, text: str) -> str:
    r"""A path with the names between per cent signs replaced, as Windows does it; unknown ones stay.

    The folders of the user are those of the machine that is looked at.
    """
    known = {name.lower(): value for name, value in machine.environ.items()}
    known |= {"localappdata": str(machine.local), "appdata": str(machine.roaming)}
    return re.sub(r"%([^%]+)%", lambda found: known.get(found[1].lower(), found[0]), text)


def is_trusted(machine: Machine, excel: Excel, path: Path) -> bool:
    """Whether a workbook lies in a folder that Excel trusts."""
    folder = ntpath.normcase(path.resolve().parent)
    for each in trusted_locations(machine.registry, excel):
        trusted = ntpath.normcase(expanded(machine, each.folder)).rstrip("\\")
        if folder == trusted or (each.with_folders_below and folder.startswith(f"{trusted}\\")):
            return True
    return False
