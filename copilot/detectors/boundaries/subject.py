"""What a phrase bars: the words around it, or the earlier turns with what it names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from ...findings import Boundary, Degree
from ...lexicon import Match, function_words, number_words
from ...quantities import Quantity
from ...reading import BACK_CHANNEL_WORDS, Reading
from ...text import Token, tokenize
from .discretion import classes
from .earlier import SCALES, latest, numbers_only, points_at, recall, tells_much, thread, told_amount, value_of
from .forms import is_parted
from .names import Meant, inside, meant, on_the_call, speaks_of_names, turns_of
from .phrases import OPENING, Phrase, announces, labels_in, lexicon, phrases_of
from .reach_facts import pointers, seeks_leave
from .withheld import may_be_of_number, says_why_not, withholds
from .words import ANSWER, SUBSTANCE, Said, as_said, lists, stems_of, substance, told_by

__all__ = [
    "POINTED", "Subject", "ahead_of", "back_from", "boundary", "left_out_by", "looks_forward", "may_go_on", "named_by", "names_left_out",
    "names_told", "settle", "told_in", "topic_of",
]  # fmt: skip

FACT = 2  # words, fillers aside, of the sentences before a phrase that may be what it bars: "The union was against it."
NAMING = 5  # words of a sentence that only names something, or of a turn that only tells an amount
FEW = 2  # most earlier turns with an amount for it to be theirs
OBJECT = 2  # words after a phrase that can be what it speaks of: "I'd rather you didn't use | her name"
ABOUT = 5  # words from the verb of a phrase to the "about" of what it asks not to write: "don't write the thing about | the prices"
POINTED = 0.5  # how much a turn must hold of what a phrase names for it to be clearly meant: one word of at most two turns
TELLS = 4  # words, fillers aside, that a request alone has at most: "not in the article, please"
TOLD = 12  # words, fillers aside, of what is barred that a boundary shows
_WRITING, _KEEPING = frozenset({"PUB", "SAY", "PUT"}), frozenset({"DROP", "SECRET"})
"""Classes of the words that say what is not to be done, write, tell or use, and of those that say what is: leave out, keep quiet."""


def settle(reading: Reading, phrase: Phrase, said: Said) -> Boundary | None:
    """Return the boundary of a phrase: the words barred, and the turns that contain them; None if it speaks of nothing told."""
    start, end, own = _place(reading, phrase)
    if phrase.reach == "amount":
        turns = {t for value in _amounts_of(reading, phrase, said) for t in said.get(value, ()) if t <= reading.turn.turn}
        if turns:
            return boundary(reading, start, end, turns.union(() if seeks_leave(reading) else own))
        if phrase.degree != "clear":
            return None
        phrase = phrase._replace(reach="back")  # No such amount was told: the number counts what was, "leave those two out".
    if phrase.reach == "mine":
        return boundary(reading, start, end, (*(() if substance(reading, 0, phrase.first) >= FACT else _own_before(reading)), *own))
    if says_why_not(reading, phrase):
        return None
    if (told := _announced(reading, phrase)) is not None:
        return boundary(reading, start, told, own)
    if any(_introduces(reading, p) for p in phrases_of(reading) if p.sentence == phrase.sentence):
        return boundary(reading, start, ahead_of(reading, phrase) or end, own)
    return _of_what_it_names(reading, phrase, said)


def _place(reading: Reading, phrase: Phrase) -> tuple[int, int, tuple[int]]:
    """Return where the sentence of a phrase starts and ends, and its own turn."""
    sentence = reading.sentences[phrase.sentence]
    return sentence.start, sentence.end, (reading.turn.turn,)


def _of_what_it_names(reading: Reading, phrase: Phrase, said: Said) -> Boundary | None:
    """Return the boundary of a phrase by the names in it, else by the number that it speaks of, else by what stands around it."""
    start, end, own = _place(reading, phrase)
    left_out, restated = left_out_by(reading, phrase, said), _restates(reading, 0, reading.tokens[phrase.first].start)
    if (recalled := _recalled(reading, phrase, said, left_out)) is not None:
        return recalled
    if _bars_name(reading, phrase):
        if not left_out.turns and not _may_be_named(reading, phrase):
            return None
        return boundary(reading, start, end, left_out.turns.union(() if left_out.sure else thread(reading)[-1:]) or own)
    if phrase.reach != "ahead" and _corrects(reading) and not restated and not _tells_own(reading, phrase):
        return boundary(reading, start, end, (reading.before[-1].turn.turn,))
    number = None if restated else _of_number(reading, phrase, said)
    return number or _of_what_stands_by(reading, phrase, said, left_out, restated=restated)


def _of_number(reading: Reading, phrase: Phrase, said: Said) -> Boundary | None:
    """Return the boundary of a phrase that speaks of a number, "the price", or "that number", which no reason may stand before."""
    back, clause = back_from(reading, phrase), _clause_end(reading, phrase.sentence, phrase.last)
    known = {"the"} if back is None else lists().known
    counting = (n for n in range(phrase.first + 1, clause) if reading.norms[n] in lists().counting and reading.norms[n - 1] in known)
    word = next(counting, None)
    if word is None or phrase.reach == "ahead":
        return None
    if (amount := _amount_meant(reading, phrase, reading.norms[word], said)) is not None:
        return amount
    alone = back is None and _subject(reading, phrase).names <= named_by(reading, [reading.tokens[word]])
    return _of_untold(reading, phrase) if alone else None


def _of_what_stands_by(reading: Reading, phrase: Phrase, said: Said, left_out: LeftOut, *, restated: bool) -> Boundary:
    """Return the boundary of a phrase by what stands ahead of it, before it in its turn, or in earlier turns."""
    start, end, own = _place(reading, phrase)
    back, ahead, names = back_from(reading, phrase), ahead_of(reading, phrase), _subject(reading, phrase).names
    if phrase.reach == "ahead" and ahead is not None:
        return boundary(reading, start, ahead, own)
    if back is None and names and (phrase.reach == "topic" or topic_of(reading, phrase)):
        # Nobody has told of it in these words: it may come, or be what was just said.
        return boundary(reading, start, end, (*thread(reading)[-1:], *own), "possible")
    if back is None and not names and looks_forward(reading, phrase, lists().forward):
        return boundary(reading, start, end, own)
    if substance(reading, 0, phrase.first) <= NAMING and (amounts := _amounts_to(reading, phrase)):
        return boundary(reading, start if back is None else back, end, {*own, *_turns_with(amounts, said)})
    listed = _listed(reading, phrase, said)
    if back is not None:
        on = _still_on(reading, phrase) if _points_back(reading, phrase) else ()
        return boundary(reading, back, end, (*_introduced(reading, said), *own, *left_out.turns, *listed, *_offered(reading), *on))
    if _is_about_itself(reading, phrase):
        return boundary(reading, start, end, own)
    earlier = () if restated else (_asked_about(reading, said) or (*thread(reading), *_turns_with(_amounts_asked(reading), said)))
    here = names or substance(reading, 0, phrase.first) >= FACT
    degree: Degree = "possible" if may_be_of_number(reading, phrase) else "clear"
    return boundary(reading, start, end, (*earlier, *(own if here else ()), *listed) or own, degree)


def may_go_on(reading: Reading) -> Iterator[Boundary]:
    """Yield the last answer as possibly barred by a phrase that has words before it: they may be what it bars, or only why."""
    for phrase in (p for p in phrases_of(reading) if p.degree == "clear" and p.reach != "mine"):
        back = back_from(reading, phrase)
        if back is not None and not _looks_on(reading, phrase) and (on := _still_on(reading, phrase)):
            yield boundary(reading, back, reading.sentences[phrase.sentence].end, on, "possible")


def _looks_on(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase is about what its turn goes on to tell: "this isn't announced, so pens down"."""
    sentence = reading.sentences[phrase.sentence]
    return announces(reading, sentence) or "this" in reading.norms[sentence.first : phrase.last]


