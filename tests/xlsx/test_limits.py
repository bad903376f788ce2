from __future__ import annotations

import time
import tracemalloc

from tests.xlsx.books import sheet_of, texts


def test_a_cell_in_the_last_corner_costs_nothing() -> None:
    tracemalloc.start()
    assert texts(sheet_of("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")) == {(1_048_575, 16_383): "1"}
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_million_empty_rows_are_read_in_seconds() -> None:
    rows = "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(2, 1_048_573))
    content = sheet_of("<row r='1'><c r='A1'><v>7</v></c></row>" + rows)
    start = time.process_time()
    assert texts(content) == {(0, 0): "7"}
    assert time.process_time() - start < 8
