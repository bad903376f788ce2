"""What the templates of the project are filled with, and the style sheet with the workbooks' colours."""

from __future__ import annotations

from fastapi import APIRouter, Response
from xlwings_server.config import PROJECT_DIR, settings
from xlwings_server.templates import templates

from udfs.registry import CARD, FUNCTIONS
from udfs.server.cards import languages_of_scorecards
from udfs.server.looks import colours_css
from udfs.server.words import pane_words, ribbon_words

router = APIRouter(prefix=settings.app_path)


@router.get("/malekort/colours.css")
async def malekort_colours() -> Response:
    """The colours of statuses and severities."""
    return Response(colours_css(), media_type="text/css")


def pane_data() -> dict[str, object]:
    """What the pane's script is handed with its page.

    Its words by language, the languages of the scorecards by id, and which argument of a function names the scorecard, from 0.
    """
    names = {function.name: [each.name for each in function.arguments] for function in FUNCTIONS.values()}
    return {
        "words": pane_words(),
        "languages": languages_of_scorecards(PROJECT_DIR),
        "scorecardArguments": {name: given.index(CARD) for name, given in names.items() if CARD in given},
    }


templates.env.globals.update(malekort_data=pane_data, ribbon_words=ribbon_words)
