"""What the board does next on its own: offer a probe, remove one, replace it by a better one, or nothing."""

from __future__ import annotations

from ..journal import Offered, Withdrawn
from ..probe import Probe
from ..probes.ranking import probe_of, rank
from .fold import Fold
from .pacing import invites

__all__ = ["next_move", "replacement"]


def next_move(fold: Fold) -> Offered | Withdrawn | None:
    """Return what to do now, None if there is nothing to do."""
    shown = fold.probe
    if shown is not None:
        return Withdrawn(at=fold.now, gap=shown.gap or "") if _is_stale(fold, shown) else None
    best = next(iter(fold.candidates()), None) if _may_offer(fold) else None
    return None if best is None else Offered(at=fold.now, probe=best)


def _may_offer(fold: Fold) -> bool:
    """Return whether a probe may come onto the board: after a finished answer that invites one and may be used, and not too soon."""
    soon = fold.offered is not None and fold.now - fold.offered < fold.pacing.spacing
    heard = fold.open_turns.heard
    if fold.ended is not None or soon or not heard:
        return False
    turn = heard[-1].turn
    silenced = fold.open_turns.is_speaking_on or fold.session.ledger.off_record.covers_turn(turn)
    return not silenced and invites(turn, heard[-1].update)


def replacement(fold: Fold, turn: int) -> Offered | None:
    """Return a slower engine's probe on the turn to replace the one shown, while that is still new; None to keep it."""
    shown = fold.probe
    if shown is None or shown.turn != turn or fold.now - (fold.offered or 0.0) > fold.pacing.swap:
        return None
    ledger, known = fold.session.ledger, fold.session.ledger.gaps.get(shown.gap or "")
    if known is not None:
        better = probe_of(known)
    else:
        gaps = [g for g in ledger.gaps.values() if g.turn == turn and fold.is_open(g)]
        better = next(iter(rank(gaps, {}, fold.session.guide, fold.session.background, limit=1)), shown)
    return None if better == shown else Offered(at=fold.now, probe=better)


def _is_stale(fold: Fold, shown: Probe) -> bool:
    """Return whether a probe has had its time: its gap is settled, its words no longer stand, or it was not asked for too long."""
    gap = fold.session.ledger.gaps.get(shown.gap or "")
    if not fold.stands(shown) or (gap is not None and not fold.is_open(gap)):
        return True
    late = fold.now - (fold.offered or 0.0) >= fold.pacing.fresh
    return late or fold.open_turns.answers_since(fold.offered_turn) >= fold.pacing.answers