def _still_on(reading: Reading, phrase: Phrase) -> tuple[int, ...]:
    """Return the last answer, where nothing was asked since and the words before a phrase tell no number or name, nor at length.

    They may then only say why: "We took 1.4 million out." "Impressive." "The board hasn't seen it, so keep that out."
    """
    last = reading.last
    if last is None or any(last.asks(s) for s in last.sentences) or not (last.is_customer or last.words <= BACK_CHANNEL_WORDS):
        return ()
    tells = _restates(reading, 0, reading.tokens[phrase.first].start) or substance(reading, 0, phrase.first) > TOLD
    return () if tells else thread(reading)[-1:]


def _points_back(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a sentence up to a phrase begins with a word for what was said before the turn: "It's under review, so ..."."""
    empty = (lists().filler | on_the_call(reading)) - lists().subject - pointers()["this"]
    sentences = reading.sentences[: phrase.sentence + 1]
    opening = (next((n for n in range(s.first, s.last) if reading.norms[n] not in empty), s.first) for s in sentences)
    return any(_points_at(reading, n) for n in opening if n < phrase.first)


def _points_at(reading: Reading, n: int) -> bool:
    """Return whether token n is a pronoun, or a word such as "that" before a verb or "number"."""
    if reading.norms[n] not in pointers()["this"] | pointers()["person"]:
        return False
    alone = reading.norms[n] not in lists().demonstrative
    return alone or not (function_words() | lists().verb | lists().counting).isdisjoint(reading.norms[n + 1 : n + 2])


def _tells_own(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a turn clearly asks for what it tells before a phrase, which is more than whom it speaks to and points at nothing."""
    empty = lists().filler | on_the_call(reading)
    told = sum(norm not in empty for norm in reading.norms[: phrase.first])
    return phrase.degree == "clear" and told >= SUBSTANCE and not _points_back(reading, phrase)


def _own_before(reading: Reading) -> tuple[int, ...]:
    """Return the last answer of a turn's own speaker."""
    return tuple(r.turn.turn for r in reading.before if r.turn.speaker == reading.turn.speaker and r.words >= ANSWER)[-1:]


def _offered(reading: Reading) -> tuple[int, ...]:
    """Return the turn that the interviewer has just offered to leave out: "we can leave that out". "Just leave the boy out of it."."""
    return thread(reading)[-1:] if reading.asked is not None and "ask.drop" in labels_in(reading.asked, "ask") else ()


def _listed(reading: Reading, phrase: Phrase, said: Said) -> Iterator[int]:
    """Yield the earlier turns that alone tell what a sentence lists after its phrase: "nothing about her, not the steps, nor the fall"."""
    last = reading.sentences[phrase.sentence].last
    places = range(phrase.last + 1, last - 1)
    nouns = [i + 1 for i in places if reading.norms[i - 1] in lists().listing and reading.norms[i] in lists().known]
    for name in named_by(reading, [reading.tokens[i] for i in nouns]):
        turns = [t for t in said.get(name, ()) if t < reading.turn.turn]
        yield from turns if len(turns) <= FEW else ()


def _recalled(reading: Reading, phrase: Phrase, said: Said, left_out: LeftOut) -> Boundary | None:
    """Return the boundary of a phrase that names something told in earlier turns, None if it names nothing that was."""
    start, last, names, marked = _subject(reading, phrase)
    first, end = reading.sentences[start].first, reading.sentences[phrase.sentence].end
    outside = stems_of(reading.tokens[:first]) | stems_of(() if marked else reading.tokens[phrase.last :])
    counting = next((norm for norm in reading.norms[first:last] if norm in lists().counting), None)
    if marked and not names and counting and (amount := told_amount(counting, said, reading.turn.turn)) is not None:
        return boundary(reading, reading.sentences[start].start, end, (amount,))
    absent = as_said(names - outside, said)
    if not absent or len(names - outside) * 2 <= len(names):
        return None
    degree: Degree = "clear"
    earlier = left_out.turns
    if colleague := _colleague(reading, first, last):
        earlier |= {colleague}
    elif marked or not left_out.sure:
        known = numbers_only(said) if counting else said
        found = (recall if marked or absent != names else latest)(absent | _asked_with(reading, absent), known, reading.turn.turn)
        pointed = points_at(absent, found, said)
        if marked and pointed > POINTED:
            earlier = frozenset(found)
        elif not left_out.sure:
            earlier = earlier.union(found)
        degree = "clear" if left_out.turns or pointed >= POINTED else "possible"
    if not earlier:
        return None
    told = back_from(reading, phrase) if topic_of(reading, phrase) else None
    again = told is not None or not names.isdisjoint(outside) or (marked and _restates(reading, reading.sentences[start].start, end))
    just = thread(reading)[-1:] if not left_out.sure and (_corrects(reading) or _bars_name(reading, phrase)) else ()
    covers = {*earlier, *just, *((reading.turn.turn,) if again else ())}
    return boundary(reading, reading.sentences[start].start if told is None else told, end, covers, degree)


def _amount_meant(reading: Reading, phrase: Phrase, word: str, said: Said) -> Boundary | None:
    """Return the boundary of a phrase that speaks of an amount by a word such as "price", None if no number told can be that.

    It is clear where the last answer told the number. Where the turn keeps back what it was asked for, that is what it means, unless
    an earlier turn surely told it, or the last answer may have.
    """
    sentence, own, just = reading.sentences[phrase.sentence], reading.turn.turn, thread(reading)
    kept_back, told = withholds(reading, phrase), told_amount(word, said, own)
    if kept_back and told not in just:
        told = told_amount(word, said, own, surely=True)
    degree: Degree = "clear" if told in just and not kept_back else "possible"
    return None if told is None else boundary(reading, sentence.start, sentence.end, (told, own), degree)


def _of_untold(reading: Reading, phrase: Phrase) -> Boundary:
    """Return the boundary of a phrase about an amount that nobody has told in numbers: the last answer may have, in other words."""
    sentence, own = reading.sentences[phrase.sentence], reading.turn.turn
    if withholds(reading, phrase):
        return boundary(reading, sentence.start, sentence.end, (own,))
    return boundary(reading, sentence.start, sentence.end, (*thread(reading)[-1:], own), "possible")


def _colleague(reading: Reading, first: int, last: int) -> int | None:
    """Return the last turn of another customer whose words tokens[first:last] speak of: "what Maya just said"."""
    words = {norm.removesuffix("'s") for norm in reading.norms[first:last]}
    if "just" not in words:
        return None
    others = (r for r in reversed(reading.before) if r.is_customer and r.words >= ANSWER and r.turn.speaker != reading.turn.speaker)
    return next((r.turn.turn for r in others if not words.isdisjoint(t.norm for t in tokenize(r.turn.speaker))), None)


def _amounts_to(reading: Reading, phrase: Phrase) -> set[str]:
    """Return what stands in `said` for the numbers that a turn tells up to the end of a phrase, but for small ones, which many tell."""
    end = reading.tokens[phrase.last - 1].end
    return {value_of(n) for q in reading.quantities if q.start < end for n in (q.low, q.high) if tells_much(n)}


def _amounts_asked(reading: Reading) -> set[str]:
    """Return what stands in `said` for the numbers of the question before a turn, but for small ones."""
    quantities = reading.asked.quantities if reading.asked else ()
    return {value_of(n) for q in quantities for n in (q.low, q.high) if tells_much(n)}


def _turns_with(amounts: Iterable[str], said: Said) -> Iterator[int]:
    """Yield the earlier turns with an amount that few tell."""
    for turns in (said.get(amount, ()) for amount in amounts):
        yield from turns if len(turns) <= FEW else ()


def _announced(reading: Reading, phrase: Phrase) -> int | None:
    """Return the end of what a turn tells after a sentence that announces it: "I'll tell you one thing, it's not for print. We ..."."""
    sentence = reading.sentences[phrase.sentence]
    opening = reading.norms[sentence.first : sentence.first + OPENING]
    if announces(reading, sentence) and _told_from(reading, phrase) is None:
        told = ahead_of(reading, phrase)
        return sentence.end if told is None and substance(reading, sentence.first, sentence.last) >= TOLD else told
    tells = "this" in opening and substance(reading, sentence.last, len(reading.tokens)) >= TOLD
    return ahead_of(reading, phrase) if tells else None


def _introduces(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase with "this" ends at a colon, which says that what follows is meant: "keep this between us: we're moving"."""
    end = _clause_end(reading, phrase.sentence, phrase.last)
    told = end < reading.sentences[phrase.sentence].last and end <= phrase.last + OBJECT
    colon = told and ":" in reading.turn.text[reading.tokens[end - 1].end : reading.tokens[end].start]
    return colon and "this" in reading.norms[phrase.first : phrase.last]


def _is_about_itself(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase is a whole sentence that tells something and has no word that points at anything else."""
    sentence = reading.sentences[phrase.sentence]
    points = any(not words.isdisjoint(reading.norms[sentence.first : sentence.last]) for words in pointers().values())
    return _is_whole(reading, phrase) and not points and substance(reading, sentence.first, sentence.last) > TELLS


def _is_whole(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase is a whole sentence."""
    sentence = reading.sentences[phrase.sentence]
    return (phrase.first, phrase.last) == (sentence.first, sentence.last)


def _corrects(reading: Reading) -> bool:
    """Return whether a customer speaks right after another one, without a question between them."""
    last = reading.last
    return last is not None and last.is_customer and last.words >= ANSWER and last.turn.speaker != reading.turn.speaker


class LeftOut(NamedTuple):
    """The turns with a name that is to be left out; not `sure` where another may be meant, or none."""

    turns: frozenset[int]
    sure: bool


def left_out_by(reading: Reading, phrase: Phrase, said: Said) -> LeftOut:
    """Return where the name was said that a phrase asks to leave out; nowhere where it asks for something else."""
    found = names_left_out(reading, phrase, said)
    turns = turns_of(found.names, reading, said) if found.names else frozenset[int]()
    return LeftOut(turns, found.sure and bool(turns))


def names_left_out(reading: Reading, phrase: Phrase, said: Said) -> Meant:
    """Return the names that a phrase asks to leave out."""
    sentence = reading.sentences[phrase.sentence]
    if _is_of_name(reading, phrase):
        return meant(reading, sentence, min(phrase.last + OBJECT, sentence.last), said)
    return Meant(inside(reading, phrase.first, phrase.last) if "mention" in reading.norms[phrase.first : phrase.last] else ())


def _is_of_name(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase speaks of a name, or offers other words in its place: "say a customer"."""
    sentence = reading.sentences[phrase.sentence]
    return speaks_of_names(reading.norms[sentence.first : min(phrase.last + OBJECT, sentence.last)]) or bool(
        reading.find(lexicon("instead"), sentence)
    )


def _bars_name(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase bars a name that this turn has not said."""
    if not _is_of_name(reading, phrase):
        return False
    return not _restates(reading, 0, reading.tokens[phrase.first].start, numbers=False)


def boundary(reading: Reading, start: int, end: int, covers: Iterable[int], degree: Degree = "clear") -> Boundary:
    """Return a boundary of this turn."""
    text = reading.turn.text[start:end]
    return Boundary(turn=reading.turn.turn, start=start, end=end, text=text, covers=tuple(sorted(set(covers))), degree=degree)


class Subject(NamedTuple):
    """Where a phrase's subject is named, from a sentence to a token, the words that name it, and whether it was said in an earlier turn."""

    start: int
    last: int
    names: set[str]
    marked: bool


def _subject(reading: Reading, phrase: Phrase) -> Subject:
    """Return what a phrase's subject is called.

    The words are in the phrase ("don't put the lady in"), after "about" ("don't write about the lady"), before it without a verb ("the
    lady, please don't write it"), or around "what I said about ..." in the sentences that lead up to it.
    """
    tokens, sentence = reading.tokens, reading.sentences[phrase.sentence]
    if (topic := topic_of(reading, phrase)) is not None:
        return topic
    told = _told_from(reading, phrase)
    if told is not None:
        first, last = told
        names = named_by(reading, tokens[reading.sentences[first].first : last]) | _told_of(reading, first, last)
        return Subject(first, last, names, True)
    if phrase.reach == "indirect":
        return Subject(phrase.sentence, phrase.last, set(), False)
    if names := named_by(reading, tokens[phrase.first : phrase.last]):
        return Subject(phrase.sentence, phrase.last, names, False)
    lead = list(tokens[sentence.first : phrase.first])
    while lead and lead[-1].norm in lists().copula:
        lead.pop()
    if any(t.norm in lists().verb or "'" in t.norm or t.norm.endswith("ed") for t in lead):
        return Subject(phrase.sentence, phrase.last, _fronted(reading, phrase), False)
    if names := named_by(reading, lead):
        return Subject(phrase.sentence, phrase.last, names, False)
    names = _named_before(reading, phrase.sentence)
    return Subject(phrase.sentence - bool(names), phrase.last, names, False)


def topic_of(reading: Reading, phrase: Phrase) -> Subject | None:
    """Return what a phrase asks not to write about, or what it asks not to write is so: "leave out that we raised the prices"."""
    if phrase.reach not in {"back", "indirect"}:
        return None
    last, known = reading.sentences[phrase.sentence].last, classes()
    denied = next((i for i in range(phrase.first, phrase.last) if known.get(reading.norms[i]) == "NOT"), phrase.last)
    verbs = ((i, known.get(reading.norms[i])) for i in range(phrase.first, phrase.last))
    verb = next((i for i, kind in verbs if kind in _KEEPING or (kind in _WRITING and i > denied)), phrase.last)
    end = _clause_end(reading, phrase.sentence, verb + 1)
    at = next((i for i in range(verb + 1, min(verb + ABOUT, end)) if _opens_topic(reading, i, end)), last)
    names = told_in(reading, range(at + 1, end))
    return Subject(phrase.sentence, end, names, True) if names else None


def told_in(reading: Reading, places: Iterable[int]) -> set[str]:
    """Return the stems of what the tokens at some places tell, where all but the words of asking may name something: "the price"."""
    asking, known = _WRITING | _KEEPING, classes()
    return _nameable(reading, [reading.tokens[i] for i in places if known.get(reading.norms[i]) not in asking], told_by)


def _told_of(reading: Reading, sentence: int, last: int) -> set[str]:
    """Return the stems of that of which something was said, in a sentence up to token `last`: "what I said of the park"."""
    found = reading.find(lexicon("reach"), reading.sentences[sentence])
    starts = [i for m in found for i in (m.last - 1, m.last) if i < last and reading.norms[i] in lists().regarding]
    return {name for i in starts for name in told_in(reading, range(i + 1, min(last, _clause_end(reading, sentence, i + 1))))}


def names_told(reading: Reading, phrase: Phrase, said: Said) -> bool:
    """Return whether a phrase asks not to write about something that was told in earlier turns: it then means no others."""
    topic = topic_of(reading, phrase)
    return topic is not None and bool(recall(as_said(topic.names, said), said, reading.turn.turn))


def _opens_topic(reading: Reading, at: int, end: int) -> bool:
    """Return whether token `at` is "about", or a "that" after which a clause up to token `end` tells what happened."""
    if reading.norms[at] != "that" or at + 1 >= end:
        return reading.norms[at] == "about"
    subject = reading.norms[at + 1] in lists().subject | lists().mine_or_theirs
    named = reading.turn.text[reading.tokens[at + 1].start].isupper()
    return (subject or named) and any(norm in lists().verb or "'" in norm or norm.endswith("ed") for norm in reading.norms[at + 2 : end])


def _fronted(reading: Reading, phrase: Phrase) -> set[str]:
    """Return what a sentence puts first, before a comma, and then only points at: "The roof, we're in court, so that stays out"."""
    sentence = reading.sentences[phrase.sentence]
    end = next((i for i in range(sentence.first + 1, phrase.first) if is_parted(reading, i)), sentence.first)
    words = [norm for norm in reading.norms[sentence.first : end] if norm not in lists().joining | {"but", "so", "well"}]
    says = any(norm in lists().verb or "'" in norm for norm in words)
    return named_by(reading, reading.tokens[sentence.first : end]) if words[:1] and words[0] in lists().known and not says else set()


def named_by(reading: Reading, tokens: Iterable[Token]) -> set[str]:
    """Return the stems of the words that name something: not the words of a number, nor somebody on the call, who is only spoken to."""
    return _nameable(reading, tokens, stems_of)


def _nameable(reading: Reading, tokens: Iterable[Token], stems: Callable[[Sequence[Token]], set[str]]) -> set[str]:
    aside = on_the_call(reading) | number_words()
    return stems([t for t in tokens if not aside.issuperset(t.norm.removesuffix("'s").split("-"))])


def _named_before(reading: Reading, at: int) -> set[str]:
    """Return what the sentence before names, if it only names something: "The discount. I'd rather you didn't print it."."""
    if at == 0:
        return set()
    tokens = reading.tokens[reading.sentences[at - 1].first : reading.sentences[at - 1].last]
    says = any(t.norm in lists().verb or "'" in t.norm for t in tokens) or classes().get(tokens[0].norm) in {"PUB", "PUT"}
    told = sum(t.norm not in lists().filler for t in tokens)
    return named_by(reading, tokens) if told <= NAMING and not says else set()


def _told_from(reading: Reading, phrase: Phrase) -> tuple[int, int] | None:
    """Return where the speaker returns to something said: the sentence, a phrase's or one of three before, and the token after the words.

    None if there is none. In the sentence of the phrase the words end with the clause that returns, or with the phrase: what follows is
    a reason.
    """
    if _repeats(reading, phrase.sentence, phrase.first, phrase.last):
        return None
    told, last, at = None, phrase.last, phrase.sentence
    for n in range(at, max(-1, at - 4), -1):
        found = [m for m in reading.find(lexicon("reach", "resume"), reading.sentences[n]) if not _tells(reading, n, m, phrase)]
        labels = {m.label for m in found}
        if n == at and found:
            clause = max(_clause_end(reading, n, m.last) for m in found)
            last = clause if _is_whole(reading, phrase) else max(phrase.last, clause)
        if "resume" in labels or (labels and (told is None or (told == n + 1 and told != at))):
            told = n
    return None if told is None else (told, last)


def _clause_end(reading: Reading, sentence: int, at: int) -> int:
    """Return the token at which the clause ends that token `at` of a sentence continues."""
    last = reading.sentences[sentence].last
    return next((i for i in range(at, last) if is_parted(reading, i)), last)


def _repeats(reading: Reading, sentence: int, first: int, last: int) -> bool:
    """Return whether what words name was told before them in the turn: "we buy Haleford, well, forget I said Haleford".

    They are tokens[first:last] of a sentence, with the rest of their clause.
    """
    named = stems_of(reading.tokens[first : _clause_end(reading, sentence, last)])
    return bool(named) and named <= stems_of(reading.tokens[:first])


def _tells(reading: Reading, sentence: int, back: Match, phrase: Phrase) -> bool:
    """Return whether a turn itself tells what its words in a sentence seem to go back to: "we lost two vans, and that number ..."."""
    if back.label != "reach.part":
        return _repeats(reading, sentence, back.first, back.last)
    start, end = reading.tokens[back.first].start, reading.sentences[phrase.sentence].end
    return substance(reading, 0, back.first) >= SUBSTANCE or any(start <= q.start < end for q in reading.quantities)


def _restates(reading: Reading, start: int, end: int, numbers: bool = True) -> bool:
    """Return whether text[start:end] itself contains a number, or a name that is a secret."""
    if numbers and any(start <= q.start < end for q in reading.quantities):
        return True
    within = [n for n, t in enumerate(reading.tokens) if start <= t.start < end]
    return bool(within) and bool(inside(reading, within[0], within[-1] + 1))


def back_from(reading: Reading, phrase: Phrase) -> int | None:
    """Return the start of the words before a phrase that say enough to be what it bars; None if there are none."""
    start = None
    for n in range(phrase.sentence, -1, -1):
        said = substance(reading, _told_after(reading, n, phrase.first), phrase.first)
        if said >= SUBSTANCE:
            start = reading.sentences[n].start
        if said >= TOLD:
            break
    return start


def _told_after(reading: Reading, sentence: int, last: int) -> int:
    """Return the token from which a sentence tells something, after a clause before token `last` that only puts off: "I'll ask Jo, but"."""
    put_off = [m for m in reading.find(lexicon("defer", "consult"), reading.sentences[sentence]) if m.last <= last]
    return min(last, max((_clause_end(reading, sentence, m.last) for m in put_off), default=reading.sentences[sentence].first))


def ahead_of(reading: Reading, phrase: Phrase) -> int | None:
    """Return the end of the words after a phrase that say enough to be what it bars; None if there are none."""
    for sentence in reading.sentences[phrase.sentence :]:
        if substance(reading, phrase.last, sentence.last) >= SUBSTANCE:
            return sentence.end
    return None


def _introduced(reading: Reading, said: Said) -> tuple[int, ...]:
    """Return the turn that names the person whose story this turn continues, or what it won't speak of; () if it starts its own."""
    if reading.tokens[0].norm in lists().he_or_she:
        return _asked_about(reading, said) or thread(reading)[-1:]
    if reading.asked and reading.find(lexicon("for_another"), reading.sentences[0]):
        return _asked_about(reading, said) or tuple(r.turn.turn for r in reading.before[-2:-1] if r.is_customer)
    return ()


def _names_asked(reading: Reading) -> set[str]:
    """Return what the questions before a turn name with an article or "your": what both sides know of."""
    asked = reading.asked
    if asked is None:
        return set()
    places = (i for s in asked.sentences if asked.asks(s) for i in range(s.first + 1, s.last))
    return named_by(asked, [asked.tokens[i] for i in places if asked.norms[i - 1] in lists().known])


def _asked_with(reading: Reading, names: Collection[str]) -> set[str]:
    """Return what the questions before a turn name besides, if they name any of the same."""
    asked = _names_asked(reading)
    return set() if asked.isdisjoint(names) else asked


def _asked_about(reading: Reading, said: Said) -> tuple[int, ...]:
    """Return the turns that the questions before a turn come back to, by words that few turns hold; () where they only go on."""
    names = _names_asked(reading)
    last = next((r for r in reversed(reading.before) if r.is_customer and r.words >= ANSWER), None)
    if last is None or not names.isdisjoint(stems_of(last.tokens)):
        return ()
    found = recall(names, said, reading.turn.turn)
    return found if points_at(names, found, said) >= POINTED else ()


def _amounts_of(reading: Reading, phrase: Phrase, said: Said) -> set[str]:
    """Return what stands in `said` for the numbers in the clause of a phrase, but for small ones that the last answer did not tell.

    "The sixty" is the sixty or the sixty thousand, whichever was told last.
    """
    start, last = reading.tokens[phrase.first].start, _clause_end(reading, phrase.sentence, phrase.last)
    end = reading.tokens[last - 1].end
    told = [q for q in reading.quantities if start <= q.start < end and not _is_ordinal(q)]
    lately = [q for past in [r for r in reading.before if r.is_customer][-1:] for q in past.quantities]
    amounts = {n for q in told for n in (q.low, q.high) if tells_much(n) or any(_is_told_by(reading, q, past) for past in lately)}
    out: set[str] = set()
    for keys in ([value_of(n * scale) for scale in SCALES] for n in amounts):
        lately_told = max((t for key in keys for t in said.get(key, ())), default=None)
        out.update(key for key in keys if lately_told in said.get(key, ()))
    return out


def _is_told_by(reading: Reading, quantity: Quantity, past: Quantity) -> bool:
    """Return whether a number of a turn may be one told before it: not that of "those two", nor that of "the two names" for two years."""
    before = next((t.norm for t in reversed(reading.tokens) if t.end <= quantity.start), "")
    alike = quantity.unit is None or quantity.unit == past.unit
    return alike and before not in lists().several and not {quantity.low, quantity.high}.isdisjoint((past.low, past.high))


def _is_ordinal(quantity: Quantity) -> bool:
    """Return whether a share is told in one word, which may count in order as well: "the third"."""
    return quantity.unit == "percent" and quantity.text.isalpha()


def _may_be_named(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a turn may tell the name that a phrase leaves out: it has one, or has no capitals at all.

    What a phrase offers in place of a name that nobody has told bars nothing: "Which hotel was it?" "Just say a hotel.".
    """
    if not reading.find(lexicon("instead"), reading.sentences[phrase.sentence]) or reading.turn.text.islower():
        return True
    return bool(inside(reading, 0, len(reading.tokens)))


def looks_forward(reading: Reading, phrase: Phrase, words: Collection[str]) -> bool:
    """Return whether a phrase with nothing said before it is about what comes next: "is this between us?", "if I tell you ..."."""
    sentence = reading.sentences[phrase.sentence]
    said = reading.norms[sentence.first : sentence.last]
    asks = phrase.reach == "ahead" and reading.asks(sentence)
    return asks or said[:2] == ("if", "i") or (phrase.reach == "ahead" and any(word in words for word in said))
