"""Corrections: a customer corrects what another one has just said, or what was said earlier in the call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from ...lexicon import function_words, words_of
from ...mentions import corrected, in_units
from ...quantities import Quantity, find_quantities
from ...quantities.units import BRIEF, DURATIONS
from ...reading import Reading, within
from ...text import Sentence, stem, tokenize
from .answers import rivals
from .clash import SMALLEST, Clash, Scene, content, counted_next, counts_as, other_customer
from .extents import completes
from .memory import Claim, Figure, Told

__all__ = ["of_corrections"]

_OPENING = 2  # first sentences of a turn
_FOLLOWING = 4  # first sentences in which a different duration still answers the one before
_LEAD = 4  # most words before a duration that answers another one
_PAIR = 7  # fewest letters of two neighbouring words that say something together: "day one" says less than "from day"
_AT_ONCE = 2  # most words before a bare number that answers directly
_PLAIN = 10  # smaller numbers without a unit occur in too many senses to recall a statement
_LARGE = 20  # from which a number without a unit is taken for an equal one that has one
_LATELY = 6  # most turns from such a number to the one that denies it
_NAMED = 4  # first words after "I said" that name what was said
_SHARED = 3  # fewest shared content words by which a statement is recognised
_SHORT = 6  # most words of a sentence that only says what a figure is about
_ECHOED = 3  # most turns from a customer's number to where the interviewer's side repeats it
_JUST_PUT = 3  # latest turns in which a number of the interviewer's side is the one just denied, and no earlier statement

_Sides = tuple[Sentence, Sentence]
"""A sentence of another customer's turn, and the one that corrects it."""


def of_corrections(scene: Scene) -> Iterator[Clash]:
    """Yield what a turn corrects: another customer's last turn, else an earlier statement that it takes back."""
    other = other_customer(scene.reading)
    found = _corrects(scene, other) if other is not None else None
    # A correction says which of the two is right, so that nothing is left to ask.
    if found is not None:
        yield found._replace(settled=True)
    else:
        yield from (clash._replace(settled=True, corrects=True) for clash in _takes_back(scene))


def _corrects(scene: Scene, other: Reading) -> Clash | None:
    """Return the clash with another customer's turn."""
    reading = scene.reading
    if not reading.sentences or not other.sentences or scene.opens("agrees") or scene.opens("chooses"):
        return None
    direct = other is reading.last
    sides = _named_otherwise(scene, other) or _rival_number(scene, other, direct) or _said_of_a_part(scene, other, direct)
    if sides is None and direct and not other.asks(other.sentences[-1]):
        sides = _denied(scene, other) or _excepted(scene, other) or _affirmed(scene, other)
    corrects = sides is not None
    if sides is None and direct:
        sides = _rival_alone(scene, other)  # the two may each tell of their own, until the first gives way
    if sides is None:
        return None
    meant, told = sides
    clash = scene.clash(other.turn.turn, other.turn.text[meant.start : meant.end], told.start, told.end)
    return clash._replace(corrects=corrects)


def _numbered(reading: Reading) -> Sentence:
    """Return the sentence that is most likely meant by what says where it holds: one with a change, else the last with a number."""
    changed = [q for q in reading.quantities if q.change or q.unit in {"percent", "times"}]
    return reading.sentence_at((changed or reading.quantities)[-1].start) or reading.sentences[-1]


def _named_otherwise(scene: Scene, other: Reading) -> _Sides | None:
    """Return the sentence of a number that the turn says is of something else, and its rival's: "A hundred. Ninety was the target"."""
    reading = scene.reading
    for sentence in reading.sentences[:_FOLLOWING]:
        named = _names_first(reading, sentence)
        meant = _repeated(other, [named]) if named else None
        told = (q for s in reading.sentences[:_FOLLOWING] if s is not sentence for q in reading.quantities_in(s))
        rival = next((q for q in told if meant and rivals(meant, q)), None)
        if meant and rival:
            return other.sentence_at(meant.start) or other.sentences[-1], reading.sentence_at(rival.start) or sentence
    return None


