"""A made-up county: a dozen offices or two in some areas, good, middling and bad ones. No place of these names exists."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from xlmalekort.model.measures import Level
from xlmalekort.model.register import Office, Register
from xlmalekort.pipeline.plausible import MadeUpOffice, Quality

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard

_AREAS = {
    "nb": ("TO Nord", "TO Øst", "TO Sør", "TO Vest", "TO Midt"),
    "da": ("Nord", "Øst", "Syd"),
    "nl": ("Noord", "Oost", "Zuid"),
    "en": ("North", "East", "South"),
}
_NAMES = {
    "nb": (
        ("Prøvedal", "Testnes", "Øvingsås", "Eksempelvik"),
        ("Mønsterli", "Modellfjord", "Skissebakk", "Utkastnes"),
        ("Tenkeby", "Påfunnvik", "Diktfjell", "Fantasund"),
        ("Liksomdal", "Innfallshavn", "Papirlia", "Regnestad"),
        ("Tallvik", "Skyggenes", "Oppdiktmo", "Ærligstad"),
    ),
    "da": (
        ("Prøverup", "Øvelund", "Mønsterby", "Tænkeholm"),
        ("Eksempelkøbing", "Skitserød", "Påfundsø", "Digterslev"),
        ("Talstrup", "Papirholt", "Ærligby", "Regnemark"),
    ),
    "nl": (
        ("Proefdorp", "Schetsveen", "Voorbeeldhoek", "Bedenkdam"),
        ("Oefenoord", "Papierwoude", "Rekenmeer", "Verzonderen"),
        ("Cijferdijk", "Modelburg", "Denkelaar", "Droomzicht"),
    ),
    "en": (
        ("Sampleton", "Draftford", "Modelham", "Sketchley"),
        ("Numberby", "Paperwick", "Thinkmoor", "Trialstead"),
        ("Fancyhurst", "Examplebury", "Mockridge", "Guessfield"),
    ),
}
_QUALITIES: tuple[Quality, ...] = ("good", "middling", "middling", "bad")


def made_up_register(scorecard: Scorecard) -> Register:
    """The offices of the county, area by area; where targets are agreed with single offices, these offices."""
    top = scorecard.top
    agreed = dict.fromkeys(
        each.unit for indicator in scorecard.indicators for each in indicator.unit_targets if each.level is Level.OFFICE
    )
    if agreed:
        return Register(tuple(Office(name=name).placed(top) for name in agreed))
    return Register(
        tuple(
            Office(name=name, area=area).placed(top)
            for area, names in zip(_AREAS[scorecard.language], _NAMES[scorecard.language], strict=True)
            for name in names
        )
    )


def made_up_offices(register: Register, seed: int) -> tuple[MadeUpOffice, ...]:
    """How well each office does and how large it is, drawn from the seed."""
    random = Random(seed)  # noqa: S311 - play figures
    return tuple(
        MadeUpOffice(office.name, office.area, random.choice(_QUALITIES), random.uniform(0.6, 3.0))
        for office in register.offices
    )
