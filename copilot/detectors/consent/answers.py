"""What a customer answers to the question for leave to record."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise
from typing import Literal

from ...lexicon import Match, denies, function_words, words_of
from ...reading import Reading, once
from ...text import Sentence
from .asking import EARLY, ECHO, asks, asks_in_phrases, labels_in, lexicon
from .events import ConsentEvent

__all__ = ["answer", "is_on_cue", "says_yes", "taken_up"]

FOLLOWED = 8  # turns after the question within which it can be answered
PLAIN_YES = 8  # words at the start of a sentence in which it says yes or no, or doubts
FIRST = 3  # sentences at the start of an answer in which it says yes or no
PAIR = 2  # customers on a call in which each may have to agree
SUPPOSED = 3  # most words from "if" to a yes that it makes no yes: "let me see if that's okay"


@once
def answer(reading: Reading) -> ConsentEvent | None:
    """Return what a customer's turn answers to the question for leave, None where it does not; the answer can be taken back at any time."""
    turn, speaker = reading.turn.turn, reading.turn.speaker
    return (
        _answer(reading)
        or (ConsentEvent("refused", turn, speaker) if _takes_back(reading) or _objects(reading) else None)
        or (ConsentEvent("assumed", turn, speaker) if _offers(reading) or _accepts(reading) else None)
    )


def _offers(reading: Reading) -> bool:
    """Return whether a customer says unasked, as the call begins, that it may be recorded: "feel free to record this"."""
    if reading.turn.turn > EARLY:
        return False
    found = ((s, m) for s in reading.sentences if not reading.asks(s) for m in reading.find(lexicon(), s) if m.label == "offered")
    return any(m.first == _clause_start(reading, s, m) and "denied" not in _opening(reading, s) for s, m in found)


def _accepts(reading: Reading) -> bool:
    """Return whether a turn says yes to the notice before it that the call is recorded."""
    return _is_told(reading) and _verdict(reading, reading.before[-1]) in {"granted", "assumed"}


def _objects(reading: Reading) -> bool:
    """Return whether a turn objects to the notice before it: "I'd rather you stopped"; a plain "no" answers nothing there."""
    return _is_told(reading) and "refused" in _openings(reading) and not _reserves(reading)


def _is_told(reading: Reading) -> bool:
    """Return whether the turn before says that the call is recorded, early in it, and asks nothing."""
    asked = reading.asked
    if asked is None or asked.turn.turn > EARLY or any(asked.asks(s) for s in asked.sentences):
        return False
    labels = set().union(*(labels_in(asked, s) for s in asked.sentences))
    return "told" in labels and "booked" not in labels


def _takes_back(reading: Reading) -> bool:
    """Return whether a turn wants the recording deleted or not made after all, at once: not "delete it once you have written it up"."""
    return any(_withdraws(reading, s) for s in reading.sentences)


