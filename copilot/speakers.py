"""Who is who: match the names in a transcript with those in the background, and settle each speaker's role."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple, Self, get_args

from .background import Background, Participant
from .errors import SpeakerError
from .formats.labels import additions, parted
from .lexicon import load_data, words_of
from .text import listed
from .turns import Role

__all__ = ["UNKNOWN", "Casting", "Notice", "Part", "Voice", "assign_roles", "count_openers", "count_questions", "in_full"]

UNKNOWN = "Unknown"
"""The speaker of words without a name, if nobody was named before them."""

_HINT = '--role "{}=role" settles it, where role is one of interviewer, customer, colleague'
_BRACKETS = r"[(\[{].*?[)\]}]"
_ALIKE = 0.75  # difflib ratio from which a word of a label is a misspelling of a word of a name
_ALIKE_ALONE = 0.8  # the same, if the label is that word only
_ALIKE_WHOLE = 0.9  # the same, for the whole names written as one word
_OPENS = 1.25  # factor on the questions of the first speaker, who is more likely to be the interviewer
_ASKS_MOST, _FAR_MORE = 5, 2  # fewest questions of a customer who may be the interviewer, and how many for each that the interviewers ask
_SECOND_ASKS = 3  # fewest questions of a second interviewer


class Voice(NamedTuple):
    """What is known of a speaker from the transcript alone; voices come in the order in which they first speak.

    `length` is how much they say, in characters.
    """

    label: str
    length: int
    questions: int
    role: Role | None = None


class Part(NamedTuple):
    """The name and the role of a speaker."""

    name: str
    role: Role


class Notice(str):
    """One line for the user; `hint` says what helps on the command line, as with errors."""

    hint: str

    def __new__(cls, text: str, hint: str = "") -> Self:
        """Take the line, and what the command line prints after it."""
        notice = super().__new__(cls, text)
        notice.hint = hint
        return notice


def in_full(notice: str) -> str:
    """Return a notice with what helps on the command line."""
    return "; ".join(filter(None, (notice, getattr(notice, "hint", ""))))


class Casting(NamedTuple):
    """The part of each label, and notices for the user on how it was settled."""

    parts: Mapping[str, Part]
    notices: tuple[str, ...]


def assign_roles(voices: Sequence[Voice], background: Background | None = None, roles: Mapping[str, str] | None = None) -> Casting:
    """Settle every speaker's name and role: from `roles`, the background's participants, the label, or a guess, in this order.

    Raises SpeakerError if a name fits two people, if `roles` names nobody here, or for an unknown role.
    """
    background = background or Background()
    given = _given_roles(roles or {}, [voice.label for voice in voices])
    known = {voice.label: _participant(voice.label, background, settled=voice.label in given) for voice in voices}
    names = _one_person([voice for voice in voices if known[voice.label] is None], given)
    people = _joined(voices, names, given)
    parts: dict[str, Part] = {}
    for voice in people:
        person = known.get(voice.label)
        role = given.get(voice.label) or (person.role if person else None) or voice.role or _role_of_label(voice.label)
        if role:
            parts[voice.label] = Part(person.name if person else voice.label, role)
    guessed = _guess([voice for voice in people if voice.label not in parts], people, parts)
    settled = parts | guessed
    notices = [*_renamed(known), *_joining(names), *_announce(guessed, people, background), *_doubted(people, settled)]
    return Casting({voice.label: settled[names.get(voice.label, voice.label)] for voice in voices}, tuple(notices))


def _one_person(voices: Sequence[Voice], given: Mapping[str, Role]) -> dict[str, str]:
    """Return the name of each label beside which others name the same person: `Ann Lee` for `Ann` and `Ann Lee (Acme)`.

    Labels stay apart if one of them fits another that does not fit the rest: `Ann`, beside `Ann (Acme)` and `Ann (Northwind)`.
    """
    fits = {v.label: [o for o in group if o is v or _is_spelling(v, o, given)] for group in _namesakes(voices) for v in group}
    names: dict[str, str] = {}
    for label, same in fits.items():
        if len(same) > 1 and all(fits[other.label] == same for other in same):
            names[label] = max((parted(other.label)[0] for other in same), key=lambda name: (len(_words(name)), not name.isupper()))
    return names


def _namesakes(voices: Sequence[Voice]) -> Iterator[list[Voice]]:
    """Yield the voices whose names begin alike, or, where several whole names do, those of each."""
    alike: dict[str, list[Voice]] = {}
    for voice in voices:
        alike.setdefault(next(iter(_name_in(voice.label)), voice.label.casefold()), []).append(voice)
    for group in alike.values():
        if len({_name_in(voice.label) for voice in group if len(_name_in(voice.label)) > 1}) < 2:
            yield group
            continue
        same: dict[tuple[str, ...], list[Voice]] = {}
        for voice in group:
            same.setdefault(_name_in(voice.label), []).append(voice)
        yield from same.values()


@cache
def _name_in(label: str) -> tuple[str, ...]:
    """Return the words of the name in a label, without what a meeting adds to it."""
    return _words(parted(label)[0])


def _is_spelling(voice: Voice, other: Voice, given: Mapping[str, Role]) -> bool:
    """Return whether two labels of one call name one person: the same name, or its first word, with nothing that tells them apart."""
    labels, both = (voice.label, other.label), (voice, other)
    if all(v.label in given or v.role for v in both) or len({_stated(v, given) for v in both} - {None}) > 1:
        return False
    short, full = sorted(map(_name_in, labels), key=len)
    if not short or re.search(r"\d", "".join(labels)) or any(map(_is_shared, (short, full))):
        return voice.label.casefold() == other.label.casefold()
    if len(short) > 1:
        return short == full
    extras = [set(_words(parted(label)[1])) - additions() for label in labels]
    return short == full[:1] and (not all(extras) or extras[0] == extras[1])


def _stated(voice: Voice, given: Mapping[str, Role]) -> Role | None:
    """Return the role that was given for a label, or that the export or the label itself states."""
    return given.get(voice.label) or voice.role or _role_of_label(voice.label)


def _is_shared(words: Sequence[str]) -> bool:
    """Return whether a name is that of a room, a device or a role, behind which there can be several people, or no name: "Mrs"."""
    return words_of("speakers.fillers").issuperset(words) or not (words_of("speakers.shared") | _role_words()).isdisjoint(words)


def _role_words() -> frozenset[str]:
    return words_of("speakers.interviewer") | words_of("speakers.customer")


def _joined(voices: Sequence[Voice], names: Mapping[str, str], given: Mapping[str, Role]) -> list[Voice]:
    """Return the voices with those of one person as one, under the person's name."""
    people: dict[str, Voice] = {}
    for voice in voices:
        name = names.get(voice.label, voice.label)
        role = _stated(voice, given) if voice.label in names else voice.role
        before = people.get(name, Voice(name, 0, 0))
        people[name] = Voice(name, before.length + voice.length, before.questions + voice.questions, before.role or role)
    return list(people.values())