def _names_first(reading: Reading, sentence: Sentence) -> Quantity | None:
    """Return the number that opens a sentence which says what it is: "The six weeks was just the pilot"."""
    number = next(iter(reading.quantities_in(sentence)), None)
    lead = [t.norm for t in reading.tokens_in(sentence) if number and t.start < number.start]
    after = [t.norm for t in reading.tokens_in(sentence) if number and t.start >= number.end]
    opens = (words_of("contradictions.lists.fillers") | {"the", "that"}).issuperset(lead)
    named = after[:1] in (["was"], ["were"], ["is"]) and not words_of("contradictions.lists.naming").isdisjoint(after[1:2])
    return number if opens and named else None


def _rival_number(scene: Scene, other: Reading, direct: bool) -> _Sides | None:
    """Return the sentences whose numbers are rivals, another customer's first; numbers about the speaker's own area are none."""
    reading = scene.reading
    said, counted = {(q.low, q.high) for q in other.quantities}, counted_next(other)
    invited = direct or "confirms" in Scene.of(reading.before[-1], scene.past).cues
    for n, sentence in enumerate(reading.sentences[:_FOLLOWING]):
        if words_of("contradictions.lists.own") & set(reading.words_in(sentence)):
            continue
        for q in reading.quantities_in(sentence):
            if (q.low, q.high) in said:
                continue
            lead = _lead(reading, sentence, q.start)
            bare = invited and n == 0 and q.unit is None and lead <= _AT_ONCE
            cued = scene.opens("denies") or (direct and n < _OPENING and lead <= _LEAD)
            answers = direct and lead <= _LEAD and not scene.within("part", sentence) and (n == 0 or reading.norms[sentence.first] == "so")
            for p in sorted(other.quantities, key=lambda p: (p.change is None, -p.start)):
                # "Up by twenty percent" "It's fourteen": what rivals a change is its size.
                if (
                    counts_as(p.unit, counted)
                    and rivals(p._replace(change=None) if direct else p, q)
                    and (bare or (_is_alike(p, q) and (answers if _is_long(p) else cued)))
                    and not completes(scene, other, p, q)
                ):
                    return other.sentence_at(p.start) or other.sentences[-1], sentence
    return None


def _rival_alone(scene: Scene, other: Reading) -> _Sides | None:
    """Return the sentences of another customer's last value and of the reply that is nothing but another one: "Two and a half."."""
    reading, first = scene.reading, scene.reading.sentences[0]
    told, last = reading.quantities_in(first), next(reversed(other.quantities), None)
    if len(told) != 1 or last is None or not counts_as(last.unit, counted_next(other)):
        return None
    words = [t.norm for t in reading.tokens_in(first) if not told[0].start <= t.start < told[0].end]
    alone = words_of("contradictions.lists.fillers") | words_of("quantities.approximate.before")
    if not alone.issuperset(words) or not rivals(last._replace(change=None), told[0], least=0) or completes(scene, other, last, told[0]):
        return None
    return other.sentence_at(last.start) or other.sentences[-1], first


def _is_alike(a: Quantity, b: Quantity) -> bool:
    """Return whether two numbers have comparable units, except minutes or hours, of which everybody has their own."""
    if a.unit in DURATIONS:
        return _is_long(a) and b.unit in DURATIONS
    return a.unit is not None and a.unit == b.unit


def _is_long(a: Quantity) -> bool:
    return a.unit in DURATIONS and a.unit not in BRIEF


def _lead(reading: Reading, sentence: Sentence, start: int) -> int:
    return sum(t.start < start for t in reading.tokens_in(sentence))