def _withdraws(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence takes leave back now: another is not quoted in it, and no other recording named ("the audio files")."""
    found = reading.find(lexicon(), sentence)
    telling = words_of("consent.lists.telling")
    if not {m.label for m in found}.isdisjoint({"later", "on_cue"}) or not telling.isdisjoint(reading.words_in(sentence)):
        return False
    return any(_is_of_this_call(reading, sentence, m) for m in found if m.label == "withdrawn" or _is_bare_order(reading, sentence, m))


def _is_bare_order(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a phrase is the order to delete the recording and begins its clause: not "we delete the tapes"."""
    return match.label == "wipe" and match.first == _clause_start(reading, sentence, match)


def _is_of_this_call(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether no word after the word for a recording makes another of it: "the recording app", "recording every trip"."""
    following = reading.norms[match.last : min(match.last + 1, _clause_end(reading, sentence, match))]
    return all(
        n in words_of("consent.lists.soon") or (n in function_words() and n not in words_of("consent.lists.others")) for n in following
    )


def _answer(reading: Reading) -> ConsentEvent | None:
    question = _question(reading)
    if question is None:
        return None
    asked, plainly, pending = question
    turn, speaker = reading.turn.turn, reading.turn.speaker
    if pending:
        kind = _verdict(reading, asked)
        if kind in {None, "refused"}:
            return kind and ConsentEvent(kind, turn, speaker)
        sure = kind == "granted" and (plainly or "explicit" in _openings(reading))
        yes: Literal["granted", "assumed"] = "granted" if sure else "assumed"
        if _speaks_for_all(reading) or not _is_to_group(reading, asked):
            return ConsentEvent(yes, turn, speaker)
        return ConsentEvent("agreed" if sure and _awaits_another(reading, asked) else yes, turn, speaker, joins=asked.turn.turn)
    said = _openings(reading)
    if "refused" in said:
        return ConsentEvent("refused", turn, speaker)
    explicit = any("explicit" in labels_in(reading, s) for s in reading.sentences) and "denied" not in said
    return ConsentEvent("granted", turn, speaker) if explicit else None


def _verdict(reading: Reading, asked: Reading) -> Literal["granted", "assumed", "refused"] | None:
    """Return whether the first words of an answer agree, None where they do neither.

    A yes with a doubt before it, or with a no after it or to a part of what was asked, is one to confirm: "okay, hmm, no". So is a
    condition without a yes: "switch it off when we get to the price". To "do you mind?" "of course not" is no doubt.
    """
    said = _openings(reading)
    minds = any("mind" in labels_in(asked, s) for s in asked.sentences)
    if "refused" in said and not _reserves(reading):
        return "refused"
    if "granted" in said:
        doubts = {"withheld"} if minds else {"withheld", "negated"}
        unsure = _withholds(reading, doubts) or _hedges(reading) or (not minds and _ends_in_no(reading))
        return "assumed" if unsure else "granted"
    if "condition" in said:
        return "assumed"
    if "denied" not in said:
        return None
    if not minds:
        return "refused"
    return None if "withheld" in said else "granted"


def _withholds(reading: Reading, doubts: Set[str]) -> bool:
    """Return whether a yes with one of the labels `doubts` is left standing: no later sentence begins with a yes, or says to record.

    "I do not have long. Yes, go ahead." leaves none.
    """
    left = False
    for sentence in reading.sentences[:FIRST]:
        found = _first_words(reading, sentence)
        labels = {m.label for m in found}
        if not doubts.isdisjoint(labels) and not _keeps_out(reading, sentence):
            left = True
        elif "explicit" in labels or any(m.label == "granted" and m.first == sentence.first for m in found):
            left = False
    return left


def _hedges(reading: Reading) -> bool:
    """Return whether a doubt stands in the sentence of a yes, before it: "perhaps later, sure"."""
    doubts = words_of("consent.lists.hedges")
    return any(
        m.label == "granted" and not doubts.isdisjoint(reading.norms[s.first : m.first])
        for s in reading.sentences[:FIRST]
        for m in _first_words(reading, s)
    )


def _ends_in_no(reading: Reading) -> bool:
    """Return whether a no follows the last yes in the first words of an answer.

    One with a noun is none, nor is one that keeps something out of the story: "sure, no secrets here", "the picture, no".
    """
    found = [m for s in reading.sentences[:FIRST] if "reserved" not in labels_in(reading, s) for m in _first_words(reading, s)]
    last = max((m.first for m in found if m.label == "granted"), default=len(reading.norms))
    return any(m.label == "denied" and m.first > last and not _has_noun(reading, m) for m in found)


def _has_noun(reading: Reading, match: Match) -> bool:
    """Return whether a word that names something follows a phrase in its clause."""
    return match.last < len(reading.tokens) and not _is_cut(reading, match.last) and reading.norms[match.last] not in function_words()


def _reserves(reading: Reading) -> bool:
    """Return whether an answer agrees and then only keeps something out of the story, or at last says in so many words to record.

    "Yes. I'd rather you didn't use my surname." "I'm not comfortable with cameras. But record me, go on."
    """
    agreed = refused = False
    for sentence in reading.sentences[:FIRST]:
        opening = _opening(reading, sentence)
        if "refused" in opening and not ((agreed or _agrees_first(reading, sentence)) and _keeps_out(reading, sentence)):
            agreed, refused = False, True
        elif "explicit" in opening or ("granted" in opening and not refused):
            agreed = True
    return agreed


def _agrees_first(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence says yes before it refuses something: "yes, but no video"."""
    found = _first_words(reading, sentence)
    refused = min((m.first for m in found if m.label == "refused"), default=sentence.last)
    return any(m.label == "granted" and m.first < refused for m in found)


def _keeps_out(reading: Reading, sentence: Sentence) -> bool:
    """Return whether each refusal in a sentence speaks, in its clause, of the story or of the camera, and none of the recording.

    "I'd rather you didn't, it's a delicate story" refuses the recording.
    """
    found = reading.find(lexicon(), sentence)
    reserved = [m for m in found if m.label == "reserved"]
    refusals = [m for m in found if m.label in {"refused", "switched", "denied"}]
    clauses = [(_clause_start(reading, sentence, m), _clause_end(reading, sentence, m)) for m in refusals]
    apart = any(not any(first <= r.first < last for r in reserved) for first, last in clauses)
    return bool(reserved) and not apart and "record" not in {m.label for m in found}


def _clause_end(reading: Reading, sentence: Sentence, match: Match) -> int:
    """Return the index of the word after the clause that a phrase ends in."""
    return next((n for n in range(match.last, sentence.last) if _is_cut(reading, n)), sentence.last)


def _clause_start(reading: Reading, sentence: Sentence, match: Match) -> int:
    """Return the index of the first word of the clause that a phrase begins in; "so" and "but" begin one without a comma."""
    joins = words_of("consent.lists.joins")
    parted = (n for n in range(match.first, sentence.first, -1) if _is_cut(reading, n) or reading.norms[n - 1] in joins)
    return next(parted, sentence.first)


def _is_cut(reading: Reading, n: int) -> bool:
    """Return whether a comma stands before a word."""
    return "," in reading.turn.text[reading.tokens[n - 1].end : reading.tokens[n].start]


def taken_up(reading: Reading) -> ConsentEvent | None:
    """Return the answer that a turn of the interviewer's side takes for a yes, or for a no, where its own words said neither."""
    *earlier, asked, last = reading.before[-3:] if len(reading.before) > 1 else (reading, reading)
    if asked.is_customer or not last.is_customer or last.turn.text.rstrip().endswith("?"):
        return None
    before = earlier[-1] if earlier else None
    if not asks(asked, before) or _openings(last) & {"granted", "refused", "denied"}:
        return None
    taken, turn, speaker = _taken(reading), last.turn.turn, last.turn.speaker
    if "takes_no" in taken:
        return ConsentEvent("refused", turn, speaker)
    if "takes_yes" in taken and asks_in_phrases(asked, before):
        return ConsentEvent("granted", turn, speaker)
    going = "takes_yes" in taken or (_goes_on(reading) and not _doubts(last))
    return ConsentEvent("assumed", turn, speaker) if going else None


def _goes_on(reading: Reading) -> bool:
    """Return whether a turn of the interviewer's side begins the interview, and neither asks for leave again nor speaks of it."""
    labels = set().union(*(labels_in(reading, s) for s in reading.sentences))
    return any(reading.asks(s) for s in reading.sentences) and labels.isdisjoint({"record", "asking", "again", "notes", "takes_no"})


def _doubts(answer: Reading) -> bool:
    """Return whether an answer in unknown words has none, or begins like a no: it denies, hesitates, names a better way or another time."""
    doubts = words_of("consent.lists.doubts")
    return not answer.norms or any(norm in doubts or norm.endswith("n't") for norm in answer.norms[:PLAIN_YES])


def _taken(reading: Reading) -> set[str]:
    """Return the labels of the phrases in the first words of a turn."""
    return set().union(*(_opening(reading, s) for s in reading.sentences[:1]))


def _speaks_for_all(reading: Reading) -> bool:
    """Return whether an answer is the group's: "We both are"."""
    return not words_of("consent.lists.together").isdisjoint(reading.norms)


def _is_to_group(reading: Reading, asked: Reading) -> bool:
    """Return whether the question was put to several customers, by a word for them or by their names."""
    if len(_customers(reading)) < PAIR:
        return False
    norms = [n for s in _requests(asked) for n in asked.words_in(s)]
    named = [name for name in _customers(reading) if name.lower().split()[0] in asked.norms]
    return len(named) >= PAIR or not words_of("consent.lists.group").isdisjoint(norms) or _is_to_two(asked)


def _is_to_two(asked: Reading) -> bool:
    """Return whether a question is put to two people, each of whom has to answer: "you both", "the two of you"."""
    return any(
        not words_of("consent.lists.two").isdisjoint(norms := asked.words_in(s)) or ("you", "two") in pairwise(norms)
        for s in _requests(asked)
    )


def _requests(asked: Reading) -> list[Sentence]:
    """Return the sentences of a turn that ask."""
    return [s for s in asked.sentences if asked.asks(s) or "asking" in labels_in(asked, s)]


def _customers(reading: Reading) -> list[str]:
    """Return the names of the customers on the call."""
    return [person.name for person in reading.background.of_role("customer")]


def _awaits_another(reading: Reading, asked: Reading) -> bool:
    """Return whether two were asked, and this one is the first of them to agree."""
    between = [r for r in reading.before if r.is_customer and r.turn.turn > asked.turn.turn and r.turn.speaker != reading.turn.speaker]
    return _is_to_two(asked) and not any("granted" in _openings(r) for r in between)


@once
def _openings(reading: Reading) -> set[str]:
    """Return the labels of the phrases in the first words of a turn's first sentences; a question can only refuse."""
    found: set[str] = set()
    for s in reading.sentences[:FIRST]:
        labels = _opening(reading, s) - ({"denied", "withheld", "negated"} if _keeps_out(reading, s) else set())
        found |= labels & {"refused"} if reading.asks(s) and s.last - s.first > ECHO else labels
    return found


def says_yes(reading: Reading, sentence: Sentence) -> bool:
    """Return whether the first words of a sentence say yes, whatever was asked: "knock yourself out"."""
    return "granted" in _opening(reading, sentence)


def _opening(reading: Reading, sentence: Sentence) -> set[str]:
    """Return the labels of the phrases in the first words of a sentence."""
    return {m.label for m in _first_words(reading, sentence)}


def _first_words(reading: Reading, sentence: Sentence) -> list[Match]:
    """Return the phrases in the first words of a sentence; a yes that is denied or only supposed is "withheld", one before "not" "negated".

    To switch the recorder off is a refusal, and on a cue a condition.
    """
    found = [m for m in reading.find(lexicon(), sentence) if m.last <= sentence.first + PLAIN_YES and not _is_cut_yes(reading, m)]
    found += [Match("granted", n, n + 1) for n in range(sentence.first, sentence.last) if _is_order(reading, sentence, n)]
    found = [m._replace(label=_heard_as(reading, sentence, m)) for m in found]
    given = [m for m in found if m.label == "granted"]
    return [m for m in found if not _is_within_yes(reading, m, given)]


def _is_cut_yes(reading: Reading, match: Match) -> bool:
    """Return whether a yes would deny what stands in another clause: "I can't, legal would object"."""
    cut = any(_is_cut(reading, n) for n in range(match.first + 1, match.last))
    return match.label == "granted" and cut and denies(reading.norms[match.first])


def _heard_as(reading: Reading, sentence: Sentence, match: Match) -> str:
    """Return the label of a phrase as its sentence has it."""
    if match.label == "switched":
        return "condition" if is_on_cue(reading, sentence) else "refused"
    if match.label == "spared":
        return "refused" if match.last == _clause_end(reading, sentence, match) else "spared"
    if match.label != "granted":
        return match.label
    if reading.norms[match.last : match.last + 1] == ("not",) and match.last < _clause_end(reading, sentence, match):
        return "negated"
    return "withheld" if _is_withheld(reading, sentence, match) else "granted"


def _is_within_yes(reading: Reading, match: Match, given: Sequence[Match]) -> bool:
    """Return whether a yes makes a phrase none: a refusal in it or denied by it ("can't object to it"), or a doubted yes over it."""
    if match.label == "refused":
        inside = [y for y in given if y.first < match.first < y.last]
        return any(match.last <= y.last or denies(reading.norms[y.first]) for y in inside)
    return match.label in {"withheld", "negated"} and any(match.first < y.last and y.first < match.last for y in given)


def _is_order(reading: Reading, sentence: Sentence, n: int) -> bool:
    """Return whether a word is a clause by itself that orders to record: "Record."."""
    word = Match("order", n, n + 1)
    alone = _clause_start(reading, sentence, word) == n and _clause_end(reading, sentence, word) == n + 1
    return alone and reading.norms[n] in words_of("consent.lists.orders")


def is_on_cue(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence speaks of a switch at a later word: "turn it off when we get to the price", "I'll say when to stop"."""
    return "on_cue" in labels_in(reading, sentence)


def _is_withheld(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether the clause of a yes denies or only supposes it: "I don't think that's okay", "if it's okay".

    "No" before it does not deny it: "no that's fine".
    """
    before = reading.norms[_clause_start(reading, sentence, match) : match.first]
    supposed = not words_of("consent.lists.supposing").isdisjoint(before[-SUPPOSED:])
    return supposed or any(denies(word) for word in before if word != "no")


def _question(reading: Reading) -> tuple[Reading, bool, bool] | None:
    """Return the turn that asked for permission, whether phrases tell so, and whether this speaker has yet to answer it; None if none did.

    The question is no longer open once the speaker has answered it or the interviewer has asked something else. After a no it is, while
    the interviewer speaks for it: until they take the no for one.
    """
    open_still = True
    after: Reading | None = None
    before = reading.before[-FOLLOWED:]
    for n, past in reversed(list(enumerate(before))):
        last = before[n - 1] if n else None
        if not past.is_customer and asks(past, last):
            return past, asks_in_phrases(past, last), open_still
        if past.turn.speaker == reading.turn.speaker:
            said = _openings(past)
            agreed = "granted" in said and "refused" not in said
            open_still = open_still and not agreed and not (said & {"refused", "denied"} and _takes_no(after))
        elif not past.is_customer and _asks_something_else(past, reading.turn.speaker):
            open_still = False
        after = past
    return None


def _takes_no(reading: Reading | None) -> bool:
    """Return whether the turn after an answer takes it for a no; so does a customer's."""
    return reading is None or reading.is_customer or "takes_no" in _taken(reading)


def _asks_something_else(reading: Reading, speaker: str) -> bool:
    """Return whether a turn asks something other than once more for leave, or whether a named speaker agrees as well: "And you, Kay?"."""
    names = set(speaker.lower().split())
    asked = [s for s in reading.sentences if reading.asks(s) and ((f := labels_in(reading, s)) & {"notes"} or not f & {"asking", "again"})]
    return any(s.last - s.first > ECHO or names.isdisjoint(reading.words_in(s)) for s in asked)