def _given_roles(roles: Mapping[str, str], labels: Sequence[str]) -> dict[str, Role]:
    out: dict[str, Role] = {}
    for name, role in roles.items():
        if role not in get_args(Role):
            raise SpeakerError(f"'{role}' is not a role; use {', '.join(get_args(Role))}")
        found = _closest(name, [Participant(name=label, role="customer") for label in labels])
        if not found:
            raise SpeakerError(f"nobody called '{name}' speaks; the speakers are {listed(labels)}")
        if len(found) > 1:
            raise SpeakerError(f"'{name}' could be {listed([p.name for p in found], 'or')}; give the role with the whole name")
        out[found[0].name] = role  # type: ignore[assignment]
    return out


def _participant(label: str, background: Background, *, settled: bool) -> Participant | None:
    """Return the participant that a label names, or None. A `settled` label may be ambiguous; it then keeps its own name."""
    found = _closest(label, background.participants, _noise(background))
    if len(found) < 2:
        return found[0] if found else None
    if settled:
        return None
    choices = listed([f"{person.name} ({person.role})" for person in found], "or")
    given = f"give the role of '{label}': {listed(get_args(Role), 'or')}"
    raise SpeakerError(f"speaker '{label}' could be {choices}; {given}", hint=f'--role "{label}=role" does that')


def _closest(label: str, people: Iterable[Participant], noise: frozenset[str] = frozenset()) -> list[Participant]:
    """Return the people that a label matches best: usually one or none."""
    exact = [person for person in people if person.name == label]
    if exact:
        return exact[:1]
    ranked = [(_closeness(label, person, noise), person) for person in people]
    best = max((rank for rank, _ in ranked), default=0)
    return [person for rank, person in ranked if best and rank == best]


