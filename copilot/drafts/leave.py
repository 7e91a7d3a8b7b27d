"""Leave to use what was said: where it is asked for, its conditions, names that need somebody's consent, words to leave out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from ..detectors.boundaries.names import Name, names_in, speaks_of_names
from ..detectors.consent import EARLY
from ..lexicon import Lexicon, Match, function_words, words_of
from ..text import Token, lower_case, norms, sentences, tokenize
from ..turns import Span, Turn, Value

__all__ = [
    "Cut",
    "Pending",
    "asks_leave",
    "cuts",
    "depends",
    "is_question_of_leave",
    "names_pending",
    "objects",
    "others_quoted",
    "sentences_of",
    "sets_condition",
    "told_of_recording",
]

_ORDERS = {"use", "asked"}
_BACK = 5  # words before an order among which its subject stands
_PAST = 2  # words before "no picture" by which it tells of the past
_REACH = 2  # answers of a customer before a request within which its words stand


class Pending(Value):
    """A sentence that makes the use of a name depend on somebody's consent, and the words of the name."""

    said: Span
    names: frozenset[str]


class Cut(Value):
    """A sentence that asks to leave a word out of what may be quoted, and where the word stands in that."""

    said: Span
    words: tuple[Span, ...]


def sentences_of(turn: Turn) -> list[Span]:
    """Return the sentences of a turn."""
    return [turn.span(s.start, s.end) for s in sentences(turn.text)]


def is_question_of_leave(text: str) -> bool:
    """Return whether a sentence asks for leave: "Can we use your logo?"."""
    return text.endswith("?") and any(m.label == "asks" for m in Lexicon.load("permissions").find(norms(text)))


def depends(text: str) -> bool:
    """Return whether a sentence says on what leave depends: "as long as it isn't shown", "switch it off when we get to the price"."""
    said = norms(text)
    switched = {"switched", "on_cue"} <= {m.label for m in Lexicon.load("consent").find(said)}
    return switched or any(m.label == "depends" for m in Lexicon.load("permissions").find(said))


def told_of_recording(turns: Mapping[int, Turn]) -> Iterator[Span]:
    """Yield the sentences, as the call begins, in which our side says that it is recorded: "It's recording, by the way."."""
    ours = (t for t in turns.values() if t.turn <= EARLY and t.role != "customer")
    yield from (s for t in ours for s in sentences_of(t) if _tells_of_recording(s.text))


def _tells_of_recording(text: str) -> bool:
    """Return whether a sentence says that the call is recorded: not "we're recording a loss"."""
    labels = {m.label for m in Lexicon.load("consent").find(norms(text))}
    return "told" in labels and "booked" not in labels


def asks_leave(turn: Turn | None) -> bool:
    """Return whether our side asks in a turn for leave to use something; leave to record is another matter."""
    if turn is None or turn.role == "customer":
        return False
    asked = [s.text for s in sentences_of(turn) if is_question_of_leave(s.text)]
    return any(not any(word.startswith("record") for word in norms(text)) for text in asked)


@lru_cache(maxsize=4096)
def sets_condition(text: str, *, asked: bool = False) -> bool:
    """Return whether a sentence sets a condition on what is published; `asked`: in answer to a question for leave."""
    tokens = tokenize(text)
    said = tuple(t.norm for t in tokens)
    return any(_holds(text, tokens, m, asked=asked) for m in Lexicon.load("conditions").find(said))


def _holds(text: str, tokens: tuple[Token, ...], match: Match, *, asked: bool) -> bool:
    """Return whether a phrase is the writer's to keep, by its subject or by what it speaks of."""
    said = [t.norm for t in tokens]
    if match.label in _ORDERS:
        return _is_for_you(text, tokens, match.first)
    if match.label == "first":
        told = not words_of("conditions.lists.past").isdisjoint(said[match.first : match.last])
        return not told and (said[0] not in words_of("conditions.lists.others") or not words_of("conditions.lists.wishes").isdisjoint(said))
    if match.label == "picture":
        return words_of("conditions.lists.past").isdisjoint(said[max(0, match.first - _PAST) : match.first])
    if match.label == "naming":
        return words_of("conditions.lists.own").isdisjoint(said[max(0, match.first - 1) : match.first])
    if match.label in {"leave", "pending"}:
        return asked or (match.label == "leave" and bool(objects(text)))
    return True


def _is_for_you(text: str, tokens: tuple[Token, ...], first: int) -> bool:
    """Return whether an order is the writer's: it begins its clause, or stands after "you" or after what is to be used."""
    if first == 0 or not text[tokens[first - 1].end : tokens[first].start].isspace():
        return True
    before = [t.norm for t in tokens[max(0, first - _BACK) : first]]
    subjects = [w for w in before if w in words_of("conditions.lists.others") or w.startswith("you")]
    return before[-1] in words_of("conditions.lists.askers") and words_of("conditions.lists.others").isdisjoint(subjects[-1:])


