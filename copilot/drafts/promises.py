"""Promises: what anyone said they would do after the call, in their words, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from ..detectors.commitments import is_deliverable, time_told
from ..findings import Commitment, Gap
from ..grounding import Absent, ground
from ..lexicon import Lexicon, function_words, load_data, words_of
from ..reading import read
from ..text import norms, stem, tokenize
from ..turns import Role, Span, Value
from .citation import Citation
from .leaning import names_something, stumble_in
from .material import Material

__all__ = ["Promise", "held_promises", "is_promised", "promises"]

CONTEXT = 24  # most words of the sentence that a promise is shown in
TOGETHER = 40  # most words of the sentence that several promises are shown in
AFTER = 2  # sentences after a promise of which one can say by when
NAMED = 3  # words of a promise that say what it is of
BACK = 3  # turns before a promise that can say what it is about
NEAR, CHECKED = 2, 4  # turns from a gap within which a promise is that of its answer, and of having a number checked
OFFER = 10  # most words of a sentence in which somebody offers a day
WHOLE = 12  # most words of a turn that is shown whole where it says what a promise is about


class Promise(Value):
    """A promise in somebody's words. `due` is as said on the call; `deliverable` means that something is to be delivered.

    `speaker` is who is to keep it, of the side `who`: mostly whoever says it, but "Ann will send it" is Ann's, and `said.speaker` tells.
    `spans` are the exact words first, then the sentence that they stand in, cut short where it is long; `asked` is what they
    reply to, or are about, where they do not say it; `agreed` means that they only agree to it, `is_riddle` that they do not say it and
    nothing that may be shown does. `dated` is the answer to our "By when?", or the other day that who is to keep it offered.
    """

    who: Role
    speaker: str
    due: str | None
    deliverable: bool
    spans: tuple[Citation, Citation]
    asked: Citation | None = None
    agreed: bool = False
    is_riddle: bool = False
    dated: Citation | None = None

    @property
    def said(self) -> Citation:
        """The exact words."""
        return self.spans[0]

    @property
    def context(self) -> Citation:
        """The sentence around the words."""
        return self.spans[1]

    @property
    def place(self) -> tuple[int, int, int]:
        """Where that sentence stands: the turn, and its range there."""
        return self.context.turn, self.context.start, self.context.end

    @property
    def is_unsure(self) -> bool:
        """Whether somebody else than the speaker may have made it, since the export names nobody there."""
        return self.said.unsure

    @property
    def is_vague(self) -> bool:
        """Whether its exact words name nothing: "pass that on"."""
        return len(_telling(self.said.text)) <= 1

    @property
    def told(self) -> str:
        """The sentence in quotation marks, with what it replies to, or what was said before it, if it does not say what it is about."""
        if self.asked is None:
            return self.context.quoted
        replies = "in reply to" if self.asked.turn == self.said.turn - 1 else "about"
        lead = "after" if self.asked.speaker == self.said.speaker else replies
        return f"{self.context.quoted} ({lead} {self.asked.quoted})"

    @property
    def is_passed_on(self) -> bool:
        """Whether somebody else said that its keeper would do it."""
        return self.speaker != self.said.speaker


@lru_cache(maxsize=4)
def promises(material: Material) -> tuple[Promise, ...]:
    """Return the promises that may be shown, in the order of the call."""
    found = [_promise(material, c) for c in material.findings.commitments if c.turn in material.turns]
    whole = (_beside(material, p, found) for p in found if p is not None)
    return tuple(_without_lead(material, _without_stumble(material, p, found)) for p in whole)


def is_promised(material: Material, gap: Gap) -> bool:
    """Return whether a customer promised the answer to a deferred gap, and did not only put it off: "I'd want to check that"."""
    last = gap.turn + (CHECKED if gap.kind == "unsourced" else NEAR)
    near = (p for p in promises(material) if p.who == "customer" and gap.turn <= p.said.turn <= last)
    return gap.outcome == "deferred" and any(p.deliverable and not p.is_riddle and not p.is_unsure for p in near)


def held_promises(material: Material) -> tuple[Citation, ...]:
    """Return the places of turns with promises that may not be shown, without their words."""
    shown = {p.said.turn for p in promises(material)}
    kept = (c for c in material.findings.commitments if c.turn in material.turns and not _is_treat(c.what))
    made = (c.turn for c in kept if c.turn not in shown)
    return tuple(material.point(n) for n in sorted(set(made)) if is_deliverable(norms(material.turns[n].text)))


def _promise(material: Material, commitment: Commitment) -> Promise | None:
    """Return a promise with its words, None if they are not the speaker's own or give away what is barred."""
    turn, asked = material.turns[commitment.turn], _asked(material, commitment)
    words = _own_words(material, commitment, asked)
    if words is None:
        return None
    span, agreed = words
    own = material.around(span, CONTEXT)
    context = _with_time(material, span, own, commitment.due)
    if _is_treat(span.text) or not _may_be_told(material, span, context, dated=commitment.due is not None):
        return None
    keeper = turn.speaker if agreed else _keeper(material, span)
    due = _due(commitment.due, turn.text[context.start : span.start], turn.text[span.start : context.end])
    due, dated, late = _when(material, commitment, keeper, due)
    alone = _keeps_in_touch(material, span)
    asked = asked if asked and not alone and (agreed or len(norms(asked.text)) >= NAMED) else None
    clear = alone or _tells_what(span, own, context, due)
    if not (clear or agreed or (asked and asked.text.endswith("?") and names_something(asked.text))):
        asked = _referent(material, context) or asked
    told = (asked.text if asked and agreed else context.text, commitment.asked or "", asked.text if asked else "")
    pledged = due or agreed or not words_of("drafts.pledging").isdisjoint(norms(told[0]))
    return Promise(
        who=commitment.who if keeper == turn.speaker else _people(material)[keeper], speaker=keeper, due=due or late,
        spans=(material.cite(span), context), asked=asked, agreed=agreed, dated=dated,
        is_riddle=not clear and asked is None, deliverable=bool(pledged) and any(is_deliverable(norms(text)) for text in told),
    )  # fmt: skip


