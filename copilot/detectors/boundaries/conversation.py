"""What the conversation around a turn bars: the question that it answers, a switched-off recording, an announced confidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ...findings import Boundary, Degree
from ...lexicon import Lexicon, function_words, number_words
from ...reading import BACK_CHANNEL_WORDS, Reading, once
from ...text import Sentence
from ..consent.answers import is_on_cue
from ..consent.asking import asks_in_phrases
from .content import tells_something
from .earlier import recall
from .forms import closes, is_parted
from .leave import OPENING, agrees, asks_if_they_mind, deciding, excepted, grants, hesitates, refused_parts
from .names import meant, speaks_of_names, turns_of
from .phrases import Phrase, labels_in, lexicon, phrases_of, sentence_of
from .surroundings import ahead_of, back_from, boundary, looks_forward
from .words import ANSWER, SUBSTANCE, Said, lists, stems_of, substance

__all__ = ["answered", "in_confidence", "off_record"]

NEW = 3  # names in a question that is about something else
LONG = 25  # words of a turn that holds its own off-the-record part
_SWITCHED = re.compile("[Rr]ecord|[Tt]ap[ei]|[Bb]ack on|quote|that off| off")  # no switch without one of these


def answered(reading: Reading, said: Said) -> Iterator[Boundary]:
    """Yield what an answer bars: "shall I leave that out?" "please", "may I print that?" "no", "what should I leave out?" "the name".

    To a question for leave whatever is no plain yes may bar it until somebody has agreed: "I'd have to ask her", "that's a hard no".
    """
    question = reading.asked
    if question is None or not reading.tokens or asks_in_phrases(question, None):
        return
    asked, answer = labels_in(question, "ask"), deciding(reading)
    use, first = "ask.use" in asked, _opening(reading, answer)
    said_no, said_yes = not lists().denial.isdisjoint(first), not lists().assent.isdisjoint(first)
    about = (_asked_names(question, reading, said) if use else None) or _just_told(reading)
    if "ask.what" in asked and not said_no and (names := stems_of(reading.tokens_in(answer))):
        yield boundary(reading, answer.start, answer.end, (*recall(names, said, reading.turn.turn), reading.turn.turn))
    elif use and (refused := list(refused_parts(reading))):
        yield from refused
    elif use and grants(reading, question):
        yield from excepted(reading)
    elif ("ask.drop" in asked and said_yes) or (use and said_no and not hesitates(reading, answer)):
        clear = "ask.drop" in asked or not reading.asks(answer)  # "why wouldn't you?"
        yield boundary(reading, answer.start, answer.end, about or (reading.turn.turn,), "clear" if clear else "possible")
    elif use and about and (left := _undecided(reading, question, answer)):
        yield boundary(reading, left.start, left.end, about, "possible")


def _just_told(reading: Reading) -> tuple[int, ...]:
    """Return the last answer before a turn, with those that it goes on from after no more than "No!"."""
    answers = [n for n, past in enumerate(reading.before) if tells_something(past)]
    found = answers[-1:]
    for n in reversed(answers[:-1]):
        between = reading.before[n + 1 : found[-1]]
        if any(r.words > BACK_CHANNEL_WORDS or any(r.asks(s) for s in r.sentences) for r in between):
            break
        found.append(n)
    return tuple(reading.before[n].turn.turn for n in found)


def _undecided(reading: Reading, question: Reading, answer: Sentence) -> Sentence | None:
    """Return the sentence of a reply that leaves open whether something may be used, None where it says yes.

    To "would you mind?" a yes leaves it open as well. Where leave was sought for a name, only what hesitates or refuses does: people go on
    about the person. What names a condition is kept as one (copilot/drafts/conditions.py).
    """
    if asks_if_they_mind(question):
        return answer
    hesitant = [s for s in reading.sentences if s.first <= answer.first and hesitates(reading, s)]
    if answer not in hesitant and agrees(reading, answer):
        return None
    silent = [answer] if _closes_with_leave(question) and not reading.find(Lexicon.load("conditions")) else []
    return next(iter([*hesitant, *_with(reading, "pending", "refuse"), *silent]), None)


def _closes_with_leave(question: Reading) -> bool:
    """Return whether the last question of a turn is whether what was told may be used: no name, no "can we use that to plan?"."""
    for sentence in [s for s in question.sentences if question.asks(s)][-1:]:
        words = question.words_in(sentence)
        if lists().which.isdisjoint(words[:2]) and not speaks_of_names(words):
            return any(_ends_with_use(question, m.last) for m in question.find(lexicon("ask.use"), sentence))
    return False


def _ends_with_use(question: Reading, last: int) -> bool:
    """Return whether nothing but a number or a word that points comes after the use of something in its clause, or where it is printed."""
    rest = range(last, len(question.tokens))
    end = next((n for n in rest if question.norms[n] not in lists().pointing | number_words()), len(question.tokens))
    return closes(question, end)


def _with(reading: Reading, *kinds: str) -> Iterator[Sentence]:
    """Yield the sentences of a turn with a phrase of some kinds."""
    return (s for s in reading.sentences if reading.find(lexicon(*kinds), s))


def _opening(reading: Reading, sentence: Sentence) -> Sequence[str]:
    """Return the first words of a sentence that say something."""
    first = next((n for n in range(sentence.first, sentence.last) if reading.norms[n] not in lists().pausing), sentence.first)
    return reading.norms[first : min(first + OPENING, sentence.last)]


def _asked_names(question: Reading, reading: Reading, said: Said) -> frozenset[int]:
    """Return the turns with the name that the question before a turn asks leave for: "can I name the customer?"."""
    asking = (s for s in _with(question, "ask.use") if speaks_of_names(question.words_in(s)))
    names = [name for s in asking for name in meant(question, s, s.last, said).names]
    return turns_of(names, reading, said) if names else frozenset()


def off_record(reading: Reading) -> Iterator[Boundary]:
    """Yield the whole turn if the conversation went off the record before it and has not come back on.

    It is only possibly barred once the interviewer has gone on to another topic.
    """
    switched = _switched_off(reading.before)
    if switched is None:
        return
    degree: Degree = "possible" if _told_since(reading.before[switched:]) is None else "clear"
    on = [m.first for m in reading.find(lexicon("switch.on"))]
    said = substance(reading, 0, on[0] if on else len(reading.tokens))
    if said and not (on and said < ANSWER):
        end = reading.tokens[on[0]].start if on else len(reading.turn.text)
        yield boundary(reading, 0, len(reading.turn.text[:end].rstrip()), (reading.turn.turn,), degree)


def in_confidence(reading: Reading) -> Iterator[Boundary]:
    """Yield the whole turn if its speaker or the interviewer's question made it confidential, up to the next topic.

    The first answer is clearly meant if nothing but the announcement was said; the later ones may be.
    """
    if substance(reading, 0, len(reading.tokens)) < SUBSTANCE or _comes_back(reading):
        return
    for n in range(len(reading.before) - 1, -1, -1):
        if "switch.on" in labels_in(reading.before[n], "switch"):
            return
        degree = _announces(reading.before[n])
        if degree and not _is_refused(reading.before[n + 1 : n + 2]):
            told = _told_since(reading.before[n:])
            if told is not None:
                yield boundary(reading, 0, len(reading.turn.text), (reading.turn.turn,), "possible" if told else degree)
            return


def _comes_back(reading: Reading) -> bool:
    """Return whether a turn begins by going back on the record."""
    return bool(reading.find(lexicon("switch.on"), reading.sentences[0]))


@once
def _announces(reading: Reading) -> Degree | None:
    """Return how surely a turn makes confidential what is said after it, None if it does not."""
    if reading.is_customer:
        phrases = phrases_of(reading) if reading.words < LONG else ()
        if any(_is_empty(reading, p) for p in phrases):
            return "clear"
        return "possible" if any(_closes_with(reading, p) for p in phrases) else None
    if "?" not in reading.turn.text or labels_in(reading, "ask"):
        return None
    return "clear" if any(_opens(reading, p) for p in phrases_of(reading)) else None


def _closes_with(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a turn ends with a phrase about the part that follows: "It was in March. This part is off the record."."""
    sentence = sentence_of(reading, phrase)
    speaks = bool(reading.find(lexicon("announce"), sentence)) and ahead_of(reading, phrase) is None
    return phrase.reach == "ahead" and speaks and sentence.last >= len(reading.tokens)


