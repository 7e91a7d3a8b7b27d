"""Permissions: what customers said on the call of what may be used, asked for leave or not, and how their names are to be printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from ..detectors.boundaries import leave_lexicon
from ..detectors.boundaries.names import names_in
from ..lexicon import Lexicon, function_words, load_data, words_of
from ..quantities import find_quantities
from ..text import norms, tokenize
from ..turns import Span
from .citation import Citation
from .leave import is_question_of_leave, others_quoted, sentences_of, sets_condition
from .material import Material

__all__ = ["is_leave", "permissions_asked", "permissions_said", "told_of_name"]

LONGEST = 40  # words of an answer that are shown
_BRIEF = 8  # most words of "name, yes", up to the clause that goes on from it
_NEAR = 3  # most words between leave and what it is for
_EXCHANGE = 2  # turns from a boundary to its speaker's answer to what was asked about it, and of others' answers before one
_GAP = 2  # places from one sentence of an answer to the next that still goes on with it
_NAMING = 16  # most words that say how a name is printed, up to the clause that goes on from them


@lru_cache(maxsize=4)
def permissions_said(material: Material) -> Mapping[str, tuple[Citation, ...]]:
    """Return the customers' words on each permission that they spoke of, by its id: the last of each speaker, in order, asked for or not.

    A citation without words points at the turn of words that are held back.
    """
    said: dict[str, dict[str, Citation]] = {}
    for turn in material.turns:
        for name, words in (*_volunteered(material, turn, said), *_answered(material, turn)):
            others = {speaker: told for speaker, told in said.get(name, {}).items() if speaker != words.speaker}
            said[name] = {**others, words.speaker: words}
    return {name: tuple(told.values()) for name, told in said.items()}


def _answered(material: Material, turn: int) -> Iterator[tuple[str, Citation]]:
    """Yield the permissions that an answer speaks of with its words: the sentences on each, else those that decide and name none.

    What decides nothing, "anyway, the thing I wanted to show you", answers no question.
    """
    asked = _asked_before(material, turn)
    spans = [s for s in material.spans(turn) if not s.text.endswith("?")] if asked else []
    meant = {s: _meant(material, s.text, asked) for s in spans}
    for name in sorted(asked):
        own = [s for s in spans if name in meant[s]]
        plain = [s for s in own if _answers(s.text)]
        about = plain or _run(spans, [s for s in spans if s in own or (not meant[s] - _places() and _decides(s.text))], own)
        if about:
            yield name, _told(material, about, own)


def _run(spans: Sequence[Span], about: Sequence[Span], own: Collection[Span]) -> list[Span]:
    """Return the first of the sentences `about` a permission with those that go on from it, at most one sentence apart, and its `own`."""
    run = list(about[:1])
    for span in about[1:]:
        if span in own or spans.index(span) - spans.index(run[-1]) <= _GAP:
            run.append(span)
    return run


def _told(material: Material, about: Sequence[Span], own: Collection[Span]) -> Citation:
    """Return the words of a turn from the first of some sentences to the last, without words where what settles it is held back."""
    usable = [s for s in about if material.is_usable(s)]
    if not usable or (about[-1] in own and about[-1] not in usable):
        return material.point(about[-1].turn)
    whole = material.around_all(usable, LONGEST)
    return whole if material.is_usable(whole) else material.around(usable[-1], LONGEST)


def _answers(text: str) -> bool:
    """Return whether a sentence says yes or no."""
    return not _deciding_words().isdisjoint(norms(text))


def _decides(text: str) -> bool:
    """Return whether a sentence says yes, no or that it depends."""
    said = norms(text)
    if not _deciding_words().isdisjoint(said) or sets_condition(text, asked=True):
        return True
    return bool(leave_lexicon().find(said)) or any(m.label == "granted" for m in Lexicon.load("consent").find(said))


def _deciding_words() -> frozenset[str]:
    return words_of("boundaries.lists.denial") | words_of("boundaries.lists.agreeing") | words_of("boundaries.lists.assent")


@lru_cache(maxsize=4)
def permissions_asked(material: Material) -> Mapping[str, Citation]:
    """Return the last question for each permission that our side asked for, by its id."""
    ours = (s for t in material.turns.values() if t.role != "customer" for s in sentences_of(t) if not material.barred.covers(s))
    return {name: material.around(span, LONGEST) for span in ours for name in _asked_for(material, span)}


def _asked_before(material: Material, turn: int) -> set[str]:
    """Return the ids of the permissions that our side asks for before a customer's turn: right before, or before others' answers to it."""
    others = _answers_before(material, turn)
    before = material.turns.get(turn - others - 1)
    if before is None or before.role == "customer" or material.turns[turn].role != "customer":
        return set()
    joins = not others or any(_decides(s.text) for s in material.spans(turn)[:1])
    return {name for span in material.spans(before.turn) for name in _asked_for(material, span)} if joins else set()


def _answers_before(material: Material, turn: int) -> int:
    """Return the number of customers' turns right before a turn, of those near it."""
    near = (material.turns.get(n) for n in range(turn - 1, turn - 1 - _EXCHANGE, -1))
    return sum(1 for _ in takewhile(lambda t: t is not None and t.role == "customer", near))


