"""The command line is tested in an environment that asks for no language of its own."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _environment_without_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