def _said_of_a_part(scene: Scene, other: Reading, direct: bool) -> _Sides | None:
    """Return the figure's sentence and the one that only says what it is about: "Six weeks was your region", "That's Kirkbray"."""
    reading = scene.reading
    if not other.quantities:
        return None
    for sentence in reading.sentences[:_OPENING]:
        again = _repeated(other, reading.quantities_in(sentence))
        norms = reading.words_in(sentence)
        if again and "if" not in norms and scene.within("limits", sentence) and {"was", "is", "it's", "that's", "were"} & set(norms):
            return other.sentence_at(again.start) or other.sentences[-1], sentence
    first = reading.sentences[0]
    norms = reading.words_in(first)
    named = "was" not in norms and any(
        reading.turn.text[t.start].isupper() for t in reading.tokens[first.first + 1 : first.last] if t.norm not in _addressed(other)
    )
    if direct and len(norms) <= _SHORT and norms[0] in {"that's", "that"} and (named or scene.within("limits", first)):
        return _numbered(other), first
    short = direct and len(norms) <= 3 and norms[-1] in {"did", "was", "has"}
    return (_numbered(other), first) if short and norms[0] not in words_of("contradictions.lists.pronouns") else None


def _repeated(other: Reading, told: Sequence[Quantity]) -> Quantity | None:
    """Return a number of another customer's turn that is said again."""
    again = {(q.low, q.high): q.unit for q in told if q.high >= SMALLEST}
    return next((p for p in other.quantities if again.get((p.low, p.high), "") in {None, p.unit}), None)


def _addressed(other: Reading) -> frozenset[str]:
    """Return the names by which another speaker may be addressed."""
    return frozenset(other.turn.speaker.lower().split())


def _denied(scene: Scene, other: Reading) -> _Sides | None:
    """Return the sentence of another customer that the first one of a turn denies: "we've doubled it", "it's not doubled".

    A bare "it isn't" denies the last.
    """
    first = scene.reading.sentences[0]
    if not scene.opens("denies"):
        return None
    if scene.reading.clause_end(first.first, first.last) - first.first <= _AT_ONCE:
        return other.sentences[-1], first
    words = _telling(scene.reading, first)
    echoed = max(other.sentences, key=lambda s: (len(words & _telling(other, s)), s.start))
    if words & _telling(other, echoed):
        return None if Scene.of(other, scene.past).within("denied", echoed) else (echoed, first)
    # "It runs by itself" "It doesn't do start-up": an exception that names what is left out.
    claim = _claim(scene, other)
    subjects = {n.partition("'")[0] for n in scene.reading.norms[:_AT_ONCE]}
    return (claim, first) if claim and subjects & {"it", "they"} else None


def _excepted(scene: Scene, other: Reading) -> _Sides | None:
    """Return another customer's claim about all or none, and the first sentence if that is an exception to it."""
    reading, first = scene.reading, scene.reading.sentences[0]
    claim = _claim(scene, other)
    if claim is None or reading.asks(first):
        return None
    told = reading.quantities_in(first)
    cases = first.last - first.first <= _AT_ONCE and any(q.high >= SMALLEST for q in told)
    excepts = scene.has("exceptions", first.first, first.first + _AT_ONCE)
    happened = not scene.within("denied", first) and any(
        (c.focus | (content(tokenize(c.text)) if told else frozenset())) & _said(reading, first)
        for c in _claims(scene, other)
        if c.extent == "nothing"
    )
    return (claim, first) if happened or cases or excepts else None


def _affirmed(scene: Scene, other: Reading) -> _Sides | None:
    """Return another customer's last sentence, which denies something, and the first one if it says the same without a "not"."""
    reading, first, last = scene.reading, scene.reading.sentences[0], other.sentences[-1]
    denies = Scene.of(other, scene.past).within("denied", last)
    if not denies or scene.within("denied", first) or reading.asks(first):
        return None
    words = _said(reading, first)
    return (last, first) if words and words <= _said(other, last) else None


def _said(reading: Reading, sentence: Sentence) -> frozenset[str]:
    """Return the stems of the words of a sentence that distinguish it."""
    return content(reading.tokens_in(sentence))