def _own_words(material: Material, commitment: Commitment, asked: Citation | None) -> tuple[Span, bool] | None:
    """Return the words of a promise, and whether they only agree to those of its request; None if neither of the two has them."""
    turn = material.turns[commitment.turn]
    place = ground(commitment.what, turn)
    if not isinstance(place, Absent):
        return turn.span(place.start, place.end), False
    if asked is None or isinstance(ground(commitment.what, material.turns[asked.turn]), Absent):
        return None
    first = material.sentences(turn.turn)[0]
    return turn.span(first.start, first.end), True


def _when(material: Material, commitment: Commitment, keeper: str, due: str | None) -> tuple[str | None, Citation | None, str | None]:
    """Return by when a promise is due as its words say, else the words of another turn that say it, and by when that is."""
    dated, late = (None, None) if due else _asked_when(material, commitment)
    if keeper != material.turns[commitment.turn].speaker:
        dated, late = _offered(material, commitment.turn, keeper) or (dated, late)
        due = None if dated else due
    return due, dated, late


def _tells_what(span: Span, own: Citation, context: Citation, due: str | None) -> bool:
    """Return whether a promise in its `context` says what it is about; `own` is its sentence alone.

    The sentence before it, which says what it waits for, says that as well.
    """
    if context.start < own.start or _is_of_a_step(span.text):
        return True
    return _is_clear(context.text, span.start - context.start, span.end - context.start, due)


def _with_time(material: Material, span: Span, context: Citation, due: str | None) -> Citation:
    """Return the sentence of a promise with the one beside it that alone says by when: "I'll ask Neha. You'll have it by Monday.".

    It comes after it, or right before: "Not until June. After that you'll get it.". A question of our side goes on to something else; the
    customer's offers a day: "Next Wednesday?".
    """
    words, ours = norms(due or ""), material.turns[span.turn].role != "customer"
    if not words or _holds(context.text, words):
        return context
    spans = material.spans(span.turn)
    near = [*[s for s in spans if s.start >= context.end][:AFTER], *[s for s in spans if s.end <= context.start][-1:]]
    dated = next((s for s in near if _holds(s.text, words) and not (ours and s.text.endswith("?"))), None)
    whole = None if dated is None else material.around_all((span, dated), TOGETHER)
    return context if whole is None or material.barred.covers(whole) or not _holds(whole.text, words) else whole