def _asked_for(material: Material, span: Span) -> set[str]:
    """Return the ids of the permissions that a question asks for: "how should we name you, and can we use the logo?" asks for the logo.

    "How shall I name you?" asks for no leave, but how the name is printed; "can we quote Ines?" is for Ines to answer.
    """
    if not is_question_of_leave(span.text) or others_quoted(span.text, material.turns.values()):
        return set()
    tokens, said = tokenize(span.text), norms(span.text)
    asks = [m for m in _phrases().find(said) if m.label == "asks" and said[m.first - 1 : m.first] != ("how",)]
    if not asks:
        return set()
    begin = tokens[min(m.first for m in asks)].start
    clause = span.text[span.text.rfind(",", 0, begin) + 1 :]
    return _named(clause, _company(material)) | ({"metrics"} if _asks_for_value(clause) else set())


def _asks_for_value(text: str) -> bool:
    """Return whether a question is for leave to publish a value: "can we print the forty percent?"."""
    return any(m.label == "value" for m in _phrases().find(norms(text))) and _tells_value(text)


def _tells_value(text: str) -> bool:
    """Return whether a text has a value, and not only a number of things to show: "the two photos"."""
    return any(q.unit and not _named(q.text) for q in find_quantities(text))


def _meant(material: Material, text: str, asked: Collection[str]) -> set[str]:
    """Return the ids of the permissions that an answer's sentence names; "the name" is the company's where that alone was asked for.

    So is a value where the figures were.
    """
    named = _named(text, _company(material))
    if "metrics" in asked and _tells_value(text):
        named.add("metrics")
    return named - {"names"} | {"company"} if "names" in named and "company" in asked and "names" not in asked else named


def _company(material: Material) -> frozenset[str]:
    """Return the words of the company's name that tell it from others."""
    return frozenset(norms(material.background.customer.company or "")) - function_words()


def _volunteered(material: Material, turn: int, said: Collection[str]) -> Iterator[tuple[str, Citation]]:
    """Yield the permissions that sentences of a customer give or refuse by themselves, "you can use the logo", or come back to.

    `said` holds those that customers spoke of before.
    """
    asked = _asked_before(material, turn)
    for span in material.spans(turn) if material.turns[turn].role == "customer" else []:
        named = _meant(material, span.text, {*asked, *said})
        given = named.difference(_spoken()) if is_leave(span.text) and not _goes_with_boundary(material, span) else set()
        again = named.intersection(said) if _comes_back(span.text) else set()
        yield from ((name, _told(material, [span], [span])) for name in sorted(given | again))


def _comes_back(text: str) -> bool:
    """Return whether a sentence takes up again what was said, and settles it anew: "on the logo, I spoke too soon", "on reflection, no"."""
    found = {m.label for m in _phrases().find(norms(text))} & {"returns", "rethinks"}
    return not text.endswith("?") and (len(found) > 1 or (bool(found) and (_decides(text) or sets_condition(text))))


def _goes_with_boundary(material: Material, span: Span) -> bool:
    """Return whether a refusal goes on with what its speaker has just barred, and names nothing of their own: "just no names"."""
    speaker, said = material.turns[span.turn].speaker, norms(span.text)
    set_in = (row.turn for row in material.findings.off_record if material.turns[row.turn].speaker == speaker)
    near = any(0 <= span.turn - turn <= _EXCHANGE for turn in set_in)
    return near and words_of("permissions.lists.own").isdisjoint(said) and any(m.label == "refuses" for m in _phrases().find(said))


def is_leave(text: str) -> bool:
    """Return whether a sentence gives leave for something that it names, or refuses it; a photo or a chart has to be asked for."""
    said, named = norms(text), _named(text).difference(_spoken())
    if text.endswith("?") or not named:
        return False
    places = [n for n, w in enumerate(said) if any(w.removesuffix("'s") in words for words in _words().values())]
    found = [m for m in _phrases().find(said) if any(m.first - _NEAR <= n < m.last + _NEAR for n in places)]
    brief = any(m.label == "answers" and _clause_end(text, m.last) <= _BRIEF for m in found)
    return any(m.label in {"gives", "refuses"} for m in found) or (brief and named != {"channels"})


def _clause_end(text: str, last: int) -> int:
    """Return the number of words of a sentence up to the clause that goes on after its first `last` words: ", and", ", because"."""
    tokens = tokenize(text)
    joints = words_of("drafts.joining") | words_of("drafts.subordinating")
    goes_on = (n for n in range(last, len(tokens)) if tokens[n].norm in joints and "," in text[tokens[n - 1].end : tokens[n].start])
    return next(goes_on, len(tokens))