def _telling(reading: Reading, sentence: Sentence) -> frozenset[str]:
    """Return what two sentences about one thing share: stems of words that say something, and longer pairs of words."""
    norms = reading.words_in(sentence)
    plain = [n for n in norms if "'" not in n and n not in words_of("contradictions.lists.pronouns")]
    pairs = (f"{a} {b}" for a, b in pairwise(norms) if len(a + b) >= _PAIR and a in plain and b in plain)
    return frozenset(stem(n) for n in plain if n not in function_words()) | frozenset(pairs)


def _claims(scene: Scene, other: Reading) -> list[Claim]:
    return [c for c in scene.past.claims if c.turn == other.turn.turn]


def _claim(scene: Scene, other: Reading) -> Sentence | None:
    """Return the last sentence of another customer's turn that claims something about all or none."""
    texts = {c.text for c in _claims(scene, other)}
    return next((s for s in reversed(other.sentences) if other.turn.text[s.start : s.end] in texts), None)


def _takes_back(scene: Scene) -> Iterator[Clash]:
    """Yield the earlier statements that a customer takes back, if it is clear which."""
    reading = scene.reading
    replaced = [*_put_right(scene), *_out_of_date(scene)]
    if replaced:
        yield from replaced
        return
    for n, sentence in enumerate(reading.sentences):
        meant = _denied_figure(scene, sentence) or _recalled(scene, n)
        if meant is not None:
            yield scene.clash(meant.turn, meant.text, sentence.start, sentence.end)
            return


def _put_right(scene: Scene) -> Iterator[Clash]:
    """Yield the earlier figures that a turn corrects: "I said four hundred thousand, it was three hundred and forty thousand"."""
    reading = scene.reading
    told = [(wrong.quantity, right.quantity) for wrong, right in corrected(reading, in_units(reading))]
    for wrong, right in (*told, *_replaced(reading)):
        meant, sentence = _earlier_figure(scene, wrong, _may_be_of), reading.sentence_at(right.start)
        if meant is not None and sentence is not None:
            yield scene.clash(meant.turn, meant.text, sentence.start, sentence.end)


def _replaced(reading: Reading) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the numbers that a turn replaces at once, each with the one in its place: "I told you forty. It's actually thirty"."""
    for right in reading.quantities:
        for start, end in right.replaces:
            yield from ((wrong, right) for wrong in find_quantities(reading.turn.text[start:end]))


def _out_of_date(scene: Scene) -> Iterator[Clash]:
    """Yield an earlier figure of a customer's that is named again before one to use in its place: "That was the draft. Use this one"."""
    for n, sentence in enumerate(scene.reading.sentences):
        later = scene.reading.sentences[n + 1 :]
        if not (scene.within("drafted", sentence) or any(scene.within("prefers", s) for s in later)):
            continue
        for q in scene.reading.quantities_in(sentence):
            meant = _earlier_figure(scene, q, _may_be_of)
            told = (s for s in later for r in scene.reading.quantities_in(s) if meant and meant.customer and rivals(meant, r))
            right = next(told, None)
            if meant is not None and right is not None:
                yield scene.clash(meant.turn, meant.text, right.start, right.end)
                return


def _denied_figure(scene: Scene, sentence: Sentence) -> Figure | None:
    """Return the earlier figure that a sentence denies: "that's not half a million", "there weren't six"."""
    reading = scene.reading
    for cue in within(scene.cues.get("negates", ()), sentence.first, sentence.last, attrgetter("first")):
        if _is_supposed(scene, cue.first) or {"now", "if"} & set(reading.words_in(sentence)):
            continue
        around = reading.tokens[cue.last - 1 : cue.last + 2]
        for q in within(reading.quantities, around[0].start + 1, around[-1].start + 1, attrgetter("start")):
            again = any(p is not q and p.value == q.value for p in reading.quantities if p.start < q.start)
            if q.high >= SMALLEST and not again and not _is_measured(reading, cue.last, q):
                return _earlier_figure(scene, q)
    return None