def _closeness(label: str, person: Participant, noise: frozenset[str]) -> int:
    """Return how well a label matches a person: 4 the same, 3 with more words, 2 in part, 1 misspelt, 0 not at all."""
    if person.email and label.casefold().strip("<> ") == person.email.casefold():
        return 4
    name = label.partition("@")[0]
    theirs = _words(person.name)
    return max(_rank(_without(_words(form), noise, theirs), theirs) for form in (re.sub(_BRACKETS, " ", name), name))


def _rank(mine: Sequence[str], theirs: Sequence[str]) -> int:
    if not mine or not theirs:
        return 0
    if sorted(mine) == sorted(theirs) or "".join(mine) in {"".join(theirs), "".join(reversed(theirs))}:
        return 4
    if set(theirs) <= set(mine):
        return 3
    if _all_fit(mine, theirs, _is_same) or "".join(mine) in {theirs[0][0] + theirs[-1], theirs[0] + theirs[-1][0]}:
        return 2
    if len(mine) > 1 and SequenceMatcher(None, "".join(mine), "".join(theirs)).ratio() >= _ALIKE_WHOLE:
        return 1
    alone = len(mine) == 1
    return int(_all_fit(mine, theirs, lambda a, b: _is_same(a, b) or _is_alike(a, b, _ALIKE_ALONE if alone else _ALIKE)))


def _all_fit(mine: Sequence[str], theirs: Sequence[str], fits: Callable[[str, str], bool]) -> bool:
    """Return whether each word of a label fits a different word of the name, and one of them is more than an initial."""
    left = list(theirs)
    for word in sorted(mine, key=len, reverse=True):
        match = next((other for other in left if fits(word, other)), None)
        if match is None:
            return False
        left.remove(match)
    return any(len(word) > 1 for word in mine)


def _is_same(word: str, other: str) -> bool:
    """Return whether two words of names are the same: equal, an initial, or a short form."""
    if word == other or (min(len(word), len(other)) == 1 and word[0] == other[0]):
        return True
    return word in _short_forms(other) or other in _short_forms(word)


def _is_alike(word: str, other: str, least: float) -> bool:
    if min(len(word), len(other)) < 3:
        return False
    return other.startswith(word) or SequenceMatcher(None, word, other).ratio() >= least


def _short_forms(name: str) -> Sequence[str]:
    forms: Sequence[str] = load_data("nicknames").get(name, ())
    return forms


@cache
def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, without accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char) and char not in "'\u2019`")
    return tuple(re.findall(r"[^\W\d_]+", plain))


def _without(mine: Sequence[str], noise: frozenset[str], theirs: Sequence[str]) -> list[str]:
    """Return the words of a label without those of companies and forms of address, unless the name has them too."""
    return [word for word in mine if word in theirs or word not in noise]


def _noise(background: Background) -> frozenset[str]:
    names = (background.vendor, background.product, background.customer.company)
    return words_of("speakers.fillers").union(*(_words(name) for name in names if name))


@cache
def _role_of_label(label: str) -> Role | None:
    """Return the role that a label states: `Interviewer`, `Guest 2`, `Dana Ruiz (Host)`."""
    for part in re.split(r"[()\[\]|,:/]|\s[-\u2013\u2014]\s", label.casefold()):
        word = part.strip(" 0123456789#.")
        if word in words_of("speakers.interviewer"):
            return "interviewer"
        if word in words_of("speakers.customer"):
            return "customer"
    return None


def _guess(unsettled: Sequence[Voice], voices: Sequence[Voice], parts: Mapping[str, Part]) -> dict[str, Part]:
    """Guess roles: unless one is known, whoever asks most is the interviewer, and so is a second one; the rest are customers."""
    lead = None
    told = {part.role for part in parts.values()}
    if len(voices) > 1 and "interviewer" not in told and (len(unsettled) > 1 or "customer" in told):
        lead = max(unsettled, key=lambda voice: (_asking(voice, voices), -voice.length), default=None)
    return {
        voice.label: Part(voice.label, "interviewer" if lead and (voice is lead or _asks_beside(voice, lead, voices)) else "customer")
        for voice in unsettled
    }


