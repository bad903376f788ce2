"""A machine for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktop.machine import FolderMachine, windows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def machine(tmp_path: Path) -> FolderMachine:
    profile = tmp_path / "Kåre Ødegård"
    profile.mkdir()
    return windows(profile)
