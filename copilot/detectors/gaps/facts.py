"""The facts for and against gaps: of a turn, and of each of its sentences.

A fact is a name with a strength between 0 and about 1; a fact that does not hold is absent. The weights in `copilot/data/gaps.json`
and the training script refer to these names, so that what is trained is what is shipped.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log1p
from typing import NamedTuple

from ...background import Background
from ...lexicon import words_of
from ...quantities import Quantity
from ...quantities.units import DURATIONS
from ...questions import Question, read_question
from ...reading import Reading
from ...statements.terms import is_glossed, is_known
from ...text import ACRONYM, Sentence, norms, stem, tokenize
from ..topics import informed
from .signs import find_signs, sign_facts
from .telling import sentence_telling
from .threads import count_announced
from .waiting import content_stems, stems_said

__all__ = ["Facts", "Mark", "sentence_facts", "turn_facts", "unexplained_terms", "wording_facts"]

Facts = dict[str, float]


class Mark(NamedTuple):
    """A finding of another detector at text[start:end] of the turn, as a named fact."""

    label: str
    start: int
    end: int


WORD = 0.8
"""How much a word counts beside a fact that tells a gap by itself."""
FULL_WORDS, FULL_SENTENCES, FULL_NUMBERS = 50, 4, 3  # sizes of a full answer
# A capital is looked for first, and only then at what stands before it: few words have one.
_NAME = re.compile(r"[A-Z](?<![.?!…:] .)(?<!^.)(?<![\"“\w].)[a-z]+\b")
_LENGTHS = (3, 6, 10, 16, 25, 40)  # words of a sentence: edges of the bins that the weights know
_NUMBERLESS = ("change", "comparative", "vague_amount", "money", "bare_unit", "frequency", "failure", "abstract_measure", "blame", "now")
_NUMBERLESS_PAIRS = (("change", "vague_amount"), ("comparative", "vague_amount"), ("money", "vague_amount"), ("money", "change"))


def unexplained_terms(reading: Reading) -> list[tuple[int, int]]:
    """Return the spans of acronyms that neither the background, the call, general use nor the words after them explain."""
    found = ACRONYM.finditer(reading.turn.text)
    return [m.span() for m in found if not is_known(reading, m.group()) and not is_glossed(reading, m.end())]


_PROPER = re.compile(r"[A-Z](?:(?<=[a-z,;:] .)|(?<=[a-z,] [“\"‘'].))[\w&-]*(?: (?:[A-Z][\w&-]*|one|two|three|four|five|zero|\d+))*")


@lru_cache(maxsize=8)
def _known_words(b: Background) -> frozenset[str]:
    """Return the capitalised words that are not new names: usual ones, and the background's names, product, company and terms."""
    parts = [b.vendor or "", b.product or "", b.customer.company or "", *b.terms, *b.customer.facts, *(p.name for p in b.participants)]
    told = frozenset(t.norm.split("'")[0] for t in tokenize(" ".join(parts)))
    return told | words_of("evidence.usual_names") | words_of("quantities.months.names")


def new_names(reading: Reading, seen: Container[str] = ()) -> list[tuple[int, int, bool]]:
    """Return the spans of mid-sentence names that are new in background and call, and whether a determiner comes before each."""
    known = _known_words(reading.background)
    out = []
    for m in _PROPER.finditer(reading.turn.text):
        words = [t.norm.split("'")[0] for t in tokenize(m.group())]
        if not words or any(w in known or stem(w) in seen for w in words):
            continue
        before = reading.turn.text[: m.start()].rstrip(" “\"‘'").rsplit(" ", 1)[-1].lower()
        out.append((m.start(), m.end(), before in words_of("evidence.determiners")))
    return out


