"""The workbooks that stand ready are those that the code makes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from tests.support.examples import FOLDER, make_examples

if TYPE_CHECKING:
    from pathlib import Path


def parts_of(path: Path) -> dict[str, bytes]:
    """A workbook's parts, inflated; other builds of zlib pack them differently."""
    if path.suffix not in (".xlsx", ".xlsm"):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_workbooks_that_stand_ready_are_those_that_the_code_makes(tmp_path: Path) -> None:
    make_examples(tmp_path)
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    ready = {path.relative_to(FOLDER) for path in FOLDER.rglob("*") if path.is_file() and path.name != "README.md"}
    assert ready == made, "make them anew: python -m tests.support.examples"
    stale = [str(each) for each in sorted(made) if parts_of(tmp_path / each) != parts_of(FOLDER / each)]
    assert stale == [], "make them anew: python -m tests.support.examples"
