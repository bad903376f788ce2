"""Excel's Python starts with xlwings: the large libraries that it looks for are hidden from it, and from nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AS_EXCEL_DOES = "import sys; import xlwings.utils; import xlwings"


def run(code: str, folder: Path | None = None) -> str:
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=folder, env=environ, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_xlwings_finds_no_large_library() -> None:
    loaded = "print('pandas' in sys.modules, 'numpy' in sys.modules)"
    assert run(f"{AS_EXCEL_DOES}; {loaded}") == "True True"
    assert run(f"import xlmalekort.desktop.quiet_start; {AS_EXCEL_DOES}; {loaded}") == "False False"


def test_the_functions_work_and_pandas_can_be_imported_afterwards() -> None:
    code = (
        f"import xlmalekort.desktop.quiet_start; {AS_EXCEL_DOES}; import udfs.functions; import pandas;"
        "print(udfs.functions.MK_SHARE(1.0, 4.0), int(pandas.Series([1, 2]).sum()), sys.modules.get('plotly', 'no trace'));"
        "print(type(xlwings.__loader__).__name__, sum('Watcher' in repr(each) for each in sys.meta_path))"
    )
    assert run(code).splitlines() == ["0.25 3 no trace", "SourceFileLoader 0"]


def test_a_program_that_has_no_use_for_xlwings_notices_nothing() -> None:
    code = (
        "import sys, xlmalekort.desktop.quiet_start, xlmalekort.desktop.quiet as quiet; quiet.watch(); quiet.watch();"
        "import pandas; print(len(sys.meta_path))"
    )
    without = "import sys, xlmalekort.desktop.quiet, pandas; print(len(sys.meta_path) + 1)"
    assert run(code) == run(without)


def test_where_xlwings_is_missing_it_is_missing_as_ever() -> None:
    code = (
        "import sys, xlmalekort.desktop.quiet_start; sys.path[:] = [each for each in sys.path if 'site-packages' not in each]\n"
        "try:\n    import xlwings\nexcept ModuleNotFoundError as error:\n    print(error)"
    )
    assert run(code) == "No module named 'xlwings'"


@pytest.mark.parametrize("planted", ["xlwings.py", "udfs/__init__.py", "html.py", "xlmalekort/__init__.py"])
def test_nothing_that_lies_beside_a_workbook_is_run(planted: str, tmp_path: Path) -> None:
    path = tmp_path / planted
    path.parent.mkdir(exist_ok=True)
    path.write_text("print('planted')\n", encoding="utf-8")
    # As xlwings.bas has it, with our settings: yes or no, the workbook twice, three folders of the cloud, what PYTHONPATH says.
    settings = ";".join(("0", f"{tmp_path}/x.xlsm", f"{tmp_path}/x.xlsm", "", "", "", f"{tmp_path}/none"))
    prepared = f"xlwings.utils.prepare_sys_path({settings!r})"
    code = f"import sys, os; import xlwings.utils; {prepared}; import xlwings; import html, udfs.functions, xlmalekort"
    # The file that the environment has for this comes before the current folder.
    quiet = f"import sys; sys.path.remove(''); import xlmalekort.desktop.quiet_start; sys.path.insert(0, ''); {code}"
    assert run(quiet, tmp_path) == ""