def turn_facts(reading: Reading, marks: Sequence[Mark] = ()) -> Facts:
    """Return the facts about a turn as a whole: its length, what was asked, its content, and the marks of other detectors."""
    text, words = reading.turn.text, reading.words
    question = read_question(reading.question)
    names = len(_NAME.findall(text))
    facts = informed(reading)
    # What a sentence lacks does not come with what is said long after it: beyond these sizes an answer counts as no fuller.
    facts["log words"] = log1p(min(words, FULL_WORDS)) / 5
    facts["sentences"] = min(len(reading.sentences), FULL_SENTENCES) / 12
    facts["numbers"] = min(len(reading.quantities), FULL_NUMBERS) / 6
    facts["number density"] = min(1.0, len(reading.quantities) / max(8, words) * 10)
    facts["name density"] = min(1.0, names / max(8, words) * 10)
    facts.update((f"asked {ask}", 1.0) for ask in question.asks)
    facts.update((f"asked {ask} short", 1.0) for ask in question.asks if words <= 12)
    facts.update((f"turn marked {mark.label}", 1.0) for mark in marks)
    facts.update(_answer(reading, question))
    return facts


def _answer(reading: Reading, question: Question) -> Facts:
    """Return the facts about how the turn answers the question."""
    words = reading.words
    little = words_of("evidence.little")
    content = set(reading.norms) - little
    asked = set(question.text.lower().replace("?", " ").replace(",", " ").split()) - little
    facts: Facts = {}
    facts["question repeats"] = _share(content_stems(norms(question.text)), _last_answer(reading))
    facts["echo"] = len(content & asked) / max(4, len(asked))
    facts["novelty"] = log1p(len(content - asked)) / 5
    earlier = [b.words for b in reading.before if b.is_customer]
    if earlier:
        facts["relative length"] = max(-1.0, min(1.0, (log1p(words) - log1p(sum(earlier) / len(earlier))) / 3))
    return facts


def _numbers_asked(reading: Reading) -> Sequence[Quantity]:
    """Return the numbers that the question proposes or reads back."""
    return reading.asked.quantities if reading.asked else ()


def _last_answer(reading: Reading) -> frozenset[str]:
    """Return the stems of the customers' turn before this one: who is asked about its words is asked to complete it."""
    return next((stems_said(b) for b in reversed(reading.before) if b.is_customer), frozenset())


def _share(stems: frozenset[str], of: frozenset[str]) -> float:
    """Return the share of stems that are among others."""
    return len(stems & of) / max(1, len(stems))


def sentence_facts(reading: Reading, marks: Sequence[Mark] = (), seen: Container[str] = ()) -> list[Facts]:
    """Return the facts about each sentence of a turn: its cues and numbers, what its neighbours supply, and its marks.

    `seen` are the stems of the words of earlier turns.
    """
    labels = [reading.cue_labels(s) for s in reading.sentences]
    numbers = [reading.quantities_in(s) for s in reading.sentences]
    terms = unexplained_terms(reading)
    names = new_names(reading, seen)
    stems = [content_stems(reading.words_in(s)) for s in reading.sentences]
    signs = find_signs(reading)
    told = _last_answer(reading)
    last = len(labels) - 1
    out = []
    for i, sentence in enumerate(reading.sentences):
        after = labels[i + 1] if i < last else set()
        near = bool(numbers[i]) or (i < last and bool(numbers[i + 1]))
        facts = {} if near else _numberless(labels[i])
        facts.update(sign_facts(signs[i], near, "reason" in labels[i] | after))
        facts.update(_numbers(numbers, i, labels[i], after))
        facts.update(_numbers_around(reading, numbers, i))
        facts.update(_shape(reading, sentence, i, last))
        facts.update(_grammar(reading.words_in(sentence)))
        facts.update(_figures(reading, numbers[i]))
        if count_announced(reading, sentence):
            facts["announces"] = 1.0
        facts.update(sentence_telling(reading, i))
        facts.update(_thread(reading, stems, i, seen))
        facts["repeats"] = _share(stems[i], told)
        explains = "explain" in labels[i] | after
        kinds = (
            "new named thing" if determined else "new name" for start, _, determined in names if sentence.start <= start < sentence.end
        )
        for kind in kinds:
            facts.update({kind: 1.0} if explains else {kind: 1.0, f"{kind}, not explained": 1.0})
        facts.update((f"marked {m.label}", 1.0) for m in marks if m.start < sentence.end and m.end > sentence.start)
        if any(sentence.start <= start < sentence.end for start, _ in terms):
            facts["has term"] = 1.0
            facts["has term, no explanation"] = 0.0 if explains else 1.0
        out.append(facts)
    return out


