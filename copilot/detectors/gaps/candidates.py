"""Gaps: every sentence is a candidate with evidence, and a calibrated scorer decides which are worth a person's attention."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Sequence
from functools import cache
from itertools import dropwhile
from math import hypot
from typing import NamedTuple, cast

from ...findings import GAPS_A_TURN, GapKind
from ...lexicon import Lexicon, function_words, words_of
from ...questions import opens_as_question
from ...reading import Reading, once
from ...scoring import Choice, Logistic, any_of, choice, logistic, threshold
from ...statements.clauses import belongs, is_apart
from ...statements.replying import denies_any, denies_plan, excepted, ranks_without_source, trailing
from ...text import Sentence, norms
from ..boundaries import asks_to_use
from ..consent import answer, says_yes
from ..replies import replies
from .facts import Facts, Mark, sentence_facts, turn_facts, wording_facts
from .given import counts, counts_what_is_seen, given_kinds, tells_factor
from .severity import need_facts
from .threads import find_left_aside, find_left_thread, find_open_threads

__all__ = ["Candidate", "find_gaps"]

REFUSAL_WORDS = 25  # most words of a turn that only refuses
FEW_WORDS = 4  # most words of a sentence that only goes on with the one beside it
BACK_CHANNEL = 4  # most words of a turn that may only signal agreement
COURTESY = 9  # most words of a sentence that only thanks, praises or gives leave
MANY = 6  # sentences of a turn among whose statements a result is easily missed
TOLD_BY_FORM = 0.6
"""Chance that an expert would ask about what the form of a sentence leaves open, whatever its words: set by hand."""
LEFT = 0.12  # least chance of a gap, once the kinds that the answer has given are ruled out: set on the labelled interviews
SURELY_A_NUMBER = 0.5  # least chance for asking for a number if no word is about change or amount
_GRIEF = frozenset({"loss", "illness"})
_AMOUNTS = frozenset({"comparative", "change", "vague_amount", "bare_unit", "money", "frequency"})
"""Cues of a sentence that tells of an amount or a change."""
_TAGS = frozenset({"right", "yeah", "huh", "eh", "correct", "no"})
"""Tags at the end of a statement that only ask for a nod."""
_ASIDE = re.compile(r"\[[^\]]*\]|\([^)]*\)")
"""A transcriber's note, not speech: "[laughs]"."""
_CUT_OFF = ("--", "\u2014", "\u2013", " -")
"""Ends of a turn that somebody else breaks into."""
_TRAILS = ("...", "\u2026")
"""Ends of a sentence that trails off; some transcribers write them for every pause."""


class Candidate(NamedTuple):
    """A possible gap of a turn: its place, kind and chance, and the facts that tell how much a story needs it."""

    turn: int
    start: int
    end: int
    kind: GapKind
    score: float
    facts: Facts


class _Judged(NamedTuple):
    """A sentence with the facts about it, and the log-odds of a gap in it: of any kind, of each family, and both mixed as a chance."""

    sentence: Sentence
    facts: Facts
    words: Facts
    odds: float
    families: Sequence[float]
    chance: float


class _Weights(NamedTuple):
    gap: Logistic
    families: Choice
    mixed: Logistic
    kinds: Choice
    threshold: float
    short_threshold: float
    second_threshold: float
    short_words: float


@cache
def _weights() -> _Weights:
    return _Weights(
        gap=logistic("gaps.gap"),
        families=choice("gaps.families"),
        mixed=logistic("gaps.mixed"),
        kinds=choice("gaps.kinds"),
        threshold=threshold("gaps.threshold"),
        short_threshold=threshold("gaps.short_threshold"),
        second_threshold=threshold("gaps.second_threshold"),
        short_words=threshold("gaps.short_words"),
    )