def objects(text: str) -> frozenset[str]:
    """Return what a condition can be about of which a sentence speaks: "names", "numbers", "pictures", "wholes"."""
    said = norms(text)
    places = words_of("conditions.lists.wholes_after")
    free = {w for n, w in enumerate(said) if places.isdisjoint(said[max(0, n - 2) : n])}
    theirs = {w for n, w in enumerate(said) if said[n - 1 : n] != ("your",)}
    kinds = {"names": theirs, "numbers": set(said), "pictures": set(said), "wholes": free}
    return frozenset(kind for kind, words in kinds.items() if not words_of(f"conditions.lists.{kind}").isdisjoint(words))


# Names


def others_quoted(question: str, turns: Iterable[Turn]) -> frozenset[str]:
    """Return the words of the names of people who are not on the call and whom a question asks leave to quote: "can we quote Ines?"."""
    if words_of("conditions.lists.quoting").isdisjoint(norms(question)):
        return frozenset()
    here = {word for turn in turns for word in norms(turn.speaker)}
    return frozenset(word for name in _people(question) for word in name.words) - here


def names_pending(turns: Mapping[int, Turn], released: Collection[int] = ()) -> tuple[Pending, ...]:
    """Return the names of others that may be used only with somebody's consent: "ask her before you use her name".

    The name stands in the sentence, else it is the last before it in its turn, its question, or the answer before that.
    """
    found = (_pending(turns, turn, span, released) for turn in turns.values() if turn.role == "customer" for span in sentences_of(turn))
    return tuple(row for row in found if row is not None)


def _pending(turns: Mapping[int, Turn], turn: Turn, span: Span, released: Collection[int]) -> Pending | None:
    said = norms(span.text)
    if not words_of("names.things").isdisjoint(said):
        return None
    theirs = not words_of("names.he_or_she").isdisjoint(said) or "their" in said or bool(_people(f"… {span.text}"))
    if not (speaks_of_names(said) and theirs and _awaits(said) and sets_condition(span.text, asked=asks_leave(turns.get(turn.turn - 1)))):
        return None
    places = [(turn.turn, span.text), (turn.turn, turn.text[: span.start])]
    places += [(n, turns[n].text) for n in (turn.turn - 1, turn.turn - 2) if n in turns]
    place, names = next(((n, people) for n, text in places if (people := _people(text))), (turn.turn, []))
    known = {word for t in turns.values() for word in norms(t.speaker)}
    spoken = lower_case(t.text for t in turns.values())
    words = {word for name in names[-1:] for word in name.words} - known - spoken - function_words()
    return Pending(said=span, names=frozenset(words)) if words and {place, turn.turn}.isdisjoint(released) else None


def _awaits(said: tuple[str, ...]) -> bool:
    """Return whether words wait for something: "before", "only if"."""
    return not words_of("conditions.lists.waits").isdisjoint(said)


def _people(text: str) -> list[Name]:
    """Return the names in a text that may be people's."""
    return [name for name in names_in(text) if name.person is not False]


# Words


def cuts(turns: Mapping[int, Turn]) -> tuple[Cut, ...]:
    """Return the requests to leave a word out of what may be quoted: "yes, without the stupid", with where the word was said."""
    return tuple(cut for turn in turns.values() if turn.role == "customer" for cut in _cuts(turns, turn))


def _cuts(turns: Mapping[int, Turn], turn: Turn) -> Iterator[Cut]:
    asked = asks_leave(turns.get(turn.turn - 1))
    told = [t for n in range(turn.turn - 1, 0, -1) if (t := turns.get(n)) and t.speaker == turn.speaker][:_REACH]
    for span in sentences_of(turn):
        tokens = tokenize(span.text)
        said = tuple(t.norm for t in tokens)
        found = (m for m in Lexicon.load("cuts").find(said) if m.last < len(said) and (asked or m.label == "word"))
        words = {said[m.last] for m in found if _ends_clause(span.text, tokens[m.last]) and _is_plain(said[m.last])}
        if places := tuple(turn.span(t.start, t.end) for turn in told for t in tokenize(turn.text) if t.norm in words):
            yield Cut(said=span, words=places)


def _ends_clause(text: str, token: Token) -> bool:
    """Return whether a word ends its clause, or else only goes with the word after it."""
    return not text[token.end : token.end + 2].strip("'\"’”").startswith(" ")


def _is_plain(word: str) -> bool:
    """Return whether a word can be left out by itself: no number, no word of grammar."""
    return not word[0].isdigit() and word not in function_words() | words_of("function_words.numbers")