def _told_since(readings: Sequence[Reading]) -> int | None:
    """Return how many answers came after the announcement readings[0]; None once the interviewer has gone on to another topic."""
    answers: list[Reading] = []
    for past in readings[1:]:
        if past.is_customer:
            answers += [past] if past.words >= ANSWER else []
        elif answers and _moves_on(past, answers):
            return None
    return len(answers)


def _moves_on(reading: Reading, told: Sequence[Reading]) -> bool:
    """Return whether an interviewer turns to something else: a question that neither points at what was told nor shares a word with it."""
    known = stems_of([t for r in told for t in r.tokens])
    for sentence in reading.sentences:
        words = reading.tokens_in(sentence)
        names = stems_of([t for t in words if t.norm not in function_words()])
        points = any(t.norm.partition("'")[0] in lists().person for t in words)
        turns = not lists().turning.isdisjoint(reading.norms[sentence.first : sentence.first + 2])
        if names and not points and names.isdisjoint(known) and (turns or (reading.asks(sentence) and len(names) >= NEW)):
            return True
    return False


def _opens(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a sentence starts with a phrase that looks ahead: "off the record, what did you think?"."""
    sentence = sentence_of(reading, phrase)
    starts = phrase.first <= sentence.first + 1 and phrase.last < sentence.last and is_parted(reading, phrase.last)
    return phrase.reach == "ahead" and starts


def _is_empty(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase looks ahead and its own turn contains nothing that it could bar."""
    ahead = ahead_of(reading, phrase) if phrase.reach == "ahead" else None
    return looks_forward(reading, phrase, {*lists().forward, "this"}) and ahead is None and back_from(reading, phrase) is None


@lru_cache(maxsize=32)  # every turn looks back at the same few turns
def _may_switch(text: str) -> bool:
    """Return whether a text can take the conversation off the record, or back on."""
    return _SWITCHED.search(text) is not None


def _switched_off(before: Sequence[Reading]) -> int | None:
    """Return the place of the switch that took the conversation off the record, None if it is on."""
    for n in range(len(before) - 1, -1, -1):
        if not _may_switch(before[n].turn.text):
            continue
        if "switch.on" in labels_in(before[n], "switch"):
            return None
        if _switches_off(before[n]) and _is_of_recording(before[max(0, n - 1) : n + 1]):
            return n if before[n].words < LONG and not _is_refused(before[n + 1 : n + 2]) else None
    return None


def _switches_off(reading: Reading) -> bool:
    """Return whether a turn takes the conversation off the record, and not only once something else is said: "when we get to the price"."""
    return any(not is_on_cue(reading, s) for s in _with(reading, "switch.off"))


def _is_of_recording(readings: Sequence[Reading]) -> bool:
    """Return whether the switch is about the recording: "turn it off" can be about anything."""
    return any(not lists().recording.isdisjoint(r.norms) for r in readings)


def _is_refused(reply: Sequence[Reading]) -> bool:
    """Return whether the interviewer refused to go off the record."""
    if not reply or reply[0].is_customer:
        return False
    return "decline" in labels_in(reply[0], "decline") or lists().denial.issuperset(reply[0].norms)
