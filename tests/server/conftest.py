"""One server for all tests of the package, with the project folder copied where the stand-in of Office's script can be added."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.server.running import Server, free_port, running

if TYPE_CHECKING:
    from collections.abc import Iterator

STAND_IN = Path(__file__).with_name("office_stand_in.js")
COMMAND = ["-c", "from udfs.server import main; raise SystemExit(main())"]


@contextmanager
def own_server(folder: Path) -> Iterator[Server]:
    """The command `xlmalekort-server`, with a project folder of its own."""
    # Found, not imported: it changes the environment of whoever imports it.
    found = find_spec("xlwings_server") or pytest.fail("the extra is not installed")
    vendor = Path(str(found.origin)).parent / "static" / "vendor"
    port = free_port()
    with running([*COMMAND, "--port", str(port), "--project", str(folder / "project")], port, folder) as server:
        (script,) = vendor.glob("office-js/*/dist/office.js")
        # A file of the project comes before one of xlwings Server.
        target = folder / "project" / "static" / "vendor" / script.relative_to(vendor)
        target.parent.mkdir(parents=True)
        target.write_text(STAND_IN.read_text(encoding="utf-8"), encoding="utf-8")
        yield server


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all tests."""
    with own_server(tmp_path_factory.mktemp("server")) as found:
        yield found