def _is_measured(reading: Reading, first: int, q: Quantity) -> bool:
    """Return whether a number after "not" only says by how much or when: "not with forty percent less", "not six months after"."""
    before = [t.norm for t in reading.tokens[first : first + 1] if t.start < q.start]
    after = [t.norm for t in reading.tokens if t.start >= q.end][:1]
    return not words_of("contradictions.lists.measuring").isdisjoint([*before, *after])


def _is_of_unit(f: Figure, q: Quantity) -> bool:
    """Return whether two numbers have one unit."""
    return f.unit == q.unit


def _may_be_of(f: Figure, q: Quantity) -> bool:
    """Return whether two numbers have one unit, or are too large to be of two things where one of them has none."""
    return _is_of_unit(f, q) or (None in {f.unit, q.unit} and q.high >= _LARGE)


def _earlier_figure(scene: Scene, q: Quantity, alike: Callable[[Figure, Quantity], bool] = _is_of_unit) -> Figure | None:
    """Return where a number was said before: by a customer, or a few turns ago by the interviewer's side.

    Where the latter only repeats a customer's, that one is denied. `alike` says whether two units are one.
    """
    here = scene.reading.turn.turn
    telling = q.unit is not None or q.high >= _PLAIN
    same = [f for f in reversed(scene.past.figures) if (f.low, f.high) == (q.low, q.high) and alike(f, q)]
    meant = next((f for f in same if f.turn < here - (0 if f.customer else _JUST_PUT) and (telling or here - f.turn <= _LATELY)), None)
    echoed = (f for f in same if meant and not meant.customer and f.customer and 0 < meant.turn - f.turn <= _ECHOED)
    return next(echoed, meant)


def _is_supposed(scene: Scene, at: int) -> bool:
    """Return whether an "if" or "but" leads up to a word."""
    return bool(set(scene.reading.norms[max(0, at - 4) : at]) & {"if", "but", "when", "unless", "then"})


def _named(scene: Scene, sentence: Sentence) -> Told | None:
    """Return the latest statement with all the words that a sentence recalls: "I said no unplanned downtime"."""
    reading = scene.reading
    cue = next((m for m in scene.cues.get("recalls", ()) if sentence.first <= m.first < sentence.last), None)
    ends = reading.clause_end(cue.last, min(cue.last + _NAMED, sentence.last)) if cue else 0
    named = reading.tokens[cue.last : ends] if cue else ()
    plain = not words_of("contradictions.lists.pronouns") & {t.norm for t in named[:1]}
    stems = content(t for t in named if "'" not in t.norm) if plain else frozenset()
    here = scene.reading.turn.turn
    return next((s for s in reversed(scene.past.sentences) if stems and stems <= s.stems and s.turn < here), None)


def _recalled(scene: Scene, n: int) -> Figure | Told | None:
    """Return the earlier statement that sentence n and its neighbours take back: one with their number, else the one with most words."""
    reading = scene.reading
    near = reading.sentences[max(0, n - 1) : n + 3]
    recalls = scene.within("recalls", reading.sentences[n]) and any(scene.within("retracts", s) for s in near)
    if not recalls and not scene.within("owns", reading.sentences[n]):
        return None
    again = [q for q in reading.quantities if near[0].start <= q.start < near[-1].end and (q.unit or q.high >= _PLAIN)]
    values = {(q.low, q.high, q.unit) for q in again}
    named = _named(scene, reading.sentences[n])
    if named:
        return named
    figures = [f for f in reversed(scene.past.figures) if f.customer and f.turn < reading.turn.turn and (f.low, f.high, f.unit) in values]
    if figures:
        return figures[0]
    stems = content(reading.tokens[near[0].first : near[-1].last]) | (content(tokenize(reading.question)) if n < _OPENING else frozenset())
    told = [s for s in scene.past.sentences if len(s.stems & stems) >= _SHARED and s.turn < reading.turn.turn]
    return max(told, key=lambda s: (len(s.stems & stems), s.turn), default=None)