def wording_facts(reading: Reading, sentence: Sentence) -> Facts:
    """Return the words of a sentence, its word pairs, and how it begins and ends as facts; the weights know the common ones."""
    words = reading.words_in(sentence)
    facts = dict.fromkeys((f"word {norm}" for norm in words), WORD)
    facts.update((f"words {a} {b}", WORD) for a, b in pairwise(words))
    return facts | dict.fromkeys((f"begins {words[0]}", f"begins {' '.join(words[:2])}", f"ends {words[-1]}"), 1.0)


def _thread(reading: Reading, stems: list[frozenset[str]], i: int, seen: Container[str]) -> Facts:
    """Return facts about whether the turn continues with what sentence i says, or drops it."""
    here, rest = stems[i], frozenset().union(*stems[i + 1 :])
    facts: Facts = {}
    if i + 1 < len(stems):
        first = reading.norms[reading.sentences[i + 1].first]
        facts["next elaborates"] = float(first in words_of("evidence.elaborates"))
        facts["next adds"] = float(first in {"and", "but", "also", "then", "plus", "oh", "so"})
        facts["next goes on"] = float(bool(here & stems[i + 1]))
        facts["taken up later"] = float(bool(here & rest))
        facts["left behind"] = float(not here & rest and first not in words_of("evidence.elaborates"))
    fresh = sum(1 for s in here if s not in seen)
    facts["fresh words"] = min(1.0, fresh / 6)
    facts["all fresh"] = float(bool(here) and fresh == len(here))
    facts["nothing fresh"] = float(fresh == 0)
    if len(here) <= 2:
        facts["little content"] = 1.0
        if i == len(stems) - 1 and reading.ends:
            facts["little content at the end"] = 1.0
    return {name: value for name, value in facts.items() if value}


def _numberless(labels: set[str]) -> Facts:
    """Return the facts about cues that a number would complete, of a sentence without one near it."""
    facts = {f"{label} without number": 1.0 for label in _NUMBERLESS if label in labels}
    facts.update((f"{a} and {b} without number", 1.0) for a, b in _NUMBERLESS_PAIRS if a in labels and b in labels)
    return facts


def _numbers(numbers: Sequence[Sequence[Quantity]], i: int, labels: set[str], after: set[str]) -> Facts:
    """Return facts about the quantities in and next to sentence i."""
    held = {
        "number": bool(numbers[i]),
        "several numbers": len(numbers[i]) > 1,
        "number next": i + 1 < len(numbers) and bool(numbers[i + 1]),
        "number before": i > 0 and bool(numbers[i - 1]),
        "percent": any(q.unit == "percent" for q in numbers[i]),
        "duration": any(q.unit in DURATIONS for q in numbers[i]),
        "approximate": any(q.approximate for q in numbers[i]),
    }
    if numbers[i]:
        held |= {
            "lone number with change": "change" in labels and len(numbers[i]) == 1 and "before" not in labels | after,
            "number without period": not (labels | after) & {"period"},
            "number with hedge": "hedge" in labels,
            "number with hearsay": "hearsay" in labels,
            "number with measure": "abstract_measure" in labels,
            "number with source": "measure_source" in labels | after,
            "number with now": "now" in labels,
        }
    return {name: 1.0 for name, holds in held.items() if holds}