def find_gaps(reading: Reading, marks: Sequence[Mark] = (), seen: Container[str] = ()) -> tuple[Candidate, ...]:
    """Return the gaps of a customer's turn worth asking about, at most three, in order.

    `marks` are findings of other detectors in the turn, `seen` the stems of the words of earlier turns. The thresholds
    are part of the weights: one for short answers, one for full ones, and a higher one for a second gap in the same turn. The
    first two are for the length of the vector of all its sentences' chances: a long answer has several middling ones.
    """
    if not reading.is_customer or _is_refusal(reading) or not any(c.isalpha() for c in _ASIDE.sub("", reading.turn.text).strip()):
        return ()
    said = reading.turn.text.rstrip(" \"'\u201d\u2019)")
    if _is_back_channel(reading) or said.endswith(_CUT_OFF) or (said.endswith(_TRAILS) and len(reading.tokens) <= BACK_CHANNEL):
        return ()
    if _is_grief(reading) or denies_any(reading):
        return ()
    judged = _judged(reading, marks, seen)
    found = _scored(reading, judged)
    for left in _left_open(reading, judged, found):
        same = [c for c in found if c.start <= left.end and left.start <= c.end]
        found = (*(c for c in found if c not in same), left._replace(score=max(c.score for c in (left, *same))))
    return tuple(sorted(sorted(found, key=lambda c: -c.score)[:GAPS_A_TURN], key=lambda c: c.start))


def _judged(reading: Reading, marks: Sequence[Mark], seen: Container[str]) -> tuple[_Judged, ...]:
    """Return the sentences of a turn, each with its chance of a gap.

    It mixes one model of all gaps with one for each family of gaps, since what speaks against one family may speak for another.
    """
    weights, whole = _weights(), turn_facts(reading, marks)
    gap, families, mixed = weights.gap, weights.families, weights.mixed
    base, by_family = gap.bias + gap.sum(whole), families.sums(whole)
    judged = []
    for sentence, part in zip(reading.sentences, sentence_facts(reading, marks, seen), strict=True):
        words = wording_facts(reading, sentence)
        odds, sums = base + gap.sum(part | words), families.sums(part | words, by_family)
        chance = mixed.judge({"any": odds, "by family": any_of(sums)})
        judged.append(_Judged(sentence, whole | part, words, odds, sums, chance))
    return tuple(judged)


def _scored(reading: Reading, judged: Sequence[_Judged]) -> tuple[Candidate, ...]:
    """Return the gaps that the scorer finds in a turn, in order."""
    weights = _weights()
    best = sorted((j for j in judged if not _is_left_alone(reading, j.sentence)), key=lambda j: -j.chance)
    first = weights.short_threshold if reading.words < weights.short_words else weights.threshold
    if hypot(*(j.chance for j in best)) < first:
        return ()
    chosen = [j for n, j in enumerate(best[:GAPS_A_TURN]) if not n or j.chance >= weights.second_threshold]
    in_order = sorted(_apart(chosen), key=lambda j: j.sentence.start)
    given = [given_kinds(reading, j.sentence) for j in in_order]
    found = (_candidate(reading, j, kinds) for j, kinds in zip(in_order, given, strict=True))
    by_place = {c.start: c for c in sorted(found, key=lambda c: c.score) if c.score >= LEFT}
    return tuple(by_place[start] for start in sorted(by_place))


def _apart(chosen: Sequence[_Judged]) -> Iterator[_Judged]:
    """Yield sentences, likeliest first, without those of a few words beside one that was chosen before: "Good. Fine. Yes." is one gap."""
    taken: list[Sentence] = []
    for judged in chosen:
        here = judged.sentence
        beside = any(here.first in (s.last, s.first) or here.last == s.first for s in taken)
        if not (beside and here.last - here.first <= FEW_WORDS):
            yield judged
        taken.append(here)