def _phrases() -> Lexicon:
    return Lexicon.load("permissions")


def _words() -> Mapping[str, frozenset[str]]:
    """Return the words by which people speak of each permission, by its id."""
    rows: list[Mapping[str, str]] = load_data("drafts")["permissions"]
    return {row["id"]: frozenset(row["words"].split()) for row in rows}


def _spoken() -> Iterator[str]:
    """Yield the ids of the permissions that a story needs only where they were asked for, such as that for a photo."""
    rows: list[Mapping[str, object]] = load_data("drafts")["permissions"]
    yield from (str(row["id"]) for row in rows if row.get("spoken"))


def _places() -> frozenset[str]:
    """Return the ids of the permissions that only say where something may be shown: "just the website" answers for the logo."""
    rows: list[Mapping[str, object]] = load_data("drafts")["permissions"]
    return frozenset(str(row["id"]) for row in rows if row.get("place"))


def _named(text: str, company: Collection[str] = ()) -> set[str]:
    """Return the ids of the permissions that a sentence names; "the company name" is the company's, "and your name" a person's.

    So are "the trust's name", the name of the `company`, by its words, "mention Northgate", and "the name and the logo";
    "name them" is for others to say.
    """
    words = [w.removesuffix("'s") for w in norms(text)]
    told = [
        w
        for n, w in enumerate(words)
        if w not in words_of("permissions.lists.naming") or words_of("permissions.lists.others").isdisjoint(words[n + 1 : n + 2])
    ]
    found = {name for name, named in _words().items() if not named.isdisjoint(told)}
    firms = words_of("permissions.lists.firms").union(company)
    owned = [_is_firms(norms(text), n, firms) for n, w in enumerate(words) if w in words_of("permissions.lists.names")]
    owned = [firm for firm in owned if firm is not None]
    if _names_firm(words, firms):
        owned.append(True)
    if not any(owned):
        return found
    others = not words_of("permissions.lists.titles").isdisjoint(words)
    return (found | {"company"}) - (set() if others or not all(owned) else {"names"})


def _names_firm(words: Sequence[str], firms: frozenset[str]) -> bool:
    """Return whether what is to be named is a firm: "name the company", "say it was Northgate"."""
    verbs = (n for n, w in enumerate(words) if w in words_of("permissions.lists.naming"))
    return any(not firms.isdisjoint(words[n + 1 : n + 1 + _NEAR]) for n in verbs)


def _is_firms(said: Sequence[str], at: int, firms: frozenset[str]) -> bool | None:
    """Return whether the word "name" at a place is a firm's: "company name", "the trust's name"; None if it is not said whose it is.

    So is the one name beside a logo, unless it is said to be somebody's.
    """
    last = "".join(said[at - 1 : at])
    if last == "by" or not firms.isdisjoint(said[at + 1 : at + 1 + _NEAR]):
        return None
    if last in words_of("permissions.lists.bare") or (last.endswith(("'s", "s'")) and last.removesuffix("'s") in firms):
        return True
    beside = not words_of("permissions.lists.logos").isdisjoint(said)
    return beside and said[at] == "name" and last not in words_of("permissions.lists.owners")


# Names


def told_of_name(material: Material, speaker: str) -> tuple[Citation, ...]:
    """Return a customer's words on how their name is to be printed, and on their title where that is not the known one."""
    printed, title = _printed_names(material).get(speaker), material.titles_told.get(speaker)
    return tuple(dict.fromkeys(filter(None, (printed, material.around(title.said, LONGEST) if title else None))))


@lru_cache(maxsize=4)
def _printed_names(material: Material) -> Mapping[str, Citation]:
    """Return the customers' words on how their own names are to be printed or spelt, the last by speaker: "Katya, for print"."""
    spans = (s for turn in material.turns for s in material.spans(turn) if material.is_usable(s) and not s.text.endswith("?"))
    return {material.turns[s.turn].speaker: material.around(s, LONGEST) for s in spans if _prints(material, s)}


def _prints(material: Material, span: Span) -> bool:
    """Return whether a sentence says how to print a name: a phrase for that, and the name, or a question for its spelling before it."""
    found = (m for m in _phrases().find(norms(span.text)) if m.label == "prints")
    if not any(_clause_end(span.text, m.last) <= _NAMING for m in found):
        return False
    before = material.turns.get(span.turn - 1)
    asked = before is not None and before.role != "customer" and not words_of("permissions.lists.spelling").isdisjoint(norms(before.text))
    return asked or _tells_name(material, span)


def _tells_name(material: Material, span: Span) -> bool:
    """Return whether a sentence speaks of the speaker's own name, or has one that begins as theirs: "Katya" of Katherine."""
    own = {word[:2] for word in norms(material.turns[span.turn].speaker)}
    if any(m.label == "own_name" for m in _phrases().find(norms(span.text))):
        return True
    return any(word[:2] in own for name in names_in(f"it's {span.text}") for word in name.words)
