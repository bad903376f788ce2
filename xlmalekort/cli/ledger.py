"""What became of every file and every filled cell, for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.rollup.ledger import RULES

if TYPE_CHECKING:
    from xlmalekort.locale import Texts
    from xlmalekort.rollup.ledger import RunLedger


def ledger_lines(ledger: RunLedger, texts: Texts) -> list[str]:
    """The files, the rules by which some were ignored, and the cells of those that count."""
    lines = [
        texts.plural(
            "{count} file: {counted} counted, {rejected} rejected, {held} held, {ignored} ignored.",
            "{count} files: {counted} counted, {rejected} rejected, {held} held, {ignored} ignored.",
            ledger.seen,
            **{state: texts.number(number, 0, grouped=True) for state, number in ledger.files.items()},
        )
    ]
    if ledger.ignored_by:
        rules = (f"{number} {texts(RULES[code])} ({code})" for code, number in ledger.ignored_by.items())
        lines.append(texts("Ignored: {rules}.", rules="; ".join(rules)))
    cells = {
        "counted": ledger.cells.counted,
        "rejected": ledger.cells.rejected,
        "provisional": ledger.cells.provisional,
        "reference": ledger.cells.reference,
    }
    lines.append(
        texts.plural(
            "{count} cell filled in: {counted} counted, {rejected} rejected, {provisional} not delivered yet, "
            "{reference} of earlier years.",
            "{count} cells filled in: {counted} counted, {rejected} rejected, {provisional} not delivered yet, "
            "{reference} of earlier years.",
            ledger.cells.filled,
            **{name: texts.number(number, 0, grouped=True) for name, number in cells.items()},
        )
    )
    if elsewhere := sum(ledger.elsewhere.values()):
        lines.append(
            texts.plural(
                "{count} more cell is filled in in files that are not counted.",
                "{count} more cells are filled in in files that are not counted.",
                elsewhere,
            )
        )
    return lines


def ledger_json(ledger: RunLedger) -> dict[str, object]:
    """Both sums. `cells` are those of the counted files, `cells_elsewhere` the filled ones of the others."""
    cells = ledger.cells
    files = {str(state): number for state, number in ledger.files.items()}
    return {
        "files": {"seen": ledger.seen, **files, "ignored_by": dict(ledger.ignored_by)},
        "cells": {
            "filled": cells.filled,
            "counted": cells.counted,
            "rejected": cells.rejected,
            "provisional": cells.provisional,
            "reference": cells.reference,
        },
        "cells_elsewhere": dict(ledger.elsewhere),
        "balances": ledger.balances,
    }