def _left_open(reading: Reading, judged: Sequence[_Judged], found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the gaps that the form of a turn tells.

    That is a last sentence that trails off, names what it does not tell or makes an exception, things that are announced and not all told,
    a thing that is added and left, a rank without a source, a bare "no" to a plan, and, among the other statements of a long turn, a
    result that is told as a change without its level.
    """
    last = reading.sentences[-1]
    if denies_plan(reading):
        return (_by_form(reading, judged, _trigger(reading, last), "short_answer"),)
    if reading.ends and (left := trailing(reading, last) or find_left_thread(reading)) is not None:
        return (_by_form(reading, judged, left, "dropped_thread"),)
    if threads := find_open_threads(reading):
        return (_by_form(reading, judged, (threads[0].start, threads[0].end), "dropped_thread"),)
    if (aside := find_left_aside(reading)) is not None:
        return (_by_form(reading, judged, aside, "dropped_thread"),)
    if reading.ends and (out := excepted(reading)) is not None:
        return (_by_form(reading, judged, out, "unexplained"),)
    ranked = (s for s in reading.sentences if ranks_without_source(reading, s))
    if by_rank := tuple(_by_form(reading, judged, _trigger(reading, s), "unsourced") for s in ranked)[:1]:
        return by_rank
    asked = {reading.sentence_at(c.start) for c in found} if reading.is_whole else set()
    among_many = not reading.is_whole or len(reading.sentences) >= MANY
    changed = (j.sentence for j in judged if among_many and j.sentence not in asked and _changes_without_level(reading, j))
    return tuple(_by_form(reading, judged, _trigger(reading, s), "missing_baseline") for s in changed)[:1]


def _changes_without_level(reading: Reading, judged: _Judged) -> bool:
    """Return whether a sentence tells a result as a share by which something changed, and not from what: "it had gone down 55%"."""
    relative = any(q.unit in {"percent", "times"} and q.change for q in reading.quantities_in(judged.sentence))
    facts = judged.facts
    lacks = "marked result without baseline" in facts and "marked with baseline" not in facts
    return (
        relative
        and lacks
        and "change" in reading.cue_labels(judged.sentence)
        and "missing_baseline" not in given_kinds(reading, judged.sentence)
    )


def _by_form(reading: Reading, judged: Sequence[_Judged], span: tuple[int, int], kind: GapKind) -> Candidate:
    held = next(j for j in judged if span[0] < j.sentence.end)
    return Candidate(reading.turn.turn, *span, kind, TOLD_BY_FORM, _need_facts(held, _of_kinds(held)))


def _of_kinds(judged: _Judged) -> list[float]:
    """Return the weighted sum of the facts about a sentence for each kind of gap."""
    kinds = _weights().kinds
    return kinds.sums(judged.words, kinds.sums(judged.facts))


def _need_facts(judged: _Judged, sums: Sequence[float]) -> Facts:
    """Return the facts about a sentence that tell how much a story needs what it lacks."""
    weights = _weights()
    families = dict(zip(weights.families.names, judged.families, strict=True))
    return need_facts(judged.odds, families, weights.kinds.shares(sums))


def _is_refusal(reading: Reading) -> bool:
    """Return whether a turn only refuses the question, which leaves nothing to ask."""
    brief = reading.words < REFUSAL_WORDS and not reading.quantities
    return brief and any(m.label == "declines" for m in replies(reading))


def _is_back_channel(reading: Reading) -> bool:
    """Return whether a turn only agrees with what was said, or to a question that checks it, or repeats another customer's words."""
    last = reading.last
    if last is None or len(reading.tokens) > BACK_CHANNEL:
        return False
    if last.is_customer and last.turn.speaker != reading.turn.speaker and set(reading.norms) <= set(last.norms):
        return True
    agrees = {n for m in replies(reading) if m.label == "agrees" for n in range(m.first, m.last)}
    asked = not last.is_customer and last.turn.text.rstrip().endswith("?") and not _only_checks(last)
    passes = {n for n, norm in enumerate(reading.norms) if norm in words_of("gaps.passes")}
    return len(agrees | passes) == len(reading.tokens) and not asked


def _only_checks(reading: Reading) -> bool:
    """Return whether a question ends on a mere tag, or checks what was said before: "Right?", "Is that what you said?"."""
    tagged = not _TAGS.isdisjoint(reading.norms[-1:])
    return tagged or any(Lexicon.at("gaps.checks").find(reading.words_in(sentence)) for sentence in reading.sentences[-1:])


def _is_left_alone(reading: Reading, sentence: Sentence) -> bool:
    """Return whether nobody asks about a sentence.

    It is a question, advice, or broken off, or only passes on, gives leave or tells who knows.
    """
    return (
        _is_broken_off(reading, sentence)
        or _only_nods(reading, sentence)
        or words_of("gaps.passes").issuperset(reading.words_in(sentence))
        or _is_courtesy(reading, sentence)
        or _gives_leave(reading, sentence)
        or _is_asked(reading, sentence)
        or _is_advice(reading, sentence)
        or _tells_who_knows(reading, sentence)
        or _puts_off(reading, sentence)
    )


def _only_nods(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence beside others is nothing but a yes or a no, said again: "No, no."; one "Yes" may be all of an answer."""
    again = len(reading.sentences) > 1 and sentence.last - sentence.first > 1
    return again and words_of("gaps.nods").issuperset(reading.words_in(sentence))


def _is_courtesy(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence only thanks, or praises what was asked or said: "Yeah, that's a great way of putting it."."""
    courteous = Lexicon.at("gaps.courtesies").find(reading.words_in(sentence))
    return sentence.last - sentence.first <= COURTESY and bool(courteous)


def _gives_leave(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence only says yes to the question for leave to record, or to use what was said: "Yes, go right ahead."."""
    tells = reading.quantities_in(sentence) or not _AMOUNTS.isdisjoint(reading.cue_labels(sentence))
    if tells or sentence.last - sentence.first > COURTESY or not says_yes(reading, sentence):
        return False
    return answer(reading) is not None or (reading.asked is not None and asks_to_use(reading.asked))


def _is_broken_off(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence breaks off before it has said what it began: "and the rest of the team was...", "it's a bit less, um.".

    So does a turn's last one that has no mark at its end and waits for another word: "The vote was".
    """
    text, last = reading.turn.text[sentence.start : sentence.end].rstrip(), reading.words_in(sentence)[-1]
    if last in words_of("gaps.stumbles"):
        return True
    if text.endswith(_TRAILS):
        return last in function_words()
    unmarked = sentence is reading.sentences[-1] and reading.ends and text[-1].isalnum()
    return unmarked and last in words_of("gaps.awaiting")


def _tells_who_knows(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence only names who knows what the one before it does not: "No idea, I'm afraid. The foreman might."."""
    words, before = reading.words_in(sentence), [s for s in reading.sentences if s.last == sentence.first]
    brief = 1 < len(words) <= BACK_CHANNEL and words[-1] in words_of("gaps.left_verbs")
    return brief and any(Lexicon.at("gaps.unknown").find(reading.words_in(s)) for s in before)


def _puts_off(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence ends by asking to leave what it tells for later: "that is still not proven, so let us wait".

    What somebody said then asks nothing now: "and the board said let's wait".
    """
    found = Lexicon.at("gaps.puts_off").find(reading.norms, sentence.first, sentence.last)
    own = (m for m in found if m.first == sentence.first or not belongs(reading.tokens[m.first - 1], "knowing"))
    return any(m.last == sentence.last for m in own)


def _is_asked(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence asks somebody on the call something, or checks what another customer has just said: "Nine in all?".

    What comes before a name that is called does not count: "At this point, Mark, can you look that up?".
    """
    ends = reading.turn.text[sentence.start : sentence.end].rstrip("\"'”’) ").endswith("?")
    last = reading.last
    checks = last is not None and last.is_customer and last.turn.speaker != reading.turn.speaker
    words, told = reading.words_in(sentence), _told_by_name(reading, sentence)
    after = words[1:] if reading.turn.text.startswith(",", reading.tokens[sentence.first].end) else ()
    if ends:
        return checks or any(map(opens_as_question, (words, after, told))) or _hands_over(told)
    return words_of("gaps.lead").issuperset(words[: len(words) - len(told) - 1]) and _hands_over(told)


def _told_by_name(reading: Reading, sentence: Sentence) -> Sequence[str]:
    """Return what a sentence says to another customer after their name, set off by commas; nothing if it calls nobody."""
    text, tokens, names = reading.turn.text, reading.tokens, _colleagues(reading)
    for n in range(sentence.first, sentence.last):
        opens = n == sentence.first or text.startswith(",", tokens[n - 1].end)
        if opens and tokens[n].norm in names and text.startswith(",", tokens[n].end):
            return reading.norms[n + 1 : sentence.last]
    return ()


@once
def _colleagues(reading: Reading) -> frozenset[str]:
    """Return the words of the names of the other customers on the call."""
    listed = (p.name for p in reading.background.participants if p.role == "customer")
    heard = (r.turn.speaker for r in reading.before if r.is_customer)
    own = norms(reading.turn.speaker)
    return frozenset(norm for name in (*listed, *heard) for norm in norms(name)).difference(own)


def _hands_over(told: Sequence[str]) -> bool:
    """Return whether words leave it to somebody to tell something: "maybe you've got an example", but not "you know, it broke"."""
    lead = words_of("statements.lead")
    return any(lead.issuperset(told[: m.first]) for m in Lexicon.at("gaps.hands_over").find(told))


def _is_advice(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence tells others what to do or expect, as an answer to a request for advice: such a sentence is complete.

    One in which the speaker tells of what happened to them is not.
    """
    if not _asks_advice(reading):
        return False
    said = reading.words_in(sentence)
    if words_of("gaps.own").isdisjoint(said) and not words_of("gaps.others").isdisjoint(said):
        return True
    skipped = words_of("gaps.lead") | words_of("gaps.before_advice")
    words = [*dropwhile(skipped.__contains__, said)]
    told = words_of("statements.function") | words_of("statements.pronouns")
    bids = len(words) > 1 and words[0] not in told and words[1] in told and words[0] not in words_of("statements.finite")
    supposes = words[:1] and words[0].split("'")[0] in words_of("statements.supposing")
    return bids or bool(supposes) or not words_of("gaps.orders").isdisjoint(words[:1])


@once
def _asks_advice(reading: Reading) -> bool:
    """Return whether the question asks for advice."""
    return bool(Lexicon.at("gaps.advice").find(norms(reading.question)))


def _is_grief(reading: Reading) -> bool:
    """Return whether a turn tells of a death or an illness, after which nobody should press for details of anything."""
    return any(m.label in _GRIEF for m in reading.find(Lexicon.load("emotions")))


def _candidate(reading: Reading, judged: _Judged, given: Collection[str]) -> Candidate:
    """Return the gap of a sentence, less likely for the kinds that are `given`, with its likeliest kind."""
    kinds, sentence, sums = _weights().kinds, judged.sentence, _of_kinds(judged)
    unproved = _unproved(reading, sentence, judged.facts, kinds.share(sums, "missing_metric"))
    kind = cast("GapKind", kinds.best(sums, unproved | set(given)))
    left = _less(judged.chance, kinds.share(sums, *unproved, *given))
    return Candidate(reading.turn.turn, *_trigger(reading, sentence), kind, round(left, 3), _need_facts(judged, sums))


def _less(chance: float, share: float) -> float:
    """Return what is left of the chance of a gap once the kinds that had a share of it are ruled out."""
    return chance * (1 - share) / (1 - chance * share)


def _unproved(reading: Reading, sentence: Sentence, facts: Facts, metric: float) -> set[str]:
    """Return the kinds that a sentence gives no ground for.

    A clash that nobody can point at, a number of what has none, the value before or the source of a number that is told with it, the
    source of what is no number or is not in doubt, a thread in the best or most of something or in a factor, a short answer where nothing
    was asked, or only a nod.
    `metric` is the chance that an expert would ask for a number.
    """
    superlative = "sentence superlative" in facts or not words_of("gaps.superlatives").isdisjoint(reading.words_in(sentence))
    surely = metric >= SURELY_A_NUMBER and not superlative
    told = counts(reading, sentence)
    counted = told or (surely and told is None) or "sentence comparative form" in facts
    cues = reading.cue_labels(sentence)
    hearsay = "hearsay" in cues or facts.keys() & {"sign hearsay", "sign hearsay figure"}
    figure = reading.quantities or hearsay or (reading.asked and reading.asked.quantities)
    doubted = hearsay or "hedge" in cues or _is_rounded_or_agreed(reading, sentence)
    unproved = {
        "inconsistent": "marked contradiction" not in facts,
        "missing_metric": not counted or "marked open thread" in facts,
        "missing_baseline": "marked with baseline" in facts,
        "unsourced": not (figure and doubted)
        or counts_what_is_seen(reading, sentence)
        or ("measure_source" in reading.cue_labels() and "number with hearsay" not in facts),
        "dropped_thread": (superlative or tells_factor(reading, sentence))
        and "aside" not in cues
        and facts.keys().isdisjoint({"marked open thread", "sign aside"}),
        "short_answer": "asked statement" in facts or (reading.asked is not None and _only_checks(reading.asked)),
    }
    return {kind for kind, holds in unproved.items() if holds}


def _is_rounded_or_agreed(reading: Reading, sentence: Sentence) -> bool:
    """Return whether the figure of a sentence is only about right, or stands in the question that it answers: "About forty?" "Yeah."."""
    told, asked = reading.quantities_in(sentence), reading.asked.quantities if reading.asked else ()
    return any(q.approximate for q in told) if told else bool(asked)


def _trigger(reading: Reading, sentence: Sentence) -> tuple[int, int]:
    """Return the span of a sentence, or of the next one if it only leads up to that, without notes, lead words and its full stop."""
    if _only_leads(reading, sentence) and sentence is not reading.sentences[-1]:
        return _trigger(reading, reading.sentence_with(sentence.last))
    first, last = _spoken(reading, sentence)
    while first < last - 2 and (skipped := _led(reading, first)) and reading.turn.text[reading.tokens[first].end] != "-":
        first += skipped
    return reading.cite(min(first, last - 1), last)


def _spoken(reading: Reading, sentence: Sentence) -> tuple[int, int]:
    """Return the range of a sentence's words without a transcriber's notes at its ends; all of it where it is nothing else."""
    notes = [note.span() for note in _ASIDE.finditer(reading.turn.text, sentence.start, sentence.end)]
    words = range(sentence.first, sentence.last)
    spoken = [n for n in words if not any(start < reading.tokens[n].start < end for start, end in notes)] or words
    return spoken[0], spoken[-1] + 1


def _only_leads(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence only says that what comes next is a surprise: "Funny enough, yes.", "Oddly."."""
    odd = {n for m in reading.cues if m.label == "surprise" for n in range(m.first, m.last)}
    said = {reading.norms[n] for n in range(sentence.first, sentence.last) if n not in odd}
    return not odd.isdisjoint(range(sentence.first, sentence.last)) and (words_of("gaps.nods") | words_of("gaps.degrees")).issuperset(said)


def _led(reading: Reading, at: int) -> int:
    """Return how many words at a place only lead up to what is said: "well", "you know"; a "no" that denies a thing does not."""
    if " ".join(reading.norms[at : at + 2]) in words_of("gaps.lead_pairs"):
        return 2
    return int(reading.norms[at] in words_of("gaps.lead") and not _denies_thing(reading, at))


def _denies_thing(reading: Reading, at: int) -> bool:
    """Return whether a word is the "no" of "no invoices get lost", and not that of "No, the vans", or of "no we" without its comma."""
    if reading.norms[at] != "no" or is_apart(reading.turn.text, reading.tokens, at + 1):
        return False
    return not belongs(reading.tokens[at + 1], "subjects", "determiners", "lead") and reading.norms[at + 1] != "no"
