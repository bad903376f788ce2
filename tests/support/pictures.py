"""The pictures of the documents: the scorecard sheet of each built-in scorecard, one with its button, a county's overview.

They are made from the real files of the demonstration. Usage: `python -m tests.support.pictures`
"""

from __future__ import annotations

import subprocess
import tempfile
from datetime import date
from pathlib import Path

from tests.pipeline.offices import filled_workbook
from tests.support.libreoffice import LibreOffice
from xlmalekort.pipeline.demo import DEMO_SCORECARD, make_demo
from xlmalekort.scorecards import built_in, load_scorecard

DOCS = Path(__file__).parents[2] / "docs"
OFFICES = {
    "kbh-resultatkontrakt-2007": "jobcenter_skelbækgade_2007.xlsx",
    "nav-aas-2014": "tenkeby_2014.xlsx",
    "nav-buskerud-2009": "tenkeby_2009.xlsx",
    "uwv-pacta-2006": "proefdorp_2006.xlsx",
    "vejle-2013": "eksempelkøbing_2013.xlsx",
}
"""The office whose scorecard is shown."""
LOCALES = {"nb": "nb-NO", "da": "da-DK", "nl": "nl-NL", "en": "en-GB"}
DPI = "110"
CROP = (40, 45, 1220, 800)
"""Left, top, width and height of what is shown of the first page, in pixels."""
BUTTON_CROP = (*CROP[:3], 330)
BUTTON_DAY = date(2009, 12, 1)


def main() -> None:
    """Make a demonstration of each scorecard, print the first page of its workbooks, and cut the margins off."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for scorecard in built_in():
            demo = make_demo(folder / scorecard, scorecard)
            with LibreOffice(locale=LOCALES[load_scorecard(scorecard).language]) as office:
                draw(office, demo.offices / OFFICES[scorecard], f"malekort-{scorecard}")
                if scorecard == DEMO_SCORECARD:
                    draw(office, demo.region, "region")
                    with_button = folder / "tenkeby_2009.xlsm"
                    with_button.write_bytes(filled_workbook("Tenkeby", day=BUTTON_DAY, suffix=".xlsm"))
                    draw(office, with_button, "malekort-button", BUTTON_CROP)


def draw(office: LibreOffice, workbook: Path, picture: str, crop: tuple[int, int, int, int] = CROP) -> None:
    """The first page of a workbook as `docs/<picture>.png`."""
    pdf = workbook.with_suffix(".pdf")
    office.pdf(workbook, pdf)
    left, top, width, height = (str(number) for number in crop)
    area = ["-x", left, "-y", top, "-W", width, "-H", height]
    options = ["-r", DPI, "-png", "-f", "1", "-l", "1", "-singlefile", *area]
    subprocess.run(["pdftoppm", *options, str(pdf), str(DOCS / picture)], check=True)


if __name__ == "__main__":
    main()
