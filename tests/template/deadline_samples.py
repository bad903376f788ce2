"""A scorecard with deadlines of every kind, and what an office says of them on a day on which every state is there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.template.samples import office_state
from xlmalekort.layout.deadlines import DEADLINES_FIRST_ROW, DEADLINES_SPARE_ROWS, OFFERED_KINDS
from xlmalekort.model.deadlines import DeadlineKind, deadlines_of
from xlmalekort.model.figures import DeadlineEntry
from xlmalekort.model.places import NOWHERE
from xlmalekort.scorecards import load_scorecard, parse_json
from xlmalekort.template.state import make_state

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.template.state import OfficeState

TODAY = date(2009, 7, 15)
_AUDIT = "Oppfølging av revisjonsrapporten"
DEADLINES: tuple[dict[str, object], ...] = (
    {
        "id": "1.1",
        "kind": "activity",
        "title": "Invitere de ti største arbeidsgiverne i kommunen til frokostmøte",
        "due": "2009-06-14",
        "responsible": "Markedskontakt",
        "indicator": "B.8",
        "goal": "Arbeid med markedet",
    },
    {
        "id": "1.2",
        "kind": "activity",
        "title": "Gå gjennom alle aktivitetsplaner",
        "due": "2009-07-15",
        "responsible": "Avdelingsleder oppfølging",
        "indicator": "B.1",
        "goal": "Arbeidsrettet oppfølging",
    },
    {
        "id": "1.3",
        "kind": "activity",
        "title": "Kurs i motiverende samtale for alle veiledere",
        "due": "2009-11-30",
        "time_frame": "høsten 2009",
        "responsible": "Fagkoordinator",
        "goal": "Veilederferdigheter",
    },
    {
        "id": "1.4",
        "kind": "activity",
        "title": "Faste møter med kommunens flyktningtjeneste",
        "time_frame": "løpende",
        "responsible": "NAV-leder",
    },
    {
        "id": "M.1",
        "kind": "milestone",
        "title": "Lokal personalhåndbok er skrevet",
        "due": "2009-05-31",
        "responsible": "NAV-leder",
    },
    {
        "id": "M.2",
        "kind": "milestone",
        "title": "Lokal personalhåndbok er tatt i bruk",
        "due": "2009-08-14",
        "responsible": "NAV-leder",
    },
    {
        "id": "R.1",
        "kind": "recommendation",
        "title": "Skriftlige rutiner for internkontroll i saksbehandlingen",
        "due": "2009-07-14",
        "responsible": "NAV-leder og kommunens økonomisjef",
        "goal": _AUDIT,
        "remark": "Utkast ble sendt på høring i mai.",
    },
    {
        "id": "R.2",
        "kind": "recommendation",
        "title": "Skjermet samtalested i mottaket",
        "due": "2009-08-15",
        "responsible": "Avdelingsleder mottak",
        "goal": _AUDIT,
    },
    {
        "id": "X.1",
        "kind": "activity",
        "title": "Ikke lenger fulgt opp",
        "responsible": "NAV-leder",
        "active": False,
    },
)
"""Of these one is done (M.1), two are past due, two are due soon, two open, one has no date and one is not followed up."""


def with_deadlines(scorecard: Scorecard | None = None, **more: object) -> Scorecard:
    """The scorecard with these deadlines."""
    definition = json.loads((scorecard or load_scorecard("nav-buskerud-2009")).as_json)
    return parse_json(json.dumps(definition | {"deadlines": DEADLINES} | more))


PLAN = with_deadlines()
AGREED = deadlines_of(PLAN, NOWHERE)
FIRST_SPARE = DEADLINES_FIRST_ROW + len(AGREED)
LAST_ROW = FIRST_SPARE + DEADLINES_SPARE_ROWS - 1

OWN = (
    DeadlineEntry(
        "2009/113",
        DeadlineKind.COMPLAINT,
        "Klage på ventetid i mottaket",
        "Avdelingsleder mottak",
        date(2009, 7, 2),
        remark="Purret 6. juli",
    ),
    DeadlineEntry("2009/120", DeadlineKind.COMPLAINT, "Klage på svar per brev", "Veileder", date(2009, 8, 4)),
    DeadlineEntry("", None, "Rydde i arkivet", "", None, due_words="høst 2009"),
    DeadlineEntry("", DeadlineKind.ACTIVITY, "Bytte ut skiltene", "Servicemedarbeider", None),
    DeadlineEntry("", OFFERED_KINDS[0], "Ny kaffemaskin", "", date(2009, 7, 1), date(2009, 7, 6)),
)
"""An office's own lines: past due, due soon, words for a day, no date, done."""


def entries() -> tuple[DeadlineEntry, ...]:
    """What an office says of the lines of the definition, and its own lines."""
    agreed = {each.id: DeadlineEntry.of(each) for each in AGREED}
    agreed["M.1"] = replace(agreed["M.1"], done=date(2009, 6, 2), remark="To dager for sent")
    return (*agreed.values(), *OWN)


def state_with_deadlines(today: date = TODAY, *, is_filled: bool = True, scorecard: Scorecard = PLAN) -> OfficeState:
    """The state of an office that has reported, with its deadlines."""
    state = office_state(scorecard, f"{scorecard.year}-06", today)
    submission = replace(state.submission, deadlines=entries() if is_filled else ())
    return make_state(scorecard, submission, state.chosen, today, state.problems)
