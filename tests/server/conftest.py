"""One server for all tests of the package, with the project folder copied where the stand-in of Office's script can be added."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.server.running import Server, free_port, running

if TYPE_CHECKING:
    from collections.abc import Iterator

STAND_IN = Path(__file__).with_name("office_stand_in.js")
COMMAND = ["-c", "from udfs.server import main; raise SystemExit(main())"]


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The command `xlmalekort-server`, with a project folder of its own."""
    import xlwings_server

    folder, port = tmp_path_factory.mktemp("server"), free_port()
    with running([*COMMAND, "--port", str(port), "--project", str(folder / "project")], port, folder) as found:
        vendor = Path(xlwings_server.PACKAGE_DIR, "static", "vendor")
        (script,) = vendor.glob("office-js/*/dist/office.js")
        # A file of the project comes before one of xlwings Server.
        target = folder / "project" / "static" / "vendor" / script.relative_to(vendor)
        target.parent.mkdir(parents=True)
        target.write_text(STAND_IN.read_text(encoding="utf-8"), encoding="utf-8")
        yield found
