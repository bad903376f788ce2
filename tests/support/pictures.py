"""The pictures of the README, made from the real files of the demonstration.

Usage: `python -m tests.support.pictures`
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.support.libreoffice import LibreOffice
from xlmalekort.pipeline.demo import make_demo

DOCS = Path(__file__).parents[2] / "docs"
OFFICE = "tenkeby_2009.xlsx"
DPI = "110"
CROP = {"malekort.png": (40, 45, 1220, 800), "region.png": (40, 45, 1220, 800)}
"""Left, top, width and height of what is shown of the first page, in pixels."""


def main() -> None:
    """Make the demonstration, print the first page of two workbooks, and cut the margins off."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo = make_demo(folder / "demo")
        with LibreOffice(locale="nb-NO") as office:
            for source, picture in ((demo.offices / OFFICE, "malekort.png"), (demo.region, "region.png")):
                pdf = folder / f"{picture}.pdf"
                office.pdf(source, pdf)
                left, top, width, height = (str(number) for number in CROP[picture])
                target = DOCS / picture.removesuffix(".png")
                area = ["-x", left, "-y", top, "-W", width, "-H", height]
                options = ["-r", DPI, "-png", "-f", "1", "-l", "1", "-singlefile", *area]
                subprocess.run(["pdftoppm", *options, str(pdf), str(target)], check=True)


if __name__ == "__main__":
    main()