def _asks_beside(voice: Voice, lead: Voice, voices: Sequence[Voice]) -> bool:
    """Return whether a voice is a second interviewer: one of three or more that asks for its length at least half as often as the first."""
    return len(voices) > 2 and voice.questions >= _SECOND_ASKS and voice.questions * lead.length * 2 >= lead.questions * voice.length


def _asking(voice: Voice, voices: Sequence[Voice]) -> float:
    """Return how much a voice asks, with a bonus for opening the call."""
    opens = voice is voices[0]
    return voice.questions * (_OPENS if opens else 1.0) + 0.5 * opens


def count_questions(texts: Iterable[str]) -> int:
    """Count sentences that ask: with a question mark, or like `Tell me about it`; a tag such as `you know?` does not count."""
    said = " ".join(texts).lower().replace("!", ".").replace("…", ".")
    *asked, rest = said.split("?")
    told = ".".join(["", *(text.rpartition(".")[0] for text in asked), rest])
    nothing = words_of("speakers.tags") | {""}
    return sum(_last_clause(text) not in nothing for text in asked) + len(_prompt().findall(told))


def _last_clause(text: str) -> str:
    return text[max(text.rfind(","), text.rfind(".")) + 1 :].strip()


@cache
def _prompt() -> re.Pattern[str]:
    """Return the pattern of the beginning of a sentence that prompts, including the full stop before it."""
    return re.compile(rf"\.\s*{_beginning('prompts')}")


def count_openers(texts: Iterable[str]) -> int:
    """Count questions in an export without question marks."""
    return sum(re.match(_beginning("openers", "prompts"), text.lower()) is not None for text in texts)


@cache
def _beginning(*keys: str) -> str:
    """Return a pattern of sentence beginnings from word lists, with the words that may precede them."""
    return rf"(?:{_either('lead_ins')},? )*{_either(*keys)}\b"


def _either(*keys: str) -> str:
    words = frozenset[str]().union(*(words_of(f"speakers.{key}") for key in keys))
    return f"(?:{'|'.join(sorted(map(re.escape, words)))})"


def _renamed(known: Mapping[str, Participant | None]) -> Iterable[str]:
    """Announce the labels that are spelt differently from the name that they were matched with."""
    for label, person in known.items():
        if person and not set(_words(person.name)) <= set(_words(label)):
            yield f"speaker '{label}' is taken for {person.name}"


def _joining(names: Mapping[str, str]) -> Iterable[str]:
    """Announce the labels that are taken for one person."""
    for name in dict.fromkeys(names.values()):
        labels = listed([f"'{label}'" for label in names if names[label] == name])
        told = f"the speakers {labels} are taken for one person, {name}; give each a role to keep them apart"
        yield Notice(told, '--role "Name=role" for each does that')


def _announce(guessed: Mapping[str, Part], voices: Sequence[Voice], background: Background) -> Iterable[str]:
    if not guessed:
        return
    if len(voices) == 1:
        yield _announce_alone(voices[0])
        return
    missing = ", as the background does not name them" if background.participants else ""
    told = ", ".join(f"{part.name} = {part.role}" for part in guessed.values())
    yield Notice(f"roles guessed from who asks the questions{missing}: {told}; give the roles where that is wrong", _HINT.format("Name"))


def _doubted(people: Sequence[Voice], settled: Mapping[str, Part]) -> Iterable[str]:
    """Tell who asks most of the questions without being of the interviewer's side, where somebody else was said to be."""
    most = max(people, key=lambda voice: voice.questions, default=None)
    ours = [voice.questions for voice in people if settled[voice.label].role != "customer"]
    if most is None or not ours or settled[most.label].role != "customer" or most.questions < _ASKS_MOST + _FAR_MORE * sum(ours):
        return
    part = settled[most.label]
    told = f"{part.name} asks most of the questions and is a customer here; see that the roles are right"
    yield Notice(told, f'--role "{part.name}=interviewer" changes it')


def _announce_alone(voice: Voice) -> str:
    if voice.label == UNKNOWN:
        return (
            "no speaker is named, so questions cannot be told from answers: every word is taken for a customer's; "
            'export the transcript with speakers, or write each turn as "Name: text"'
        )
    told = f"only one speaker, {voice.label}, taken for the customer: questions cannot be told from answers"
    return Notice(told, _HINT.format(voice.label))