def _holds(text: str, words: Sequence[str]) -> bool:
    """Return whether a text holds words one after the other."""
    said = norms(text)
    return any(said[i : i + len(words)] == tuple(words) for i in range(len(said)))


def _may_be_told(material: Material, span: Span, context: Citation, *, dated: bool) -> bool:
    """Return whether a promise and its sentence give nothing away: nothing of them is barred, or they only reply to what is, with a date.

    Beside barred words of its turn, as after a request that was released with it, a promise has to be apart from these.
    """
    if material.barred.covers(span) or material.barred.covers(context):
        return dated and material.is_reply(span.turn) and _is_apart(material, context)
    return material.is_open(span.turn) or _is_apart(material, context)


def _is_treat(text: str) -> bool:
    """Return whether a treat is promised, which is thanks or a joke: "a pint if it works", but not "the cake photos"."""
    tokens = tokenize(text)
    words = ["", *(t.norm for t in tokens), ""]
    heads = (i for i, t in enumerate(tokens, 1) if t.norm in words_of("drafts.treats") and words[i - 1] != "of")
    return any(not words[i + 1] or words[i + 1] in function_words() or text[tokens[i - 1].end] in ",;:.!?" for i in heads)


def _beside(material: Material, promise: Promise, others: Iterable[Promise | None]) -> Promise:
    """Return a promise with a context that holds the others in its sentence too, unless that gives away what is barred."""
    told = [p.said for p in others if p is not None and material.sentence_of(promise.said).holds(p.said)]
    if len(told) <= 1 or all(promise.context.holds(said) for said in told):
        return promise
    whole = material.around_all(told, TOGETHER)
    return promise if material.barred.covers(whole) else promise.model_copy(update={"spans": (promise.said, whole)})


def _without_stumble(material: Material, promise: Promise, others: Iterable[Promise | None]) -> Promise:
    """Return a promise whose context ends where its speaker stumbles, once all that is promised in it, and for when, has been said."""
    context = promise.context
    told = [p for p in others if p is not None and context.holds(p.said)]
    last = max((p.said.start - context.start for p in told), default=len(context.text))
    dated = max((context.text.find(p.due) + len(p.due) for p in told if p.due), default=0)
    begin = max(last, dated)
    at = stumble_in(context.text[begin:])
    if at is None or len(norms(context.text[last : begin + at])) < NAMED:
        return promise
    end = context.start + len(context.text[: begin + at].rstrip(" ,;:-"))
    cut = material.cite(material.turns[context.turn].span(context.start, end), (context.cut[0], True))
    return promise.model_copy(update={"spans": (promise.said, cut)})


def _without_lead(material: Material, promise: Promise) -> Promise:
    """Return a promise whose context begins without the sounds and joints that say nothing, "Um, so I'll", if a capital follows these."""
    context = promise.context
    tokens = tokenize(context.text)
    first = next((t for t in tokens if t.norm not in words_of("drafts.joining") | words_of("drafts.sounds")), None)
    begin = context.start + first.start if first else context.start
    if begin == context.start or begin > promise.said.start or not material.turns[context.turn].text[begin].isupper():
        return promise
    rest = material.cite(material.turns[context.turn].span(begin, context.end), context.cut).model_copy(update={"edit": "trimmed"})
    return promise.model_copy(update={"spans": (promise.said, rest)})


def _asked(material: Material, commitment: Commitment) -> Citation | None:
    """Return what a promise replies to, None where it stands alone or that gives away what is barred."""
    before = material.turns.get(commitment.turn - 1)
    place = ground(commitment.asked, before) if commitment.asked and before else None
    if before is None or place is None or isinstance(place, Absent):
        return None
    shown = material.clip(before.turn, place.start, place.end, CONTEXT)
    return None if material.barred.covers(shown) or material.barred.leaks(shown.text) else shown


