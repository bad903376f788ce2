"""A made-up county: twenty offices in five areas, good, middling and bad ones. No place of these names exists."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from xlmalekort.model.register import Office, Register
from xlmalekort.pipeline.plausible import MadeUpOffice, Quality

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard

_AREAS = ("TO Nord", "TO Øst", "TO Sør", "TO Vest", "TO Midt")
_NAMES = (
    ("Prøvedal", "Testnes", "Øvingsås", "Eksempelvik"),
    ("Mønsterli", "Modellfjord", "Skissebakk", "Utkastnes"),
    ("Tenkeby", "Påfunnvik", "Diktfjell", "Fantasund"),
    ("Liksomdal", "Innfallshavn", "Papirlia", "Regnestad"),
    ("Tallvik", "Skyggenes", "Oppdiktmo", "Ærligstad"),
)
_QUALITIES: tuple[Quality, ...] = ("good", "middling", "middling", "bad")


def made_up_register(scorecard: Scorecard) -> Register:
    """The offices of the county, area by area."""
    return Register(
        tuple(
            Office(name=name, area=area, region=scorecard.top.name)
            for area, names in zip(_AREAS, _NAMES, strict=True)
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
