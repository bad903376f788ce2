"""What a sheet says beside its cells is told apart from what differs between offices, and nothing else goes."""

from __future__ import annotations

import pytest

from xlmalekort.xlsx.frames import frame_of, remembered

_HEAD = b'<worksheet><sheetPr/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


def test_rows_and_running_heads_are_left_out() -> None:
    part = _HEAD + b"<headerFooter><oddFooter>&amp;LOffice</oddFooter></headerFooter><drawing/></worksheet>"
    assert frame_of(part) == b"<worksheet><sheetPr/><sheetData></sheetData><drawing/></worksheet>"


@pytest.mark.parametrize(
    "inside",
    [
        b"<sheetProtection sheet='1'/>",
        b"<oddFooter>&bad;</oddFooter>",
        b"<oddFooter><b/></oddFooter>",
        b"<oddFooter>a</evenFooter>",
        b"loose text",
    ],
)
def test_nothing_else_goes_under_the_name_of_running_heads(inside: bytes) -> None:
    part = _HEAD + b"<headerFooter>" + inside + b"</headerFooter></worksheet>"
    assert inside in frame_of(part)


def test_what_came_of_a_usual_frame_is_remembered_and_of_a_large_one_worked_out_anew() -> None:
    asked: list[int] = []

    @remembered
    def length(frame: bytes) -> int:
        asked.append(len(frame))
        return len(frame)

    usual, large = b"a" * 1_000, b"a" * 1_000_000
    assert [length(each) for each in (usual, usual, large, large)] == [1_000, 1_000, 1_000_000, 1_000_000]
    assert asked == [1_000, 1_000_000, 1_000_000]