def _referent(material: Material, said: Citation) -> Citation | None:
    """Return what a promise that only points, "I'll ask him.", is about, None if nothing before it says that or may be shown.

    It is what our side has just asked for, or what that question points at; else the last sentence before it that names something, or what
    is wished for in the turn of that sentence; a short turn as a whole.
    """
    own = [s for s in material.spans(said.turn) if s.end <= said.start]
    earlier = [material.spans(said.turn - back) for back in range(1, BACK + 1)]
    for spans in (*earlier[1:], own) if _asks_for_it(material, said.turn) else (own, *earlier):
        named = [s for s in spans if _can_tell(s.text)]
        if named:
            return _shown(material, next((s for s in reversed(named) if _wishes(s.text)), named[-1]), said.turn)
    return None


def _asks_for_it(material: Material, turn: int) -> bool:
    """Return whether the other side has just asked to have what it points at: "Do you have that as a number as well?"."""
    before = material.turns.get(turn - 1)
    if before is None or before.role == material.turns[turn].role or not before.text.endswith("?"):
        return False
    words = (*norms(material.spans(before.turn)[-1].text), "")
    points = any(_stands_for(word, after) for word, after in pairwise(words))
    return points and bool(Lexicon.at("drafts.having").find(words))


def _can_tell(text: str) -> bool:
    """Return whether a sentence can say what a promise is about: it names something, and does not lean on the one before it.

    It leans where it begins with a pronoun, "This is late", but not with a noun that is pointed at, "This sheet is late".
    """
    words = [w for w in norms(text) if w not in words_of("drafts.joining") | words_of("drafts.sounds")]
    if len(words) < NAMED or not names_something(text):
        return False
    first = words[0].partition("'")[0]
    return first not in words_of("drafts.subordinating") and not _stands_for(first, words[1] if first == words[0] else "")


def _shown(material: Material, span: Span, promised: int) -> Citation | None:
    """Return the sentence that says what a promise of a turn is about, None if it gives away what is barred."""
    text = material.turns[span.turn].text
    start, end = (0, len(text)) if span.turn != promised and len(norms(text)) <= WHOLE else (span.start, span.end)
    shown = material.clip(span.turn, start, end, CONTEXT, (span.end, span.end))
    return None if material.barred.covers(shown) or material.barred.leaks(shown.text) else shown


def _wishes(text: str) -> bool:
    """Return whether a sentence asks for something that can be handed over, or looks forward to it."""
    words = norms(text)
    return is_deliverable(words) or bool(Lexicon.at("drafts.wishing").find(words))


def _is_clear(text: str, start: int, end: int, due: str | None) -> bool:
    """Return whether a sentence says what its promise text[start:end] is about: "send those photos", but not "send those to our designer".

    Where the object is a pronoun, only what stands before whom it goes to tells, or what was said before: "the sheet's here, I'll send it".
    """
    tokens = tokenize(text[start:end])
    object_ends = next((n for n, t in enumerate(tokens) if t.norm in words_of("drafts.leading")), len(tokens))
    after = [*(t.norm for t in tokens[1:]), ""]
    if not any(_stands_for(tokens[n].norm, after[n]) for n in range(object_ends)):
        return _names(text, due)
    told = text[start : start + tokens[object_ends - 1].end]
    return _names(told, due) or names_something(text[:start])


def _stands_for(word: str, after: str) -> bool:
    """Return whether a word stands for something: a pronoun, "that" only where no noun and no clause follows it."""
    bare = after in function_words() or after in words_of("naming.closed") or not after
    alone = bare and after not in words_of("drafts.contracting")
    return word in words_of("drafts.pronouns") and (alone or word not in words_of("drafts.demonstratives"))


def _names(text: str, due: str | None) -> bool:
    """Return whether words name something besides the time when it is due."""
    return names_something(text.replace(due, "") if due else text)


