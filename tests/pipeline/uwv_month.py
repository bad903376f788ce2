"""A month as the six regions registered it, from public material of 2006 (month unnamed there; May stands for it here)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

REGIONS = ("Noord", "Zuidwest", "Zuidoost", "Oost", "Middenwest", "Noordwest")
COUNTRY = "Landelijk"
PERIOD = "2006-05"

MONTH = {
    "courses_open": (6187, 6524, 8243, 5655, 4132, 5625),
    "courses_closed": (106, 183, 170, 119, 55, 101),
    "closed.no_inflow": (24, 16, 14, 6, 7, 10),
    "closed.inflow": (15, 8, 4, 5, 4, 4),
    "closed.given_up": (9, 8, 10, 9, 4, 8),
    "closed.disability": (8, 6, 8, 6, 1, 3),
    "closed.authority": (18, 23, 13, 37, 2, 3),
    "closed.other": (7, 3, 8, 8, 2, 5),
    "closed.death": (0, 1, 0, 1, 0, 1),
    "closed.work": (66, 122, 147, 133, 49, 103),
    "services_open": (6302, 3798, 6614, 5227, 2403, 5405),
    "services_closed": (239, 205, 282, 202, 100, 236),
    "services.success": (116, 101, 98, 116, 58, 117),
    "courses_closed.days": (99, 72, 108, 78, 101, 99),
}
"""What each region registered, in the order of `REGIONS`; mean days of closed courses last."""

PRINTED_FOR_THE_COUNTRY = {
    "courses_open": 36366,
    "courses_closed": 734,
    "closed.no_inflow": 77,
    "closed.inflow": 40,
    "closed.given_up": 48,
    "closed.disability": 32,
    "closed.authority": 96,
    "closed.other": 33,
    "closed.death": 3,
    "closed.work": 620,
    "services_open": 29749,
    "services_closed": 1264,
    "services.success": 606,
}


def write_register(path: Path) -> Path:
    """The six regions and the country."""
    lines = ["office,area,region,country", *(f"{region},,{region},{COUNTRY}" for region in REGIONS)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write_figures(path: Path) -> Path:
    """The month as a figures file, with semicolons, as a Dutch spreadsheet saves it."""
    lines = ["office;measure;period;value"]
    for measure, values in MONTH.items():
        lines += [f"{region};{measure};{PERIOD};{value}" for region, value in zip(REGIONS, values, strict=True)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
