"""What the board does next on its own: offer a probe, remove one, replace it by a better one, or nothing."""

from __future__ import annotations

from ..journal import Offered, Withdrawn
from ..probe import Probe
from ..probes.ranking import rank
from .fold import Fold
from .pacing import invites

__all__ = ["next_move", "replacement"]


def next_move(fold: Fold) -> Offered | Withdrawn | None:
    """Return what to do now, None if there is nothing to do."""
    shown = fold.probe
    if shown is not None:
        corrected = _corrected(fold, shown)
        if corrected is not None:
            return Offered(at=fold.now, probe=corrected)
        return Withdrawn(at=fold.now, gap=shown.gap or "") if _is_stale(fold, shown) else None
    best = next(iter(fold.candidates()), None) if _may_offer(fold) else None
    return None if best is None else Offered(at=fold.now, probe=best)


def _may_offer(fold: Fold) -> bool:
    """Return whether a probe may come onto the board: between an answer that invites one and what comes, and not too soon."""
    soon = fold.offered is not None and fold.now - fold.offered < fold.pacing.spacing
    last = fold.open_turns.answered
    if fold.ended is not None or soon or last is None or not fold.is_between:
        return False
    silenced = fold.open_turns.is_speaking_on or fold.session.ledger.off_record.covers_turn(last.turn)
    return not silenced and invites(last.turn, last.update)


def replacement(fold: Fold, turn: int) -> Offered | None:
    """Return a slower engine's probe on the turn to replace the one shown, while that is still new; None to keep it."""
    shown = fold.probe
    if shown is None or shown.turn != turn or fold.now - (fold.offered or 0.0) > fold.pacing.swap:
        return None
    ledger, known = fold.session.ledger, fold.session.ledger.gaps.get(shown.gap or "")
    if known is not None:
        better = fold.worded(known)
    else:
        gaps = [g for g in ledger.gaps.values() if g.turn == turn and fold.is_open(g)]
        better = next(iter(rank(gaps, {}, fold.session.guide, fold.session.background, limit=1)), shown)
    return None if better == shown else Offered(at=fold.now, probe=better)


def _corrected(fold: Fold, shown: Probe) -> Probe | None:
    """Return the probe of the same gap in the words that its turn has now, if those have changed and it is still worth asking."""
    gap = fold.session.ledger.gaps.get(shown.gap or "")
    told = None if gap is None or fold.stands(shown) or not fold.is_open(gap) else fold.worded(gap)
    return told if told is not None and fold.stands(told) else None


def _is_stale(fold: Fold, shown: Probe) -> bool:
    """Return whether a probe has had its time: its words no longer stand, its gap is settled, or somebody has asked something else."""
    asked = fold.open_turns.questions_since(fold.offered_turn)
    return not fold.stands(shown) or _is_settled(fold, shown) or fold.is_late or bool(asked)


def _is_settled(fold: Fold, shown: Probe) -> bool:
    """Return whether the gap of a probe is settled, by what has been said of an answer that is under way too.

    A gap that is no longer found was answered by its own turn, as far as that goes on; a slower engine may still find it there, and one
    that merely judges the same words otherwise does not take a probe away.
    """
    so_far = fold.open_turns.so_far
    gap = so_far.ledger.gaps.get(shown.gap or "")
    if gap is not None:
        return not fold.is_open(gap, so_far.ledger)
    goes_on = any(t.turn == shown.turn and t.text != fold.offered_text for t in so_far.turns)
    return goes_on and not fold.open_turns.is_to_be_read(shown.turn or 0)