def _is_of_a_step(text: str) -> bool:
    """Return whether words are of what the steps after the call tell anyway: "write this up and send you a draft"."""
    return not set(load_data("drafts")["steps"]).isdisjoint(norms(text))


def _keeps_in_touch(material: Material, span: Span) -> bool:
    """Return whether a promise is only to get in touch, "I'll write to you this week": after a question it is about that."""
    words = norms(span.text)
    points = any(_stands_for(word, after) for word, after in zip(words, [*words[1:], ""], strict=True))
    before = material.turns.get(span.turn - 1)
    return not points and bool(Lexicon.at("drafts.touching").find(words)) and not (before and "?" in before.text)


def _asked_when(material: Material, commitment: Commitment) -> tuple[Citation | None, str | None]:
    """Return the answer to a "By when?" right after a promise, and the time in it; None where that was not asked or may not be shown."""
    asked, answer = (material.turns.get(commitment.turn + n) for n in (1, 2))
    if asked is None or answer is None or answer.speaker != material.turns[commitment.turn].speaker or asked.role == answer.role:
        return None, None
    wanted = any(s.text.endswith("?") and Lexicon.at("drafts.asking_when").find(norms(s.text)) for s in material.spans(asked.turn))
    due = time_told(read(answer, (), material.background, material.guide)) if wanted else None
    said = next((s for s in material.spans(answer.turn) if due and due in s.text), None)
    shown = None if said is None or material.barred.covers(said) else material.around(said, CONTEXT)
    return (shown, due) if shown else (None, None)


def _keeper(material: Material, said: Span) -> str:
    """Return who is to keep a promise: the one on the call whose name is its subject, else who says it."""
    sentence = material.sentence_of(said)
    before = norms(sentence.text[: max(0, said.start - sentence.start)])
    speaker = material.turns[said.turn].speaker
    names = ((name, words) for name in _people(material) if (words := norms(name)))
    return next((name for name, words in names if before and (before[-len(words) :] == words or before[-1] == words[0])), speaker)


def _people(material: Material) -> Mapping[str, Role]:
    """Return everybody who spoke or is in the background, with their sides."""
    spoke = {t.speaker: t.role for t in material.turns.values()}
    return {**{p.name: p.role for p in material.background.participants}, **spoke}


def _offered(material: Material, promised: int, keeper: str) -> tuple[Citation, str] | None:
    """Return the time that the keeper of a promise offers soon after somebody else has made it, with the words; None if none is told."""
    for turn in (material.turns.get(promised + n) for n in (1, 2)):
        if turn is None or turn.speaker != keeper:
            continue
        for said in reversed(material.spans(turn.turn)):
            due = time_told(read(turn.model_copy(update={"text": said.text}), (), material.background, material.guide))
            if due and len(norms(said.text)) <= OFFER and not material.barred.covers(said):
                return material.cite(said), due
    return None


def _is_apart(material: Material, said: Citation) -> bool:
    """Return whether words after a boundary hold nothing that customers said behind it and nowhere else."""
    hidden = " ".join(b.text for b in material.barred.spans if material.turns[b.turn].role == "customer")
    public = " ".join(t.text for t in material.barred.public)
    names = {stem(name) for name in material.barred.names.intersection(norms(hidden))}
    secret = (_telling(hidden) - _telling(public)) | names
    return not material.barred.tells_amount(said.text) and secret.isdisjoint(_telling(said.text))


def _telling(text: str) -> set[str]:
    return {stem(norm) for norm in norms(text) if norm not in function_words()}


def _due(due: str | None, before: str, text: str) -> str | None:
    """Return when a promise is due if that is said in or after its words, right before them, or at the end of the sentence before.

    "Three weeks, and you'll have it" is such a time; one from elsewhere may be about something else.
    """
    words, lead = norms(due or ""), norms(before)
    while lead[-1:] and lead[-1] in words_of("drafts.joining"):
        lead = lead[:-1]
    return due if words and (_holds(text, words) or lead[-len(words) :] == words or f"{due}." in before) else None
