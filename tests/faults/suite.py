"""Every variant of every fault, and how one is put into the reference set."""

from __future__ import annotations

from functools import cache

from tests.faults import (
    cell_level,
    cross_file_level,
    file_level,
    meaning_level,
    own,
    own_pasted,
    own_seen,
    security_level,
    structure_level,
)
from tests.faults.benign import BENIGN
from tests.faults.cases import Altered, Spot, Variant
from tests.faults.outcomes import Judge, Verdict
from tests.faults.reference import OFFICES, SCORECARD, reference

VARIANTS: tuple[Variant, ...] = (
    *file_level.VARIANTS,
    *structure_level.VARIANTS,
    *cell_level.VARIANTS,
    *meaning_level.VARIANTS,
    *cross_file_level.VARIANTS,
    *security_level.VARIANTS,
    *own.VARIANTS,
    *own_pasted.VARIANTS,
    *own_seen.VARIANTS,
)
FEW = 5
"""Offices of the sets of other scorecards than the usual one."""


@cache
def judge_of(scorecard: str = SCORECARD) -> Judge:
    """Who judges alterations of a scorecard's reference set."""
    return Judge(reference(scorecard, OFFICES if scorecard == SCORECARD else FEW))


def altered_by(variant: Variant, office: int = 2) -> Altered:
    """The reference set after a fault in one office's workbook."""
    held = judge_of(variant.scorecard or SCORECARD).reference
    spot = Spot(held, held.offices[office])
    return variant.alter(spot if variant.spot is None else Spot(held, held.offices[office], *variant.spot))


def verdict_of(variant: Variant) -> Verdict:
    """What comes of a fault."""
    return judge_of(variant.scorecard or SCORECARD).judge(variant, altered_by(variant))


__all__ = ["BENIGN", "VARIANTS", "altered_by", "judge_of", "verdict_of"]