def _figures(reading: Reading, numbers: Sequence[Quantity]) -> Facts:
    """Return facts about what the quantities of a sentence are, and whether they are those that the question proposed."""
    told = [q for q in numbers if not q.is_rate]
    proposed = {end for q in _numbers_asked(reading) for end in (q.low, q.high)}
    held = {
        "figure of a change": any(q.change for q in told),
        "figure per period": any(q.period for q in told),
        "figure with the one before": any(q.baseline for q in told),
        "figure of a range": any(q.low != q.high for q in told),
        "figure as asked": any(q.high in proposed for q in told),
        "figure not as asked": bool(told and proposed) and all(q.high not in proposed for q in told),
    }
    return {name: 1.0 for name, holds in held.items() if holds}


def _grammar(words: Sequence[str]) -> Facts:
    """Return facts about the tense and the subject of a sentence: who tells what had happened before gives the ground of a story."""
    subject = next((w.split("'")[0] for w in words if w not in words_of("evidence.lead_ins")), "")
    held = {
        "subject I": subject == "i",
        "subject determined": subject in words_of("evidence.definite"),
        "past perfect": any((a == "had" or a.endswith("'d")) and _is_participle(b) for a, b in pairwise(words)),
        "progressive": any(_is_form_of_be(a) and b.endswith("ing") and len(b) > 4 for a, b in pairwise(words)),
        "adverb of manner": any(w.endswith("ly") and w not in words_of("evidence.other_ly") for w in words),
    }
    return {name: 1.0 for name, holds in held.items() if holds}


def _is_participle(word: str) -> bool:
    """Return whether a word may be a past participle, or an adverb that comes before one."""
    return (word.endswith("ed") and len(word) > 3) or word in words_of("evidence.participles")


def _is_form_of_be(word: str) -> bool:
    return word in {"is", "are", "was", "were"} or word.endswith(("'re", "'m"))


def _numbers_around(reading: Reading, numbers: Sequence[Sequence[Quantity]], i: int) -> Facts:
    """Return facts about the numbers of sentence i, or the lack of one, beside those of its turn and of the question."""
    asked, here = {q.unit for q in _numbers_asked(reading)}, {q.unit for q in numbers[i]}
    units = [q.unit for q in reading.quantities]
    if here:
        held = {
            "number in first sentence": i == 0,
            "unit twice": any(units.count(unit) > 1 for unit in here),
            "unit of the question": bool(here & asked),
        }
    else:
        held = {
            "no number, one earlier": any(numbers[:i]),
            "no number, one later": any(numbers[i + 1 :]),
            "no number, one in question": bool(asked),
        }
    return {name: 1.0 for name, holds in held.items() if holds}


def _shape(reading: Reading, sentence: Sentence, i: int, last: int) -> Facts:
    """Return facts about the form of a sentence and its place in the turn."""
    words = reading.words_in(sentence)
    text = reading.turn.text[sentence.start : sentence.end]
    only = last == 0 and reading.is_whole
    held = {
        "first sentence": reading.opens and i == 0 and not only,
        "last sentence": reading.ends and i == last and not only,
        "only sentence": only,
        "asks": "?" in text,
        "has name": bool(_NAME.search(text)),
        "has but": "but" in words,
        "has now": "now" in words,
        "present": not words_of("evidence.present").isdisjoint(words),
        "about us": bool({"we", "our", "us", "we've", "we'd", "we're"} & set(words)),
        "about me": bool({"i", "my", "me", "i've", "i'd", "i'm"} & set(words)),
        "superlative": any(w.endswith("est") and len(w) > 5 for w in words) or "most" in words,
        "comparative form": any(w.endswith("er") and b == "than" for w, b in pairwise(words)),
        "starts with it": words[0] in words_of("evidence.pointing"),
        "starts with and": words[0] in {"and", "but", "so", "then"},
    }
    facts = {f"sentence {name}": 1.0 for name, holds in held.items() if holds}
    facts.update((f"sentence words>{edge}", 1.0) for edge in _LENGTHS if len(words) > edge)
    facts["sentence place"] = i / max(1, last)
    facts["words after"] = min(1.0, (len(reading.turn.text) - sentence.end) / 400)
    return facts
